// What the bot says by itself arrives in the playground: through the real channels, at addresses that answer as the
// platforms do.
import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Address } from '../../src/channel.ts'
import { everyone, line, type Reply } from '../../src/message.ts'
import { sign } from '../../src/platforms/dingtalk/signature.ts'
import type { Entry, SaidByBot } from '../../src/platforms/playground/entry.ts'
import { playgroundWays } from '../../src/platforms/playground/playground.ts'
import { type Demo, startDemo } from '../support/demo.ts'

const anyPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo.stop())

const groups: Record<'dingtalk' | 'wecom', Address> = {
  dingtalk: {
    ...{ kind: 'group', platform: 'dingtalk', chatId: 'cid-ruhelu' },
    robot: { token: 'demo-dingtalk-ruhelu', secret: 'SEC-demo' },
  },
  wecom: { kind: 'group', platform: 'wecom', chatId: 'wr-ruhelu', robot: { key: 'demo-wecom-ruhelu' } },
}
const ranking: Reply = {
  title: '第47周排名',
  blocks: [{ kind: 'table', head: ['村社区', '总分'], rows: [['金苑社区', '84.03']] }],
}
const picture: Reply = { blocks: [{ kind: 'image', png: anyPng.toString('base64'), alt: '挂图' }] }

/** What a page that opens the chat is shown first. */
async function first<T>(chat: string, event: string): Promise<T> {
  const [platform = '', id = ''] = chat.split('/')
  const control = new AbortController()
  const url = `${demo.origin}/playground/events?${new URLSearchParams({ platform, chat: id })}`
  const { body } = await fetch(url, { signal: control.signal })
  let text = ''
  for await (const chunk of (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    text += chunk
    const found = text.match(new RegExp(`event: ${event}\ndata: (.*)\n\n`))?.[1]
    if (!found) continue
    control.abort()
    return JSON.parse(found) as T
  }
  throw new Error(`no ${event}`)
}
const log = (chat: string) => first<Entry[]>(chat, 'log')
const last = async (chat: string) => (await log(chat)).at(-1) as Entry & SaidByBot

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${demo.origin}/playground${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, ...((await response.json()) as object) } as Record<string, unknown>
}
const errcode = async (path: string, body: unknown) => (await post(path, body))['errcode']

describe('a push to a group', () => {
  it('comes into the DingTalk group that has the robot, with those it calls', async () => {
    await demo.tell(groups.dingtalk, { ...ranking, mention: ['zhangjianguo'] })
    const entry = await last('dingtalk/cid-ruhelu')
    // Nobody asked.
    expect('to' in entry).toBe(false)
    expect(entry.payload).toMatchObject({
      msgtype: 'markdown',
      markdown: { text: expect.stringContaining('@zhangjianguo') },
      at: { atUserIds: ['zhangjianguo'] },
    })
    expect(await log('dingtalk/cid-zhongyuan')).toEqual([])
  })

  it('comes into the WeCom group that has the key', async () => {
    await demo.tell(groups.wecom, { ...ranking, mention: ['zhangjianguo'] })
    expect((await last('wecom/wr-ruhelu')).payload).toMatchObject({
      msgtype: 'markdown',
      markdown: { content: expect.stringContaining('<@zhangjianguo>') },
    })
    await demo.tell(groups.wecom, { ...line('今天到期'), mention: [everyone] })
    expect((await last('wecom/wr-ruhelu')).payload).toMatchObject({
      text: { content: '今天到期', mentioned_list: ['@all'] },
    })
    const link = 'https://example.com/board'
    await demo.tell(groups.wecom, { title: '周排名', blocks: [{ kind: 'text', text: '已出' }], link })
    expect((await last('wecom/wr-ruhelu')).payload).toMatchObject({ msgtype: 'template_card' })
  })

  it('is counted for those who look at another chat', async () => {
    const counts = () => first<Record<string, number>>('dingtalk/cid-zhongyuan', 'counts')
    const before = (await counts())['wecom/wr-ruhelu'] ?? 0
    await demo.tell(groups.wecom, line('一条'))
    expect((await counts())['wecom/wr-ruhelu']).toBe(before + 1)
  })

  it('goes to a DingTalk group without a robot of its own through the app', async () => {
    await demo.tell({ kind: 'group', platform: 'dingtalk', chatId: 'cid-zhongyuan' }, line('全区'))
    expect((await last('dingtalk/cid-zhongyuan')).payload).toEqual({
      ...{ msgKey: 'sampleText', msgParam: '{"content":"全区"}' },
    })
    const nowhere = demo.tell({ kind: 'group', platform: 'dingtalk', chatId: 'cid-nowhere' }, line('a'))
    await expect(nowhere).rejects.toMatchObject({ kind: 'dead' })
  })
})

describe.each(['dingtalk', 'wecom'] as const)('a private push on %s', (platform) => {
  it('comes into the private chat of its person', async () => {
    await demo.tell({ kind: 'person', platform, userid: 'zhangjianguo' }, ranking)
    const { payload } = await last(`${platform}/single:zhangjianguo`)
    expect(JSON.stringify(payload)).toContain('第47周排名')
  })

  it('is refused for somebody without an account', async () => {
    const lost = demo.tell({ kind: 'person', platform, userid: 'nobody' }, line('在吗'))
    await expect(lost).rejects.toMatchObject({ kind: 'refused' })
    expect(await log(`${platform}/single:nobody`)).toEqual([])
  })
})

describe('a picture', () => {
  it.each<[string, Address, string, (payload: never) => string]>([
    [
      'a WeCom group',
      groups.wecom,
      'wecom/wr-ruhelu',
      ({ image }: { image: { media_id: string } }) => image.media_id,
    ],
    [
      'a person on WeCom',
      { kind: 'person', platform: 'wecom', userid: 'zhoumin' },
      'wecom/single:zhoumin',
      ({ image }: { image: { media_id: string } }) => image.media_id,
    ],
    [
      'a person on DingTalk',
      { kind: 'person', platform: 'dingtalk', userid: 'zhoumin' },
      'dingtalk/single:zhoumin',
      ({ msgParam }: { msgParam: string }) => (JSON.parse(msgParam) as { photoURL: string }).photoURL,
    ],
  ])('for %s is kept beside the log', async (_whom, address, chat, idOf) => {
    await demo.tell(address, picture)
    const id = idOf((await last(chat)).payload as never)
    const response = await fetch(`${demo.origin}/playground/media/${encodeURIComponent(id)}`)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await response.arrayBuffer()).equals(anyPng)).toBe(true)
  })

  it('is not found under an id that was not given out', async () => {
    expect((await fetch(`${demo.origin}/playground/media/guess`)).status).toBe(404)
  })
})

describe('a file', () => {
  const bytes = Buffer.alloc(1_500_000, 'xlsx')
  const file: Reply = { blocks: [{ kind: 'file', name: '全区进度.xlsx', data: bytes.toString('base64') }] }
  interface Shown {
    file?: { media_id: string; name: string; size: number }
    msgParam?: string
  }
  const shownOf = ({ file: sent, msgParam = '{}' }: Shown) => {
    const { mediaId, fileName, size } = JSON.parse(msgParam) as Record<string, unknown>
    return sent ?? { media_id: String(mediaId), name: fileName, size }
  }

  it.each<[string, Address, string]>([
    ['a WeCom group', groups.wecom, 'wecom/wr-ruhelu'],
    ['a person on WeCom', { kind: 'person', platform: 'wecom', userid: 'zhoumin' }, 'wecom/single:zhoumin'],
    [
      'a person on DingTalk',
      { kind: 'person', platform: 'dingtalk', userid: 'zhoumin' },
      'dingtalk/single:zhoumin',
    ],
  ])('for %s is shown with name and size, and can only be downloaded', async (_whom, address, chat) => {
    await demo.tell(address, file)
    const shown = shownOf((await last(chat)).payload as Shown)
    expect(shown).toMatchObject({ name: '全区进度.xlsx', size: 1_500_000 })
    const response = await fetch(`${demo.origin}/playground/media/${encodeURIComponent(shown.media_id)}`)
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="_.xlsx"; filename*=UTF-8\'\'%E5%85%A8%E5%8C%BA%E8%BF%9B%E5%BA%A6.xlsx',
    )
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true)
  })

  it('that was not uploaded is refused, also one that was for another robot', async () => {
    const unknown = { msgtype: 'file', file: { media_id: 'guess' } }
    expect(await errcode('/wecom/cgi-bin/webhook/send?key=demo-wecom-ruhelu', unknown)).toBe(40007)
    const { file: sent } = (await last('wecom/single:zhoumin')).payload as Shown
    const foreign = { msgtype: 'file', file: { media_id: sent?.media_id } }
    expect(await errcode('/wecom/cgi-bin/webhook/send?key=demo-wecom-ruhelu', foreign)).toBe(40007)
  })
})

describe('the DingTalk of the playground', () => {
  const text = { msgtype: 'text', text: { content: '你好' } }
  const signed = (secret = 'SEC-demo', at = Date.now()) =>
    `&${new URLSearchParams({ timestamp: String(at), sign: sign(at, secret) })}`
  const robot = (query: string, body: unknown = text) =>
    post(`/dingtalk/robot/send?access_token=demo-dingtalk-ruhelu${query}`, body)

  it('knows its robots, their signs and what they may send', async () => {
    expect(await errcode('/dingtalk/robot/send?access_token=nobody', text)).toBe(300001)
    expect(await errcode('/dingtalk/robot/send', text)).toBe(40035)
    expect(await robot('')).toMatchObject({ errcode: 310000, errmsg: 'sign not match' })
    expect(await robot(signed('SEC-other'))).toMatchObject({ errcode: 310000, errmsg: 'sign not match' })
    expect(await robot(signed('SEC-demo', Date.now() - 3_700_000))).toMatchObject({
      ...{ errcode: 310000, errmsg: 'invalid timestamp' },
    })
    expect(await robot(signed(), { msgtype: 'text', text: {} })).toMatchObject({ errcode: 40035 })
    expect(await robot(signed(), 'no json')).toMatchObject({ errcode: 40035 })
    const long = { msgtype: 'text', text: { content: '长'.repeat(7_000) } }
    expect(await robot(signed(), long)).toMatchObject({ errcode: 460101 })
    expect(await robot(signed())).toMatchObject({ errcode: 0 })
  })

  it('shows a message that is sent again under the same msgUuid once', async () => {
    const message = { ...text, msgUuid: randomUUID() }
    const before = (await log('dingtalk/cid-ruhelu')).length
    for (const _time of [1, 2]) expect(await robot(signed(), message)).toMatchObject({ errcode: 0 })
    expect(await log('dingtalk/cid-ruhelu')).toHaveLength(before + 1)
  })

  it('gives its token for the app’s secret only, and takes nothing without the token', async () => {
    const { clientId: appKey, clientSecret: appSecret, robotCode } = playgroundWays(demo.origin).dingtalk
    const given = await post('/dingtalk/v1.0/oauth2/accessToken', { appKey, appSecret })
    expect(given).toEqual({ status: 200, accessToken: expect.any(String), expireIn: 7200 })
    expect(await post('/dingtalk/v1.0/oauth2/accessToken', { appKey, appSecret: 'x' })).toMatchObject({
      ...{ status: 400, code: 'invalidClientIdOrSecret' },
    })
    const message = {
      robotCode,
      msgKey: 'sampleText',
      msgParam: '{"content":"a"}',
      userIds: ['zhoumin', 'x'],
    }
    const send = async (body: unknown, token = given['accessToken'] as string) =>
      post('/dingtalk/v1.0/robot/oToMessages/batchSend', body, { 'x-acs-dingtalk-access-token': token })
    expect(await send(message, 'old')).toMatchObject({ status: 400, code: 'InvalidAuthentication' })
    expect(await send(message)).toMatchObject({ status: 200, invalidStaffIdList: ['x'] })
    const twenty = Array.from({ length: 21 }, (_, n) => `p${n}`)
    for (const [change, code] of [
      [{ robotCode: 'other' }, 'invalidParameter.robotCode.notExsit'],
      [{ msgKey: 'other' }, 'invalidParameter.msgKey.invalid'],
      [{ msgParam: 'a' }, 'invalidParameter.msgParam.invalid'],
      [{ msgParam: `"${'长'.repeat(5_000)}"` }, 'invalidParameter.msgParam.tooLong'],
      [{ userIds: [] }, 'invalidParameter.userIds.empty'],
      [{ userIds: twenty }, 'invalidParameter.userIds.overMax'],
    ] as const)
      expect(await send({ ...message, ...change })).toMatchObject({ status: 400, code })
  })
})

describe('the WeCom of the playground', () => {
  const robot = (body: unknown, key = 'demo-wecom-ruhelu') =>
    errcode(`/wecom/cgi-bin/webhook/send?key=${key}`, body)
  const image = (bytes: Buffer, md5 = createHash('md5').update(bytes).digest('hex')) => ({
    ...{ msgtype: 'image', image: { base64: bytes.toString('base64'), md5 } },
  })

  it('knows its robots and what they may send', async () => {
    const text = { msgtype: 'text', text: { content: '你好' } }
    expect(await robot(text, 'nobody')).toBe(93000)
    expect(await robot(text)).toBe(0)
    expect(await robot({ msgtype: 'voice' })).toBe(40008)
    expect(await robot('no json')).toBe(40008)
    const markdown = (content: string) => ({ msgtype: 'markdown', markdown: { content } })
    expect(await robot(markdown('a'.repeat(4_096)))).toBe(0)
    expect(await robot(markdown('a'.repeat(4_097)))).toBe(40058)
    expect(await robot(image(anyPng))).toBe(0)
    expect(await robot(image(anyPng, 'wrong'))).toBe(40035)
    expect(await robot(image(Buffer.from('no picture')))).toBe(40035)
  })

  it('cuts a text that is too long', async () => {
    await robot({ msgtype: 'text', text: { content: '长'.repeat(700) } })
    const { text } = (await last('wecom/wr-ruhelu')).payload as { text: { content: string } }
    expect(text.content).toBe('长'.repeat(682))
  })

  it('gives its token for the app’s secret only, and takes nothing without the token', async () => {
    const { corpId: corpid, secret: corpsecret, agentId } = playgroundWays(demo.origin).wecom
    const ask = async (query: Record<string, string>) => {
      const url = `${demo.origin}/playground/wecom/cgi-bin/gettoken?${new URLSearchParams(query)}`
      return (await (await fetch(url)).json()) as { errcode: number; access_token: string }
    }
    expect(await ask({ corpid: 'other', corpsecret })).toMatchObject({ errcode: 40013 })
    expect(await ask({ corpid, corpsecret: 'other' })).toMatchObject({ errcode: 40001 })
    const { access_token: token } = await ask({ corpid, corpsecret })
    const message = {
      ...{ touser: 'zhoumin|x', agentid: Number(agentId), msgtype: 'text', text: { content: 'a' } },
    }
    const send = (change: object, used = token) =>
      post(`/wecom/cgi-bin/message/send?access_token=${used}`, { ...message, ...change })
    expect(await send({}, 'old')).toMatchObject({ errcode: 40014 })
    expect(await send({})).toMatchObject({ errcode: 0, invaliduser: 'x' })
    expect(await send({ touser: 'x' })).toMatchObject({ errcode: 81013 })
    expect(await send({ agentid: 1 })).toMatchObject({ errcode: 40056 })
    expect(await send({ msgtype: 'voice' })).toMatchObject({ errcode: 40008 })
    expect(await send({ msgtype: 'image', image: { media_id: 'x' } })).toMatchObject({ errcode: 40007 })
  })
})

it('takes pushes from no page of elsewhere', async () => {
  const message = { msgtype: 'text', text: { content: '冒充' } }
  const response = await fetch(`${demo.origin}/playground/wecom/cgi-bin/webhook/send?key=demo-wecom-ruhelu`, {
    ...{ method: 'POST', headers: { origin: 'https://evil.example' }, body: JSON.stringify(message) },
  })
  expect(response.status).toBe(403)
})

it('shows every open page at once where the clock stands after it was moved', async () => {
  const url = `${demo.origin}/playground/events?platform=wecom&chat=wr-zhongyuan`
  const { body } = await fetch(url)
  const now = '2026-11-27T18:00:00.000Z'
  const move = () => fetch(`${demo.origin}/demo/clock`, { method: 'POST', body: JSON.stringify({ now }) })
  let text = ''
  let isMoved = false
  for await (const chunk of (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    text += chunk
    if (!isMoved && text.includes('event: clock')) {
      isMoved = true
      await move()
    }
    if (text.includes('data: "2026-11-27T18:00:0')) break
  }
  expect(isMoved).toBe(true)
  await demo.tell(groups.wecom, line('周五了'))
  expect((await last('wecom/wr-ruhelu')).at).toContain('2026-11-27T18:00:')
})
