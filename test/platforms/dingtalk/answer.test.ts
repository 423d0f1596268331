import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PlatformError } from '../../../src/errors.ts'
import { line, lines, type Reply } from '../../../src/message.ts'
import { answer } from '../../../src/platforms/dingtalk/answer.ts'
import { openApi } from '../../../src/platforms/dingtalk/api.ts'
import type { ReturnPath } from '../../../src/platforms/dingtalk/inbound.ts'
import { sendBySession } from '../../../src/platforms/dingtalk/session.ts'
import { memoryState } from '../../../src/state/memory.ts'
import { clientId, clientSecret, type FakeDingtalk, startFakeDingtalk } from '../../support/fake-dingtalk.ts'
import { madeAt } from './payloads.ts'
import { handClock, keptLog } from './setup.ts'

const session = 'canary-session-0001'
const group: ReturnPath['chat'] = { id: 'cid1', kind: 'group' }
const single: ReturnPath['chat'] = { id: 'staff001', kind: 'single' }
const open = madeAt + 5_400_000

let fake: FakeDingtalk
let kept: ReturnType<typeof keptLog>
let clock: ReturnType<typeof handClock>
let send: (reply: Reply, way: ReturnPath) => Promise<void>

beforeEach(async () => {
  fake = await startFakeDingtalk()
  kept = keptLog()
  clock = handClock()
  const settings = { clientId, clientSecret, robotCode: clientId, apiBase: fake.base }
  const api = openApi(settings, memoryState(clock))
  send = (reply, way) => answer(reply, way, { api, bases: [fake.base], clock, log: kept.log })
})
afterEach(async () => {
  await fake.stop()
  expect(kept.written()).not.toMatch(/canary|session=/)
})

const vias = () => fake.messages.map(({ via, to, text }) => `${via} ${to}: ${text}`)

describe('while the session is open', () => {
  it('answers through it', async () => {
    await send(line('好'), { chat: group, sessionWebhook: fake.sessionUrl(session), sessionExpires: open })
    expect(vias()).toEqual([`session ${session}: 好`])
    expect(fake.requests).toEqual(['/robot/sendBySession'])
  })

  it('takes errcode 0 as a string for success', async () => {
    fake.errcodeAs = 'string'
    await send(line('好'), { chat: group, sessionWebhook: fake.sessionUrl(session), sessionExpires: open })
    expect(vias()).toEqual([`session ${session}: 好`])
  })

  it('tries it when nobody said how long it lives', async () => {
    await send(line('好'), { chat: group, sessionWebhook: fake.sessionUrl(session) })
    expect(vias()).toEqual([`session ${session}: 好`])
  })

  it('sends a long answer in order', async () => {
    const texts = Array.from({ length: 12 }, (_, i) => `${i}${'字'.repeat(2_000)}`)
    await send(lines(texts), { chat: group, sessionWebhook: fake.sessionUrl(session), sessionExpires: open })
    expect(fake.messages.length).toBeGreaterThan(2)
    expect(fake.messages.map(({ text }) => text).join('\n\n')).toBe(texts.join('\n\n'))
  })

  it('mentions people in the first message of a long answer', async () => {
    const reply = { ...lines(['甲'.repeat(3_000), '乙'.repeat(3_000)]), mention: ['staff001'] }
    await send(reply, { chat: group, sessionWebhook: fake.sessionUrl(session) })
    expect(fake.messages.map(({ body }) => body['at'])).toEqual([
      { atUserIds: ['staff001'], isAtAll: false },
      undefined,
    ])
  })

  it('mentions people in a group but not between two people', async () => {
    const sessionWebhook = fake.sessionUrl(session)
    const reply = { ...line('好'), mention: ['staff001'] }
    await send(reply, { chat: group, sessionWebhook })
    await send(reply, { chat: single, sessionWebhook })
    expect(fake.messages.map(({ text }) => text)).toEqual(['@staff001 好', '好'])
    expect(fake.messages.map(({ body }) => body['at'] !== undefined)).toEqual([true, false])
  })
})

describe('the OpenAPI takes over', () => {
  const cases: [name: string, way: () => Partial<ReturnPath>][] = [
    ['when there is no session', () => ({})],
    [
      'in the last minute',
      () => ({ sessionWebhook: fake.sessionUrl(session), sessionExpires: madeAt + 60_000 }),
    ],
    ['when it has expired', () => ({ sessionWebhook: fake.sessionUrl(session), sessionExpires: madeAt - 1 })],
  ]
  it.each(cases)('%s', async (_name, way) => {
    await send(line('好'), { chat: group, staffId: 'staff001', ...way() })
    await send(line('好'), { chat: single, staffId: 'staff001', ...way() })
    expect(vias()).toEqual(['group cid1: 好', 'person staff001: 好'])
    expect(fake.requests).not.toContain('/robot/sendBySession')
  })

  it('not a millisecond before the last minute', async () => {
    const sessionWebhook = fake.sessionUrl(session)
    await send(line('好'), { chat: group, sessionWebhook, sessionExpires: madeAt + 60_001 })
    expect(vias()).toEqual([`session ${session}: 好`])
  })

  it.each(['number', 'string'] as const)(
    'when the session is not known any more (errcode as %s)',
    async (as) => {
      fake.errcodeAs = as
      const sessionWebhook = fake.sessionUrl(session)
      fake.endSession(session)
      await send(line('好'), { chat: group, sessionWebhook, sessionExpires: open })
      await send(line('好'), { chat: single, staffId: 'staff001', sessionWebhook, sessionExpires: open })
      expect(vias()).toEqual(['group cid1: 好', 'person staff001: 好'])
    },
  )

  it('for the rest of an answer whose session ends half-way', async () => {
    const sessionWebhook = fake.sessionUrl(session)
    const texts = ['甲', '乙', '丙'].map((name) => name.repeat(3_000))
    const sending = send(lines(texts), { chat: group, sessionWebhook, sessionExpires: open })
    await fake.waitForMessages(1)
    fake.endSession(session)
    await sending
    expect(fake.messages.map(({ via }) => via)).toEqual(['session', 'group', 'group'])
    expect(fake.messages.map(({ text }) => text)).toEqual(texts)
  })

  it('without a mention, which it cannot make', async () => {
    await send({ ...line('好'), mention: ['staff001'] }, { chat: group })
    expect(vias()).toEqual(['group cid1: 好'])
  })

  it('unless it is a person without a staff id', async () => {
    const sending = send(line('好'), { chat: { id: '$:LWCP_v1:$x', kind: 'single' } })
    await expect(sending).rejects.toMatchObject({ code: 'no-way-back', retryAfter: undefined })
    expect(fake.requests).toEqual([])
  })
})

describe('a session address that is not ours', () => {
  const forgeries = () => {
    const { port } = new URL(fake.base)
    return [
      `http://127.0.0.1:1/robot/sendBySession?session=canary`,
      `https://127.0.0.1:${port}/robot/sendBySession?session=canary`,
      `http://localhost:${port}/robot/sendBySession?session=canary`,
      `http://user:canary@127.0.0.1:${port}/robot/sendBySession`,
      `http://oapi.dingtalk.com.evil.example/robot/sendBySession?session=canary`,
      `${fake.base}.evil.example/robot/sendBySession`,
      `${fake.base}@evil.example/robot/sendBySession`,
      `//127.0.0.1:${port}/robot/sendBySession`,
      'file:///etc/passwd',
      'canary, no address',
      '',
    ]
  }

  it('is never called; the answer goes through the OpenAPI and the log says so', async () => {
    const all = forgeries()
    for (const sessionWebhook of all)
      await send(line('好'), { chat: group, sessionWebhook, sessionExpires: open })
    expect(vias()).toEqual(all.map(() => 'group cid1: 好'))
    expect(fake.requests).not.toContain('/robot/sendBySession')
    expect(kept.lines).toHaveLength(all.length)
  })

  it('is refused by the sender itself as well', async () => {
    const body = { msgtype: 'text' as const, text: { content: '好' } }
    for (const url of forgeries())
      await expect(sendBySession(url, body, [fake.base])).rejects.toMatchObject({ code: 'foreign' })
    expect(fake.requests).toEqual([])
  })
})

describe('a refusal by the session', () => {
  const refused = (mood: Parameters<FakeDingtalk['next']>[1]) => {
    fake.next('sendBySession', mood)
    return send(line('好'), { chat: group, sessionWebhook: fake.sessionUrl(session) }).catch((error) => error)
  }

  it.each([
    [-1, 5],
    [88, 5],
    [90002, 5],
    [90018, 1],
    [130101, 630],
    [302033, 630],
    [410100, 630],
    [90020, undefined],
    [90030, undefined],
    [310000, undefined],
    [400102, undefined],
    [430102, undefined],
    [460101, undefined],
    ['constructor', undefined],
  ])(
    'with errcode %s can be tried again after %o s and is not sent another way',
    async (errcode, retryAfter) => {
      for (const written of [errcode, String(errcode)]) {
        const error = await refused({ json: { errcode: written, errmsg: '不行' } })
        expect(error).toBeInstanceOf(PlatformError)
        expect(error).toMatchObject({
          code: String(errcode),
          retryAfter,
          message: `webhook: ${errcode} 不行`,
        })
      }
      expect(fake.messages).toEqual([])
    },
  )

  it.each([
    ['html', 'http-200', 300],
    [{ json: { status: 1111, punish: 'deny' } }, 'http-200', 300],
    [{ json: { errcode: null } }, 'http-200', 300],
    [{ json: { errcode: '' } }, 'http-200', 300],
    [{ status: 502, json: {} }, 'http-502', 5],
  ] as const)('may be no answer at all: %j', async (mood, code, retryAfter) => {
    expect(await refused(mood)).toMatchObject({ code, retryAfter })
    expect(fake.messages).toEqual([])
  })

  it('is not followed when it is a redirect', async () => {
    expect(await refused({ status: 307, json: {} })).toMatchObject({ code: 'http-307' })
  })

  it('repeats nothing that looks like a credential', async () => {
    const errmsg = `ip 1.2.3.4 not in whitelist, more: [https://x.example/${session}]`
    const { message } = await refused({ json: { errcode: 310000, errmsg } })
    expect(message).toBe('webhook: 310000 ip 1.2.3.4 not in whitelist, more: [https://x.***]')
  })

  it('comes for a body that is too large', async () => {
    const body = { msgtype: 'text' as const, text: { content: 'x'.repeat(20_000) } }
    const sending = sendBySession(fake.sessionUrl(session), body, [fake.base])
    await expect(sending).rejects.toMatchObject({ code: '460101' })
  })
})
