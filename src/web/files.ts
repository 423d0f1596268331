// Pictures and files behind signed links: for groups whose robot cannot send them, and for files that are too large.
import type { Router } from '@koa/router'
import type { Context } from 'koa'
import { attachedAt } from '../attachments.ts'
import type { Db } from '../database/connection.ts'
import { pushedReply } from '../database/pushes.ts'
import type { Links } from '../links.ts'
import type { Reply } from '../message.ts'
import { single } from '../platforms/webhook.ts'
import { disposition } from './disposition.ts'
import { html } from './html.ts'

/** Adds `GET /files/:at` and `GET /pictures/:at`; part of the app like a platform that hears nothing. */
export function files({ db, links }: { db: Db; links: Links }) {
  return {
    async listen(router: Router): Promise<() => Promise<void>> {
      router.get('/files/:at', async (ctx) => {
        const pass = links.read('file', single(ctx, 'k'))
        const found = await opened(ctx, pass, (one) => pushedReply(db, one.campaign, one.file))
        const file = found && attachedAt(found.reply, found.at, 'file')
        if (!file) return
        plainly(ctx)
        ctx.set('Content-Disposition', disposition(file.name))
        ctx.type = typeOf(file.name)
        ctx.body = Buffer.from(file.data, 'base64')
      })
      router.get('/pictures/:at', async (ctx) => {
        const pass = links.read('picture', single(ctx, 'k'))
        const found = await opened(ctx, pass, (one) => pushedReply(db, one.campaign, one.message))
        const picture = found && attachedAt(found.reply, found.at, 'image')
        if (!picture) return
        plainly(ctx)
        ctx.type = 'image/png'
        ctx.body = Buffer.from(picture.png, 'base64')
      })
      return async () => undefined
    },
  }
}

/** @returns the message and which of its blocks is wanted; else it is answered: 404 where there is none, 410 too late */
async function opened<P extends object>(
  ctx: Context,
  pass: P | 'expired' | undefined,
  read: (pass: P) => Promise<Reply | undefined>,
): Promise<{ reply: Reply; at: number } | undefined> {
  if (pass === 'expired') {
    sayExpired(ctx)
    return undefined
  }
  const reply = pass && (await read(pass))
  const at = String(ctx.params['at'])
  if (reply && /^\d{1,3}$/.test(at)) return { reply, at: Number(at) }
  ctx.status = 404
  return undefined
}

/** Nothing of it stays in a cache, or is taken for anything else than it is. */
function plainly(ctx: Context): void {
  ctx.set('Cache-Control', 'private, no-store')
  ctx.set('X-Content-Type-Options', 'nosniff')
  ctx.set('Referrer-Policy', 'no-referrer')
}

function sayExpired(ctx: Context): void {
  plainly(ctx)
  ctx.status = 410
  ctx.type = 'html'
  ctx.body = html`<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>链接已过期</title></head>
<body><h1>链接已过期</h1><p>请回到聊天里再要一次：说“导出”重新拿表格，说“挂图”重新看图。</p></body>
</html>
`.html
}

const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const typeOf = (name: string): string => (/\.xlsx$/i.test(name) ? workbook : 'application/octet-stream')
