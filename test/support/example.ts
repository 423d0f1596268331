// The bot on the example campaign, as tests use it.
import { pino } from 'pino'
import { commands } from '../../handlers/index.ts'
import { type BotTools, createBot } from '../../src/bot.ts'
import type { Clock } from '../../src/clock.ts'
import { readCalendar } from '../../src/database/calendar.ts'
import type { Store } from '../../src/database/connection.ts'
import { exampleBeginning } from '../../src/example.ts'
import type { Hear } from '../../src/message.ts'
import { type Pushing, queue } from '../../src/push.ts'
import { memoryState } from '../../src/state/memory.ts'
import { testKeys } from './keys.ts'

export const silent = pino({ level: 'silent' })

/** A clock that stands still until it is moved. */
export function stillClock(
  at = exampleBeginning,
): Clock & { set(at: string): void; pass(seconds: number): void } {
  let now = new Date(at)
  return {
    now: () => now,
    set: (to) => {
      now = new Date(to)
    },
    pass: (seconds) => {
      now = new Date(now.getTime() + seconds * 1000)
    },
  }
}

/** Queues pushes as the running bot does; people can be reached privately on both platforms. */
export function pushing(clock: Clock): Pushing {
  return async (tx, pushes) =>
    queue(tx, pushes, { now: clock.now(), calendar: await readCalendar(tx), privately: [...privately] })
}

const privately = ['dingtalk', 'wecom'] as const

/** The bot on a database, at the example's moment, with in-process state unless told otherwise. */
export function botOn({ db }: Pick<Store, 'db'>, tools: Partial<BotTools> = {}): Hear {
  const clock = tools.clock ?? stillClock()
  return createBot({
    ...{ db, clock, keyring: testKeys, log: silent, botName: '小图', commands, push: pushing(clock) },
    ...{ state: memoryState(clock), privately: [...privately], ...tools },
  })
}
