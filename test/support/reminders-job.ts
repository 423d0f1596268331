// The reminders' job on the example campaign: runs it for a moment or minute by minute, and tells what was said.
import reminders from '../../jobs/reminders.ts'
import type { Db } from '../../src/database/connection.ts'
import type { Pushing } from '../../src/push.ts'
import { pushing, silent, stillClock } from './example.ts'
import { calendar, outboxOf } from './reminders.ts'

/** @param db is asked each time: a file's database is open only when its tests run */
export function remindersJob(db: () => Db) {
  /** Runs the job for a moment, as the schedule would at that moment. */
  async function run(due: Date, { on = db(), push }: { on?: Db; push?: Pushing } = {}): Promise<void> {
    const clock = stillClock(due.toISOString())
    await reminders.run({
      ...{ due, db: on, calendar, log: silent, privately: ['dingtalk', 'wecom'] },
      quotas: { webhook: 0, api: 0 },
      push: push ?? pushing(clock),
    })
  }

  /** Every minute from one moment to another, seconds are not looked at. */
  async function minutes(from: Date, to: Date): Promise<void> {
    for (let now = from.getTime(); now <= to.getTime(); now += 60_000) await run(new Date(now))
  }

  const said = async () => (await outboxOf(db())).filter(({ state }) => state === 'queued')
  const texts = async () => (await said()).map(({ text }) => text)
  const timesOf = async () => (await said()).map(({ due }) => due)
  return { run, minutes, said, texts, timesOf }
}

export const iso = (...moments: Date[]) => moments.map((moment) => moment.toISOString())
