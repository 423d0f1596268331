// The other side of the measurement: sends signed callbacks and is the address that replies go to.
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Agent } from 'undici'

export interface Sink {
  base: string
  /** Resolves when the reply with this session id has come completely. */
  replyTo(session: string): Promise<void>
  stop(): Promise<void>
}

export async function startSink(): Promise<Sink> {
  const waiting = new Map<string, () => void>()
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json').end('{"errcode":0,"errmsg":"ok"}')
      const session = new URL(request.url ?? '', 'http://sink').searchParams.get('session') ?? ''
      waiting.get(session)?.()
      waiting.delete(session)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    replyTo: (session) => new Promise((resolve) => waiting.set(session, resolve)),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export interface Target {
  origin: string
  secret: string
  sink: Sink
  /** Account ids that write, each in a one-to-one chat. */
  people: string[]
}

let sent = 0

/**
 * Keeps `outstanding` messages under way, each until its reply (not its acknowledgement) has come.
 * @returns latencies in milliseconds and how long all of it took, in seconds
 */
export async function saturate(
  target: Target,
  { messages, outstanding }: { messages: number; outstanding: number },
): Promise<{ seconds: number; latencies: number[] }> {
  const agent = new Agent({ connections: outstanding })
  const latencies: number[] = []
  let left = messages
  const lane = async () => {
    while (left-- > 0) {
      const begun = performance.now()
      await exchange(agent, target)
      latencies.push(performance.now() - begun)
    }
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: outstanding }, lane))
  const seconds = (performance.now() - begun) / 1000
  await agent.close()
  return { seconds, latencies }
}

async function exchange(agent: Agent, { origin, secret, sink, people }: Target): Promise<void> {
  const number = ++sent
  const person = people[number % people.length] ?? ''
  const session = `s${process.pid}-${number}`
  const replied = sink.replyTo(session)
  const now = Date.now()
  const timestamp = String(now)
  const response = await agent.request({
    ...{ origin, path: '/webhooks/dingtalk', method: 'POST' },
    headers: {
      'content-type': 'application/json; charset=utf-8',
      timestamp,
      sign: createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64'),
    },
    body: JSON.stringify({
      ...{ msgtype: 'text', text: { content: '进度' }, msgId: `m${process.pid}-${number}`, createAt: now },
      ...{
        conversationType: '1',
        conversationId: `cid-${person}`,
        senderId: `$:${person}`,
        senderNick: person,
      },
      ...{ senderStaffId: person, robotCode: 'bench', chatbotUserId: '$:bot' },
      ...{ sessionWebhook: `${sink.base}/robot/sendBySession?session=${session}` },
      sessionWebhookExpiredTime: now + 5_400_000,
    }),
  })
  await response.body.dump()
  if (response.statusCode !== 200) throw new Error(`callback answered ${response.statusCode}`)
  await replied
}
