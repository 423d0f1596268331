// The newcomer's one command: the example campaign, a page to talk to the bot, nothing to configure.
import type { Logger } from 'pino'
import { secretOf } from './cli/secret.ts'
import type { Clock } from './clock.ts'
import type { Command } from './command.ts'
import type { Config } from './config.ts'
import { keyring } from './crypt.ts'
import type { Store } from './database/connection.ts'
import { demoClock } from './demo-clock.ts'
import { loadExample } from './example.ts'
import { playground } from './platforms/playground/playground.ts'
import { type Running, serve } from './serve.ts'

/** @returns the running demo; `stop` also saves where its clock stands */
export async function startDemo(
  config: Config,
  { log, commands, onLost }: { log: Logger; commands: Command[]; onLost: () => void },
): Promise<Running> {
  const keys = keyring(secretOf(config))
  let saveClock = async () => {}
  const prepare = async (store: Store): Promise<Clock> => {
    const { clock, save } = await demoClock(store.db, (error) =>
      log.warn({ reason: error.message }, 'clock not saved'),
    )
    saveClock = save
    await loadExample(store.db, keys, clock.now())
    return clock
  }
  const running = await serve(config, { keyring: keys, log, commands, prepare, onLost })
  const { app, store, tools, origin } = running
  await app.add(playground({ origin, db: store.db, botName: config.BOT_NAME }, tools))
  return {
    ...running,
    async stop() {
      await saveClock()
      await running.stop()
    },
  }
}
