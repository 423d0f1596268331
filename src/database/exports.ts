// Reads what an export tells besides the chart: every report of some units, and what was sent to them.
import { sql } from 'kysely'
import type { Executor } from './connection.ts'
import type { Delivery } from './deliveries.ts'
import { saidAt } from './provenance.ts'
import type { Operation } from './schema.ts'

export interface Reported {
  id: number
  unit: number
  indicator: number
  op: Operation
  value: string | null
  num: string | null
  den: string | null
  step: string | null
  as_of: string
  reported_at: Date
  reporter: string | null
  on_behalf: boolean
  platform: string
  raw_text: string
  status: 'pending' | 'accepted'
  /** The report that it corrects, withdraws, sets to nothing or answers. */
  supersedes: number | null
  /** What has come in its place. */
  replaced: Operation | null
}

/** Both days included; of what was loaded from a file the day of the number counts. */
export interface Days {
  start?: string
  end: string
}

/** So many at a time: an embedded database is read in the bot's own thread. */
const atOnce = 1_500

/** Newest first; with what was withdrawn, corrected and never confirmed. */
export async function reportsOf(
  db: Executor,
  units: number[],
  days: Days,
  limit: number,
): Promise<Reported[]> {
  const found: Reported[] = []
  for (;;) {
    const before = found.at(-1)?.id
    const page = await pageOf(db, units, days, { before, limit: Math.min(atOnce, limit - found.length) })
    found.push(...page)
    if (page.length < atOnce || found.length >= limit) return found
  }
}

async function pageOf(
  db: Executor,
  units: number[],
  { start = '0001-01-01', end }: Days,
  { before = Number.MAX_SAFE_INTEGER, limit }: { before: number | undefined; limit: number },
): Promise<Reported[]> {
  const ours = sql`unit_id = any(${units}::bigint[])`
  const { rows } = await sql<Reported>`
    with undone as (select supersedes as id from report where ${ours} and op = 'void' and supersedes is not null),
    later as (select distinct on (supersedes) supersedes as id, op from report
      where ${ours} and supersedes is not null and id not in (select id from undone) order by supersedes, id desc)
    select report.id, report.unit_id as unit, report.indicator_id as indicator, report.op, value, num, den, step, as_of,
      ${saidAt} as reported_at, person.name as reporter, on_behalf, platform, raw_text, report.status, supersedes,
      later.op as replaced
    from report left join person on person.id = report.reporter_id left join later on later.id = report.id
    where report.unit_id = any(${units}::bigint[]) and report.id < ${before}::bigint and case when platform = 'import' then as_of
      else (reported_at at time zone 'Asia/Shanghai')::date end between ${start}::date and ${end}::date
    order by report.id desc limit ${limit}`.execute(db)
  return rows
}

export type Sayer = Pick<Reported, 'reporter' | 'reported_at' | 'platform'>

/** Who said the numbers that count in cells, and when. */
export async function sayersOfReports(db: Executor, ids: number[]): Promise<Map<number, Sayer>> {
  const { rows } = await sql<
    Sayer & { id: number }
  >`select report.id, person.name as reporter, ${saidAt} as reported_at, platform from report
    left join person on person.id = report.reporter_id where report.id = any(${ids}::bigint[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** What the log of an export has of a delivery. */
export interface Sending
  extends Pick<
    Delivery,
    | 'number'
    | 'kind'
    | 'to'
    | 'state'
    | 'code'
    | 'reason'
    | 'tries'
    | 'due_at'
    | 'settled_at'
    | 'key'
    | 'said'
  > {
  /** How many there are, with those that are not read. */
  total: number
}

/** What was queued on these days for chats and people of these units, newest first; files behind links are none of it. */
export async function sendingsOf(
  db: Executor,
  campaign: number,
  { units, everybody }: { units: number[]; everybody: boolean },
  { start = '0001-01-01', end }: Days,
  limit: number,
): Promise<Sending[]> {
  const isOurs = everybody
    ? sql`true`
    : sql`(chat.unit_id = any(${units}::bigint[]) or exists (select from assignment
        where person_id = outbox.person_id and unit_id = any(${units}::bigint[]) and valid_to is null))`
  const { rows } = await sql<Sending>`
    select coalesce(outbox.batch, outbox.id) as number, outbox.kind, outbox.key, outbox.state, outbox.code,
      outbox.reason, outbox.tries, outbox.due_at, outbox.settled_at,
      coalesce(nullif(chat.title, ''), chat.chat_id, person.name) as to, outbox.said, (count(*) over ())::int as total
    from outbox left join chat on chat.id = outbox.chat_id left join person on person.id = outbox.person_id
    where outbox.campaign_id = ${campaign} and outbox.state <> 'kept' and ${isOurs}
      and (outbox.queued_at at time zone 'Asia/Shanghai')::date between ${start}::date and ${end}::date
    order by outbox.id desc limit ${limit}`.execute(db)
  return rows
}
