// Server-sent events: the page is told what is in its chat, and then everything that comes.
import { PassThrough } from 'node:stream'
import type { Middleware } from 'koa'
import type { Clock } from '../../clock.ts'
import { single } from '../webhook.ts'
import type { Conversations } from './conversations.ts'

const heartbeatMs = 20_000

/**
 * `log` = everything so far, also after a lost connection, so that the page need not know what it missed; then `entry`,
 * `thinking`, and with every heartbeat `clock`.
 * @param clock the bot's
 */
export function events(logs: Conversations, clock: Clock): { route: Middleware; stop: () => void } {
  const streams = new Set<PassThrough>()
  let stopped = false

  const route: Middleware = async (ctx) => {
    if (stopped) {
      ctx.status = 503
      return
    }
    const [platform, chat] = [single(ctx, 'platform'), single(ctx, 'chat')]
    if (!platform || !chat) {
      ctx.status = 400
      ctx.body = { message: '要看哪个群？请刷新页面再试。' }
      return
    }
    const key = `${platform}/${chat}`
    const stream = new PassThrough()
    const send = (event: string, data: unknown) =>
      void stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    send('log', logs.entries(key))
    send('thinking', logs.isThinking(key))
    send('clock', clock.now())
    const unwatch = logs.watch(key, send)
    const timer = setInterval(() => {
      stream.write(': heartbeat\n')
      send('clock', clock.now())
    }, heartbeatMs).unref()
    // Koa destroys the stream when the page goes away.
    stream.once('close', () => {
      clearInterval(timer)
      unwatch()
      streams.delete(stream)
    })
    streams.add(stream)
    // Kept alive, the connection would hold up the server's stop after the stream has ended.
    ctx.set({ 'Cache-Control': 'no-store', Connection: 'close' })
    ctx.type = 'text/event-stream'
    ctx.body = stream
  }

  return {
    route,
    stop() {
      stopped = true
      for (const stream of streams) stream.end()
    },
  }
}
