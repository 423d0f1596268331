// Answering a callback: in its response when the reply is ready in time, by a call of our own when it is not.
import { finished } from 'node:stream/promises'
import type { Context } from 'koa'
import type { Logger } from 'pino'
import { PlatformError } from '../../errors.ts'
import type { Reply } from '../../message.ts'
import type { outstanding } from '../../outstanding.ts'
import { inTime, refuseForNow } from '../webhook.ts'

/** The two ways a reply can take. */
export interface Ways {
  /** The response's body; `undefined` when the reply says nothing. */
  inResponse(reply: Reply): { type: string; body: string } | undefined
  /** What did not fit into the response; called when the response is out, so that it comes second. */
  afterResponse?(reply: Reply): Promise<void>
  /** The whole reply, after the response had to go out empty. */
  later(reply: Reply): Promise<void>
}

/**
 * Sets the response: the reply when `work` is done within `withinMs`, empty when there is none or when it is late, 503
 * when nothing could be done. Never throws; failures of later calls are logged.
 * @param going keeps what goes on after the response
 */
export async function answer(
  ctx: Context,
  work: Promise<Reply | undefined>,
  ways: Ways,
  {
    log,
    going,
    withinMs,
  }: { log: Logger; going: ReturnType<typeof outstanding>; withinMs: number | undefined },
): Promise<void> {
  const first = inTime(work, withinMs)
  // Counted from the first moment: a stop that begins while the work is under way must wait for the late call too.
  going.add(follow(ctx, first, work, ways).catch((error) => logLost(log, error)))
  try {
    const reply = await first
    ctx.status = 200
    ctx.body = ''
    if (reply === 'late' || reply === undefined) return
    const response = ways.inResponse(reply)
    if (!response) return
    ctx.type = response.type
    ctx.body = response.body
  } catch (error) {
    if (refuseForNow(ctx, error)) {
      ctx.body = ''
      return
    }
    // Delivered again it would fail again, or be taken for a repeat: the callback is taken as it is.
    log.error({ err: error }, 'a message could not be answered')
    ctx.status = 200
    ctx.body = ''
  }
}

/** What is left to do when the response is out. */
async function follow(
  ctx: Context,
  first: Promise<Reply | undefined | 'late'>,
  work: Promise<Reply | undefined>,
  ways: Ways,
): Promise<void> {
  // A failure in time is reported by the response.
  const got = await first.catch(() => undefined)
  if (got === 'late') {
    const reply = await work
    if (reply) await ways.later(reply)
  } else if (got && ways.afterResponse) {
    // A response that broke off is no reason to keep the rest back.
    await finished(ctx.res).catch(() => {})
    await ways.afterResponse(got)
  }
}

/** A platform's refusal is one line; it names the call and the code, never an address. */
function logLost(log: Logger, error: unknown): void {
  if (error instanceof PlatformError) log.warn({ code: error.code, why: error.message }, 'a reply was lost')
  else log.error({ err: error }, 'a late reply failed')
}
