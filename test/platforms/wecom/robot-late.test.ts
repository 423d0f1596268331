// Smart robot: the reply is not ready when the response must go out.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { line, type Reply } from '../../../src/message.ts'
import { cutNote } from '../../../src/platforms/wecom/render.ts'
import { wecomRobot } from '../../../src/platforms/wecom/robot.ts'
import { type FakeWecom, startFakeWecom } from '../../support/fake-wecom.ts'
import { type Bot, canaries, heldReply, startBot } from './harness.ts'

const { token, aesKey } = canaries
const credentials = { token, aesKey, receiver: '' }
const respond = '/cgi-bin/aibot/response'
const group = { chatid: 'wr-ruhelu', chattype: 'group', from: { userid: 'zhangjianguo' } }
const text = (content: string) => ({ msgtype: 'text', text: { content } })

let wecom: FakeWecom
let bot: Bot
let held: ReturnType<typeof heldReply>
beforeAll(async () => {
  wecom = await startFakeWecom()
})
afterAll(() => wecom.stop())
beforeEach(() => start(20))
afterEach(async () => {
  await bot.stop()
  const written = bot.logs.join('')
  for (const canary of [token, aesKey, 'response_code=', wecom.base]) expect(written).not.toContain(canary)
  expect(written).not.toContain('UNCAUGHT')
})

async function start(answerWithinMs: number) {
  held = heldReply()
  const settings = { token, aesKey, botId: '', apiBase: wecom.base, answerWithinMs }
  bot = await startBot((tools) => wecomRobot(settings, tools), '/webhooks/wecom/bot', held)
}
const deliver = (payload: object) => wecom.robotCallback(bot.url, payload, credentials)
/** Delivers, sees the empty response, then lets the mind answer. */
const late = async (payload: object, reply: Reply | undefined = line('想好了')) => {
  expect(await deliver(payload)).toMatchObject({ status: 200, body: '' })
  held.release(reply)
  await bot.stopHearing()
}

test('a late answer goes to response_url once, as markdown', async () => {
  const before = wecom.count(respond)
  const response_url = wecom.newResponseUrl()
  await late({ ...group, ...text('x'), response_url })
  expect(wecom.count(respond)).toBe(before + 1)
  expect(wecom.messages.at(-1)).toMatchObject({
    via: 'response_url',
    msgtype: 'markdown',
    content: '想好了',
  })
  expect(response_url.endsWith(wecom.messages.at(-1)?.to ?? '?')).toBe(true)
})

test('a late answer is cut visibly, too', async () => {
  await late({ ...group, ...text('x') }, line('长'.repeat(9_000)))
  expect(wecom.messages.at(-1)?.content.endsWith(cutNote)).toBe(true)
})

test.each([undefined, line('')])('a late answer that says nothing (%j) is not sent', async (reply) => {
  const before = wecom.count(respond)
  expect(await deliver({ ...group, ...text('x') })).toMatchObject({ status: 200, body: '' })
  held.release(reply)
  await bot.stopHearing()
  expect(wecom.count(respond)).toBe(before)
})

test.each([
  ['refused by WeCom', 40058, {}],
  ['met by an error page', 0, { status: 502, body: '<html>' }],
  ['met by a redirect', 0, { status: 302, body: '' }],
])('a late answer %s is logged and not sent again', async (_, errcode, how) => {
  const before = wecom.count(respond)
  wecom.refuseNext(respond, errcode, how)
  await late({ ...group, ...text('x') })
  expect(wecom.count(respond)).toBe(before + 1)
  expect(bot.logs.join('')).toContain('a reply was lost')
})

test('a late answer to an address already used is logged', async () => {
  const response_url = wecom.newResponseUrl()
  await fetch(response_url, {
    method: 'POST',
    body: JSON.stringify({ msgtype: 'markdown', markdown: { content: 'x' } }),
  })
  await late({ ...group, ...text('x'), response_url })
  expect(bot.logs.join('')).toContain('40035')
})

test('the log keeps the code of a response_url to itself, even when WeCom quotes it', async () => {
  const response_url = wecom.newResponseUrl()
  const code = new URL(response_url).searchParams.get('response_code') ?? ''
  wecom.refuseNext(respond, 0, {
    body: JSON.stringify({ errcode: 40035, errmsg: `bad ${response_url} (${code})` }),
  })
  await late({ ...group, ...text('x'), response_url })
  expect(bot.logs.join('')).toContain('40035 bad *** (***)')
  expect(bot.logs.join('')).not.toContain(code)
})

test.each([
  'http://169.254.169.254/latest/meta-data',
  'http://127.0.0.1:1/cgi-bin/aibot/response?response_code=x',
  'https://qyapi.weixin.qq.com.evil.example/cgi-bin/aibot/response',
  'file:///etc/passwd',
  'not an address',
  '//evil.example/x',
  7,
  null,
  { toString: 'x' },
])('a late answer is never sent to the foreign address %j', async (response_url) => {
  const before = wecom.calls.length
  await late({ ...group, ...text('x'), response_url })
  expect(wecom.calls).toHaveLength(before)
  expect(bot.logs.join('')).toContain('a reply was lost')
  expect(bot.logs.join('')).not.toMatch(/evil|169\.254|passwd/)
})

test('a late answer is not sent to our own host with a user name, another scheme or another port', async () => {
  const before = wecom.calls.length
  for (const response_url of [
    wecom.newResponseUrl().replace('http://', 'http://user@'),
    wecom.newResponseUrl().replace('http://', 'https://'),
    wecom.newResponseUrl().replace(/:\d+\//, ':1/'),
  ])
    await deliver({ ...group, ...text('x'), response_url })
  held.release(line('想好了'))
  await bot.stopHearing()
  expect(wecom.calls).toHaveLength(before)
})

test('a late answer whose work fails is logged, and the process lives', async () => {
  expect(await deliver({ ...group, ...text('x') })).toMatchObject({ status: 200, body: '' })
  held.fail(new TypeError('a bug'))
  await bot.stopHearing()
  expect(bot.logs.join('')).toContain('a bug')
})

test('a late answer is waited for by a stop that begins before it is late', async () => {
  await bot.stop()
  await start(50)
  const before = wecom.messages.length
  const delivered = deliver({ ...group, ...text('x') })
  while (bot.heard.length === 0) await new Promise(setImmediate)
  const stopped = bot.stopHearing()
  await delivered
  held.release(line('想好了'))
  await stopped
  expect(wecom.messages).toHaveLength(before + 1)
})
