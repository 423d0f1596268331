import cron from 'node-cron'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { jobs } from '../jobs/index.ts'
import tidy from '../jobs/tidy.ts'
import type { Store } from '../src/database/connection.ts'
import { job } from '../src/job.ts'
import { lastRuns, runOnce, startSchedule } from '../src/schedule.ts'
import { openTestPostgres } from './support/databases.ts'
import { silent, stillClock } from './support/example.ts'

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
const due = new Date('2026-11-23T03:00:00+08:00')

it('runs a job once for each moment, however many replicas tick', async () => {
  let runs = 0
  const counting = job({ name: 'counting', cron: '* * * * *', run: async () => void runs++ })
  const tools = [one, other].map(({ db }) => ({ db, clock, log: silent }))
  const ran = await Promise.all([...tools, ...tools].map((each) => runOnce(counting, due, each)))
  expect([runs, ran.filter(Boolean).length]).toEqual([1, 1])
  expect(await runOnce(counting, new Date(due.getTime() + 60_000), { db: one.db, clock, log: silent })).toBe(
    true,
  )
})

it('keeps a failure in the history and in the log, and goes on', async () => {
  const lines: string[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => lines.push(line) })
  const failing = job({
    name: 'failing',
    cron: '* * * * *',
    run: () => Promise.reject(new Error('no paper')),
  })
  expect(await runOnce(failing, due, { db: one.db, clock, log })).toBe(true)
  expect((await lastRuns(one.db)).find((run) => run.job === 'failing')).toMatchObject({ failure: 'no paper' })
  expect(lines.join()).toContain('no paper')
})

it('ticks by itself, with the moment it is due, and waits for what runs when it stops', async () => {
  let finished = false
  let stop = async () => {}
  const ticked = await new Promise<Date>((resolve) => {
    const run = async ({ due: slot }: { due: Date }) => {
      resolve(slot)
      await new Promise((next) => setImmediate(next))
      finished = true
    }
    stop = startSchedule([job({ name: 'tick', cron: '* * * * * *', run })], {
      db: one.db,
      clock,
      log: silent,
    })
  })
  await stop()
  expect([ticked.getMilliseconds(), finished]).toEqual([0, true])
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
    .values([heard('old', '2026-10-20T00:00:00Z'), heard('young', '2026-11-20T00:00:00Z')])
    .execute()
  await tidy.run({ due, db: one.db })
  expect(await one.db.selectFrom('heard').select('message_id').execute()).toEqual([{ message_id: 'young' }])
})
