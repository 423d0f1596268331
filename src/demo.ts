// The newcomer's one command: the example campaign, a page to talk to the bot, nothing to configure.
import type { Middleware } from 'koa'
import type { Logger } from 'pino'
import { z } from 'zod'
import { secretOf } from './cli/secret.ts'
import { isoOf } from './clock.ts'
import type { Command } from './command.ts'
import { type Config, officialBases } from './config.ts'
import { keyring } from './crypt.ts'
import type { Store } from './database/connection.ts'
import { type DemoClock, demoClock } from './demo-clock.ts'
import { loadExample } from './example.ts'
import type { Job } from './job.ts'
import type { ChannelSettings } from './platforms/channels.ts'
import { channelSettings } from './platforms/configured.ts'
import { readJson } from './platforms/dingtalk/inbound.ts'
import { ownPagesOnly } from './platforms/playground/own-pages-only.ts'
import { playground, playgroundWays } from './platforms/playground/playground.ts'
import { readBody } from './platforms/webhook.ts'
import type { Schedule } from './schedule.ts'
import { type Running, serve } from './serve.ts'

/** @returns the running demo; `stop` also saves where its clock stands */
export async function startDemo(
  config: Config,
  given: { log: Logger; commands: Command[]; jobs: Job[]; onLost: () => void },
): Promise<Running> {
  const keys = keyring(secretOf(config))
  const clock = demoClock()
  const prepare = async (store: Store) => {
    await clock.resume(store.db, (error) => given.log.warn({ reason: error.message }, 'clock not saved'))
    await loadExample(store.db, keys, clock.now())
    return clock
  }
  const waysOut = (origin: string) => demoWays(config, origin)
  const pages = (origin: string) => config.PUBLIC_URL || origin
  const running = await serve(config, { ...given, keyring: keys, prepare, waysOut, pages })
  const { app, store, tools, origin, schedule } = running
  const { BOT_NAME: botName, PUBLIC_URL: publicUrl } = config
  const page = playground({ origin, db: store.db, botName, clock, publicUrl, keyring: keys }, tools)
  await app.add(page)
  const guard = ownPagesOnly(publicUrl ? [origin, publicUrl] : [origin])
  app.router.post('/demo/clock', guard, moving(clock, schedule, page.clockMoved))
  return {
    ...running,
    async stop() {
      await clock.stop()
      await running.stop()
    },
  }
}

/** What is not pointed anywhere is played by the playground: nothing goes to the real platforms by accident. */
function demoWays(config: Config, origin: string): ChannelSettings {
  const own = playgroundWays(origin)
  const { dingtalk, wecom } = channelSettings(config)
  const isReal = (base: string) => !officialBases.includes(base)
  return {
    dingtalk: {
      ...(dingtalk.clientId ? dingtalk : own.dingtalk),
      oapiBase: isReal(dingtalk.oapiBase) || dingtalk.clientId ? dingtalk.oapiBase : own.dingtalk.oapiBase,
    },
    wecom: isReal(wecom.apiBase) || wecom.secret ? wecom : own.wecom,
  }
}

const wish = z.object({ now: z.iso.datetime({ offset: true }) })

/** `POST /demo/clock`: time passes, and what comes due on the way is run in order, as after downtime. */
function moving(clock: DemoClock, schedule: Schedule, moved: () => void): Middleware {
  return async (ctx) => {
    const bytes = await readBody(ctx)
    if (!bytes) return
    const { data } = wish.safeParse(readJson(bytes))
    if (!data) {
      ctx.status = 400
      ctx.body = { message: '请给出带时区的时间，例如 {"now":"2026-11-27T18:00:00+08:00"}。' }
      return
    }
    let isForward = false
    const ran = await schedule.advance(async () => {
      isForward = await clock.move(new Date(data.now))
    })
    if (!isForward) {
      ctx.status = 409
      ctx.body = { message: `时间只能往前拨，现在已经是 ${isoOf(clock.now())}。` }
      return
    }
    moved()
    ctx.body = { now: isoOf(clock.now()), ran: ran.map(({ job, slot }) => ({ job, slot: isoOf(slot) })) }
  }
}
