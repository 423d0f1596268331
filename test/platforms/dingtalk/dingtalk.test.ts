import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StoreDown } from '../../../src/errors.ts'
import { line, type Reply } from '../../../src/message.ts'
import { sign, windowMs } from '../../../src/platforms/dingtalk/signature.ts'
import type { State } from '../../../src/state/state.ts'
import { clientSecret, type FakeDingtalk, startFakeDingtalk } from '../../support/fake-dingtalk.ts'
import { encrypted, everyFixture, groupText, madeAt, quotaUsedUp, singleText } from './payloads.ts'
import { levels, onDemand, raw, startBot, unfinished } from './setup.ts'

type Bot = Awaited<ReturnType<typeof startBot>>
let fake: FakeDingtalk
let bot: Bot
const bots: Bot[] = []

async function start(options: Parameters<typeof startBot>[1] = {}): Promise<void> {
  bot = await startBot(fake, options)
  bots.push(bot)
}
/** A message whose answer goes to the fake. */
const ask = (payload: object = groupText) => ({
  ...payload,
  sessionWebhook: fake.sessionUrl('canary-session-0001'),
})
const says = (text: string) => async (): Promise<Reply> => line(text)
const accepted = { status: 200, body: '{}' }

beforeEach(async () => {
  fake = await startFakeDingtalk()
})
afterEach(async () => {
  await Promise.all(bots.map((one) => one.close()))
  await fake.stop()
  for (const one of bots.splice(0)) expect(one.written()).not.toMatch(/canary|session=|access_token/)
})

describe('a callback', () => {
  it('is heard and answered through its session', async () => {
    await start({ hear: says('好') })
    expect(await bot.post(ask())).toEqual(accepted)
    expect(bot.heard).toMatchObject([{ platform: 'dingtalk', robot: 'dingtestclientid01', text: '帮助' }])
    expect(fake.messages).toMatchObject([{ via: 'session', text: '好' }])
    expect(bot.lines()).toEqual([])
  })

  it('may be met with silence', async () => {
    await start()
    expect(await bot.post(ask())).toEqual(accepted)
    expect(fake.requests).toEqual([])
  })

  it.each(Object.entries(everyFixture))('is accepted: %s', async (_name, payload) => {
    await start({ hear: says('好') })
    expect(await bot.post(payload)).toEqual(accepted)
  })

  it.each([{}, { text: 1 }, { msgtype: 'hologram' }, { ...groupText, senderId: null, senderStaffId: null }])(
    'that lacks what matters is accepted and not heard: %j',
    async (payload) => {
      await start()
      expect(await bot.post(payload)).toEqual(accepted)
      expect(bot.heard).toEqual([])
      expect(bot.lines()).toMatchObject([{ level: levels.info, msg: 'no sender' }])
    },
  )

  it.each([
    ['the quota is used up', quotaUsedUp, /20001.*quota/],
    ['message encryption is on', encrypted, /encryption/],
  ])('tells the operator when %s', async (_name, payload, told) => {
    await start()
    await bot.post(payload)
    expect(bot.heard).toEqual([])
    expect(bot.lines()).toMatchObject([{ level: levels.warn, msg: expect.stringMatching(told) }])
  })

  it('uses the client id as the name of a robot without a code', async () => {
    await start({ robotCode: '', hear: says('好') })
    await bot.post({ ...groupText, sessionWebhook: undefined })
    expect(bot.heard).toMatchObject([{ robot: 'dingtestclientid01' }])
    expect(fake.messages).toMatchObject([{ via: 'group', to: 'cidTESTgroup0001==' }])
  })

  it('is passed on as often as it comes: recognising repeats is the bot’s part', async () => {
    await start()
    await Promise.all([bot.post(ask()), bot.post(ask())])
    expect(bot.heard.map(({ id }) => id)).toEqual(['msgTEST0001==', 'msgTEST0001=='])
  })
})

const signed = { timestamp: String(madeAt), sign: sign(madeAt, clientSecret) }

describe('a callback that is not signed by DingTalk', () => {
  const cases: [name: string, headers: Record<string, string | string[]>, reason: string][] = [
    ['no headers', {}, 'missing'],
    ['no sign', { timestamp: signed.timestamp }, 'missing'],
    ['no timestamp', { sign: signed.sign }, 'missing'],
    ['two signs', { ...signed, sign: [signed.sign, signed.sign] }, 'missing'],
    ['two timestamps', { ...signed, timestamp: [signed.timestamp, signed.timestamp] }, 'missing'],
    ['a sign in hex', { ...signed, sign: 'ab'.repeat(32) }, 'missing'],
    ['another secret’s sign', { ...signed, sign: sign(madeAt, 'another') }, 'wrong'],
    ['another moment’s sign', { ...signed, sign: sign(madeAt + 1, clientSecret) }, 'wrong'],
  ]
  it.each(cases)('is refused with 401 and nothing else: %s', async (_name, headers, reason) => {
    await start()
    const response = await raw(bot.url, headers, JSON.stringify(groupText))
    expect([response.statusCode, response.headers['content-length']]).toEqual([401, '0'])
    expect(bot.heard).toEqual([])
    expect(bot.lines()).toMatchObject([{ level: levels.warn, status: 401, reason: `signature ${reason}` }])
  })

  it('is refused before its body is looked at', async () => {
    await start()
    expect((await raw(bot.url, {}, '{')).statusCode).toBe(401)
    expect((await raw(bot.url, {}, '')).statusCode).toBe(401)
  })

  it.each([-1, 1])('is one signed over an hour away from now (direction %i)', async (direction) => {
    await start()
    bot.clock.set(madeAt + direction * windowMs)
    expect((await fake.callback(bot.url, groupText, { timestamp: madeAt })).status).toBe(200)
    bot.clock.set(madeAt + direction * (windowMs + 1))
    expect(await fake.callback(bot.url, groupText, { timestamp: madeAt })).toEqual({ status: 401, body: '' })
    expect(bot.lines()).toMatchObject([{ reason: 'signature stale' }])
  })

  it('knows the headers in any case', async () => {
    await start()
    const headers = { TimeStamp: signed.timestamp, SIGN: signed.sign }
    expect((await raw(bot.url, headers, JSON.stringify(groupText))).statusCode).toBe(200)
  })
})

describe('a body that cannot be read', () => {
  it.each(['', '{', 'null', '[]', '"text"', '1', '<xml/>'])('is refused with 400: %j', async (body) => {
    await start()
    expect(await bot.post(body)).toEqual({ status: 400, body: '' })
    expect(bot.lines()).toMatchObject([{ status: 400, reason: 'body is not a JSON object' }])
    expect(bot.heard).toEqual([])
  })

  it('is refused with 413 over 1 MiB, announced or not', async () => {
    await start()
    const tooMuch = (1 << 20) + 1
    expect(await unfinished(bot.url, { ...signed, 'content-length': String(tooMuch) }, '{')).toBe(413)
    expect(await unfinished(bot.url, signed, ' '.repeat(tooMuch))).toBe(413)
    expect(bot.lines()).toMatchObject([{ status: 413 }, { status: 413 }])
  })

  it('may have exactly 1 MiB', async () => {
    await start()
    const empty = JSON.stringify({ ...groupText, text: { content: '' } })
    const content = 'x'.repeat((1 << 20) - Buffer.byteLength(empty))
    expect(await bot.post({ ...groupText, text: { content } })).toEqual(accepted)
    expect(bot.heard[0]?.text).toBe('x'.repeat(2_000))
  })
})

describe('when nothing can be done', () => {
  it('asks for another delivery with 503', async () => {
    const hear = async (): Promise<Reply> => {
      throw new StoreDown('no database')
    }
    await start({ hear })
    expect(await bot.post(ask())).toEqual({ status: 503, body: '' })
    expect(bot.lines()).toMatchObject([{ level: levels.error, id: 'msgTEST0001==' }])
  })

  it('accepts a message that a bug has swallowed: another delivery would not help', async () => {
    const hear = () => {
      throw new TypeError('a bug')
    }
    await start({ hear })
    expect(await bot.post(ask())).toEqual(accepted)
    expect(bot.lines()).toMatchObject([{ level: levels.error, err: { message: 'a bug' } }])
  })
})

describe('a reply that takes long', () => {
  it('comes after the callback has been answered', async () => {
    const reply = onDemand<Reply>()
    await start({ hear: () => reply.promise, answerWithinMs: 1 })
    expect(await bot.post(ask())).toEqual(accepted)
    expect(fake.messages).toEqual([])
    reply.resolve(line('来了'))
    expect(await fake.waitForMessages(1)).toMatchObject([{ via: 'session', text: '来了' }])
  })

  it('takes another way when its session has expired meanwhile', async () => {
    const reply = onDemand<Reply>()
    await start({ hear: () => reply.promise, answerWithinMs: 1 })
    await bot.post(ask(singleText))
    bot.clock.set(singleText.sessionWebhookExpiredTime)
    reply.resolve(line('来了'))
    expect(await fake.waitForMessages(1)).toMatchObject([{ via: 'person', to: 'staff001', text: '来了' }])
  })

  it('is logged, and no more, when it fails after all', async () => {
    const reply = onDemand<Reply>()
    await start({ hear: () => reply.promise, answerWithinMs: 1 })
    expect(await bot.post(ask())).toEqual(accepted)
    reply.reject(new StoreDown('no database'))
    await bot.stop()
    expect(bot.lines()).toMatchObject([{ level: levels.error, msg: 'message not heard' }])
  })

  it('does not hold the callback while it is being sent', async () => {
    await start({ hear: says('好'), answerWithinMs: 1 })
    fake.next('sendBySession', 'hang')
    expect(await bot.post(ask())).toEqual(accepted)
    await fake.waitForRequest('sendBySession')
    await fake.stop()
    await bot.stop()
    expect(bot.lines()).toMatchObject([{ msg: 'answer not delivered', code: 'network', id: 'msgTEST0001==' }])
    fake = await startFakeDingtalk()
  })
})

describe('stopping', () => {
  it('waits for what was heard, and refuses what comes meanwhile', async () => {
    const reply = onDemand<Reply>()
    await start({ hear: () => reply.promise, answerWithinMs: 1 })
    await bot.post(ask())
    const stopped = bot.stop().then(() => fake.messages.length)
    expect(await bot.post(ask())).toEqual({ status: 503, body: '' })
    reply.resolve(line('再见'))
    expect(await stopped).toBe(1)
    expect(bot.heard).toHaveLength(1)
  })
})

describe('an answer that cannot be sent', () => {
  it.each([
    ['refused', { json: { errcode: '410100', errmsg: 'send too fast' } }, '410100'],
    ['met with a page', 'html', 'http-200'],
  ] as const)('is logged when %s, and the callback accepted', async (_name, mood, code) => {
    await start({ hear: says('好') })
    fake.next('sendBySession', mood)
    expect(await bot.post(ask())).toEqual(accepted)
    expect(bot.lines()).toMatchObject([
      { level: levels.error, msg: 'answer not delivered', id: 'msgTEST0001==', code },
    ])
  })

  it('is logged when no way is left, and the callback accepted', async () => {
    await start({ hear: says('好') })
    const outsider = { ...singleText, senderStaffId: undefined, sessionWebhook: undefined }
    expect(await bot.post(outsider)).toEqual(accepted)
    expect(bot.lines()).toMatchObject([{ msg: 'answer not delivered', code: 'no-way-back' }])
  })

  it('is logged without the secrets that DingTalk repeats', async () => {
    await start({ hear: says('好') })
    fake.next('accessToken', {
      status: 400,
      json: { code: 'invalidClientIdOrSecret', message: `appSecret ${clientSecret} is wrong` },
    })
    expect(await bot.post({ ...groupText, sessionWebhook: 'https://evil.example/?session=canary' })).toEqual(
      accepted,
    )
    expect(bot.lines()).toMatchObject([
      { level: levels.warn },
      { level: levels.error, reason: 'accessToken: invalidClientIdOrSecret appSecret *** is wrong' },
    ])
  })

  it('does not ask for another delivery when the state is away: the message was heard', async () => {
    const away = async () => {
      throw new StoreDown('no state')
    }
    const state: State = {
      put: away,
      get: away,
      take: away,
      claim: away,
      exclusively: away,
      ping: away,
      close: async () => {},
    }
    await start({ hear: says('好'), state })
    expect(await bot.post({ ...groupText, sessionWebhook: undefined })).toEqual(accepted)
    expect(bot.lines()).toMatchObject([{ msg: 'answer not delivered', err: { message: 'no state' } }])
  })
})
