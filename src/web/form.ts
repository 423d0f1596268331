// Forms that pages of ours send: whether they come from one of our own, and what is in them.
import type { Context } from 'koa'
import getRawBody from 'raw-body'
import { UserError } from '../errors.ts'
import { pageHeaders } from './notice.ts'

/** A form of a few fields is smaller. */
const mostFormBytes = 16 << 10

/** Of pages with a form: it says where it comes from; nobody else is told. */
export const formHeaders = { ...pageHeaders, 'Referrer-Policy': 'same-origin' }

/** Whether one of our own pages sent it. Browsers say so; what says nothing is no page. @param base where people reach us */
export function isFromOurPage(ctx: Context, base: string): boolean {
  const [site, origin] = [ctx.get('Sec-Fetch-Site'), ctx.get('Origin')]
  if (site && site !== 'same-origin') return false
  return origin ? origin === new URL(base).origin : site !== ''
}

/** @throws UserError when it is none, or too large */
export async function fieldsOf(ctx: Context): Promise<URLSearchParams> {
  return new URLSearchParams(
    (await bodyOf(ctx, mostFormBytes, '写得太长了，什么都没有改。')).toString('utf8'),
  )
}

/** @throws UserError when it is longer than `limit` (in the words of `tooMuch`), or broke off */
export async function bodyOf(ctx: Context, limit: number, tooMuch: string): Promise<Buffer> {
  try {
    return await getRawBody(ctx.req, { length: ctx.request.length, limit })
  } catch (error) {
    const { type } = error as { type?: string }
    if (type === 'entity.too.large') throw new UserError(tooMuch)
    if (type === 'request.aborted' || type === 'request.size.invalid')
      throw new UserError('没有传完就断了，什么都没有写入。请再传一次。')
    throw error
  }
}
