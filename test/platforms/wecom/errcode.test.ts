// What every answer of WeCom's means for a push (protocols/wecom.md §5.6; `domain.md` R5): only errcode 0 is delivery.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Address } from '../../../src/channel.ts'
import type { RefusalKind } from '../../../src/errors.ts'
import { line } from '../../../src/message.ts'
import { openChannels } from '../../../src/platforms/channels.ts'
import { memoryState } from '../../../src/state/memory.ts'
import { silent } from '../../support/example.ts'
import type { Mood } from '../../support/fake-server.ts'
import { type FakeWecom, startFakeWecom } from '../../support/fake-wecom.ts'
import { handClock } from '../dingtalk/setup.ts'
import { firstPart, refusalOf } from '../ways.ts'

const key = 'canary-webhook-key-0001'
const secret = 'canary-app-secret-0001'
const clock = handClock()
const state = memoryState(clock)
let wecom: FakeWecom
let channels: ReturnType<typeof openChannels>
beforeAll(async () => {
  wecom = await startFakeWecom({ clock, account: { corpId: 'ww-corp', secret, agentId: 1000002 } })
  wecom.addWebhook(key)
  const off = { clientId: '', clientSecret: '', robotCode: '', apiBase: wecom.base, oapiBase: wecom.base }
  const app = { corpId: 'ww-corp', agentId: '1000002', secret, apiBase: wecom.base }
  channels = openChannels({ dingtalk: off, wecom: app }, { state, clock, log: silent })
})
afterAll(async () => {
  await wecom.stop()
  await state.close()
})

const group: Address = { kind: 'group', platform: 'wecom', chatId: 'wr-1', robot: { key } }
const person: Address = { kind: 'person', platform: 'wecom', userid: 'lisi' }
const send = (to: Address, text = '到期提醒') => {
  const channel = channels(to)
  return channel?.send(firstPart(channel, line(text)), 'u') ?? Promise.reject(new Error('no channel'))
}

type Row = [errcode: number, kind: RefusalKind, retryAfter?: number]
const everywhere: Row[] = [
  [-1, 'busy', 5],
  [45009, 'limit', 65],
  [45033, 'busy', 5],
  [93000, 'dead'],
  [93001, 'dead'],
  [93004, 'dead'],
  [93008, 'dead'],
  [40008, 'refused'],
  [40009, 'refused'],
  [40033, 'refused'],
  [40035, 'refused'],
  [40058, 'refused'],
  [41001, 'refused'],
  [44001, 'refused'],
  [44004, 'refused'],
  [45002, 'refused'],
  [45008, 'refused'],
  [93006, 'refused'],
  [93017, 'refused'],
  [93018, 'refused'],
  [93019, 'refused'],
  [301019, 'refused'],
  [999999, 'refused'],
]

describe('webhook/send', () => {
  test.each(everywhere)('errcode %i means %s', async (errcode, kind, retryAfter) => {
    wecom.next('webhook/send', { json: { errcode, errmsg: `no: ${key}, hint: [176_ab]` } })
    const error = await refusalOf(send(group))
    expect(error).toMatchObject({ kind, retryAfter, code: String(errcode) })
    expect(error.message).toBe(`webhook/send: ${errcode} no: ***, hint: [176_ab]`)
  })

  const noAnswers: [Mood, RefusalKind][] = [
    ['html', 'unknown'],
    ['cut', 'unknown'],
    ['cut-after-accepting', 'unknown'],
    [{ status: 500, text: '' }, 'unknown'],
    [{ status: 502, text: '<html>' }, 'unknown'],
    [{ text: '{"errcode":"0"}' }, 'unknown'],
    [{ text: '{"errcode":0' }, 'unknown'],
    [{ status: 429, text: '' }, 'busy'],
    [{ status: 403, text: '' }, 'busy'],
    [{ status: 302, text: '' }, 'busy'],
  ]
  test.each(noAnswers)('%j means %s', async (mood, kind) => {
    wecom.next('webhook/send', mood)
    expect(await refusalOf(send(group))).toMatchObject({ kind })
  })
})

describe('message/send', () => {
  const rows: Row[] = [
    ...everywhere.filter(([errcode]) => errcode !== 40058),
    [40003, 'refused'],
    [40056, 'refused'],
    [48002, 'refused'],
    [50003, 'refused'],
    [60011, 'refused'],
    [60020, 'refused'],
    [60111, 'refused'],
    [81013, 'refused'],
    [86001, 'refused'],
  ]
  test.each(rows)('errcode %i means %s', async (errcode, kind, retryAfter) => {
    wecom.next('message/send', { json: { errcode, errmsg: 'no' } })
    expect(await refusalOf(send(person))).toMatchObject({ kind, retryAfter, code: String(errcode) })
  })

  test.each([40014, 42001])(
    'errcode %i is a token to be renewed once; twice, another try later',
    async (errcode) => {
      wecom.next('message/send', { json: { errcode, errmsg: 'expired' } })
      await send(person, `令牌${errcode}`)
      wecom.next('message/send', { json: { errcode, errmsg: 'expired' } })
      wecom.next('message/send', { json: { errcode, errmsg: 'expired' } })
      expect(await refusalOf(send(person, '又一条'))).toMatchObject({ kind: 'busy', code: String(errcode) })
    },
  )

  test.each([
    [60020, /from ip: 1\.2\.3\.4 \(add the server's outbound address to the app's trusted IPs\)/],
    [48002, /no permission/],
    [40056, /WECOM_AGENT_ID/],
  ])('errcode %i tells an operator what to mend', async (errcode, words) => {
    wecom.next('message/send', { json: { errcode, errmsg: 'not allow, from ip: 1.2.3.4' } })
    expect((await refusalOf(send(person))).message).toMatch(words)
  })

  test.each([
    ['invalid', 'invaliduser'],
    ['unlicensed', 'unlicenseduser'],
  ] as const)('errcode 0 with an %s receiver is a refusal', async (how, code) => {
    wecom.makeUnreachable(`user-${how}`, how)
    const to: Address = { kind: 'person', platform: 'wecom', userid: `user-${how}` }
    expect(await refusalOf(send(to))).toMatchObject({ kind: 'refused', code })
  })

  test.each([
    [40001, 'WECOM_APP_SECRET'],
    [40013, 'WECOM_CORP_ID'],
    [60020, 'trusted IPs'],
  ])('without a token (gettoken: %i) nothing is sent, and the error says why', async (errcode, words) => {
    wecom.expireToken()
    const before = wecom.count('/cgi-bin/message/send')
    wecom.next('gettoken', { json: { errcode, errmsg: `no ${secret}` } })
    const error = await refusalOf(send(person, `钥匙${errcode}`))
    expect(error).toMatchObject({ kind: 'refused', code: String(errcode) })
    expect(error.message).toContain(words)
    expect(error.message).not.toContain('canary')
    // One call that found out that the token is gone.
    expect(wecom.count('/cgi-bin/message/send')).toBe(before + 1)
  })

  test('more than 30 a minute for one person are dropped without a word: the outbox must pace them', async () => {
    const to: Address = { kind: 'person', platform: 'wecom', userid: 'busy-reader' }
    for (let i = 0; i < 31; i++) await send(to, `提醒${i}`)
    const kinds = wecom.timeline.filter((entry) => entry.to === 'busy-reader').map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'taken')).toHaveLength(30)
    expect(kinds.at(-1)).toBe('dropped')
  })
})
