// The Koa app: every platform's callbacks, and what an administrator's monitoring asks.

import { randomBytes } from 'node:crypto'
import Router from '@koa/router'
import Koa from 'koa'
import type { Logger } from 'pino'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Db } from './database/connection.ts'
import type { Hear } from './message.ts'
import type { Platform } from './platform.ts'
import { lastRuns } from './schedule.ts'
import type { State } from './state/state.ts'
import { soon } from './store-trouble.ts'

export interface App {
  koa: Koa
  router: Router
  /** Starts a platform's callbacks; may be called after the server listens. */
  add(platform: Pick<Platform, 'listen'>): Promise<void>
  /** Stops hearing; resolves when everything that was heard has been answered. */
  quiet(): Promise<void>
}

export function createApp({ db, state, hear, log }: { db: Db; state: State; hear: Hear; log: Logger }): App {
  const koa = new Koa()
  const router = new Router()
  const { counted, registry } = metrics(hear)
  const stops: (() => Promise<void>)[] = []

  // Whatever a route did not expect: an id for the log, nothing for the outside.
  koa.use(async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      const id = randomBytes(2).toString('hex')
      log.error({ id, path: ctx.path, err: error }, 'a request failed')
      ctx.status = 500
      ctx.body = `error ${id}\n`
    }
  })
  koa.silent = true

  router.get('/healthz', (ctx) => {
    ctx.body = 'ok\n'
  })
  router.get('/readyz', async (ctx) => {
    const [jobs, conversation] = await Promise.all([
      soon(lastRuns(db)).catch(() => undefined),
      state.ping().then(
        () => true,
        () => false,
      ),
    ])
    ctx.status = jobs && conversation ? 200 : 503
    ctx.body = { database: jobs !== undefined, state: conversation, jobs: jobs ?? [] }
  })
  router.get('/metrics', async (ctx) => {
    ctx.type = registry.contentType
    ctx.body = await registry.metrics()
  })
  koa.use(router.routes()).use(router.allowedMethods())

  return {
    koa,
    router,
    async add(platform) {
      stops.push(await platform.listen(router, counted))
    },
    async quiet() {
      await Promise.all(stops.map((stop) => stop()))
    },
  }
}

/** How many messages, how they ended, how long they took. Results are counted, people never (`domain.md` N12). */
function metrics(hear: Hear): { counted: Hear; registry: Registry } {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const labelNames = ['platform', 'outcome']
  const heard = new Counter({
    name: 'guatu_messages_total',
    help: 'Messages heard',
    labelNames,
    registers: [registry],
  })
  const took = new Histogram({
    ...{ name: 'guatu_reply_seconds', help: 'From hearing a message to its reply', registers: [registry] },
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3],
  })
  const counted: Hear = async (message) => {
    const stop = took.startTimer()
    const count = (outcome: string) => heard.inc({ platform: message.platform, outcome })
    try {
      const reply = await hear(message)
      count(reply ? 'answered' : 'silent')
      return reply
    } catch (error) {
      count('refused')
      throw error
    } finally {
      stop()
    }
  }
  return { counted, registry }
}
