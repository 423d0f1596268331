// An HTTP server that plays a platform: it keeps every call, and does what it is told to the next ones.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Json = Record<string, unknown>

export interface Call {
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  /** The caller's IP address. */
  from: string
  bytes: Buffer
  /** The body as it came, and as JSON; empty when it is none. */
  raw: string
  json: Json
}

export interface Outcome {
  status?: number
  json: unknown
}

/**
 * What a request gets instead of the usual answer: none at all, a gateway's page, a cut connection, or this. After
 * `…-after-accepting` the message has been dealt with as ever, and only the answer is missing.
 */
export type Mood =
  | 'hang'
  | 'html'
  | 'cut'
  | 'cut-after-accepting'
  | 'hang-after-accepting'
  | Outcome
  | { status?: number; text: string }

export type FakeServer = Awaited<ReturnType<typeof startFakeServer>>

/**
 * @param answer what the platform does with a call
 * @param addressee whom a call is for: a robot's token, a conversation, a person
 * @param onScripted is told of calls that are answered by script and never get to `answer`
 */
export async function startFakeServer(
  answer: (call: Call) => Outcome | Promise<Outcome>,
  addressee: (call: Call) => string,
  onScripted: (call: Call, mood: Mood) => void = () => undefined,
) {
  const calls: Call[] = []
  const moods: { pathEnd: string; mood: Mood; to: string | undefined }[] = []
  const waiting: { ready: () => boolean; resolve: () => void }[] = []

  const changed = () => {
    for (const waiter of waiting.filter(({ ready }) => ready())) {
      waiting.splice(waiting.indexOf(waiter), 1)
      waiter.resolve()
    }
  }
  const scripted = (call: Call): Mood | undefined => {
    const at = moods.findIndex(
      ({ pathEnd, to }) => call.path.endsWith(pathEnd) && (to === undefined || to === addressee(call)),
    )
    return at < 0 ? undefined : moods.splice(at, 1)[0]?.mood
  }

  const server = createServer(async (request, response) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://fake')
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer)
    } catch {
      return // The caller gave up, or the server stops.
    }
    const bytes = Buffer.concat(chunks)
    const raw = bytes.toString()
    const from = request.socket.remoteAddress ?? ''
    const call = { path, query, headers: request.headers, from, bytes, raw, json: asJson(raw) }
    calls.push(call)
    const mood = scripted(call)
    const accepts = mood === 'cut-after-accepting' || mood === 'hang-after-accepting'
    const outcome = mood === undefined || accepts ? await answer(call) : undefined
    if (mood !== undefined && !accepts) onScripted(call, mood)
    if (mood === undefined && outcome) send(response, outcome)
    else if (mood) act(mood, response)
    changed()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')

  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Every call, in order of arrival, refused ones included. */
    calls,
    /** The next call to a path that ends like this (for that addressee) is answered so; several queue up. */
    next(pathEnd: string, mood: Mood, to?: string): void {
      moods.push({ pathEnd, mood, to })
    },
    /** Resolves as soon as it is so, which is looked at after every call. */
    until: (ready: () => boolean) =>
      new Promise<void>((resolve) => {
        waiting.push({ ready, resolve })
        changed()
      }),
    /** Cuts what hangs and stops. */
    async stop(): Promise<void> {
      const closed = once(server.close(), 'close')
      server.closeAllConnections()
      await closed
    },
  }
}

function asJson(raw: string): Json {
  try {
    const parsed: unknown = JSON.parse(raw)
    return typeof parsed === 'object' && parsed !== null ? (parsed as Json) : {}
  } catch {
    return {}
  }
}

function act(mood: Mood, response: ServerResponse): void {
  if (mood === 'html') response.setHeader('content-type', 'text/html').end('<html>deny</html>')
  else if (mood === 'cut' || mood === 'cut-after-accepting') response.destroy()
  else if (typeof mood === 'object') send(response, mood)
}

function send(response: ServerResponse, outcome: Outcome | { status?: number; text: string }): void {
  response.writeHead(outcome.status ?? 200, { 'content-type': 'application/json' })
  response.end('text' in outcome ? outcome.text : JSON.stringify(outcome.json))
}
