// The route both WeCom robots share: verification of the address (GET) and sealed callbacks (POST), §1.4.
import type { Router } from '@koa/router'
import type { Context } from 'koa'
import type { PlatformTools } from '../../platform.ts'
import { readBody, single } from '../webhook.ts'
import { type Credentials, SealError, unseal } from './crypto.ts'
import { XmlError } from './xml.ts'

/**
 * How far a callback's timestamp may lie from the real time, in seconds. Wide, because WeCom documents no window and a
 * redelivery may carry the first timestamp; repeats within it are recognised by message id.
 */
export const usualSkewSeconds = 3_600

/** The body is not the JSON or XML it should be: the sender is told 400. */
export class Unreadable extends Error {
  override name = 'Unreadable'
}

/** Sealed with the right credentials, but for another robot, company or app: 401. */
export class WrongReceiver extends Error {
  override name = 'WrongReceiver'
}

export interface Callback {
  path: string
  credentials: Credentials
  maxSkewSeconds?: number | undefined
  /** Takes the sealed part out of a body. @throws Unreadable or XmlError */
  sealedPart(body: string): unknown
  /** Handles what was sealed and sets the answer. @throws Unreadable, XmlError or WrongReceiver before doing anything */
  receive(ctx: Context, text: string, nonce: string): Promise<void>
}

/**
 * Adds GET and POST of one callback address. 400: parameters missing or doubled, body unreadable; 401: signature,
 * timestamp, key or receiver wrong; 413: over 1 MiB; 503 after the returned function was called.
 * @returns stops hearing
 */
export function callbackRoutes(
  router: Router,
  callback: Callback,
  { log, clock }: PlatformTools,
): () => void {
  let stopped = false

  /** The sender's stamp is verified with the ciphertext; a stale one is refused although the signature fits. */
  const opened = (ctx: Context, box: unknown): string => {
    const timestamp = single(ctx, 'timestamp')
    const stamp = { signature: single(ctx, 'msg_signature'), timestamp, nonce: single(ctx, 'nonce') }
    const text = unseal(callback.credentials, { ...stamp, encrypt: box })
    const skew = Math.abs(Number(timestamp) - clock.now().getTime() / 1000)
    if (!(skew <= (callback.maxSkewSeconds ?? usualSkewSeconds)))
      throw new SealError('the timestamp is stale')
    return text
  }
  /** Runs `work` unless a parameter is missing; turns its refusals into statuses without a word to the sender. */
  const guarded = (names: string[], work: (ctx: Context) => Promise<void>) => async (ctx: Context) => {
    if (stopped) return refuse(ctx, 503)
    if (names.some((name) => single(ctx, name) === undefined)) return refuse(ctx, 400)
    try {
      await work(ctx)
    } catch (error) {
      const status = statusOf(error)
      if (!status) throw error
      log.warn({ path: callback.path, status, why: (error as Error).message }, 'callback refused')
      refuse(ctx, status)
    }
  }
  const stamp = ['msg_signature', 'timestamp', 'nonce']
  const verify = async (ctx: Context) => {
    // The plaintext is 19 digits, beyond what a number holds: it goes back as it is.
    const echo = opened(ctx, single(ctx, 'echostr'))
    ctx.type = 'text/plain; charset=utf-8'
    ctx.body = echo
  }
  const deliver = async (ctx: Context) => {
    const body = await readBody(ctx)
    if (!body) return
    const text = opened(ctx, callback.sealedPart(decoded(body)))
    await callback.receive(ctx, text, single(ctx, 'nonce') ?? '')
  }
  router.get(callback.path, guarded([...stamp, 'echostr'], verify))
  router.post(callback.path, guarded(stamp, deliver))
  return () => {
    stopped = true
  }
}

function decoded(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new Unreadable('not UTF-8')
  }
}

function statusOf(error: unknown): 400 | 401 | undefined {
  if (error instanceof Unreadable || error instanceof XmlError) return 400
  return error instanceof SealError || error instanceof WrongReceiver ? 401 : undefined
}

function refuse(ctx: Context, status: number): void {
  ctx.status = status
  ctx.body = ''
}
