// Runs every job at its times, each time once: every replica ticks, the database decides who runs.
import cron from 'node-cron'
import type { Logger } from 'pino'
import type { Clock } from './clock.ts'
import type { Db } from './database/connection.ts'
import type { Job } from './job.ts'
import { outstanding } from './outstanding.ts'

const zone = 'Asia/Shanghai'

interface Tools {
  db: Db
  clock: Clock
  log: Logger
}

/** @returns a function that stops ticking and waits for what runs */
export function startSchedule(jobs: Job[], tools: Tools): () => Promise<void> {
  const running = outstanding()
  const tasks = jobs.map((job) =>
    cron.schedule(
      job.cron,
      ({ date }) => {
        const run = runOnce(job, date, tools).catch((error: unknown) => {
          tools.log.error({ job: job.name, due: date, err: error }, 'a job could not be noted')
        })
        running.add(run)
        return run
      },
      { name: job.name, timezone: zone, noOverlap: true },
    ),
  )
  return async () => {
    await Promise.all(tasks.map((task) => task.destroy()))
    await running.settled()
  }
}

/**
 * Runs a job for one moment, unless it has run for it already, here or in another replica. A failure is kept in the
 * history and logged; it does not stop the schedule.
 * @returns whether it ran
 */
export async function runOnce(job: Job, due: Date, { db, clock, log }: Tools): Promise<boolean> {
  const mine = await db
    .insertInto('job_run')
    .values({ job: job.name, slot: due, started_at: clock.now(), finished_at: null, failure: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('job')
    .executeTakeFirst()
  if (!mine) return false
  const failure = await job.run({ due, db }).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  if (failure !== null) log.error({ job: job.name, due, failure }, 'a job failed')
  await db
    .updateTable('job_run')
    .set({ finished_at: clock.now(), failure })
    .where('job', '=', job.name)
    .where('slot', '=', due)
    .execute()
  return true
}

/** The last moment every job ran for, for `/readyz`. */
export function lastRuns(
  db: Db,
): Promise<{ job: string; slot: Date; finished_at: Date | null; failure: string | null }[]> {
  return db
    .selectFrom('job_run')
    .distinctOn('job')
    .orderBy('job')
    .orderBy('slot', 'desc')
    .select(['job', 'slot', 'finished_at', 'failure'])
    .execute()
}
