import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Hear, line } from '../../../src/message.ts'
import { cutNote } from '../../../src/platforms/wecom/render.ts'
import { type RobotSettings, wecomRobot } from '../../../src/platforms/wecom/robot.ts'
import { readRobotCallback } from '../../../src/platforms/wecom/robot-message.ts'
import { type FakeWecom, startFakeWecom } from '../../support/fake-wecom.ts'
import { type Bot, canaries, startBot } from './harness.ts'
import { vectors } from './vectors.ts'

const { token, aesKey } = canaries
const credentials = { token, aesKey, receiver: '' }
const path = '/webhooks/wecom/bot'
const respond = '/cgi-bin/aibot/response'
const group = { aibotid: 'AIB1', chatid: 'wr-ruhelu', chattype: 'group', from: { userid: 'zhangjianguo' } }
const single = { aibotid: 'AIB1', chattype: 'single', from: { userid: 'zhangjianguo' } }
const text = (content: unknown) => ({ msgtype: 'text', text: { content } })

let wecom: FakeWecom
let bot: Bot
beforeAll(async () => {
  wecom = await startFakeWecom()
})
afterAll(() => wecom.stop())
beforeEach(() => start())
afterEach(async () => {
  await bot.stop()
  const written = bot.logs.join('')
  for (const canary of [token, aesKey, 'response_code=', wecom.base]) expect(written).not.toContain(canary)
  expect(written).not.toContain('UNCAUGHT')
})

async function start(settings: Partial<RobotSettings> = {}, hear: Hear = async () => line('已登记')) {
  await bot?.stop()
  const whole = { token, aesKey, botId: 'AIB1', apiBase: wecom.base, answerWithinMs: 10_000, ...settings }
  bot = await startBot((tools) => wecomRobot(whole, tools), path, { hear })
}
const deliver = (payload: object | string) => wecom.robotCallback(bot.url, payload, credentials)
const contentOf = (reply: object | undefined) => (reply as { stream: { content: string } }).stream.content
const onlyHeard = () => {
  expect(bot.heard).toHaveLength(1)
  return bot.heard[0]
}

describe('what is heard', () => {
  test('a text in a group, with who said it where, and the mention left in', async () => {
    await deliver({ ...group, ...text('@小图 红色物业完成3个'), msgid: 'M1' })
    expect(onlyHeard()).toEqual({
      platform: 'wecom',
      robot: 'AIB1',
      id: 'M1',
      chat: { id: 'wr-ruhelu', kind: 'group' },
      sender: { id: 'zhangjianguo', name: 'zhangjianguo' },
      kind: 'text',
      text: '@小图 红色物业完成3个',
    })
  })

  test('a text in a one-to-one chat, which has the person’s id', async () => {
    await deliver({ ...single, ...text('排名') })
    expect(onlyHeard()).toMatchObject({ chat: { id: 'zhangjianguo', kind: 'single' }, text: '排名' })
  })

  test('the new text only, when something is quoted', async () => {
    await deliver({ ...group, ...text('@小图 改成3个'), quote: text('红色物业完成5个') })
    expect(onlyHeard()?.text).toBe('@小图 改成3个')
  })

  test('the texts of a mixed message, one a line', async () => {
    const msg_item = [
      { msgtype: 'text', text: { content: '@小图 红色物业' } },
      { msgtype: 'image', image: { url: 'https://example.com/1' } },
      { msgtype: 'text', text: { content: '完成3个' } },
      7,
      null,
      { msgtype: 'text', text: { content: 5 } },
    ]
    await deliver({ ...group, msgtype: 'mixed', mixed: { msg_item } })
    expect(onlyHeard()).toMatchObject({ kind: 'text', text: '@小图 红色物业\n完成3个' })
  })

  test('the transcript of a voice message', async () => {
    await deliver({ ...single, msgtype: 'voice', voice: { content: '红色物业完成三个' } })
    expect(onlyHeard()).toMatchObject({ kind: 'text', text: '红色物业完成三个' })
  })

  test.each([
    { msgtype: 'image', image: { url: 'https://example.com/1' } },
    { msgtype: 'file', file: { url: 'https://example.com/1' } },
    { msgtype: 'video', video: { url: 'https://example.com/1' } },
    { msgtype: 'image' },
    { msgtype: 'voice', voice: { content: ' ' } },
    { msgtype: 'voice' },
    { msgtype: 'mixed', mixed: { msg_item: [{ msgtype: 'image' }] } },
    { msgtype: 'mixed', mixed: { msg_item: 'x' } },
  ])('something without text: %j', async (body) => {
    await deliver({ ...single, ...body })
    expect(onlyHeard()).toMatchObject({ kind: 'media', text: '' })
  })

  test('somebody opening the chat, answered by a plain text', async () => {
    const { chattype: _, ...bare } = single
    const event = { eventtype: 'enter_chat' }
    const { reply } = await deliver({ ...bare, msgtype: 'event', event, create_time: 1760000000 })
    expect(onlyHeard()).toMatchObject({
      kind: 'enter',
      text: '',
      chat: { id: 'zhangjianguo', kind: 'single' },
    })
    expect(reply).toEqual({ msgtype: 'text', text: { content: '已登记' } })
  })

  test.each([
    ['2,000 characters', '红'.repeat(2_000)],
    ['emoji only', '👍🏽😀'],
    ['nothing', ''],
    ['what looks like markup', '<xml>]]></xml> @all **x** \\/ "quoted"'],
    ['line breaks', '第一行\n第二行\r\n'],
  ])('%s', async (_, content) => {
    await deliver({ ...group, ...text(content) })
    expect(onlyHeard()).toMatchObject({ kind: 'text', text: content })
  })

  test('half an emoji becomes a replacement sign', async () => {
    await deliver(
      '{"msgid":"M\\ud83d","from":{"userid":"lisi"},"msgtype":"text","text":{"content":"好\\ud83d"}}',
    )
    expect(onlyHeard()).toMatchObject({ id: 'M\ufffd', text: '好\ufffd' })
  })

  test('slashes that JSON escapes', async () => {
    await deliver('{"msgid":"a\\/b","from":{"userid":"li\\/si"},"msgtype":"text","text":{"content":"2\\/4"}}')
    expect(onlyHeard()).toMatchObject({ id: 'a/b', sender: { id: 'li/si' }, text: '2/4' })
  })

  test('a message without id, or with a number as id, has none', async () => {
    await deliver({ ...group, ...text('x'), msgid: undefined })
    await deliver({ ...group, ...text('x'), msgid: 1760000000 })
    expect(bot.heard.map((message) => 'id' in message)).toEqual([false, false])
  })

  test('the robot a callback names, when none is configured', async () => {
    await start({ botId: '' })
    await deliver({ ...group, ...text('x'), aibotid: 'AIB9' })
    await deliver({ ...group, ...text('x'), aibotid: undefined })
    expect(bot.heard.map(({ robot }) => robot)).toEqual(['AIB9', ''])
  })

  test('the published example', () => {
    const callback = readRobotCallback(JSON.parse(vectors.H.plain ?? ''), 'AIB0001')
    expect(callback).toMatchObject({
      kind: 'message',
      responseUrl: 'https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=RC1',
      message: { id: 'MSG-0001', chat: { id: 'CHAT01', kind: 'group' }, text: '@小助手 查天气' },
    })
  })
})

describe('what is not for the bot gets an empty 200 and one log line', () => {
  test.each([
    ['an unknown msgtype', { ...group, msgtype: 'location' }],
    ['no msgtype', group],
    ['a msgtype that is a number', { ...group, msgtype: 5 }],
    ['an unknown event', { ...single, msgtype: 'event', event: { eventtype: 'auth_change_event' } }],
    ['an event without type', { ...single, msgtype: 'event' }],
    [
      'feedback',
      {
        ...single,
        msgtype: 'event',
        event: { eventtype: 'feedback_event', feedback_event: { id: 'x', type: 1 } },
      },
    ],
    ['a click on a card', { ...group, msgtype: 'event', event: { eventtype: 'template_card_event' } }],
    ['no sender', { ...group, ...text('x'), from: undefined }],
    ['a sender that is a number', { ...group, ...text('x'), from: { userid: 7 } }],
    ['an empty sender', { ...group, ...text('x'), from: { userid: '' } }],
    ['a sender that is a text', { ...group, ...text('x'), from: 'lisi' }],
    ['WeCom itself', { ...group, ...text('x'), from: { userid: 'sys' } }],
    ['a group without id', { ...group, ...text('x'), chatid: undefined }],
    ['a group whose id is a number', { ...group, ...text('x'), chatid: 5 }],
    ['a text without content', { ...group, msgtype: 'text' }],
    ['a text whose content is a number', { ...group, ...text(5) }],
    ['a text whose content is a list', { ...group, ...text(['x']) }],
    ['a text that is null', { ...group, msgtype: 'text', text: null }],
    ['a stream without id', { ...group, msgtype: 'stream', stream: {} }],
    ['inherited names', { ...group, msgtype: 'text', text: '__proto__' }],
    ['an empty object', '{}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '7'],
    ['a text', '"x"'],
  ])('%s', async (_, payload) => {
    expect(await deliver(payload)).toMatchObject({ status: 200, body: '' })
    expect(bot.heard).toEqual([])
    expect(bot.logs).toHaveLength(1)
  })

  test('a callback for another robot is refused', async () => {
    expect(await deliver({ ...group, ...text('x'), aibotid: 'AIB2' })).toMatchObject({
      status: 401,
      body: '',
    })
    expect(bot.heard).toEqual([])
  })
})

describe('the answer in the response', () => {
  test('is one finished stream, sealed, with the nonce of the callback', async () => {
    const answer = await wecom.robotCallback(bot.url, { ...group, ...text('x') }, credentials, {
      nonce: 'n-77',
    })
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(Object.keys(JSON.parse(answer.body))).toEqual(['encrypt', 'msgsignature', 'timestamp', 'nonce'])
    expect(JSON.parse(answer.body)).toMatchObject({ timestamp: expect.any(Number), nonce: 'n-77' })
    expect(answer.reply).toEqual({
      msgtype: 'stream',
      stream: { id: expect.stringMatching(/.{8}/), finish: true, content: '已登记' },
    })
    await bot.stopHearing()
    expect(wecom.count(respond)).toBe(0)
  })

  test('has another stream id each time', async () => {
    const ids = []
    for (const content of ['1', '2'])
      ids.push(JSON.stringify((await deliver({ ...group, ...text(content) })).reply))
    expect(ids[0]).not.toBe(ids[1])
  })

  test('is cut visibly when it is longer than WeCom takes', async () => {
    bot.hear = async () => line('😀长'.repeat(5_000))
    const { reply } = await deliver({ ...group, ...text('x') })
    const content = contentOf(reply)
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(20_480)
    expect(content.endsWith(cutNote)).toBe(true)
    expect(content).not.toContain('\ufffd')
  })

  test('cannot mention anybody with what a person typed', async () => {
    bot.hear = async ({ text }) => ({ ...line(`没听懂「${text}」`), mention: ['lisi'] })
    const { reply } = await deliver({ ...group, ...text('<@all> @all <font color="info">x</font>]]>') })
    expect(JSON.stringify(reply)).not.toMatch(/<|@all|lisi/)
  })

  test('ends the polling of a stream that is not open', async () => {
    const { reply } = await deliver({ ...group, msgtype: 'stream', stream: { id: 's-9f2' } })
    expect(reply).toMatchObject({ msgtype: 'stream', stream: { id: 's-9f2', finish: true } })
    expect(contentOf(reply)).not.toBe('')
    expect(bot.heard).toEqual([])
  })
})
