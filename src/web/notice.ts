// A page of one sentence: why a link does not open, and what to do.
import type { Context } from 'koa'
import { html } from './html.ts'

/** @param status 404 for what was not made here, 410 for what is over, 403 for what is not for the one who asks */
export function notice(ctx: Context, status: number, title: string, what: string): void {
  ctx.status = status
  ctx.type = 'html'
  ctx.body = html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="stylesheet" href="/board/files/board.css"></head>
<body class="notice"><main><h1>${title}</h1><p>${what}</p></main></body></html>
`.html
}

/** What every page sends with it: nothing of it is kept, shown elsewhere, or run from elsewhere. */
export const pageHeaders: Record<string, string> = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
}
