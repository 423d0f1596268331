// What every callback route needs: the exact bytes of the body, and an answer in time.
import type { Context } from 'koa'
import getRawBody from 'raw-body'
import { StoreDown } from '../errors.ts'

const maxBodyBytes = 1 << 20
/** A callback is answered after this long even when the reply is not ready yet (`design.md`, R8). */
export const answerWithinMs = 1_000

/**
 * The body's exact bytes (signatures are over bytes, not over parsed text).
 * @param limit in bytes
 * @returns undefined when it is over the limit or breaks off; the status is set then
 */
export async function readBody(ctx: Context, limit = maxBodyBytes): Promise<Buffer | undefined> {
  try {
    return await getRawBody(ctx.req, { length: ctx.request.length, limit })
  } catch (error) {
    ctx.status = (error as { statusCode?: number }).statusCode === 413 ? 413 : 400
    // The rest of a refused body must not be taken for the next request.
    ctx.set('Connection', 'close')
    return undefined
  }
}

/** A query parameter that must stand there exactly once. @returns undefined when it is missing, doubled or empty */
export function single(ctx: Context, name: string): string | undefined {
  const value = ctx.query[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/**
 * Waits for `work`, but no longer than `ms`.
 * @returns its value, or `'late'` (the work goes on)
 * @throws whatever `work` throws in time
 */
export async function inTime<T>(work: Promise<T>, ms = answerWithinMs): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, ms, 'late')
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** 503 tells the platform to deliver again: nothing was done. @returns whether `error` was of that kind */
export function refuseForNow(ctx: Context, error: unknown): boolean {
  if (!(error instanceof StoreDown)) return false
  ctx.status = 503
  ctx.set('Retry-After', '5')
  return true
}
