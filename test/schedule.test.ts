import cron from 'node-cron'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { jobs } from '../jobs/index.ts'
import tidy from '../jobs/tidy.ts'
import { calendarOf } from '../src/campaign/calendar.ts'
import type { Db, Store } from '../src/database/connection.ts'
import { type Job, job } from '../src/job.ts'
import { lastRuns, runOnce, type ScheduleTools, startSchedule } from '../src/schedule.ts'
import { slotsBetween } from '../src/slots.ts'
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
  expect((await lastRuns(one.db)).find((run) => run.job === 'failing')).toMatchObject({ failure: 'no paper' })
  expect(lines.join()).toContain('no paper')
})

const leaseOver = (name: string) =>
  one.db
    .updateTable('job_run')
    .set({ lease_until: new Date(0) })
    .where('job', '=', name)
    .execute()

it('takes a slot up again when whoever had it died, and a failed one five times at most', async () => {
  let runs = 0
  const failing = everyMinute('dying', () => {
    runs++
    return Promise.reject(new Error('no paper'))
  })
  expect(await runOnce(failing, due, toolsOn(one.db))).toBe(true)
  expect(await runOnce(failing, due, toolsOn(other.db))).toBe(false)
  for (let again = 0; again < 6; again++) {
    await leaseOver('dying')
    const { stop } = await startSchedule(
      [failing],
      toolsOn(one.db, { clock: stillClock('2026-11-23T03:00:30+08:00') }),
    )
    await stop()
  }
  for (let again = 0; again < 6; again++) {
    await leaseOver('dying')
    await runOnce(failing, due, toolsOn(one.db))
  }
  expect(runs).toBe(5)
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

it('finds the slots of a leap day, a year end and a long gap, but not older than fifteen days', () => {
  const daily = job({ name: 'daily', cron: '30 23 * * *', catchUp: 'every', run: async () => {} })
  const slots = (from: string, to: string) =>
    slotsBetween([daily], () => new Date(`${from}+08:00`), new Date(`${to}+08:00`)).map(({ due: slot }) =>
      slot.toISOString(),
    )
  expect(slots('2028-02-29T00:00', '2028-03-01T00:00')).toEqual(['2028-02-29T15:30:00.000Z'])
  expect(slots('2026-12-31T23:00', '2027-01-01T00:00')).toEqual(['2026-12-31T15:30:00.000Z'])
  expect(slots('2026-01-01T00:00', '2026-12-01T00:00')).toHaveLength(15)
  expect(slots('2026-12-01T00:00', '2026-12-01T23:29')).toEqual([])
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
