import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Hear, line, lines } from '../../../src/message.ts'
import { type AppSettings, wecomApp } from '../../../src/platforms/wecom/app.ts'
import { readAppMessage } from '../../../src/platforms/wecom/app-message.ts'
import { cutNote } from '../../../src/platforms/wecom/render.ts'
import { type FakeWecom, startFakeWecom } from '../../support/fake-wecom.ts'
import { type Bot, canaries, heldReply, startBot } from './harness.ts'
import { vectors } from './vectors.ts'

const { token, aesKey, secret } = canaries
const credentials = { token, aesKey, receiver: 'ww-corp' }
const path = '/webhooks/wecom/app'
const send = '/cgi-bin/message/send'
const common = {
  ToUserName: 'ww-corp',
  FromUserName: 'zhangjianguo',
  CreateTime: '1760000100',
  AgentID: '1000002',
}
const text = (Content: string) => ({ ...common, MsgType: 'text', Content, MsgId: '4561255354251345929' })
const event = (fields: Record<string, string>) => ({ ...common, MsgType: 'event', ...fields })
const long = lines(Array.from({ length: 300 }, (_, at) => `第${at}行：红色物业完成 ${at} 个`))

let wecom: FakeWecom
let bot: Bot
beforeEach(async () => {
  wecom = await startFakeWecom({ account: { corpId: 'ww-corp', agentId: 1000002, secret } })
  await start()
})
afterEach(async () => {
  await bot.stop()
  await wecom.stop()
  const written = bot.logs.join('')
  for (const canary of [token, aesKey, secret, 'token-', 'corpsecret']) expect(written).not.toContain(canary)
  expect(written).not.toContain('UNCAUGHT')
  for (const message of wecom.messages) expect(message.tooLong).toBe(false)
})

async function start(settings: Partial<AppSettings> = {}, hear: Hear = async () => line('已登记')) {
  await bot?.stop()
  const account = { corpId: 'ww-corp', agentId: '1000002', secret, token, aesKey, apiBase: wecom.base }
  bot = await startBot(
    (tools) => wecomApp({ ...account, answerWithinMs: 10_000, ...settings }, tools),
    path,
    { hear },
  )
}
const deliver = (fields: Record<string, string> | string) => wecom.appCallback(bot.url, fields, credentials)
const without = (fields: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name))
const onlyHeard = () => {
  expect(bot.heard).toHaveLength(1)
  return bot.heard[0]
}

describe('what is heard', () => {
  test('a text, with the message id as it is', async () => {
    await deliver(text('红色物业完成3个'))
    expect(onlyHeard()).toEqual({
      platform: 'wecom',
      robot: '1000002',
      id: '4561255354251345929',
      chat: { id: 'zhangjianguo', kind: 'single' },
      sender: { id: 'zhangjianguo', name: 'zhangjianguo' },
      kind: 'text',
      text: '红色物业完成3个',
    })
  })

  test.each([
    '007',
    ' 1e3 ',
    'true',
    '',
    '👍🏽😀',
    '红'.repeat(2_000),
    'a]]>b',
    '<!DOCTYPE html> &lt;b&gt;',
    '一\n二',
  ])('the text %j, unchanged', async (content) => {
    const inner = `<xml><ToUserName>ww-corp</ToUserName><FromUserName><![CDATA[007]]></FromUserName><MsgType>text</MsgType><Content><![CDATA[${content.replaceAll(']]>', ']]]]><![CDATA[>')}]]></Content></xml>`
    await deliver(inner)
    expect(onlyHeard()).toMatchObject({ text: content, sender: { id: '007' } })
  })

  test.each([
    { MsgType: 'image', PicUrl: 'https://example.com/1', MediaId: 'x' },
    { MsgType: 'voice', MediaId: 'x', Format: 'amr' },
    { MsgType: 'video', MediaId: 'x' },
    { MsgType: 'location', Label: '汝河路' },
    { MsgType: 'link', Title: 'x' },
  ])('something without text: %j', async (fields) => {
    await deliver({ ...common, MsgId: '1', ...fields })
    expect(onlyHeard()).toMatchObject({ kind: 'media', text: '', id: '1' })
  })

  test.each(['enter_agent', 'subscribe'])('the event %s, as somebody coming in', async (Event) => {
    const { reply } = await deliver(event({ Event, EventKey: '' }))
    expect(onlyHeard()).toMatchObject({ kind: 'enter', text: '', id: `zhangjianguo|1760000100|${Event}||` })
    expect(reply).toMatchObject({ MsgType: 'text', Content: '已登记' })
  })

  test('two events of one person in one second are told apart', () => {
    const read = (fields: object) => readAppMessage({ ...common, MsgType: 'event', ...fields }, 'r')
    const ids = [
      { Event: 'enter_agent' },
      { Event: 'subscribe' },
      { Event: 'enter_agent', EventKey: 'x' },
      { Event: 'enter_agent', TaskId: 't' },
    ]
      .map(read)
      .map((message) => typeof message === 'object' && message.id)
    expect(new Set(ids).size).toBe(4)
    expect(read({ Event: 'enter_agent' })).toEqual(read({ Event: 'enter_agent' }))
  })

  test('a message or event that could not be recognised again has no id', () => {
    const bare = { ToUserName: 'ww-corp', FromUserName: 'lisi' }
    expect(readAppMessage({ ...bare, MsgType: 'text', Content: 'x' }, 'r')).not.toHaveProperty('id')
    expect(readAppMessage({ ...bare, MsgType: 'event', Event: 'subscribe' }, 'r')).not.toHaveProperty('id')
  })

  test('the published example', () => {
    expect(readAppMessage({ ...vectors.B.fields }, '218')).toMatchObject({
      id: '4561255354251345929',
      sender: { id: 'mycreate' },
      text: 'hello',
    })
  })
})

describe('what is not for the bot gets an empty 200 and one log line', () => {
  test.each([
    ['an unknown MsgType', { ...common, MsgType: 'hologram' }],
    ['no MsgType', common],
    ['a text without Content', { ...common, MsgType: 'text' }],
    ['no sender', without(text('x'), 'FromUserName')],
    ['WeCom itself', { ...text('x'), FromUserName: 'sys' }],
    ['no receiver', without(text('x'), 'ToUserName')],
    ['an event without name', event({})],
    ['a menu click', event({ Event: 'click', EventKey: 'k' })],
    ['a card', event({ Event: 'template_card_event', TaskId: 't' })],
    ['a warning that nobody uses the app', event({ Event: 'inactive_alert' })],
    ['leaving', event({ Event: 'unsubscribe' })],
    ['nothing', '<xml></xml>'],
  ])('%s', async (_, fields) => {
    expect(await deliver(fields)).toMatchObject({ status: 200, body: '' })
    expect(bot.heard).toEqual([])
    expect(bot.logs).toHaveLength(1)
  })

  test('the name of an event is in the log: WeCom suspends apps that nobody uses', async () => {
    await deliver(event({ Event: 'inactive_alert' }))
    expect(bot.logs[0]).toContain('inactive_alert')
  })

  test('a callback for another company or app is refused', async () => {
    for (const other of [{ ToUserName: 'ww-other' }, { AgentID: '7' }])
      expect(await deliver({ ...text('x'), ...other })).toMatchObject({ status: 401, body: '' })
    expect(bot.heard).toEqual([])
  })

  test('the app is not checked when either side does not name it', async () => {
    await deliver(without(text('x'), 'AgentID'))
    await start({ agentId: '' })
    await deliver({ ...text('x'), AgentID: '7' })
    expect(bot.heard.map(({ robot }) => robot)).toEqual(['7'])
  })
})

describe('the answer in the response', () => {
  test('is a sealed text with sender and receiver swapped, and the nonce of the callback', async () => {
    const answer = await wecom.appCallback(bot.url, text('x'), credentials, { nonce: 'n-77' })
    expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8')
    expect(answer.body).toMatch(
      /^<xml><Encrypt>.*<TimeStamp>\d{10}<\/TimeStamp><Nonce><!\[CDATA\[n-77\]\]><\/Nonce><\/xml>$/,
    )
    expect(answer.reply).toEqual({
      ToUserName: 'zhangjianguo',
      FromUserName: 'ww-corp',
      CreateTime: expect.stringMatching(/^\d{10}$/),
      MsgType: 'text',
      Content: '已登记',
    })
    await bot.stopHearing()
    expect(wecom.calls).toEqual([])
  })

  test('keeps a section end in the text', async () => {
    bot.hear = async ({ text }) => line(`你说「${text}」`)
    const { reply } = await deliver(text('a]]>b<![CDATA[c'))
    expect(reply?.['Content']).toBe('你说「a]]>b＜![CDATA[c」')
  })

  test('that is too long goes on in messages, in order and without loss', async () => {
    bot.hear = async () => long
    const { reply } = await deliver(text('x'))
    await bot.stopHearing()
    const parts = [String(reply?.['Content']), ...wecom.messages.map(({ content }) => content)]
    expect(parts.length).toBeGreaterThan(3)
    for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(2_048)
    expect(parts.join('\n')).toBe(long.blocks.map((block) => block.kind === 'text' && block.text).join('\n'))
    expect(wecom.messages.every(({ to }) => to === 'zhangjianguo')).toBe(true)
  })

  test.each([{ secret: '' }, { agentId: '' }])(
    'that is too long is cut with a note, with %j',
    async (settings) => {
      await start(settings, async () => long)
      const { reply } = await deliver(text('x'))
      await bot.stopHearing()
      expect(String(reply?.['Content']).endsWith(cutNote)).toBe(true)
      expect(Buffer.byteLength(String(reply?.['Content']))).toBeLessThanOrEqual(2_048)
      expect(wecom.calls).toEqual([])
    },
  )

  test('stays when the rest of it is refused', async () => {
    bot.hear = async () => long
    wecom.refuseNext(send, 60020)
    const { reply } = await deliver(text('x'))
    await bot.stopHearing()
    expect(String(reply?.['Content'])).toContain('第0行')
    expect(wecom.messages).toEqual([])
    expect(bot.logs.join('')).toContain('60020')
  })
})

describe('a late answer', () => {
  let held: ReturnType<typeof heldReply>
  beforeEach(async () => {
    held = heldReply()
    await start({ answerWithinMs: 20 }, held.hear)
  })
  const late = async () => {
    expect(await deliver(text('x'))).toMatchObject({ status: 200, body: '' })
    held.release(line('想好了'))
  }

  test('goes to the person by message/send, once', async () => {
    await late()
    expect(await wecom.waitForMessages(1)).toMatchObject([
      { via: 'message/send', to: 'zhangjianguo', msgtype: 'text', content: '想好了' },
    ])
    await bot.stopHearing()
    expect(wecom.count(send)).toBe(1)
  })

  test('is parted when it is long', async () => {
    expect(await deliver(text('x'))).toMatchObject({ status: 200, body: '' })
    held.release(long)
    await bot.stopHearing()
    expect(wecom.messages.map(({ content }) => content).join('\n')).toContain('第299行')
  })

  test('is sent although the token had just been taken back', async () => {
    wecom.refuseNext(send, 42001)
    await late()
    await wecom.waitForMessages(1)
    expect(wecom.count(send)).toBe(2)
  })

  test('that reaches nobody is logged', async () => {
    wecom.makeUnreachable('zhangjianguo')
    await late()
    await bot.stopHearing()
    expect(bot.logs.join('')).toContain('invaliduser')
  })

  test.each([{ secret: '' }, { agentId: '' }])('is lost and logged, with %j', async (settings) => {
    await start({ ...settings, answerWithinMs: 20 }, held.hear)
    await late()
    await bot.stopHearing()
    expect(wecom.calls).toEqual([])
    expect(bot.logs.join('')).toContain('a reply was lost')
  })

  test('whose work fails is logged, and the process lives', async () => {
    expect(await deliver(text('x'))).toMatchObject({ status: 200, body: '' })
    held.fail(new TypeError('a bug'))
    await bot.stopHearing()
    expect(bot.logs.join('')).toContain('a bug')
  })
})
