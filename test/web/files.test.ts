// Pictures and files by signed link: from the push into a group whose robot cannot send them, to the browser.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Router from '@koa/router'
import Koa from 'koa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openInMemory, type Store } from '../../src/database/connection.ts'
import { openDispatch } from '../../src/dispatch.ts'
import { loadExample } from '../../src/example.ts'
import { createLinks } from '../../src/links.ts'
import type { Block } from '../../src/message.ts'
import { openChannels } from '../../src/platforms/channels.ts'
import { memoryState } from '../../src/state/memory.ts'
import { files } from '../../src/web/files.ts'
import { silent } from '../support/example.ts'
import { clientId, clientSecret, type FakeDingtalk, startFakeDingtalk } from '../support/fake-dingtalk.ts'
import { testKeys } from '../support/keys.ts'
import { say, states, wallClock } from '../support/pushes.ts'

const { clock, real } = wallClock()
const png = Buffer.from('\x89PNG\r\n\x1a\n picture', 'latin1')
const workbook = Buffer.from('PK a workbook')
const name = "汝河路街道 进度'(1).xlsx"
const blocks: Block[] = [
  { kind: 'text', text: '本周挂图' },
  { kind: 'image', png: png.toString('base64'), alt: '汝河路街道作战挂图' },
  { kind: 'file', name, data: workbook.toString('base64') },
]

let store: Store
let dingtalk: FakeDingtalk
let origin: string
let links: ReturnType<typeof createLinks>
let close: () => Promise<unknown>
let markdown = ''
beforeAll(async () => {
  store = await openInMemory()
  await loadExample(store.db, testKeys, clock.now())
  dingtalk = await startFakeDingtalk({ clock })
  dingtalk.addRobot('demo-dingtalk-ruhelu', { secret: 'SEC-demo' })
  const [koa, router] = [new Koa(), new Router()]
  koa.use(router.routes())
  const server = createServer(koa.callback())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  links = createLinks({ keyring: testKeys, base: origin, clock })
  await files({ db: store.db, links }).listen(router)
  close = () => {
    server.closeAllConnections()
    return once(server.close(), 'close')
  }
  const settings = {
    clientId,
    clientSecret,
    robotCode: clientId,
    apiBase: dingtalk.base,
    oapiBase: dingtalk.base,
  }
  const wecom = { apiBase: dingtalk.base, corpId: '', agentId: '', secret: '' }
  const state = memoryState(clock)
  const out = openDispatch({
    ...{ db: store.db, clock, real, links, keyring: testKeys, log: silent, privately: [] },
    channels: openChannels({ dingtalk: settings, wecom }, { state, clock, log: silent }),
  })
  await say(store.db, out, clock.now(), ['挂图'], { reply: { blocks } })
  await out.outbox.sendDue()
  expect(await states(store.db)).toEqual(['accepted'])
  markdown = dingtalk.messages[0]?.text ?? ''
})
afterAll(async () => {
  await close()
  await dingtalk.stop()
  await store.close()
})

const address = (pattern: RegExp) => markdown.match(pattern)?.[1] ?? 'nowhere'
const picture = () => address(/!\[［图］汝河路街道作战挂图\]\((\S+)\)/)
const file = () => address(/\[下载（24小时内有效）\]\((\S+)\)/)

describe("in a group with DingTalk's custom robot", () => {
  it('a picture is shown from an address that opens it, and nothing else', async () => {
    const response = await fetch(picture())
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(Buffer.from(await response.arrayBuffer()).equals(png)).toBe(true)
    expect((await fetch(picture().replace('/pictures/1', '/pictures/0'))).status).toBe(404)
    expect((await fetch(picture().replace('/pictures/1', '/pictures/9'))).status).toBe(404)
    expect((await fetch(picture().replace('/pictures/1', '/files/2'))).status).toBe(404)
  })

  it('a file is downloaded under its own name', async () => {
    expect(markdown).toContain('［文件］汝河路街道 进度')
    const response = await fetch(file())
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="_1_.xlsx"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
    )
    expect(response.headers.get('content-type')).toContain('spreadsheetml')
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    expect(Buffer.from(await response.arrayBuffer()).equals(workbook)).toBe(true)
  })
})

describe('a link', () => {
  it('that was forged, is missing or is doubled opens nothing', async () => {
    expect((await fetch(`${file()}x`)).status).toBe(404)
    expect((await fetch(`${origin}/files/2`)).status).toBe(404)
    expect((await fetch(`${file()}&k=2`)).status).toBe(404)
    expect((await fetch(file().replace('/files/2', '/files/..%2f2'))).status).toBe(404)
  })

  it('to another campaign or to a message that is gone opens nothing', async () => {
    const other = links.make('/files/2', { use: 'file', campaign: 999, file: 1 }, 60_000)
    const gone = links.make('/files/2', { use: 'file', campaign: 1, file: 999 }, 60_000)
    expect([(await fetch(other)).status, (await fetch(gone)).status]).toEqual([404, 404])
  })

  it('to a file is over after a day, and says so in Chinese; to a picture after thirty days', async () => {
    const day = 86_400
    clock.pass(day)
    const late = await fetch(file())
    expect(late.status).toBe(410)
    expect(late.headers.get('content-type')).toContain('text/html')
    expect(await late.text()).toContain('请回到聊天里再要一次')
    expect((await fetch(picture())).status).toBe(200)
    clock.pass(29 * day)
    expect((await fetch(picture())).status).toBe(410)
  })
})
