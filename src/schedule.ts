// Runs every job at its times, each time once: every replica ticks, the database decides who runs.
import { sql } from 'kysely'
import cron from 'node-cron'
import type { Logger } from 'pino'
import type { Clock } from './clock.ts'
import type { Db } from './database/connection.ts'
import type { Job, JobContext } from './job.ts'
import { type Slot, slotsBetween } from './slots.ts'

/** Whoever has a slot is believed to be at it for this long; then another may take it up again. */
const lease = sql`clock_timestamp() + interval '60 seconds'`
const mostTries = 5

export interface ScheduleTools {
  db: Db
  clock: Clock
  log: Logger
  /** What jobs are given besides the moment. */
  context(): Promise<Omit<JobContext, 'due' | 'db' | 'log'>>
  /** Called when jobs have run: messages may be waiting. */
  onRun?: () => void
}

export interface Schedule {
  /** Runs what has come due since the last time, in order. @returns what ran here */
  advance(): Promise<{ job: string; slot: Date }[]>
  /** Stops ticking and waits for what runs. */
  stop(): Promise<void>
}

/**
 * Ticks every second and, after downtime, begins with the moments that were missed: what has run is in `job_run`.
 * The moments are those of the bot's clock, which in the demo is not the real one.
 */
export async function startSchedule(jobs: Job[], tools: ScheduleTools): Promise<Schedule> {
  const { db, clock, log } = tools
  const known = await knownSince(jobs, tools)
  const history = new Map((await lastRuns(db)).map(({ job, slot }) => [job, slot]))
  /** Everything up to here has been run; before the first time, what the history says of each job. */
  let upTo: Date | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let stopped = false

  const runDue = async () => {
    const now = clock.now()
    if (upTo && minuteOf(upTo) === minuteOf(now)) return []
    const due = slotsBetween(jobs, (job) => upTo ?? history.get(job) ?? known(job), now)
    const ran: { job: string; slot: Date }[] = []
    for (const { job, due: slot } of [...(await abandoned(jobs, tools)), ...due])
      if (await runOnce(job, slot, tools)) ran.push({ job: job.name, slot })
    upTo = now
    if (ran.length > 0) tools.onRun?.()
    return ran
  }
  const advance = () => {
    const mine = turn.then(runDue)
    turn = mine.catch(() => undefined)
    return mine
  }
  const tick = () =>
    stopped
      ? Promise.resolve()
      : advance().then(
          () => undefined,
          // What could not be noted is found again by the next tick.
          (error: Error) => log.error({ reason: error.message }, 'the schedule could not go on'),
        )
  // A tick that takes long is not overtaken by the next.
  const task = cron.schedule('* * * * * *', tick, {
    name: 'tick',
    noOverlap: true,
    suppressMissedWarning: true,
  })
  return {
    advance,
    async stop() {
      stopped = true
      await task.destroy()
      await turn
    },
  }
}

/**
 * Runs a job for one moment, unless it has run for it already, or runs now, here or in another replica. A failure is
 * kept in the history and tried again, five times at most; it does not stop the schedule.
 * @returns whether it ran
 */
export async function runOnce(job: Job, due: Date, tools: ScheduleTools): Promise<boolean> {
  const { db, clock, log } = tools
  const mine = await db
    .insertInto('job_run')
    .values({ job: job.name, slot: due, started_at: clock.now(), lease_until: sql<Date>`${lease}` })
    .onConflict((conflict) =>
      conflict
        .columns(['job', 'slot'])
        .doUpdateSet({ lease_until: sql`excluded.lease_until`, tries: sql`job_run.tries + 1` })
        .where('job_run.finished_at', 'is', null)
        .where('job_run.lease_until', '<', sql<Date>`clock_timestamp()`),
    )
    .returning('tries')
    .executeTakeFirst()
  if (!mine) return false
  const failure = await tools
    .context()
    .then((context) => job.run({ ...context, due, db, log }))
    .then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
  if (failure !== null) log.error({ job: job.name, due, failure, tries: mine.tries }, 'a job failed')
  const isOver = failure === null || mine.tries >= mostTries
  await db
    .updateTable('job_run')
    .set({ finished_at: isOver ? clock.now() : null, failure, lease_until: sql<Date>`${lease}` })
    .where('job', '=', job.name)
    .where('slot', '=', due)
    .execute()
  return true
}

const minuteOf = (moment: Date) => Math.floor(moment.getTime() / 60_000)

/** When each job was first there: one that has never run may have missed its first moment. */
async function knownSince(jobs: Job[], { db, clock }: ScheduleTools): Promise<(job: string) => Date> {
  const now = clock.now()
  const value = JSON.stringify(now.toISOString())
  const names = jobs.map(({ name }) => `job ${name}`)
  if (names.length === 0) return () => now
  await db
    .insertInto('setting')
    .values(names.map((name) => ({ name, value: sql<string>`${value}::jsonb` })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const rows = await db.selectFrom('setting').where('name', 'in', names).selectAll().execute()
  const since = new Map(rows.map((row) => [row.name, new Date(String(row.value))]))
  return (job) => since.get(`job ${job}`) ?? now
}

/** Slots that somebody began and did not end: the process died, or the job failed. */
async function abandoned(jobs: Job[], { db }: ScheduleTools): Promise<Slot[]> {
  const rows = await db
    .selectFrom('job_run')
    .where('finished_at', 'is', null)
    .where('lease_until', '<', sql<Date>`clock_timestamp()`)
    .orderBy('slot')
    .select(['job', 'slot'])
    .execute()
  return rows.flatMap(({ job: name, slot }) => {
    const job = jobs.find((one) => one.name === name)
    return job ? [{ job, due: slot }] : []
  })
}

export interface Run {
  job: string
  slot: Date
  finished_at: Date | null
  failure: string | null
}

/** The last moment every job ran for, for `/readyz`. */
export function lastRuns(db: Db): Promise<Run[]> {
  return db
    .selectFrom('job_run')
    .distinctOn('job')
    .orderBy('job')
    .orderBy('slot', 'desc')
    .select(['job', 'slot', 'finished_at', 'failure'])
    .execute()
}
