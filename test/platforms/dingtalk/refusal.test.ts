// What every answer of DingTalk's means for a push (`protocols/dingtalk.md` §10; `domain.md` R5): only errcode 0 is delivery.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RefusalKind } from '../../../src/errors.ts'
import { line } from '../../../src/message.ts'
import { openChannels } from '../../../src/platforms/channels.ts'
import { memoryState } from '../../../src/state/memory.ts'
import { silent } from '../../support/example.ts'
import {
  clientId,
  clientSecret,
  type FakeDingtalk,
  type Mood,
  startFakeDingtalk,
} from '../../support/fake-dingtalk.ts'
import { firstPart, refusalOf } from '../ways.ts'
import { handClock } from './setup.ts'

const clock = handClock()
const state = memoryState(clock)
let fake: FakeDingtalk
let channels: ReturnType<typeof openChannels>
beforeAll(async () => {
  fake = await startFakeDingtalk({ clock })
  const bases = { apiBase: fake.base, oapiBase: fake.base }
  const dingtalk = { clientId, clientSecret, robotCode: clientId, ...bases }
  const wecom = { corpId: '', agentId: '', secret: '', apiBase: fake.base }
  channels = openChannels({ dingtalk, wecom }, { state, clock, log: silent })
})
afterAll(async () => {
  await fake.stop()
  await state.close()
})

const group = { kind: 'group', platform: 'dingtalk', chatId: 'cid1' } as const
async function outcome(path: string, mood: Mood, robot?: { token: string }) {
  fake.next(path, mood)
  const channel = channels({ ...group, ...(robot && { robot }) })
  if (!channel) throw new Error('no channel')
  return refusalOf(channel.send(firstPart(channel, line('到期提醒')), 'u'))
}

type Row = [code: number, errmsg: string, kind: RefusalKind, retryAfter?: number]

describe('robot/send', () => {
  const rows: Row[] = [
    [-1, 'system busy', 'busy', 5],
    [15, '', 'unknown', 5],
    [88, '', 'unknown', 5],
    [90002, '', 'busy', 5],
    [90018, '', 'limit', 1],
    [90020, 'monthly quota', 'quota'],
    [90030, 'webhook over limit', 'quota'],
    [130101, 'send too fast, exceed 20 times per minute', 'limit', 630],
    [302033, 'send too fast', 'limit', 630],
    [410100, '发送速度太快而限流', 'limit', 630],
    [310000, 'keywords not in content, more: [https://ding-doc.dingtalk.com]', 'dead'],
    [
      310000,
      'description:机器人发送签名不匹配;solution:请检查;link:请参考 https://open.dingtalk.com',
      'dead',
    ],
    [310000, 'ip 1.2.3.4 not in whitelist', 'dead'],
    [310000, 'invalid timestamp', 'dead'],
    [300001, 'token is not exist', 'dead'],
    [300005, 'token is not exist', 'dead'],
    [400013, '群已解散', 'dead'],
    [400101, 'access_token不存在', 'dead'],
    [400102, '机器人已停用', 'dead'],
    [400106, '机器人不存在', 'dead'],
    [40035, 'missing parameter json', 'refused'],
    [43004, '无效的HTTP HEADER Content-Type', 'refused'],
    [400105, 'unsupported message type', 'refused'],
    [430101, 'unsafe link', 'refused'],
    [430102, 'unsafe text', 'refused'],
    [430103, 'unsafe picture', 'refused'],
    [430104, 'unsafe content', 'refused'],
    [460101, 'message too long, exceed 20000 bytes', 'refused'],
    [101002, 'message is too long', 'refused'],
    [999999, 'never seen before', 'refused'],
  ]
  test.each(rows)('errcode %i %s means %s', async (errcode, errmsg, kind, retryAfter) => {
    for (const written of [errcode, String(errcode)]) {
      const error = await outcome(
        '/robot/send',
        { json: { errcode: written, errmsg } },
        { token: 'canary-robot-token-0001' },
      )
      expect(error).toMatchObject({ kind, retryAfter, code: String(errcode) })
      expect(error.message).toContain(errmsg.slice(0, 12))
    }
  })

  const noAnswers: [Mood, RefusalKind, number][] = [
    ['html', 'limit', 300],
    [{ json: { status: 1111, wait: 5, punish: 'deny' } }, 'limit', 300],
    [{ status: 403, text: '' }, 'limit', 300],
    [{ status: 302, text: '' }, 'busy', 300],
    [{ status: 500, text: '' }, 'unknown', 5],
    [{ status: 502, text: '<html>' }, 'unknown', 5],
    [{ status: 504, json: {} }, 'unknown', 5],
    [{ text: '{"errcode":0,' }, 'limit', 300],
    ['cut', 'unknown', 5],
  ]
  test.each(noAnswers)('%j means %s', async (mood, kind, retryAfter) => {
    expect(await outcome('/robot/send', mood, { token: 'canary-robot-token-0001' })).toMatchObject({
      kind,
      retryAfter,
    })
  })
})

describe('the OpenAPI', () => {
  const forbidden = 'Forbidden.AccessDenied.'
  const rows: [status: number, code: string, kind: RefusalKind, retryAfter?: number][] = [
    [403, `${forbidden}QpsLimitForAppkeyAndApi`, 'limit', 2],
    [403, `${forbidden}QpsLimitForApi`, 'limit', 2],
    [403, `${forbidden}QpmLimitForAppkeyAndApi`, 'limit', 60],
    [403, `${forbidden}ApiCountLimitForOrg`, 'quota'],
    [403, `${forbidden}AccessTokenPermissionDenied`, 'refused'],
    [403, `${forbidden}IpNotInWhiteList`, 'refused'],
    [400, 'send.too.fast', 'limit', 60],
    [400, 'send.byToken.tooFast', 'limit', 60],
    [400, 'too.many.group', 'limit', 60],
    [500, 'system.error', 'busy', 5],
    [503, 'serviceBusy', 'busy', 5],
    [504, 'GatewayTimeout', 'unknown', 5],
    [504, 'system.error', 'unknown', 5],
    [500, 'unheard.of', 'unknown', 5],
    [400, 'group.disbanded', 'dead'],
    [400, 'bot.stopped', 'dead'],
    [400, 'invalid.openConversationId', 'dead'],
    [400, 'conversation.org.notMatch', 'dead'],
    [400, 'bot.forbidden.sendMessage', 'dead'],
    [400, 'invalidParameter.robotCode.notExsit', 'dead'],
    [400, 'invalidParameter.robotCode.auth', 'refused'],
    [400, 'invalidParameter.msgParam.tooLong', 'refused'],
    [400, 'contain.unsafe.url', 'refused'],
    [400, 'contain.notAllowed.text', 'refused'],
    [400, 'only.groupAdmin.canAtAll', 'refused'],
    [400, 'unauthorized', 'refused'],
    [400, 'unheard.of', 'refused'],
  ]
  test.each(rows)('%i %s means %s', async (status, code, kind, retryAfter) => {
    for (const json of [
      { code, message: 'm' },
      { Code: code, Message: 'm' },
    ]) {
      const error = await outcome('groupMessages/send', { status, json })
      expect(error).toMatchObject({ kind, retryAfter, code })
    }
  })

  test('tells an operator what to mend', async () => {
    const json = { code: `${forbidden}AccessTokenPermissionDenied`, message: 'no' }
    const { message } = await outcome('groupMessages/send', { status: 403, json })
    expect(message).toMatch(/AccessTokenPermissionDenied no \(grant the app the permission/)
  })

  test('refusing a token that it gave a moment ago is worth another try', async () => {
    const invalid = { status: 401, json: { code: 'InvalidAuthentication' } }
    fake.next('groupMessages/send', invalid)
    expect(await outcome('groupMessages/send', invalid)).toMatchObject({ kind: 'busy' })
  })

  test('takes a message for one person who got too much, and delivers it to nobody', async () => {
    fake.makeUnreachable('busy-one', 'flowControlled')
    fake.makeUnreachable('gone-one', 'invalid')
    const send = (userid: string) => {
      const channel = channels({ kind: 'person', platform: 'dingtalk', userid })
      return refusalOf(channel?.send(firstPart(channel, line('x')), 'u') ?? Promise.resolve())
    }
    expect(await send('busy-one')).toMatchObject({ kind: 'busy', retryAfter: 60, code: 'flowControlled' })
    expect(await send('gone-one')).toMatchObject({ kind: 'refused', code: 'invalidStaffId' })
    expect(fake.timeline.filter(({ kind }) => kind === 'taken')).toEqual([])
  })

  test('whose monthly quota is used up takes nothing until somebody acts', async () => {
    fake.setQuota(0)
    const channel = channels(group)
    const sending = channel?.send(firstPart(channel, line('x')), 'u') ?? Promise.resolve()
    expect(await refusalOf(sending)).toMatchObject({ kind: 'quota', code: `${forbidden}ApiCountLimitForOrg` })
    fake.setQuota(100)
  })
})
