// Opens everything a running bot needs, in order, and closes it again in the opposite order.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { type App, createApp } from './app.ts'
import { createBot } from './bot.ts'
import { type Clock, realClock } from './clock.ts'
import type { Command } from './command.ts'
import type { Config } from './config.ts'
import type { Keyring } from './crypt.ts'
import { openDatabase, type Store } from './database/connection.ts'
import { holdAlone, holdTogether } from './database/sole.ts'
import { closeHttp } from './http.ts'
import type { Job } from './job.ts'
import type { PlatformTools } from './platform.ts'
import { platformsOf } from './platforms/configured.ts'
import { startSchedule } from './schedule.ts'
import { openState } from './state/open.ts'
import type { State } from './state/state.ts'

export interface Running {
  app: App
  store: Store
  state: State
  tools: PlatformTools
  /** `http://host:port` as the process itself reaches it. */
  origin: string
  /** Stops hearing, answers what was heard, closes everything. */
  stop(): Promise<void>
}

/**
 * @param prepare runs on the opened database before anybody is heard; gives the bot's clock
 * @param onLost without Redis, another process took over: this one must end
 */
export async function serve(
  config: Config,
  {
    keyring,
    log,
    commands,
    jobs,
    prepare,
    onLost,
  }: {
    keyring: Keyring
    log: Logger
    commands: Command[]
    jobs: Job[]
    prepare?: (store: Store) => Promise<Clock>
    onLost: () => void
  },
): Promise<Running> {
  const trouble = (what: string) => (error: Error) => log.warn({ reason: error.message }, `${what}: trouble`)
  const store = await openDatabase(config, trouble('database'))
  const closers = [() => store.close()]
  try {
    const { DATABASE_URL, REDIS_URL } = config
    if (DATABASE_URL)
      closers.push(await (REDIS_URL ? holdTogether(DATABASE_URL) : holdAlone(DATABASE_URL, onLost)))
    const state = openState(config, trouble('state'))
    closers.push(() => state.close())
    await state.ping()
    const clock = (await prepare?.(store)) ?? realClock
    const hear = createBot({ db: store.db, state, clock, keyring, log, commands, botName: config.BOT_NAME })
    const app = createApp({ db: store.db, state, hear, log })
    const tools = { botName: config.BOT_NAME, log, state, clock: realClock }
    for (const platform of platformsOf(config, tools)) {
      await app.add(platform)
      log.info(`hearing ${platform.name}`)
    }
    closers.push(startSchedule(jobs, { db: store.db, clock, log }))
    const server = await listen(app, config)
    // First nobody is heard any more (callbacks get 503), then the server goes: answers under way may still pass it.
    closers.push(
      closeHttp,
      () => close(server),
      () => app.quiet(),
    )
    const { port } = server.address() as AddressInfo
    const host = config.HOST === '0.0.0.0' || config.HOST === '::' ? '127.0.0.1' : config.HOST
    const stop = () => closeAll(closers)
    return {
      app,
      store,
      state,
      tools,
      stop,
      origin: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    }
  } catch (error) {
    await closeAll(closers)
    throw error
  }
}

async function closeAll(closers: (() => Promise<void>)[]): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close()
}

function listen(app: App, { HOST, PORT }: Config): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(app.koa.callback())
    server.once('error', reject)
    server.listen(PORT, HOST, () => resolve(server))
  })
}

/** Takes no new connections; those that are idle are ended, those that are busy may finish. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 5_000).unref()
  })
}
