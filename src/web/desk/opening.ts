// The page that a link shows: one button. Only pressing it uses the link up.
import { html } from '../html.ts'

export const openingPage = (token: string): string =>
  html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>工作台</title><link rel="stylesheet" href="/desk/files/desk.css"></head>
<body class="opening"><main><h1>工作台</h1><p>导入表格、签发通报、看送达和群。</p>
<form method="post" action="/desk/open"><input type="hidden" name="k" value="${token}"><button autofocus>打开工作台</button></form>
<p class="note">链接只能打开一次，只在这个浏览器里有效。请不要转给别人。</p></main></body></html>
`.html
