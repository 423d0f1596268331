// The newcomer's one command: the example campaign, a page to talk to the bot, nothing to configure.
import type { Logger } from 'pino'
import { secretOf } from './cli/secret.ts'
import { type Clock, realClock } from './clock.ts'
import type { Command } from './command.ts'
import type { Config } from './config.ts'
import { keyring } from './crypt.ts'
import type { Store } from './database/connection.ts'
import { demoClock } from './demo-clock.ts'
import { loadExample } from './example.ts'
import type { Job } from './job.ts'
import { playground } from './platforms/playground/playground.ts'
import { type Running, serve } from './serve.ts'

/** @returns the running demo; `stop` also saves where its clock stands */
export async function startDemo(
  config: Config,
  given: { log: Logger; commands: Command[]; jobs: Job[]; onLost: () => void },
): Promise<Running> {
  const keys = keyring(secretOf(config))
  let clock: Clock = realClock
  let saveClock = async () => {}
  const prepare = async (store: Store): Promise<Clock> => {
    const saved = await demoClock(store.db, (error) =>
      given.log.warn({ reason: error.message }, 'clock not saved'),
    )
    clock = saved.clock
    saveClock = saved.save
    await loadExample(store.db, keys, clock.now())
    return clock
  }
  const running = await serve(config, { ...given, keyring: keys, prepare })
  const { app, store, tools, origin } = running
  const { BOT_NAME: botName, PUBLIC_URL: publicUrl } = config
  await app.add(playground({ origin, db: store.db, botName, clock, publicUrl }, tools))
  return {
    ...running,
    async stop() {
      await saveClock()
      await running.stop()
    },
  }
}
