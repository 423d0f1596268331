// The demo's time: a new demo stands at a Sunday morning of the example campaign and runs on, over restarts.
import { sql } from 'kysely'
import { type Clock, clockFrom, realClock } from './clock.ts'
import type { Db } from './database/connection.ts'
import { exampleBeginning } from './example.ts'

const saveEveryMs = 30_000

/** @returns the clock, and a function that saves where it stands */
export async function demoClock(
  db: Db,
  onError: (error: Error) => void,
): Promise<{ clock: Clock; save: () => Promise<void> }> {
  const saved = await db
    .selectFrom('setting')
    .where('name', '=', 'demo_clock')
    .select('value')
    .executeTakeFirst()
  const clock = clockFrom(
    new Date(typeof saved?.value === 'string' ? saved.value : exampleBeginning),
    realClock,
  )
  const save = async () => {
    const value = JSON.stringify(clock.now().toISOString())
    await db
      .insertInto('setting')
      .values({ name: 'demo_clock', value: sql`${value}::jsonb` })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`excluded.value` }))
      .execute()
  }
  await save()
  const timer = setInterval(() => void save().catch(onError), saveEveryMs).unref()
  return {
    clock,
    async save() {
      clearInterval(timer)
      await save()
    },
  }
}
