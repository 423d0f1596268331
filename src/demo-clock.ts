// The demo's time: a new demo stands at a Sunday morning of the example campaign and runs on, over restarts. It can be
// moved forward.
import { sql } from 'kysely'
import { type Clock, clockFrom, realClock } from './clock.ts'
import type { Db } from './database/connection.ts'
import { exampleBeginning } from './example.ts'

const saveEveryMs = 30_000

export interface DemoClock extends Clock {
  /** Goes on from where the database last saved it, and saves it from now on. */
  resume(db: Db, onError: (error: Error) => void): Promise<void>
  /** Moves to `to`, from where time runs on. @returns false when that would be backwards; then nothing is moved */
  move(to: Date): Promise<boolean>
  /** Saves where it stands, for the last time. */
  stop(): Promise<void>
}

export function demoClock(): DemoClock {
  let clock = clockFrom(new Date(exampleBeginning), realClock)
  let save = async () => {}
  let timer: NodeJS.Timeout | undefined
  return {
    now: () => clock.now(),
    async resume(db, onError) {
      const saved = await savedTime(db)
      if (saved) clock = clockFrom(saved, realClock)
      save = () => saveTime(db, clock.now())
      await save()
      timer = setInterval(() => void save().catch(onError), saveEveryMs).unref()
    },
    async move(to) {
      if (to < clock.now()) return false
      clock = clockFrom(to, realClock)
      await save()
      return true
    },
    async stop() {
      clearInterval(timer)
      await save()
    },
  }
}

async function savedTime(db: Db): Promise<Date | undefined> {
  const row = await db
    .selectFrom('setting')
    .where('name', '=', 'demo_clock')
    .select('value')
    .executeTakeFirst()
  return typeof row?.value === 'string' ? new Date(row.value) : undefined
}

async function saveTime(db: Db, now: Date): Promise<void> {
  const value = JSON.stringify(now.toISOString())
  await db
    .insertInto('setting')
    .values({ name: 'demo_clock', value: sql`${value}::jsonb` })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`excluded.value` }))
    .execute()
}
