import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PlatformError } from '../../../src/errors.ts'
import { wecomApi } from '../../../src/platforms/wecom/api.ts'
import { memoryState } from '../../../src/state/memory.ts'
import { type FakeWecom, startFakeWecom } from '../../support/fake-wecom.ts'

const gettoken = '/cgi-bin/gettoken'
const send = '/cgi-bin/message/send'
const account = { corpId: 'ww-corp', agentId: '1000002', secret: 'canary-secret' }
let now = 1_790_000_000_000
const clock = { now: () => new Date(now) }

let wecom: FakeWecom
let state = memoryState(clock)
const api = (overrides: Partial<typeof account> = {}) =>
  wecomApi({ ...account, ...overrides, apiBase: wecom.base }, state)

beforeEach(async () => {
  wecom = await startFakeWecom({ account: { corpId: 'ww-corp', agentId: 1000002, secret: 'canary-secret' } })
  state = memoryState(clock)
})
afterEach(async () => {
  await wecom.stop()
  await state.close()
})

async function refusalOf(work: Promise<unknown>): Promise<PlatformError> {
  const error = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(error instanceof PlatformError)) throw new Error(`expected a PlatformError, got ${error}`)
  return error
}

describe('sending', () => {
  test('a text reaches one person, as the app', async () => {
    await api().sendText('lisi', '已登记')
    expect(wecom.messages).toEqual([
      { via: 'message/send', to: 'lisi', msgtype: 'text', content: '已登记', tooLong: false },
    ])
    const { json, query } = wecom.calls.at(-1) ?? {}
    expect(json).toEqual({ touser: 'lisi', msgtype: 'text', agentid: 1000002, text: { content: '已登记' } })
    expect(query?.get('access_token')).toMatch(/^token-/)
  })

  test.each([
    ['invalid', 'invaliduser'],
    ['unlicensed', 'unlicenseduser'],
  ] as const)('errcode 0 with the person reported %s is a failure', async (how, code) => {
    wecom.makeUnreachable('lisi', how)
    const error = await refusalOf(api().sendText('lisi', 'x'))
    expect(error).toMatchObject({ code, retryAfter: undefined })
    expect(wecom.messages).toEqual([])
  })

  test.each([
    [-1, 5],
    [45009, 65],
    [45033, 5],
    [81013, undefined],
    [60020, undefined],
    [40058, undefined],
    [301019, undefined],
  ])('errcode %i is worth another try after %s seconds', async (errcode, retryAfter) => {
    wecom.refuseNext(send, errcode)
    expect(await refusalOf(api().sendText('lisi', 'x'))).toMatchObject({ code: String(errcode), retryAfter })
    expect(wecom.count(send)).toBe(1)
  })

  test.each([
    [502, '<html>Bad Gateway</html>', 5],
    [429, '', 5],
    [403, 'forbidden', undefined],
    [200, 'not json', undefined],
    [200, '{"errcode":"0"}', undefined],
    [200, 'null', undefined],
    [302, '', undefined],
  ])('an answer without errcode (HTTP %i, %s) is a failure', async (status, body, retryAfter) => {
    wecom.refuseNext(send, 0, { status, body })
    expect(await refusalOf(api().sendText('lisi', 'x'))).toMatchObject({ code: String(status), retryAfter })
  })

  test('the error names the refused address but no secret, even when WeCom quotes one', async () => {
    const body = `{"errcode":60020,"errmsg":"not allow to access from your ip, from ip: 1.2.3.4, canary-secret"}`
    wecom.refuseNext(gettoken, 0, { body })
    const { message } = await refusalOf(api().sendText('lisi', 'x'))
    expect(message).toContain('from ip: 1.2.3.4')
    expect(message).not.toContain('canary')
  })

  test('no answer at all is a failure that tells no address', async () => {
    const { sendText } = api()
    await sendText('lisi', 'x')
    await wecom.stop()
    const error = await refusalOf(sendText('lisi', 'x'))
    expect(error).toMatchObject({ code: 'network', retryAfter: 5 })
    expect(error.message).not.toMatch(/token|secret/)
  })
})

describe('the access token', () => {
  test('is fetched once for many sends at the same time, by any replica', async () => {
    const replicas = [api(), api()]
    await Promise.all(Array.from({ length: 20 }, (_, at) => replicas[at % 2]?.sendText('lisi', `${at}`)))
    expect(wecom.messages).toHaveLength(20)
    expect(wecom.count(gettoken)).toBe(1)
  })

  test('is replaced five minutes before it runs out', async () => {
    const { sendText } = api()
    await sendText('lisi', '1')
    now += (7200 - 301) * 1000
    await sendText('lisi', '2')
    expect(wecom.count(gettoken)).toBe(1)
    now += 2_000
    await sendText('lisi', '3')
    expect(wecom.count(gettoken)).toBe(2)
  })

  test.each([40014, 42001])(
    'refused with %i is fetched again, once, and the message is sent',
    async (errcode) => {
      const { sendText } = api()
      await sendText('lisi', '1')
      wecom.refuseNext(send, errcode)
      await sendText('lisi', '2')
      expect(wecom.messages.map(({ content }) => content)).toEqual(['1', '2'])
      expect(wecom.count(gettoken)).toBe(2)
    },
  )

  test('taken back by WeCom is replaced once for all who wait', async () => {
    const { sendText } = api()
    await sendText('lisi', '0')
    wecom.expireToken()
    await Promise.all(Array.from({ length: 10 }, (_, at) => sendText('lisi', `${at}`)))
    expect(wecom.messages).toHaveLength(11)
    expect(wecom.count(gettoken)).toBe(2)
  })

  test('refused twice is not fetched for ever', async () => {
    wecom.refuseNext(send, 42001)
    wecom.refuseNext(send, 42001)
    expect(await refusalOf(api().sendText('lisi', 'x'))).toMatchObject({ code: '42001' })
    expect(wecom.count(gettoken)).toBe(2)
    expect(wecom.count(send)).toBe(2)
  })

  test('of two apps is not shared', async () => {
    await api().sendText('lisi', 'x')
    expect(await refusalOf(api({ agentId: '7' }).sendText('lisi', 'x'))).toMatchObject({ code: '40056' })
    expect(wecom.count(gettoken)).toBe(2)
  })

  test.each([
    [{ secret: 'wrong' }, '40001'],
    [{ corpId: 'other' }, '40013'],
  ])('is not given for %j, and nothing is sent', async (wrong, code) => {
    expect(await refusalOf(api(wrong).sendText('lisi', 'x'))).toMatchObject({ code, retryAfter: undefined })
    expect(wecom.count(send)).toBe(0)
  })

  test.each(['{"errcode":0}', '{"errcode":0,"access_token":""}', '{"errcode":0,"access_token":5}'])(
    'must be a text: %s',
    async (body) => {
      wecom.refuseNext(gettoken, 0, { body })
      expect(await refusalOf(api().sendText('lisi', 'x'))).toMatchObject({ code: 'no-token' })
    },
  )

  test('without a lifetime lasts the usual two hours', async () => {
    const { sendText } = api()
    wecom.refuseNext(gettoken, 0, { body: '{"errcode":0,"access_token":"t"}' })
    wecom.refuseNext(send, 0)
    await sendText('lisi', '1')
    now += 6_890_000
    wecom.refuseNext(send, 0)
    await sendText('lisi', '2')
    expect(wecom.count(gettoken)).toBe(1)
  })
})
