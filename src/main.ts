// The program: reads what to do and the environment, opens everything, ends on SIGTERM and SIGINT.
import { existsSync, readFileSync } from 'node:fs'
import { type Logger, pino } from 'pino'
import { commands } from '../handlers/index.ts'
import { jobs } from '../jobs/index.ts'
import { chat } from './cli/chat.ts'
import { load } from './cli/load.ts'
import { missed } from './cli/missed.ts'
import { rank } from './cli/rank.ts'
import { understandCli } from './cli/understand.ts'
import { type Config, readConfig } from './config.ts'
import { keyring } from './crypt.ts'
import { startDemo } from './demo.ts'
import { type Running, serve } from './serve.ts'

const [task = 'start', ...args] = process.argv.slice(2)

const out = (line: string) => process.stdout.write(`${line}\n`)
const err = (line: string) => process.stderr.write(`${line}\n`)

if (existsSync('.env')) process.loadEnvFile('.env')
await main().catch((error: unknown) => {
  err(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})

async function main(): Promise<void> {
  // Computes from a file alone: it works where nothing has been configured, or wrongly.
  if (task === 'rank') {
    process.exitCode = rank(args, { out, err })
    return
  }
  if (task === 'understand' && !args.includes('--missed')) {
    const { BOT_NAME: botName } = readConfig({ BOT_NAME: process.env['BOT_NAME'] })
    const input = () => readFileSync(0, 'utf8')
    process.exitCode = understandCli(args, { out, err, input, commands, botName })
    return
  }
  const config = readConfig(process.env)
  const log = pino({ level: config.LOG_LEVEL, base: null, formatters: { level: (level) => ({ level }) } })
  switch (task) {
    case 'start':
      return untilToldToStop(log, (onLost) => start(config, log, onLost))
    case 'demo':
      return untilToldToStop(log, async (onLost) => {
        const quiet = log.child({}, { level: process.env['LOG_LEVEL'] ? config.LOG_LEVEL : 'warn' })
        const running = await startDemo(config, { log: quiet, commands, jobs, onLost })
        out(`挂图演示已启动 / the demo is ready:  ${running.origin}/`)
        return running
      })
    case 'chat':
      process.exitCode = await chat({ log, out, commands, jobs, botName: config.BOT_NAME })
      return
    case 'load':
      process.exitCode = await load(args, { config, out, err, isTerminal: process.stderr.isTTY })
      return
    case 'understand':
      process.exitCode = await missed(args, { config, out, err })
      return
    default:
      throw new Error(`unknown task ${task}: use start, demo, chat, load, rank or understand`)
  }
}

async function start(config: Config, log: Logger, onLost: () => void): Promise<Running> {
  if (!config.SECRET_KEY)
    throw new Error(
      'SECRET_KEY is not set: put 32 or more random characters into .env (openssl rand -base64 32)',
    )
  const running = await serve(config, { keyring: keyring(config.SECRET_KEY), log, commands, jobs, onLost })
  if (!config.DINGTALK_CLIENT_ID && !config.WECOM_BOT_TOKEN && !config.WECOM_CORP_ID)
    log.warn('no platform has credentials: nobody can talk to the bot (see .env.example)')
  log.info({ origin: running.origin, database: running.store.place }, 'ready')
  return running
}

/** Runs until a signal; a second signal ends at once. */
async function untilToldToStop(log: Logger, begin: (onLost: () => void) => Promise<Running>): Promise<void> {
  let stop = (reason: string, code: number): void => {
    process.exitCode = code
    log.warn({ reason }, 'stopped before it was ready')
    process.exit()
  }
  const running = await begin(() => stop('another process took the database over', 1))
  const ended = new Promise<void>((resolve) => {
    stop = (reason, code) => {
      log.info({ reason }, 'stopping')
      process.exitCode = code
      void running.stop().then(resolve, (error: unknown) => {
        log.error({ err: error }, 'could not stop in order')
        process.exitCode = 1
        resolve()
      })
    }
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      process.once(signal, () => process.exit(130))
      stop(signal, 0)
    })
  return ended
}
