// Fridays and the minutes after, for bulletins: the jobs by themselves on the example campaign, and what was queued.
import { inject, onTestFinished } from 'vitest'
import bulletins from '../../jobs/bulletins.ts'
import weeklyBulletin from '../../jobs/weekly-bulletin.ts'
import weeklyRanking from '../../jobs/weekly-ranking.ts'
import { calendarOf } from '../../src/campaign/calendar.ts'
import type { Db } from '../../src/database/connection.ts'
import { readRoster } from '../../src/database/roster.ts'
import type { Job } from '../../src/job.ts'
import type { Message } from '../../src/message.ts'
import { plainText } from '../../src/platforms/terminal/render.ts'
import { openTestPostgres } from '../support/databases.ts'
import { botOn, pushing, silent, stillClock } from '../support/example.ts'

let said = 0

export async function bulletinWorld(at = '2026-11-27T18:00:00+08:00') {
  const store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  onTestFinished(store.close)
  const { db } = store
  const clock = stillClock(at)
  const hear = botOn(store, { clock })
  const { id } = await db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  /** Runs the jobs that are due at a moment, and lets the clock stand there. */
  const runAt = async (moment: string, jobs: Job[] = [bulletins]) => {
    clock.set(moment)
    for (const job of jobs) await run(db, job, moment, clock)
  }
  return {
    ...{ db, store, clock, runAt, roster: await readRoster(db, id) },
    friday: (moment = '2026-11-27T18:00:00+08:00') =>
      runAt(moment, [weeklyRanking, weeklyBulletin, bulletins]),
    /** What somebody says in private. */
    async says(account: string, text: string): Promise<string> {
      const message: Message = {
        ...{ platform: 'dingtalk', robot: 'r', id: `bulletin-${++said}`, kind: 'text', text },
        ...{ chat: { id: account, kind: 'single' }, sender: { id: account, name: account } },
      }
      const reply = await hear(message)
      return reply ? plainText(reply) : ''
    },
  }
}

async function run(db: Db, job: Job, due: string, clock: ReturnType<typeof stillClock>): Promise<void> {
  await job.run({
    ...{ db, push: pushing(clock), due: new Date(due), log: silent, calendar: calendarOf() },
    ...{ privately: ['dingtalk', 'wecom'], quotas: { webhook: 0, api: 0 } },
  })
}
