// Opens everything a running bot needs, in order, and closes it again in the opposite order.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { type App, createApp } from './app.ts'
import { createBot } from './bot.ts'
import { type Clock, realClock } from './clock.ts'
import type { Command } from './command.ts'
import type { Config } from './config.ts'
import type { Keyring } from './crypt.ts'
import { readCalendar } from './database/calendar.ts'
import { openDatabase, type Store } from './database/connection.ts'
import { readAhead, rosters } from './database/roster.ts'
import { holdAlone, holdTogether } from './database/sole.ts'
import { openDispatch } from './dispatch.ts'
import { closeHttp } from './http.ts'
import type { Job } from './job.ts'
import { createLinks } from './links.ts'
import { createHelper } from './llm/helper.ts'
import { createMetrics } from './metrics.ts'
import type { PlatformTools } from './platform.ts'
import { type ChannelSettings, openChannels } from './platforms/channels.ts'
import { channelSettings, platformsOf, privateOn } from './platforms/configured.ts'
import { type Schedule, startSchedule } from './schedule.ts'
import { openState } from './state/open.ts'
import type { State } from './state/state.ts'
import { board } from './web/board/board.ts'
import { desk } from './web/desk/desk.ts'
import { files } from './web/files.ts'

export interface Running {
  app: App
  store: Store
  state: State
  tools: PlatformTools
  schedule: Schedule
  /** `http://host:port` as the process itself reaches it. */
  origin: string
  /** Stops hearing, answers what was heard, closes everything. */
  stop(): Promise<void>
}

/**
 * @param prepare runs on the opened database before anybody is heard; gives the bot's clock
 * @param pages where people reach the pages, given the process's own origin; '' = nowhere; absent = as configured
 * @param waysOut where pushes go, given the process's own origin; absent = as configured
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
    waysOut = () => channelSettings(config),
    pages = () => config.PUBLIC_URL,
    onLost,
  }: {
    keyring: Keyring
    log: Logger
    commands: Command[]
    jobs: Job[]
    prepare?: (store: Store) => Promise<Clock>
    waysOut?: (origin: string) => ChannelSettings
    pages?: (origin: string) => string
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
    const tools = { botName: config.BOT_NAME, log, state, clock: realClock }
    const { server, origin, serveWith } = await listen(config)
    // Closed in the opposite order: first nobody is heard any more (callbacks get 503), then nothing is begun, then the
    // server goes. Answers and pushes under way may still pass it.
    closers.push(closeHttp, () => close(server))
    const ways = waysOut(origin)
    const privately = privateOn(ways)
    const metrics = createMetrics()
    const base = pages(origin)
    const links = base ? createLinks({ keyring, base, clock: realClock }) : undefined
    const dispatch = openDispatch({
      ...{ db: store.db, clock, log, keyring, privately, channels: openChannels(ways, tools) },
      onEnding: metrics.pushed,
      ...(links && { links }),
    })
    const rosterOf = rosters(store.db)
    await readAhead(store.db, rosterOf).catch(trouble('roster'))
    const bot = {
      ...{ db: store.db, rosterOf, state, clock, keyring, log },
      ...{ commands, privately, botName: config.BOT_NAME },
    }
    const { LLM_BASE_URL: address, LLM_API_KEY: apiKey, LLM_MODEL: model } = config
    const helper =
      address && model
        ? createHelper({ address, apiKey, model, clock: realClock, log, onOutcome: metrics.helped })
        : undefined
    const hear = createBot({
      ...bot,
      push: dispatch.push,
      ...(links && { links }),
      ...(helper && { helper }),
    })
    const app = createApp({ db: store.db, state, hear, log, metrics, jobs })
    if (links) await app.add(files({ db: store.db, links }))
    for (const platform of platformsOf(config, tools)) {
      await app.add(platform)
      log.info(`hearing ${platform.name}`)
    }
    if (links) {
      await app.add(board({ db: store.db, rosterOf, links, clock, base, log }))
      await app.add(desk({ ...bot, push: dispatch.push, links, base, real: realClock }))
    }
    serveWith(app.koa.callback())
    closers.push(
      () => dispatch.outbox.stop(),
      () => app.quiet(),
    )
    const quotas = { webhook: config.DINGTALK_WEBHOOK_QUOTA, api: config.DINGTALK_API_QUOTA }
    const schedule = await startSchedule(jobs, {
      ...{ db: store.db, clock, log, onRun: dispatch.outbox.wake },
      context: async () => ({
        calendar: await readCalendar(store.db),
        push: dispatch.push,
        privately,
        quotas,
      }),
    })
    closers.push(() => schedule.stop())
    dispatch.outbox.wake()
    const stop = () => closeAll(closers)
    return { app, store, state, tools, schedule, stop, origin }
  } catch (error) {
    await closeAll(closers)
    throw error
  }
}

async function closeAll(closers: (() => Promise<void>)[]): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close()
}

/** Takes the port; requests wait until it is known what serves them. @returns also how the process reaches itself */
function listen({ HOST, PORT }: Config) {
  type Serve = (request: IncomingMessage, response: ServerResponse) => unknown
  let serveWith: (serve: Serve) => void = () => undefined
  const serving = new Promise<Serve>((resolve) => {
    serveWith = resolve
  })
  const server = createServer((...exchange) => void serving.then((serve) => serve(...exchange)))
  return new Promise<{ server: Server; origin: string; serveWith: typeof serveWith }>((resolve, reject) => {
    server.once('error', reject)
    server.listen(PORT, HOST, () => {
      const { port } = server.address() as AddressInfo
      const host = HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST
      resolve({ server, serveWith, origin: `http://${host.includes(':') ? `[${host}]` : host}:${port}` })
    })
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
