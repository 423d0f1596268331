// Why the clerk's page does not open or does not do it, in one sentence: as a page, or for the page's own script.
import type { Context } from 'koa'
import { formHeaders } from '../form.ts'
import { notice } from '../notice.ts'

/** The page's script asks for JSON. */
export const isScript = (ctx: Context) => ctx.get('Accept') === 'application/json'

export function refuse(ctx: Context, status: number, title: string, what: string): undefined {
  ctx.set(formHeaders)
  if (!isScript(ctx)) {
    notice(ctx, status, title, what)
    return
  }
  ctx.status = status
  ctx.body = { wrong: `${title}：${what}` }
}

const again = '请私聊小图说“工作台”，再点新的链接。'

export const over = (ctx: Context) =>
  refuse(ctx, 410, '工作台已经关上了', `太久没有用，或者已经退出。${again}`)
export const forged = (ctx: Context) => refuse(ctx, 404, '链接不对', `这个链接不完整或被改动过。${again}`)
export const expired = (ctx: Context) => refuse(ctx, 410, '链接已过期', `工作台的链接10分钟内有效。${again}`)
export const used = (ctx: Context) => refuse(ctx, 410, '链接已经用过', `工作台的链接只能打开一次。${again}`)
export const foreign = (ctx: Context) =>
  refuse(ctx, 403, '没有办', '这一步不是从工作台的页面上点的，什么都没有改。请回到工作台再点一次。')
export const stale = (ctx: Context) =>
  refuse(ctx, 403, '没有办', '页面放得太久，或者不完整，什么都没有改。请回到工作台，刷新后再点一次。')
export const unreachable = (ctx: Context) =>
  refuse(ctx, 503, '暂时打不开', '系统一时连不上数据库。请过一两分钟再试，没有写完的不会留下一半。')
