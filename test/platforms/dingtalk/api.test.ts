import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PlatformError } from '../../../src/errors.ts'
import { type Api, openApi } from '../../../src/platforms/dingtalk/api.ts'
import type { ApiMessage } from '../../../src/platforms/dingtalk/render.ts'
import { memoryState } from '../../../src/state/memory.ts'
import type { State } from '../../../src/state/state.ts'
import { clientId, clientSecret, type FakeDingtalk, startFakeDingtalk } from '../../support/fake-dingtalk.ts'
import { handClock } from './setup.ts'

const hello: ApiMessage = { msgKey: 'sampleText', msgParam: '{"content":"你好"}' }
const tokenPath = '/v1.0/oauth2/accessToken'

let fake: FakeDingtalk
let clock: ReturnType<typeof handClock>
let state: State
let api: Api

const started = (changes: Partial<Parameters<typeof openApi>[0]> = {}) =>
  openApi({ clientId, clientSecret, robotCode: clientId, apiBase: fake.base, ...changes }, state)
const tokensAsked = () => fake.requests.filter((path) => path === tokenPath).length
/** What `work` is refused with. */
const refusal = async (work: Promise<void>): Promise<PlatformError> => {
  const error = await work.catch((cause: unknown) => cause)
  if (!(error instanceof PlatformError)) throw new Error('was not refused', { cause: error })
  return error
}

beforeEach(async () => {
  fake = await startFakeDingtalk()
  clock = handClock()
  state = memoryState(clock)
  api = started()
})
afterEach(async () => {
  await state.close()
  await fake.stop()
})

describe('sending through the OpenAPI', () => {
  it('reaches a group by its conversation id', async () => {
    await api.sendToGroup('cid1', hello)
    expect(fake.messages).toEqual([
      {
        via: 'group',
        to: 'cid1',
        text: '你好',
        body: { robotCode: clientId, openConversationId: 'cid1', ...hello },
      },
    ])
  })

  it('reaches a person by staff id', async () => {
    await api.sendToPerson('staff001', hello)
    expect(fake.messages).toMatchObject([{ via: 'person', to: 'staff001', body: { userIds: ['staff001'] } }])
  })

  it('fails for a person the platform does not know', async () => {
    fake.next('batchSend', { json: { processQueryKey: 'k', invalidStaffIdList: ['staff009'] } })
    expect(await refusal(api.sendToPerson('staff009', hello))).toMatchObject({
      code: 'invalidStaffId',
      retryAfter: undefined,
    })
  })

  it('can be tried later for a person who was sent too much', async () => {
    fake.next('batchSend', { json: { ProcessQueryKey: 'k', FlowControlledStaffIdList: ['staff001'] } })
    expect(await refusal(api.sendToPerson('staff001', hello))).toMatchObject({
      code: 'flowControlled',
      retryAfter: 60,
    })
  })

  it('is refused when the parameters are too long', async () => {
    const long = { ...hello, msgParam: JSON.stringify({ content: 'x'.repeat(15_000) }) }
    expect(await refusal(api.sendToGroup('cid1', long))).toMatchObject({
      code: 'invalidParameter.msgParam.tooLong',
      retryAfter: undefined,
    })
  })
})

describe('the access token', () => {
  it('is asked for once, however many calls need it', async () => {
    await Promise.all(Array.from({ length: 19 }, (_, i) => api.sendToGroup(`cid${i}`, hello)))
    await api.sendToGroup('cid19', hello)
    expect(fake.messages).toHaveLength(20)
    expect(tokensAsked()).toBe(1)
  })

  it('is shared with other replicas through the state', async () => {
    await api.sendToGroup('cid1', hello)
    await started().sendToGroup('cid2', hello)
    expect(tokensAsked()).toBe(1)
  })

  it('belongs to one application', async () => {
    await api.sendToGroup('cid1', hello)
    expect(await refusal(started({ clientId: 'another' }).sendToGroup('cid1', hello))).toMatchObject({
      code: 'invalidClientIdOrSecret',
    })
  })

  it('is renewed five minutes before it runs out', async () => {
    const start = clock.now().getTime()
    await api.sendToGroup('cid1', hello)
    clock.set(start + (7200 - 301) * 1000)
    await api.sendToGroup('cid1', hello)
    expect(tokensAsked()).toBe(1)
    clock.set(start + (7200 - 300) * 1000)
    await api.sendToGroup('cid1', hello)
    expect(tokensAsked()).toBe(2)
  })

  it('is used without being kept when it lives too short', async () => {
    const put = vi.spyOn(state, 'put')
    fake.next(tokenPath, { json: { accessToken: 'canary-short', expireIn: 300 } })
    fake.next('groupMessages/send', { json: { processQueryKey: 'k' } })
    await api.sendToGroup('cid1', hello)
    expect(put).not.toHaveBeenCalled()
    await api.sendToGroup('cid1', hello)
    expect(tokensAsked()).toBe(2)
  })

  it('is renewed once when it is refused, for all who were refused', async () => {
    await api.sendToGroup('cid1', hello)
    fake.revokeTokens()
    await Promise.all(['cid2', 'cid3', 'cid4'].map((id) => api.sendToGroup(id, hello)))
    expect(fake.messages.map(({ to }) => to).sort()).toEqual(['cid1', 'cid2', 'cid3', 'cid4'])
    expect(tokensAsked()).toBe(2)
  })

  it.each([
    [400, { Code: 'InvalidAuthentication' }],
    [401, { code: 'InvalidAuthentication' }],
    [401, {}],
  ])('counts as refused by its code or by the status: %i %j', async (status, json) => {
    fake.next('groupMessages/send', { status, json })
    await api.sendToGroup('cid1', hello)
    expect(fake.messages).toHaveLength(1)
  })

  it('is not asked for again and again when the new one is refused too', async () => {
    for (let i = 0; i < 2; i++) fake.next('send', { status: 401, json: { code: 'InvalidAuthentication' } })
    expect(await refusal(api.sendToGroup('cid1', hello))).toMatchObject({ code: 'InvalidAuthentication' })
    expect(tokensAsked()).toBe(2)
  })

  it('can be had again after it could not', async () => {
    fake.next(tokenPath, { status: 503, json: { code: 'serviceBusy' } })
    expect(await refusal(api.sendToGroup('cid1', hello))).toMatchObject({
      code: 'serviceBusy',
      retryAfter: 5,
    })
    await api.sendToGroup('cid1', hello)
    expect(fake.messages).toHaveLength(1)
  })

  it('is not given for a wrong secret, which no error repeats', async () => {
    const error = await refusal(
      started({ clientSecret: 'canary-wrong-secret-01' }).sendToGroup('cid1', hello),
    )
    expect(error).toMatchObject({ code: 'invalidClientIdOrSecret', retryAfter: undefined })
    expect(error.message).toBe('accessToken: invalidClientIdOrSecret no such client: ***')
  })
})

describe('a refusal of the OpenAPI', () => {
  it.each([
    [403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 2],
    [403, 'Forbidden.AccessDenied.QpsLimitForApi', 2],
    [403, 'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi', 60],
    [403, 'Forbidden.AccessDenied.ApiCountLimitForOrg', undefined],
    [403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied', undefined],
    [400, 'send.too.fast', 60],
    [400, 'send.byToken.tooFast', 60],
    [400, 'too.many.group', 60],
    [400, 'too.many.people', 60],
    [400, 'send.forbidden', undefined],
    [400, 'invalidParameter.robotCode.notExsit', undefined],
    [400, 'contain.notAllowed.text', undefined],
    [500, 'system.error', 5],
    [503, 'serviceBusy', 5],
    [504, 'GatewayTimeout', 5],
    [500, 'unheard.of', 5],
  ])('with status %i and %s can be tried again after %o s', async (status, code, retryAfter) => {
    for (const json of [
      { code, message: 'm' },
      { Code: code, Message: 'm' },
    ]) {
      fake.next('groupMessages/send', { status, json })
      expect(await refusal(api.sendToGroup('cid1', hello))).toMatchObject({ code, retryAfter })
    }
    expect(fake.messages).toEqual([])
  })

  it.each([
    [200, { status: 1111, wait: 5, source: 'x5', punish: 'deny' }, 300],
    [403, { status: 1111, punish: 'deny' }, 300],
    [200, {}, 300],
    [502, {}, 5],
  ])('may be no answer at all: %i %j', async (status, json, retryAfter) => {
    fake.next('groupMessages/send', { status, json })
    expect(await refusal(api.sendToGroup('cid1', hello))).toMatchObject({
      code: `http-${status}`,
      retryAfter,
    })
  })

  it('may be a page', async () => {
    fake.next('groupMessages/send', 'html')
    expect(await refusal(api.sendToGroup('cid1', hello))).toMatchObject({ code: 'http-200', retryAfter: 300 })
  })

  it('repeats no token', async () => {
    await api.sendToGroup('cid1', hello)
    const message =
      'token canary-access-token-0001 不合法, see https://x.example/?access_token=canary-0123456789'
    fake.next('groupMessages/send', { status: 400, json: { code: 'auth.error', message } })
    const error = await refusal(api.sendToGroup('cid1', hello))
    expect(error.message).toContain('auth.error token *** 不合法')
    expect(error.message).not.toContain('canary')
  })

  it('is uncertain when the line is cut', async () => {
    fake.next('groupMessages/send', 'hang')
    const sending = refusal(api.sendToGroup('cid1', hello))
    await fake.waitForRequest('groupMessages/send')
    await fake.stop()
    expect(await sending).toMatchObject({ code: 'network', retryAfter: 5 })
    fake = await startFakeDingtalk()
  })
})
