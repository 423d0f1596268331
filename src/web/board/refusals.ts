// Why the board does not open, in one sentence with what to say in the chat instead.
import type { Context } from 'koa'
import { notice, pageHeaders } from '../notice.ts'

export function refuse(ctx: Context, status: number, title: string, what: string): undefined {
  ctx.set(pageHeaders)
  notice(ctx, status, title, what)
}

const again = '请回到群里或私聊，对小图说“看板”，再点新的链接。'
const anew = (screen: string) => `请私聊小图说“重开大屏 ${screen}”，再点新的地址。`

/** An open page that meets this keeps what it shows: the header tells it from what is gone. */
export function over(ctx: Context): undefined {
  ctx.set('X-Link', 'expired')
  return refuse(ctx, 410, '链接已过期', `看板的链接10分钟内有效。${again}`)
}
export const forged = (ctx: Context) => refuse(ctx, 404, '链接不对', `这个链接不完整或被改动过。${again}`)
export const gone = (ctx: Context) =>
  refuse(ctx, 410, '看板已关闭', '这个看板已停用，或者单位、人员有变动。要看，请在群里对小图说“看板”。')

export const screenOff = (ctx: Context, screen: string) =>
  refuse(
    ctx,
    410,
    '大屏已停用',
    `大屏“${screen}”停用了。要再挂，请私聊小图说“开大屏 ${screen}”，在这台电脑上打开新的地址。`,
  )
export const screenMoved = (ctx: Context, screen: string) =>
  refuse(
    ctx,
    410,
    '大屏换了地址',
    `大屏“${screen}”换了新地址，这里不再显示。请打开私聊里的新地址；找不到了，${anew(screen)}`,
  )

export const screenOver = (ctx: Context) =>
  refuse(ctx, 410, '地址已过期', `大屏的地址24小时内有效。${anew('名称')}`)
/** Whoever opened it: with the new address, the old page goes dark. */
export const screenUsed = (ctx: Context, screen: string) =>
  refuse(
    ctx,
    410,
    '地址已经用过',
    `大屏“${screen}”的地址只能打开一次。要换电脑，或者不是您打开的，${anew(screen)}`,
  )
export const foreign = (ctx: Context) =>
  refuse(ctx, 403, '没有打开', '这一步不是从大屏的页面上点的。请回到浏览器里的那一页，再点一次按钮。')
