// Runs every job at its times, each time once: every replica ticks, the database decides who runs.
import { sql } from 'kysely'
import cron from 'node-cron'
import type { Logger } from 'pino'
import type { Clock } from './clock.ts'
import type { Db } from './database/connection.ts'
import type { Job, JobContext } from './job.ts'
import { type Slot, slotsBetween } from './slots.ts'

/** Whoever has a slot is believed to be at it for this long; then another may take it up again. */
const lease = sql<Date>`clock_timestamp() + interval '60 seconds'`
const renewEveryMs = 20_000
/** A failed slot is tried again after a minute, two, four … an hour: for about 14 hours. */
const mostTries = 20
const pauseAfter = (tries: number) =>
  sql<Date>`clock_timestamp() + interval '1 minute' * ${Math.min(2 ** (tries - 1), 60)}::int`
const leaseIsOver = sql<boolean>`job_run.lease_until < clock_timestamp()`

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
  /**
   * Runs what has come due since the last time, in order.
   * @param before moves the clock; no tick comes in between, so what comes due by that runs here
   * @returns what ran here
   */
  advance(before?: () => unknown): Promise<{ job: string; slot: Date }[]>
  /** Stops ticking and waits for the job that runs; the moments after it are left to the next process. */
  stop(): Promise<void>
}

/**
 * Ticks every second and, after downtime, begins with the moments that were missed: what has run is in `job_run`.
 * The moments are those of the bot's clock, which in the demo is not the real one.
 */
export async function startSchedule(jobs: Job[], tools: ScheduleTools): Promise<Schedule> {
  const { db, clock, log } = tools
  const known = await knownSince(jobs, tools)
  const history = new Map((await lastRuns(db, jobs)).map(({ job, slot }) => [job, slot]))
  /** Everything up to here has been run; before the first time, what the history says of each job. */
  let upTo: Date | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let stopped = false

  const runDue = async () => {
    const now = clock.now()
    if (upTo && minuteOf(upTo) === minuteOf(now)) return []
    const due = slotsBetween(jobs, (job) => upTo ?? history.get(job) ?? known(job), now)
    const ran: { job: string; slot: Date }[] = []
    for (const { job, due: slot } of [...(await abandoned(jobs, due, tools)), ...due]) {
      if (stopped) break
      if (await runOnce(job, slot, tools)) ran.push({ job: job.name, slot })
    }
    if (!stopped) upTo = now
    if (ran.length > 0) tools.onRun?.()
    return ran
  }
  const advance = (before?: () => unknown) => {
    const mine = turn.then(() => before?.()).then(runDue)
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
 * kept in the history and tried again, ever more slowly; it does not stop the schedule.
 * @returns whether it ran
 */
export async function runOnce(job: Job, due: Date, tools: ScheduleTools): Promise<boolean> {
  const { db, clock, log } = tools
  const mine = await db
    .insertInto('job_run')
    .values({ job: job.name, slot: due, started_at: clock.now(), lease_until: lease })
    .onConflict((conflict) =>
      conflict
        .columns(['job', 'slot'])
        .doUpdateSet({ lease_until: sql`excluded.lease_until`, tries: sql`job_run.tries + 1` })
        .where('job_run.finished_at', 'is', null)
        .where(leaseIsOver),
    )
    .returning('tries')
    .executeTakeFirst()
  if (!mine) return false
  /** The slot, as long as nobody else took it up or ended it. */
  const own = db
    .updateTable('job_run')
    .where('job', '=', job.name)
    .where('slot', '=', due)
    .where('tries', '=', mine.tries)
    .where('finished_at', 'is', null)
  const stopRenewing = repeat(() => own.set({ lease_until: lease }).execute(), log)
  const failure = await tools
    .context()
    .then((context) => job.run({ ...context, due, db, log }))
    .then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
  await stopRenewing()
  if (failure !== null) log.error({ job: job.name, due, failure, tries: mine.tries }, 'a job failed')
  const isOver = failure === null || mine.tries >= mostTries
  await own
    .set({ finished_at: isOver ? clock.now() : null, failure, lease_until: pauseAfter(mine.tries) })
    .execute()
  return true
}

/** Renews a lease while a job runs, in real time. @returns ends it, after which nothing is renewed any more */
function repeat(renew: () => Promise<unknown>, log: Logger): () => Promise<void> {
  let renewing: Promise<unknown> | undefined
  const timer = setInterval(() => {
    // An embedded database has one connection, which the job may have: one renewal waits, not many.
    renewing ??= renew()
      .catch((error: Error) => log.warn({ reason: error.message }, 'a lease could not be renewed'))
      .finally(() => {
        renewing = undefined
      })
  }, renewEveryMs).unref()
  return async () => {
    clearInterval(timer)
    await renewing
  }
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

/**
 * Slots that somebody began and did not end: the process died, or the job failed. Of a job that deals with everything
 * at its latest moment, one with a newer slot is closed instead.
 * @param coming what is due now
 */
async function abandoned(jobs: Job[], coming: Slot[], { db, clock }: ScheduleTools): Promise<Slot[]> {
  const rows = await db
    .selectFrom('job_run')
    .where('finished_at', 'is', null)
    .where(leaseIsOver)
    .orderBy('slot')
    .select(['job', 'slot'])
    .select(
      sql<boolean>`exists (select from job_run newer where newer.job = job_run.job and newer.slot > job_run.slot)`.as(
        'old',
      ),
    )
    .execute()
  const again: Slot[] = []
  for (const { job: name, slot, old } of rows) {
    const job = jobs.find((one) => one.name === name)
    if (!job) continue
    const isOld = old || coming.some((one) => one.job === job && one.due > slot)
    if (job.catchUp === 'every' || !isOld) again.push({ job, due: slot })
    else
      await db
        .updateTable('job_run')
        .set({ finished_at: clock.now(), failure: 'superseded' })
        .where('job', '=', name)
        .where('slot', '=', slot)
        .where('finished_at', 'is', null)
        .where(leaseIsOver)
        .execute()
  }
  return again
}

export interface Run {
  job: string
  slot: Date
  finished_at: Date | null
  failure: string | null
}

/** The last moment each of these jobs ran for: one look into the index for each, however long the history is. */
export async function lastRuns(db: Db, jobs: Pick<Job, 'name'>[]): Promise<Run[]> {
  const names = JSON.stringify(jobs.map(({ name }) => name))
  const { rows } = await sql<Run>`
    select name as job, slot, finished_at, failure
    from jsonb_array_elements_text(${names}::jsonb) as name
    cross join lateral (
      select slot, finished_at, failure from job_run where job = name order by slot desc limit 1) as last`.execute(
    db,
  )
  return rows
}
