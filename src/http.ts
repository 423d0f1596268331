// Outbound HTTP to the platforms: one keep-alive undici pool (global fetch costs several times the CPU).
import { Agent, type Dispatcher } from 'undici'
import { PlatformError } from './errors.ts'

/** Enough connections that a platform answering in 100 ms does not cap the bot (`connections × 10` calls a second). */
const dispatcher = new Agent({
  ...{ connections: 256, pipelining: 1, keepAliveTimeout: 30_000 },
  connect: { timeout: 5_000 },
})
const maxAnswerBytes = 1 << 20

export interface Answer {
  status: number
  /** The parsed JSON body; `undefined` when the body is not JSON (an error page of a proxy, a ban page). */
  json: unknown
  /** The other side's time, if it was asked for and given. */
  date?: Date
}

/**
 * POSTs JSON (or GETs when `body` is absent) and reads the answer. Redirects are not followed. Bytes go out as they
 * are, with the content type in `headers`.
 * @param options.dated whether the answer's `date` is wanted
 * @param options.signal ends it, connecting and all, whatever `timeoutMs` says
 * @param options.mostBytes of an answer, 1 MiB unless told otherwise
 * @throws PlatformError `timeout` or `network`: of the kind `busy` when no connection came to be, so that nothing was
 * sent, else `unknown`: it may have been acted upon
 */
export async function call(
  url: string,
  body?: unknown,
  options: {
    headers?: Record<string, string>
    timeoutMs?: number
    dated?: boolean
    signal?: AbortSignal
    mostBytes?: number
  } = {},
): Promise<Answer> {
  const { origin, pathname, search } = new URL(url)
  const timeout = options.timeoutMs ?? 10_000
  try {
    const response = await dispatcher.request({
      origin,
      path: pathname + search,
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
        ...options.headers,
      },
      body: body === undefined ? null : body instanceof Buffer ? body : JSON.stringify(body),
      headersTimeout: timeout,
      bodyTimeout: timeout,
      signal: options.signal ?? null,
    })
    // bodyTimeout runs between chunks only: an answer that drips must end as well.
    const deadline = setTimeout(() => response.body.destroy(new BodyTimeout()), timeout)
    const text = await readAll(response.body, options.mostBytes ?? maxAnswerBytes).finally(() =>
      clearTimeout(deadline),
    )
    const date = options.dated && new Date(String(response.headers['date']))
    const known = date && !Number.isNaN(date.getTime()) && { date }
    return { status: response.statusCode, json: parse(text), ...known }
  } catch (cause) {
    if (cause instanceof PlatformError) throw cause
    const timedOut = cause instanceof Error && /Timeout/.test(cause.name)
    // The cause may carry the address, which is a secret: only its kind is kept.
    const [what, kind] = neverConnected(cause)
      ? (['connection to', 'busy'] as const)
      : (['answer from', 'unknown'] as const)
    throw new PlatformError(`no ${what} ${origin}`, timedOut ? 'timeout' : 'network', 5, kind)
  }
}

/** Whether it failed before anything was sent: no name, no route, no listener, no trust, or the pool is closed. */
function neverConnected(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  // Several addresses were tried.
  if (cause instanceof AggregateError) return cause.errors.every(neverConnected)
  const { code = '', syscall, message } = cause as NodeJS.ErrnoException
  return (
    ['connect', 'getaddrinfo'].includes(syscall ?? '') ||
    /^(UND_ERR_(CONNECT_TIMEOUT|CLOSED)|CERT_|ERR_TLS_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/.test(code) ||
    message.includes('before secure TLS connection')
  )
}

class BodyTimeout extends Error {
  override name = 'BodyTimeout'
}

/** Whether an address found in a payload may be called: same scheme, host and port as one of `bases`. */
export function isOurs(url: unknown, ...bases: string[]): url is string {
  if (typeof url !== 'string' || !URL.canParse(url)) return false
  const { origin, username, password } = new URL(url)
  return !username && !password && bases.some((base) => new URL(base).origin === origin)
}

export const closeHttp = () => dispatcher.close()

async function readAll(body: Dispatcher.ResponseData['body'], most: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > most) throw new PlatformError('answer too large', 'too-large', undefined, 'unknown')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
