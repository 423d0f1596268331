// A million reminders wait and a hundred are due: what firing them costs, against a bare claim of a hundred rows.
import { sql } from 'kysely'
import { pino } from 'pino'
import reminders from '../jobs/reminders.ts'
import { calendarOf } from '../src/campaign/calendar.ts'
import type { Db } from '../src/database/connection.ts'
import { queue } from '../src/push.ts'

const pending = 1_000_000
const portion = 100_000
const due = 100
const warmUp = 30
const rounds = 60
const log = pino({ level: 'silent' })
const calendar = calendarOf([])
const quotas = { webhook: 0, api: 0 }

/** @returns medians in milliseconds */
export async function benchReminders(db: Db): Promise<{ bare: number; firing: number }> {
  await fill(db)
  const results = { bare: [] as number[], firing: [] as number[] }
  for (let round = 0; round < warmUp + rounds; round++) {
    const now = new Date(Date.parse('2026-12-01T09:00:00+08:00') + round * 60_000)
    await makeDue(db, now)
    results.bare.push(await timed(() => bareClaim(db, now)))
    await makeDue(db, now)
    results.firing.push(await timed(() => fire(db, now)))
  }
  return { bare: median(results.bare.slice(warmUp)), firing: median(results.firing.slice(warmUp)) }
}

async function fill(db: Db): Promise<void> {
  const schedule = JSON.stringify({
    on: { repeat: { every: 'day' }, from: '2026-11-22' },
    time: '09:00',
    leads: [],
  })
  // In portions: no statement of ours may take longer than fifteen seconds.
  for (let from = 1; from <= pending; from += portion)
    await sql`
    insert into reminder (campaign_id, platform, chat_id, is_group, owner_id, owner_account, audience, text, schedule,
      next_at, next_moment, created_by)
    select chat.campaign_id, chat.platform, chat.chat_id, true, (select min(id) from person), 'nobody', 'group',
      'reminder ' || n, ${schedule}::jsonb, at, at, 'bench'
    from generate_series(${from}::int, ${from + portion - 1}::int) n
    join lateral (select * from chat order by id offset n % 4 limit 1) chat on true
    cross join lateral (select '2027-01-01'::timestamptz + n * interval '1 second' as at) moment`.execute(db)
  await sql`analyze reminder`.execute(db)
}

/** Some of those far in the future become due now. */
async function makeDue(db: Db, now: Date): Promise<void> {
  await sql`
    update reminder set next_at = ${now}, next_moment = ${now}
    where id in (select id from reminder where status = 'active' order by next_at desc limit ${due})`.execute(
    db,
  )
}

/** The least that any queue on this table has to do: what is claimed and what follows from it is one transaction. */
async function bareClaim(db: Db, now: Date): Promise<void> {
  const { rows } = await db.transaction().execute((tx) =>
    sql`
    update reminder set next_at = next_at + interval '400 days'
    where id in (select id from reminder where status = 'active' and next_at <= ${now}
      order by next_at limit 500 for update skip locked) returning *`.execute(tx),
  )
  if (rows.length !== due) throw new Error(`claimed ${rows.length} instead of ${due}`)
}

async function fire(db: Db, now: Date): Promise<void> {
  const before = await queued(db)
  const push = (tx: Db, pushes: Parameters<typeof queue>[1]) =>
    queue(tx, pushes, { now, calendar, privately: [] })
  const begun = performance.now()
  await reminders.run({ due: now, db, calendar, push: push as never, privately: [], quotas, log })
  took = performance.now() - begun
  const fired = (await queued(db)) - before
  if (fired !== due) throw new Error(`queued ${fired} instead of ${due}`)
}
let took = 0

async function queued(db: Db): Promise<number> {
  const { n } = await db
    .selectFrom('outbox')
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

async function timed(work: () => Promise<void>): Promise<number> {
  took = 0
  const begun = performance.now()
  await work()
  return took || performance.now() - begun
}

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
