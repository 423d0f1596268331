// Whether a message may have arrived although nobody said so: the difference between a retry and a possible repeat.
import { createServer as createTcp, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { call } from '../../src/http.ts'
import { pageAddress } from '../../src/platforms/page-address.ts'
import { startFakeServer } from '../support/fake-server.ts'
import { refusalOf } from './ways.ts'

const servers: Server[] = []
const listening = async (onConnection: Parameters<typeof createTcp>[1]): Promise<number> => {
  const server = createTcp(onConnection)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = server.address()
  return typeof at === 'object' && at ? at.port : 0
}
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

test('nothing was sent when nobody listens, the name is not known, or the other side cannot prove who it is', async () => {
  const deaf = await listening((socket) => socket.once('data', () => socket.destroy()))
  for (const origin of ['http://127.0.0.1:1', 'http://no-such-host.invalid', `https://127.0.0.1:${deaf}`]) {
    const error = await refusalOf(call(`${origin}/?key=canary`, {}))
    expect(error).toMatchObject({ kind: 'busy', code: 'network', retryAfter: 5 })
    expect(error.message).toBe(`no connection to ${origin}`)
  }
})

test('nobody knows when the line is cut, silent or garbled after the message went out', async () => {
  const garbled = await listening((socket) => socket.once('data', () => socket.end('what?\r\n\r\n')))
  expect(await refusalOf(call(`http://127.0.0.1:${garbled}/`, {}))).toMatchObject({ kind: 'unknown' })
  const fake = await startFakeServer(
    () => ({ json: {} }),
    () => '',
  )
  for (const mood of ['cut', 'cut-after-accepting'] as const) {
    fake.next('/', mood)
    expect(await refusalOf(call(`${fake.base}/`, {}))).toMatchObject({ kind: 'unknown', code: 'network' })
  }
  for (const mood of ['hang', 'hang-after-accepting'] as const) {
    fake.next('/', mood)
    const error = await refusalOf(call(`${fake.base}/`, {}, { timeoutMs: 50 }))
    expect(error).toMatchObject({ kind: 'unknown', code: 'timeout', retryAfter: 5 })
  }
  fake.next('/', { text: ' '.repeat((1 << 20) + 1) })
  expect(await refusalOf(call(`${fake.base}/`, {}))).toMatchObject({ kind: 'unknown', code: 'too-large' })
  await fake.stop()
})

test('bytes go out as they are, and the other side tells its time', async () => {
  const fake = await startFakeServer(
    () => ({ json: {} }),
    () => '',
  )
  const bytes = Buffer.from([0, 255, 13, 10])
  const headers = { 'content-type': 'image/png' }
  const { date } = await call(`${fake.base}/`, bytes, { headers, dated: true })
  expect(fake.calls[0]?.bytes.equals(bytes)).toBe(true)
  expect(fake.calls[0]?.headers['content-type']).toBe('image/png')
  expect(date).toBeInstanceOf(Date)
  await fake.stop()
})

test.each([
  ['https://bot.example.cn/墙?d=11月', 'https://bot.example.cn/%E5%A2%99?d=11%E6%9C%88'],
  ['http://10.0.0.8:3000/a_b(1)*[x]@all#"<y>', 'http://10.0.0.8:3000/a_b%281%29%2A%5Bx%5D%40all#%22%3Cy%3E'],
  ['javascript:alert(1)', undefined],
  ['/wall', undefined],
  ['https://user:canary@example.cn/', undefined],
  [`https://example.cn/${'x'.repeat(1_000)}`, undefined],
  ['', undefined],
  [undefined, undefined],
])('the page %s is linked as %s', (link, address) => {
  expect(pageAddress(link)).toBe(address)
})
