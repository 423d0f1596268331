// The playground speaks for anybody: only its own page may make it do so, not a page from elsewhere in the same browser.
import type { Middleware } from 'koa'

/**
 * Refuses requests that were not sent to one of `origins` (or to this machine by its usual names), and requests of
 * pages that did not come from there. The first check also stops foreign names that lead to this machine.
 */
export function ownPagesOnly(origins: string[]): Middleware {
  const { port } = new URL(origins[0] ?? '')
  const local = ['127.0.0.1', 'localhost', '[::1]'].map((host) => `http://${host}${port && `:${port}`}`)
  const ours = [...origins, ...local].map((origin) => new URL(origin))
  const hosts = new Set(ours.map(({ host }) => host))
  const pages = new Set(['', ...ours.map(({ origin }) => origin)])

  return async (ctx, next) => {
    ctx.set({
      'Content-Security-Policy': "default-src 'self'; base-uri 'none'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-cache',
    })
    if (hosts.has(ctx.get('Host')) && pages.has(ctx.get('Origin'))) return next()
    ctx.status = 403
    ctx.body = { message: `请从这个地址打开演示页：${origins.at(-1)}` }
  }
}
