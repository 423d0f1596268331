// The demo as one process serves it: the real bot on the example campaign, with the playground before it.
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { pino } from 'pino'
import { commands } from '../../handlers/index.ts'
import { createApp } from '../../src/app.ts'
import { createBot } from '../../src/bot.ts'
import type { Address } from '../../src/channel.ts'
import { type Clock, clockFrom, realClock } from '../../src/clock.ts'
import { type Db, openInMemory, type Store } from '../../src/database/connection.ts'
import { exampleBeginning, loadExample } from '../../src/example.ts'
import { createLinks, type Links } from '../../src/links.ts'
import type { Hear, Reply } from '../../src/message.ts'
import { createMetrics } from '../../src/metrics.ts'
import { openChannels } from '../../src/platforms/channels.ts'
import { playground, playgroundWays } from '../../src/platforms/playground/playground.ts'
import { memoryState } from '../../src/state/memory.ts'
import { board } from '../../src/web/board/board.ts'
import { desk } from '../../src/web/desk/desk.ts'
import { pushing } from './example.ts'
import { testKeys } from './keys.ts'

const botName = '小图'

export interface Demo {
  origin: string
  db: Db
  links: Links
  /** Hears what somebody says, as the playground does. */
  hear: Hear
  /** What was logged at level warn and above. */
  complaints: string[]
  /** Sends through the real channels, as the outbox does. */
  tell(address: Address, reply: Reply): Promise<void>
  /** Ends event streams and waits for answers that are under way. */
  quiet(): Promise<void>
  stop(): Promise<void>
}

/**
 * @param options.hear stands between the playground and the bot
 * @param options.scripts the page's scripts (`compileScripts`), where a browser is to open it
 * @param options.open the database, if not one that is forgotten
 * @param options.real how long links live, and what is remembered
 * @param options.whenMoved stands for the jobs that run when the clock is moved (`POST /demo/clock`); gives their names
 */
export async function startDemo(
  options: {
    hear?: (bot: Hear) => Hear
    scripts?: URL
    publicUrl?: string
    whenMoved?: (to: Date) => Promise<string[]>
    real?: Clock
    open?: () => Promise<Pick<Store, 'db' | 'close'>>
  } = {},
): Promise<Demo> {
  let time = clockFrom(new Date(exampleBeginning))
  const clock = { now: () => time.now() }
  const keys = testKeys
  const { db, close } = await (options.open ?? openInMemory)()
  await loadExample(db, keys, clock.now())
  const complaints: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void complaints.push(line) })
  const state = memoryState(options.real)
  const speaking = { push: pushing(clock), privately: ['dingtalk' as const, 'wecom' as const] }
  // Links need to know where the server is before there is anything to serve.
  let serve: RequestListener = (_, response) => response.writeHead(503).end()
  const server = createServer((...exchange) => serve(...exchange))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const base = options.publicUrl ?? origin
  const links = createLinks({ keyring: keys, base, clock: options.real ?? realClock })
  const bot = createBot({ db, state, clock, keyring: keys, log, commands, botName, links, ...speaking })
  const hear = options.hear?.(bot) ?? bot
  const app = createApp({ db, state, log, hear, metrics: createMetrics(), jobs: [] })
  serve = app.koa.callback()
  const { scripts, publicUrl } = options
  const settings = {
    origin,
    db,
    botName,
    clock,
    keyring: keys,
    ...(scripts && { scripts }),
    ...(publicUrl && { publicUrl }),
  }
  const page = playground(settings, { botName, log, state, clock: realClock })
  await app.add(page)
  await app.add(board({ db, links, clock, base, log, ...(scripts && { scripts }) }))
  const opened = {
    db,
    state,
    links,
    clock,
    keyring: keys,
    real: options.real ?? realClock,
    base,
    ...speaking,
  }
  await app.add(desk({ ...opened, ...(scripts && { scripts }) }))
  const channels = openChannels(playgroundWays(origin), { state, clock: realClock, log })
  app.router.post('/demo/clock', async (ctx) => {
    const { now } = JSON.parse((await buffer(ctx.req)).toString()) as { now: string }
    time = clockFrom(new Date(now))
    const ran = (await options.whenMoved?.(new Date(now))) ?? []
    page.clockMoved()
    ctx.body = { now, ran: ran.map((job) => ({ job, slot: now })) }
  })
  return {
    ...{ origin, db, links, hear, complaints },
    async tell(address, reply) {
      const channel = channels(address)
      if (!channel) throw new Error('no way there')
      for (const part of channel.parts(reply)) await channel.send(part, randomUUID())
    },
    quiet: app.quiet,
    async stop() {
      await app.quiet()
      const closed = once(server.close(), 'close')
      server.closeAllConnections()
      await closed
      await state.close()
      await close()
    },
  }
}

/** Compiles the page's scripts. @returns their folder, and a function that removes it */
export function compileScripts(): { scripts: URL; remove: () => void } {
  const root = new URL('../../', import.meta.url)
  const folder = mkdtempSync(join(tmpdir(), 'guatu-scripts-'))
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json')
  const tsc = join(dirname(typescript), 'bin', 'tsc')
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.web.json', '--outDir', folder], {
    cwd: root,
    stdio: 'inherit',
  })
  return {
    scripts: pathToFileURL(join(folder, 'src/web/browser/')),
    remove: () => rmSync(folder, { recursive: true }),
  }
}
