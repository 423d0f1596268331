// The playground over real HTTP, with the real bot on the example campaign behind it.
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StoreDown } from '../../src/errors.ts'
import type { Hear } from '../../src/message.ts'
import type { Entry, SaidByBot, World } from '../../src/platforms/playground/entry.ts'
import { type Demo, startDemo } from '../support/demo.ts'

let demo: Demo
/** Stands before the bot: passes on, unless a test puts something else here. */
let hear: (bot: Hear) => Hear
const passOn = (bot: Hear) => bot

beforeAll(async () => {
  hear = passOn
  demo = await startDemo({
    hear: (bot) => (message) => hear(bot)(message),
    publicUrl: 'https://demo.example',
  })
})
afterAll(() => demo.stop())

const groups = { wecom: 'wr-ruhelu', dingtalk: 'cid-ruhelu' } as const
type Look = keyof typeof groups

function say(body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${demo.origin}/playground/say`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ platform: 'wecom', chat: groups.wecom, person: 'zhangjianguo', ...body }),
  })
}

/** The events of a chat, one after the other. */
async function watch(platform: Look, chat: string = groups[platform]) {
  const control = new AbortController()
  const url = `${demo.origin}/playground/events?${new URLSearchParams({ platform, chat })}`
  const response = await fetch(url, { signal: control.signal })
  const chunks = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader()
  let text = ''

  const next = async (): Promise<{ event: string; data: unknown } | undefined> => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const [, event = '', data = 'null'] = text.slice(0, end).match(/event: (\w+)\ndata: (.*)/) ?? []
        text = text.slice(end + 2)
        return { event, data: JSON.parse(data) as unknown }
      }
      const { done, value } = await chunks.read()
      if (done) return undefined
      text += value
    }
  }
  const nextOf = async <T>(event: string): Promise<T> => {
    for (;;) {
      const came = await next()
      if (!came) throw new Error(`the stream ended before a ${event}`)
      if (came.event === event) return came.data as T
    }
  }
  return { nextOf, entry: () => nextOf<Entry>('entry'), stop: () => control.abort() }
}

const get = async <T>(path: string): Promise<T> => (await (await fetch(demo.origin + path)).json()) as T
const payloadOf = (entry: Entry) => (entry as SaidByBot).payload
const rejected = async (response: Promise<Response>) => {
  const { status } = await response
  return { status, message: ((await (await response).json()) as { message: string }).message }
}

describe('the world', () => {
  it('lists people with their duties, the best known first and a stranger last', async () => {
    const { people, groups, botName, campaign } = await get<World>('/playground/world')
    expect({ botName, campaign }).toEqual({ botName: '小图', campaign: expect.stringContaining('攻坚') })
    expect(people.slice(0, 6).map(({ name, duty }) => `${name} ${duty}`)).toEqual([
      '张建国 金苑社区 书记',
      '李秀英 汝河小区社区 书记',
      '赵铁柱 李江沟村 书记',
      '周敏 汝河路街道 组织委员',
      '马建军 汝河路街道 书记',
      '何晓雯 全区 专班',
    ])
    expect(people.length).toBeGreaterThan(150)
    expect(people.at(-1)).toMatchObject({ name: '路人', privateChat: 'single:luren' })
    expect(groups.wecom[0]).toMatchObject({ id: 'wr-ruhelu', title: '汝河路街道攻坚群' })
    expect(groups.dingtalk.map(({ id }) => id)).toEqual(['cid-ruhelu', 'cid-zhongyuan'])
  })
})

describe.each<Look>(['wecom', 'dingtalk'])('on %s', (platform) => {
  const chat = groups[platform]

  it('brings a group message that mentions the bot there, and its answer back', async () => {
    const events = await watch(platform)
    expect((await say({ platform, chat, text: '@小图 进度' })).status).toBe(200)
    expect(await events.entry()).toMatchObject({ name: '张建国', text: '@小图 进度', toBot: true })
    expect(await events.nextOf('thinking')).toBe(true)
    const answer = await events.entry()
    expect(answer).toMatchObject({ kind: 'bot', to: 'zhangjianguo' })
    expect(payloadOf(answer)).toMatchObject(
      platform === 'wecom'
        ? {
            msgtype: 'stream',
            stream: { finish: true, content: expect.stringContaining('**汝河路街道进度') },
          }
        : { msgtype: 'markdown', markdown: { text: expect.stringContaining('汝河路街道进度') } },
    )
    events.stop()
  })

  it('keeps a group message without mention from the bot, and shows it to all', async () => {
    const events = await watch(platform)
    await say({ platform, chat, text: '今天下雨' })
    expect(await events.entry()).toMatchObject({ text: '今天下雨', toBot: false })
    await say({ platform, chat, text: '@小图 我是谁' })
    expect(await events.entry()).toMatchObject({ kind: 'person', text: '@小图 我是谁' })
    expect(await events.entry()).toMatchObject({ kind: 'bot' })
    events.stop()
  })

  it('brings everything said in private to the bot', async () => {
    const events = await watch(platform, 'single:luren')
    await say({ platform, chat: 'single:luren', person: 'luren', text: '我是谁' })
    expect(await events.entry()).toMatchObject({ name: '路人', toBot: true })
    expect(JSON.stringify(payloadOf(await events.entry()))).toContain('luren')
    events.stop()
  })

  it('gives a late reader the whole log', async () => {
    await say({ platform, chat, text: '最后一句' })
    const events = await watch(platform)
    const log = await events.nextOf<Entry[]>('log')
    expect(log.at(-1)).toMatchObject({ text: '最后一句' })
    expect(log.every(({ n }, at) => at === 0 || n > (log[at - 1]?.n ?? n))).toBe(true)
    events.stop()
  })

  it('shows an answer that comes after the callback was answered', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    hear = (bot) => async (message) => {
      await held
      return bot(message)
    }
    const events = await watch(platform)
    // Answered after a second, without the reply.
    expect((await say({ platform, chat, text: '@小图 我是谁' })).status).toBe(200)
    release()
    await events.entry()
    const answer = await events.entry()
    expect(answer).toMatchObject({ kind: 'bot' })
    // Only here does WeCom quote what is answered.
    expect('quote' in answer).toBe(platform === 'wecom')
    hear = passOn
    events.stop()
  })

  it('says so when the bot does not take a message', async () => {
    hear = () => () => Promise.reject(new StoreDown('test'))
    expect(await rejected(say({ platform, chat, text: '@小图 进度' }))).toEqual({
      status: 502,
      message: '机器人没有收到这条消息，请稍后再发一次。',
    })
    hear = passOn
  })
})

describe('what is refused', () => {
  it('takes 2,000 characters and not one more', async () => {
    expect((await say({ text: '长'.repeat(2_000) })).status).toBe(200)
    expect(await rejected(say({ text: '长'.repeat(2_001) }))).toEqual({
      status: 400,
      message: '一条消息最多 2000 个字，请分成几条发。',
    })
  })

  it.each([
    ['nothing', { text: ' \n' }, /先写点什么/],
    ['no text', { text: undefined }, /格式不对/],
    ['another platform', { platform: 'feishu', text: 'a' }, /格式不对/],
    ['an unknown person', { person: 'nobody', text: 'a' }, /没有这个人/],
    ['an unknown group', { chat: 'wr-nowhere', text: 'a' }, /没有这个人或这个群/],
    ["the other platform's group", { chat: 'cid-ruhelu', text: 'a' }, /没有这个人或这个群/],
    ["somebody else's private chat", { chat: 'single:luren', text: 'a' }, /没有这个人或这个群/],
  ])('refuses %s', async (_what, body, message) => {
    expect(await rejected(say(body))).toEqual({ status: 400, message: expect.stringMatching(message) })
  })

  it('refuses what is no JSON', async () => {
    const response = fetch(`${demo.origin}/playground/say`, { method: 'POST', body: 'text=a' })
    expect(await rejected(response)).toMatchObject({ status: 400 })
  })

  it.each([
    ['a page from elsewhere', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
  ])('refuses %s', async (_what, headers) => {
    expect(await rejected(say({ text: '@小图 进度' }, headers))).toMatchObject({ status: 403 })
  })

  it('refuses a foreign name that leads here, and takes the usual and the public ones', async () => {
    const { port } = new URL(demo.origin)
    const status = (host: string) =>
      new Promise((resolve) =>
        request(`${demo.origin}/playground/world`, { headers: { host } }, (response) => {
          resolve(response.resume().statusCode)
        }).end(),
      )
    expect(await status(`evil.example:${port}`)).toBe(403)
    expect(await status(`localhost:${port}`)).toBe(200)
    expect(await status('demo.example')).toBe(200)
    expect((await say({ text: '你好' }, { origin: 'https://demo.example' })).status).toBe(200)
  })

  it('has no other files than those of the page', async () => {
    for (const name of ['nothing.js', '..%2f..%2fconfig.ts', 'world.ts'])
      expect((await fetch(`${demo.origin}/playground/files/${name}`)).status).toBe(404)
  })

  it('takes answers only at addresses that were given out', async () => {
    const post = async (path: string) =>
      (await fetch(demo.origin + path, { method: 'POST', body: '{}' })).json() as Promise<{ errcode: number }>
    expect(await post('/playground/robot/sendBySession?session=guess')).toMatchObject({ errcode: 300001 })
    expect(await post('/playground/cgi-bin/aibot/response?response_code=guess')).toMatchObject({
      errcode: 40035,
    })
  })
})

describe('the page', () => {
  it('comes with headers that keep everything foreign out', async () => {
    const response = await fetch(`${demo.origin}/`)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    const html = await response.text()
    expect(html).not.toMatch(/style=|<style|\son\w+=|<script(?![^>]*src=)|https?:/)
    for (const [, path] of html.matchAll(/(?:src|href)="([^"]+\.(?:css|svg))"/g))
      expect((await fetch(demo.origin + path)).status).toBe(200)
  })
})

// Last: nobody is heard afterwards.
describe('a stop', () => {
  it('ends event streams and takes no more messages', async () => {
    const stream = await fetch(`${demo.origin}/playground/events?platform=dingtalk&chat=cid-ruhelu`)
    // Else the connection would stay and hold up the server.
    expect(stream.headers.get('connection')).toBe('close')
    await demo.quiet()
    // Ends by itself, not by an error.
    expect(await stream.text()).toContain('event: log')
    expect(await rejected(say({ text: '@小图 进度' }))).toMatchObject({ status: 502 })
  })
})
