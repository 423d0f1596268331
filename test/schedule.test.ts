import cron from 'node-cron'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, inject, it, onTestFinished, vi } from 'vitest'
import { jobs } from '../jobs/index.ts'
import tidy from '../jobs/tidy.ts'
import { calendarOf } from '../src/campaign/calendar.ts'
import { type Db, openInMemory, type Store } from '../src/database/connection.ts'
import { type Job, job } from '../src/job.ts'
import { lastRuns, runOnce, type ScheduleTools, startSchedule } from '../src/schedule.ts'
import { openTestPostgres } from './support/databases.ts'
import { pushing, silent, stillClock } from './support/example.ts'

let one: Awaited<ReturnType<typeof openTestPostgres>>
let other: Store
beforeAll(async () => {
  one = await openTestPostgres(inject('postgresUrl'))
  other = await one.twin()
})
afterAll(async () => {
  await other.close()
  await one.close()
})

const clock = stillClock()
const quotas = { webhook: 0, api: 0 }
const context = async () => ({ calendar: calendarOf([]), push: pushing(clock), privately: [], quotas })
const toolsOn = (db: Db, more: Partial<ScheduleTools> = {}): ScheduleTools => ({
  ...{ db, clock, log: silent, context, ...more },
})
const everyMinute = (name: string, run: Job['run']) => job({ name, cron: '* * * * *', catchUp: 'every', run })
const due = new Date('2026-11-23T03:00:00+08:00')

it('runs a job once for each moment, however many replicas tick', async () => {
  let runs = 0
  const counting = everyMinute('counting', async () => void runs++)
  const tools = [one, other].map(({ db }) => toolsOn(db))
  const ran = await Promise.all([...tools, ...tools].map((each) => runOnce(counting, due, each)))
  expect([runs, ran.filter(Boolean).length]).toEqual([1, 1])
  expect(await runOnce(counting, new Date(due.getTime() + 60_000), toolsOn(one.db))).toBe(true)
})

it('keeps a failure in the history and in the log, and goes on', async () => {
  const lines: string[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => lines.push(line) })
  const failing = everyMinute('failing', () => Promise.reject(new Error('no paper')))
  expect(await runOnce(failing, due, toolsOn(one.db, { log }))).toBe(true)
  expect((await lastRuns(one.db, [failing]))[0]).toMatchObject({ failure: 'no paper' })
  expect(lines.join()).toContain('no paper')
})

const leaseOver = (name: string) =>
  one.db
    .updateTable('job_run')
    .set({ lease_until: new Date(0) })
    .where('job', '=', name)
    .execute()

const runsOf = (name: string) =>
  one.db.selectFrom('job_run').where('job', '=', name).orderBy('slot').selectAll().execute()

it('takes a slot up again when whoever had it died, and a failed one ever more slowly, twenty times at most', async () => {
  let runs = 0
  const failing = everyMinute('dying', () => {
    runs++
    return Promise.reject(new Error('no paper'))
  })
  const pauses: number[] = []
  for (let again = 0; again < 22; again++) {
    const before = Date.now()
    await runOnce(failing, due, toolsOn(one.db))
    expect(await runOnce(failing, due, toolsOn(other.db))).toBe(false)
    const [row] = await runsOf('dying')
    if (row && !row.finished_at) pauses.push(Math.floor((row.lease_until.getTime() - before + 500) / 60_000))
    await leaseOver('dying')
  }
  expect([runs, pauses.length]).toEqual([20, 19])
  expect(pauses.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
  expect((await runsOf('dying'))[0]?.finished_at).not.toBeNull()
})

it('takes up what another process left when it starts', async () => {
  let runs = 0
  const left = everyMinute('left', async () => void runs++)
  const slot = { job: 'left', slot: due, started_at: due, finished_at: null, failure: null }
  await one.db.insertInto('job_run').values(slot).execute()
  const { advance, stop } = await startSchedule(
    [left],
    toolsOn(one.db, { clock: stillClock('2026-11-23T03:00:30+08:00') }),
  )
  await advance()
  await stop()
  expect(runs).toBe(1)
})

it('does not reopen with a late failure what another has finished meanwhile', async () => {
  let fail: (error: Error) => void = () => {}
  const slow = everyMinute(
    'slow',
    () =>
      new Promise((_, reject) => {
        fail = reject
      }),
  )
  const late = runOnce(slow, due, toolsOn(one.db))
  await vi.waitFor(async () => expect(await runsOf('slow')).toHaveLength(1))
  await leaseOver('slow')
  expect(
    await runOnce(
      everyMinute('slow', async () => {}),
      due,
      toolsOn(other.db),
    ),
  ).toBe(true)
  fail(new Error('too late'))
  expect(await late).toBe(true)
  const [row] = await runsOf('slow')
  expect([row?.failure, row?.tries, row?.finished_at === null]).toEqual([null, 2, false])
})

it('keeps a slot while the job runs, however long', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  let end = () => {}
  const long = everyMinute(
    'long',
    () =>
      new Promise<void>((resolve) => {
        end = resolve
      }),
  )
  const running = runOnce(long, due, toolsOn(one.db))
  await vi.waitFor(async () => expect(await runsOf('long')).toHaveLength(1))
  await leaseOver('long')
  vi.advanceTimersByTime(20_000)
  await vi.waitFor(async () =>
    expect((await runsOf('long'))[0]?.lease_until.getTime()).toBeGreaterThan(Date.now() + 50_000),
  )
  end()
  await running
  expect(vi.getTimerCount()).toBe(0)
})

it('closes what was left of a job that deals with everything at its latest moment, when there is a newer one', async () => {
  const ran: string[] = []
  const run: Job['run'] = async ({ due: slot }) => void ran.push(slot.toISOString().slice(11, 16))
  const latest = job({ name: 'latest', cron: '* * * * *', catchUp: 'latest', run })
  const open = (minute: number) => ({
    ...{ job: 'latest', slot: new Date(due.getTime() + minute * 60_000), started_at: due },
    ...{ finished_at: null, failure: null },
  })
  await one.db
    .insertInto('job_run')
    .values([open(0), open(1)])
    .execute()
  const moving = stillClock('2026-11-23T03:01:30+08:00')
  const { advance, stop } = await startSchedule([latest], toolsOn(one.db, { clock: moving }))
  // A newer one is in the history: the older is closed, the newest is run.
  await advance()
  expect(ran).toEqual(['19:01'])
  await one.db
    .updateTable('job_run')
    .set({ finished_at: null, lease_until: new Date(0) })
    .where('job', '=', 'latest')
    .where('slot', '=', open(1).slot)
    .execute()
  // A newer one is due now.
  await advance(() => moving.set('2026-11-23T03:02:30+08:00'))
  await stop()
  expect(ran).toEqual(['19:01', '19:02'])
  expect((await runsOf('latest')).map(({ failure }) => failure)).toEqual(['superseded', 'superseded', null])
})

it('runs what a moved clock makes due in the turn that moves it, and leaves the rest of it when it stops', async () => {
  const ran: string[] = []
  let stopping: Promise<void> | undefined
  const daily = job({
    ...{ name: 'leaving', cron: '0 8 * * *', catchUp: 'every' },
    run: async ({ due: slot }) => {
      ran.push(slot.toISOString().slice(5, 10))
      if (slot.toISOString().startsWith('2026-11-26')) stopping = first.stop()
    },
  })
  const moving = stillClock('2026-11-24T07:59:00+08:00')
  const first = await startSchedule([daily], toolsOn(one.db, { clock: moving }))
  await first.advance()
  const answer = first.advance(() => moving.set('2026-11-24T08:00:00+08:00'))
  const after = first.advance()
  expect([(await answer).length, await after]).toEqual([1, []])
  const some = await first.advance(() => moving.set('2026-11-28T09:00:00+08:00'))
  await stopping
  expect([some.length, ran]).toEqual([2, ['11-24', '11-25', '11-26']])
  const second = await startSchedule([daily], toolsOn(one.db, { clock: moving }))
  expect(await second.advance()).toHaveLength(2)
  await second.stop()
  expect(ran).toEqual(['11-24', '11-25', '11-26', '11-27', '11-28'])
})

it('finds the last moment of every job by the index, in the embedded database too', async () => {
  const store = await openInMemory()
  onTestFinished(() => store.close())
  for (const { db } of [store, one]) {
    const row = (slot: Date) => ({ job: 'a', slot, started_at: due, finished_at: slot, failure: null })
    await db
      .insertInto('job_run')
      .values([row(due), row(new Date(due.getTime() + 60_000))])
      .execute()
    expect(await lastRuns(db, [{ name: 'a' }, { name: 'never' }])).toEqual([
      {
        ...{
          job: 'a',
          slot: new Date(due.getTime() + 60_000),
          finished_at: new Date(due.getTime() + 60_000),
        },
        failure: null,
      },
    ])
  }
})

it('ticks by itself, with the moment it is due, and waits for what runs when it stops', async () => {
  let finished = false
  const running = stillClock('2026-11-24T09:59:59+08:00')
  let arrived: (slot: Date) => void = () => {}
  const ticked = new Promise<Date>((resolve) => {
    arrived = resolve
  })
  const tick = everyMinute('tick', async ({ due: slot }) => {
    arrived(slot)
    await new Promise((next) => setImmediate(next))
    finished = true
  })
  const { stop } = await startSchedule([tick], toolsOn(one.db, { clock: running }))
  running.set('2026-11-24T10:00:02+08:00')
  const slot = await ticked
  await stop()
  expect([slot, finished]).toEqual([new Date('2026-11-24T10:00:00+08:00'), true])
})

it('after downtime runs every missed moment in order, of some jobs the latest only, and nothing again', async () => {
  const order: string[] = []
  const noting = (name: string, cronTime: string, catchUp: Job['catchUp']) =>
    job({
      ...{ name, cron: cronTime, catchUp },
      run: async ({ due: slot }) => void order.push(`${name} ${slot.toISOString().slice(5, 16)}`),
    })
  const jobs = [
    noting('alerts', '0 9,15 * * *', 'every'),
    noting('minutes', '* * * * *', 'latest'),
    noting('weekly', '0 18 * * 5', 'every'),
  ]
  const wanderer = stillClock('2026-11-25T08:59:30+08:00')
  const first = await startSchedule(jobs, toolsOn(one.db, { clock: wanderer }))
  wanderer.set('2026-11-25T09:00:01+08:00')
  await first.advance()
  await first.stop()
  wanderer.set('2026-11-27T18:00:00+08:00')
  const second = await startSchedule(jobs, toolsOn(one.db, { clock: wanderer }))
  const ran = await second.advance()
  await second.stop()
  expect(order).toEqual([
    ...['alerts 11-25T01:00', 'minutes 11-25T01:00', 'alerts 11-25T07:00', 'alerts 11-26T01:00'],
    ...['alerts 11-26T07:00', 'alerts 11-27T01:00', 'alerts 11-27T07:00', 'minutes 11-27T10:00'],
    'weekly 11-27T10:00',
  ])
  expect(ran.map((run) => run.job)).toContain('weekly')
})

it('names every job once, with a cron expression that is one', () => {
  expect(new Set(jobs.map(({ name }) => name)).size).toBe(jobs.length)
  for (const { cron: expression } of jobs) expect(cron.validate(expression)).toBe(true)
})

it('forgets message ids after a month and keeps younger ones', async () => {
  const heard = (message_id: string, at: string) => ({
    platform: 'wecom',
    robot: 'r',
    message_id,
    heard_at: new Date(at),
  })
  await one.db
    .insertInto('heard')
    .values([heard('old', '2026-10-20T00:00:00Z'), heard('young', '2026-10-22T20:00:00Z')])
    .execute()
  await tidy.run({ due, db: one.db, log: silent, ...(await context()) })
  expect(await one.db.selectFrom('heard').select('message_id').execute()).toEqual([{ message_id: 'young' }])
})
