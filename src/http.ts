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
}

/**
 * POSTs JSON (or GETs when `body` is absent) and reads the answer. Redirects are not followed.
 * @throws PlatformError `timeout` or `network`: in both cases the outcome at the other side is unknown.
 */
export async function call(
  url: string,
  body?: unknown,
  options: { headers?: Record<string, string>; timeoutMs?: number } = {},
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
      body: body === undefined ? null : JSON.stringify(body),
      headersTimeout: timeout,
      bodyTimeout: timeout,
    })
    // bodyTimeout runs between chunks only: an answer that drips must end as well.
    const deadline = setTimeout(() => response.body.destroy(new BodyTimeout()), timeout)
    const text = await readAll(response.body).finally(() => clearTimeout(deadline))
    return { status: response.statusCode, json: parse(text) }
  } catch (cause) {
    if (cause instanceof PlatformError) throw cause
    const timedOut = cause instanceof Error && /Timeout/.test(cause.name)
    // The cause may carry the address, which is a secret: only its kind is kept.
    throw new PlatformError(`no answer from ${origin}`, timedOut ? 'timeout' : 'network', 5)
  }
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

async function readAll(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxAnswerBytes) throw new PlatformError('answer too large', 'too-large')
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
