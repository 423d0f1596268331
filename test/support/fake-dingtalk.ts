// A DingTalk of our own on 127.0.0.1: both API bases, with the answers, limits and moods of the real one
// (`protocols/dingtalk.md` §6, §8, §12). It records what arrives and posts signed callbacks to the bot.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { realClock } from '../../src/clock.ts'
import { sign } from '../../src/platforms/dingtalk/signature.ts'

type Json = Record<string, unknown>
/** How a message came: by a session's address, to a group or to a person. */
export type Via = 'session' | 'group' | 'person'

/** A message that was taken. */
export interface Delivered {
  via: Via
  /** Session id, conversation id or staff id. */
  to: string
  /** What the reader sees. */
  text: string
  /** The request's body as it came. */
  body: Json
}

/** What a request gets instead of the usual answer: nothing at all, a page of a gateway, or this. */
export type Mood = 'hang' | 'html' | { status?: number; json: Json }

export const clientId = 'dingtestclientid01'
export const clientSecret = 'canary-client-secret-0001'

export interface FakeDingtalk {
  /** Origin of both APIs. */
  base: string
  /** What was taken, in order. */
  messages: Delivered[]
  /** Paths of all requests that came, refused ones included. */
  requests: string[]
  /** The official sample shows `errcode` as a string, the real service sends a number. */
  errcodeAs: 'number' | 'string'
  /** Opens a session. @returns its address */
  sessionUrl(id: string): string
  /** From now on the session is answered with 300001. */
  endSession(id: string): void
  /** The next request to a path that ends like this is answered so; several calls queue up. */
  next(pathEnd: string, mood: Mood): void
  /** No token given so far is accepted any more. */
  revokeTokens(): void
  /**
   * Posts a callback to the bot. A string goes out as it is, anything else as JSON.
   * @param options.timestamp milliseconds; now by default
   */
  callback(
    url: string,
    payload: unknown,
    options?: { secret?: string; timestamp?: number | string },
  ): Promise<{ status: number; body: string }>
  /** Resolves with all messages as soon as there are `count`. */
  waitForMessages(count: number): Promise<Delivered[]>
  /** Resolves as soon as a request to a path that ends like this has come (it may have come already). */
  waitForRequest(pathEnd: string): Promise<void>
  /** Cuts what hangs and stops. */
  stop(): Promise<void>
}

interface Outcome {
  status?: number
  json: Json
}

export async function startFakeDingtalk(): Promise<FakeDingtalk> {
  const sessions = new Set<string>()
  const tokens = new Set<string>()
  const moods: { pathEnd: string; mood: Mood }[] = []
  const waiting: { ready: () => boolean; resolve: () => void }[] = []
  let issued = 0

  const changed = () => {
    for (const waiter of waiting.filter(({ ready }) => ready())) {
      waiting.splice(waiting.indexOf(waiter), 1)
      waiter.resolve()
    }
  }
  const until = (ready: () => boolean) =>
    new Promise<void>((resolve) => {
      waiting.push({ ready, resolve })
      changed()
    })
  const deliver = (via: Via, to: string, body: Json, shown: Json) => {
    fake.messages.push({ via, to, text: String(shown['content'] ?? shown['text']), body })
    changed()
  }

  const bySession = (url: URL, body: Json, bytes: number): Outcome => {
    const id = url.searchParams.get('session') ?? ''
    const refusal = sessionRefusal(sessions.has(id), body, bytes)
    if (!refusal) deliver('session', id, body, body[String(body['msgtype'])] as Json)
    const [errcode, errmsg] = refusal ?? [0, 'ok']
    return { json: { errcode: fake.errcodeAs === 'string' ? String(errcode) : errcode, errmsg } }
  }
  const giveToken = (body: Json): Outcome => {
    if (body['appKey'] !== clientId || body['appSecret'] !== clientSecret)
      return refuse('invalidClientIdOrSecret', `no such client: ${body['appSecret']}`)
    issued += 1
    const accessToken = `canary-access-token-${String(issued).padStart(4, '0')}`
    tokens.add(accessToken)
    return { json: { accessToken, expireIn: 7200 } }
  }
  const byApi = (via: 'group' | 'person', request: IncomingMessage, body: Json): Outcome => {
    const token = String(request.headers['x-acs-dingtalk-access-token'])
    if (!tokens.has(token)) return refuse('InvalidAuthentication', `token ${token} is not valid`, 401)
    const refusal = apiRefusal(via, body)
    if (refusal) return refuse(refusal, 'refused')
    const to = via === 'group' ? body['openConversationId'] : (body['userIds'] as string[])[0]
    deliver(via, String(to), body, JSON.parse(String(body['msgParam'])) as Json)
    const lists = via === 'person' && { invalidStaffIdList: [], flowControlledStaffIdList: [] }
    return { json: { processQueryKey: `key-${fake.messages.length}`, ...lists } }
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake')
    const bytes = await bytesOf(request)
    fake.requests.push(url.pathname)
    changed()
    const at = moods.findIndex(({ pathEnd }) => url.pathname.endsWith(pathEnd))
    const [scripted] = at < 0 ? [] : moods.splice(at, 1)
    if (scripted) return act(scripted.mood, response)
    const body = JSON.parse(bytes.toString()) as Json
    if (url.pathname === '/robot/sendBySession') send(response, bySession(url, body, bytes.length))
    else if (url.pathname === '/v1.0/oauth2/accessToken') send(response, giveToken(body))
    else if (url.pathname === '/v1.0/robot/groupMessages/send') send(response, byApi('group', request, body))
    else if (url.pathname === '/v1.0/robot/oToMessages/batchSend')
      send(response, byApi('person', request, body))
    else send(response, refuse('InvalidAction.NotFound', 'no such path', 404))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const fake: FakeDingtalk = {
    base,
    messages: [],
    requests: [],
    errcodeAs: 'number',
    sessionUrl(id) {
      sessions.add(id)
      return `${base}/robot/sendBySession?session=${encodeURIComponent(id)}`
    },
    endSession(id) {
      sessions.delete(id)
    },
    next(pathEnd, mood) {
      moods.push({ pathEnd, mood })
    },
    revokeTokens() {
      tokens.clear()
    },
    async callback(url, payload, { secret = clientSecret, timestamp = realClock.now().getTime() } = {}) {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          timestamp: String(timestamp),
          sign: sign(timestamp, secret),
        },
        body: typeof payload === 'string' ? payload : JSON.stringify(payload),
      })
      return { status: response.status, body: await response.text() }
    },
    async waitForMessages(count) {
      await until(() => fake.messages.length >= count)
      return fake.messages
    },
    waitForRequest: (pathEnd) => until(() => fake.requests.some((path) => path.endsWith(pathEnd))),
    async stop() {
      const closed = once(server.close(), 'close')
      server.closeAllConnections()
      await closed
    },
  }
  return fake
}

function sessionRefusal(open: boolean, body: Json, bytes: number): [number, string] | undefined {
  if (!open) return [300001, 'session 不存在']
  if (bytes > 20_000) return [460101, 'description: body 大小不合法;solution:请保持大小在 20000bytes 以内;']
  const type = body['msgtype']
  if (type !== 'text' && type !== 'markdown') return [400105, 'unsupported message type']
  const required = type === 'text' ? ['content'] : ['title', 'text']
  const shown = body[type] as Json | undefined
  return required.every((name) => shown?.[name]) ? undefined : [40035, 'missing parameter json']
}

/** Checked in the order in which the real service complains (§10.4). */
function apiRefusal(via: 'group' | 'person', body: Json): string | undefined {
  if (body['robotCode'] !== clientId) return 'invalidParameter.robotCode.notExsit'
  if (body['msgKey'] !== 'sampleText' && body['msgKey'] !== 'sampleMarkdown')
    return 'invalidParameter.msgKey.invalid'
  if (typeof body['msgParam'] !== 'string') return 'invalidParameter.msgParam.invalid'
  if (Buffer.byteLength(body['msgParam']) > 15_000) return 'invalidParameter.msgParam.tooLong'
  if (via === 'group') return body['openConversationId'] ? undefined : 'miss.openConversationId'
  const userIds = body['userIds']
  if (!Array.isArray(userIds) || userIds.length === 0) return 'invalidParameter.userIds.empty'
  return userIds.length > 20 ? 'invalidParameter.userIds.overMax' : undefined
}

const refuse = (code: string, message: string, status = 400): Outcome => ({
  status,
  json: { code, message, requestid: '11111111-2222-3333-4444-555555555555' },
})

function act(mood: Mood, response: ServerResponse): void {
  if (mood === 'html') response.setHeader('content-type', 'text/html').end('<html>deny</html>')
  else if (mood !== 'hang') send(response, mood)
}

function send(response: ServerResponse, { status = 200, json }: Outcome): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
