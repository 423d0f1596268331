// The Koa app: every platform's callbacks, and what an administrator's monitoring asks.

import { randomBytes } from 'node:crypto'
import Router from '@koa/router'
import Koa from 'koa'
import type { Logger } from 'pino'
import type { Db } from './database/connection.ts'
import type { Job } from './job.ts'
import type { Hear } from './message.ts'
import type { Metrics } from './metrics.ts'
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

export interface AppTools {
  db: Db
  state: State
  hear: Hear
  log: Logger
  metrics: Metrics
  jobs: Job[]
}

export function createApp({ db, state, hear, log, metrics, jobs }: AppTools): App {
  const koa = new Koa()
  const router = new Router()
  const counted = metrics.counting(hear)
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
    const [runs, conversation] = await Promise.all([
      soon(lastRuns(db, jobs)).catch(() => undefined),
      state.ping().then(
        () => true,
        () => false,
      ),
    ])
    ctx.status = runs && conversation ? 200 : 503
    const last = jobs.map(({ name: job }) => runs?.find((run) => run.job === job) ?? { job, slot: null })
    ctx.body = { database: runs !== undefined, state: conversation, jobs: runs ? last : [] }
  })
  router.get('/metrics', async (ctx) => {
    ctx.type = metrics.registry.contentType
    ctx.body = await metrics.registry.metrics()
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
