// The page that a link shows which opens once: one button. Only pressing it uses the link up: chat apps look at links by
// themselves, and browsers fetch pages before they are asked for.
import type { Context } from 'koa'
import { formHeaders } from './form.ts'
import { html } from './html.ts'

export interface Opening {
  title: string
  what: string
  button: string
  note: string
  /** Where the button sends the link's token, as the field `k`. */
  action: string
  token: string
}

/** Answers with that page. */
export function showOpening(ctx: Context, { title, what, button, note, action, token }: Opening): void {
  ctx.set(formHeaders)
  ctx.type = 'html'
  ctx.body = html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="stylesheet" href="/board/files/desk.css"></head>
<body class="opening"><main><h1>${title}</h1><p>${what}</p>
<form method="post" action="${action}"><input type="hidden" name="k" value="${token}"><button autofocus>${button}</button></form>
<p class="note">${note}</p></main></body></html>
`.html
}
