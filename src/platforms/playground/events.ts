// Server-sent events: the page is told what is in its chat, and then everything that comes.
import { PassThrough } from 'node:stream'
import type { Middleware } from 'koa'
import type { Clock } from '../../clock.ts'
import { single } from '../webhook.ts'
import type { Conversations } from './conversations.ts'

const heartbeatMs = 20_000

/**
 * `log` = everything so far, also after a lost connection, so that the page need not know what it missed; `counts` = how
 * many messages of the bot have come in every chat; then `entry`, `thinking`, `came` (one more in the chat it names), and
 * `clock` with every heartbeat and when the clock was moved.
 * @param clock the bot's
 */
export function events(logs: Conversations, clock: Clock) {
  const streams = new Map<PassThrough, () => void>()
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
    send('counts', logs.counts())
    const sendClock = () => send('clock', clock.now())
    sendClock()
    const unwatch = logs.watch(key, send)
    const timer = setInterval(() => {
      stream.write(': heartbeat\n')
      sendClock()
    }, heartbeatMs).unref()
    // Koa destroys the stream when the page goes away.
    stream.once('close', () => {
      clearInterval(timer)
      unwatch()
      streams.delete(stream)
    })
    streams.set(stream, sendClock)
    // Kept alive, the connection would hold up the server's stop after the stream has ended.
    ctx.set({ 'Cache-Control': 'no-store', Connection: 'close' })
    ctx.type = 'text/event-stream'
    ctx.body = stream
  }

  return {
    route,
    /** Tells every page at once. */
    clockMoved() {
      for (const sendClock of streams.values()) sendClock()
    },
    stop() {
      stopped = true
      for (const stream of streams.keys()) stream.end()
    },
  }
}
