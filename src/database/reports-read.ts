// Finds reports again: the ones of a person, of a message, of a cell.
import { sql } from 'kysely'
import type { CellEvent } from '../campaign/cell.ts'
import type { Executor } from './connection.ts'

export interface ReportRow {
  id: number
  unit_id: number
  indicator_id: number
  op: CellEvent['op']
  value: string | null
  num: string | null
  den: string | null
  step: string | null
  as_of: string
  on_behalf: boolean
  platform: string
  robot: string
  message_id: string
  raw_text: string
  reporter_id: number | null
  reported_at: Date
  /** Not null while its cell asks about it: a later number for the same cell ends the question. */
  waits: number | null
}

/** What one message was asked about and nobody has answered. */
export interface Pending {
  waiting: ReportRow[]
  /** A later number for the same cell counts, or waits, in its place. */
  overtaken: ReportRow[]
}

/**
 * The unanswered numbers of one message of a person, own or taken over with a duty (`domain.md` N19): of the newest that
 * has one that waits; with `id`, of the message of that report, whether this very number still waits or not.
 */
export async function pendingOf(
  db: Executor,
  reporter: number,
  since: Date,
  id?: number,
): Promise<Pending | undefined> {
  const mine = standingReports(db)
    .where('status', '=', 'pending')
    .where(isAnsweredBy(reporter))
    .where('report.reported_at', '>=', since)
  const last = await (id === undefined
    ? mine.where('cell.pending_id', 'is not', null).orderBy('report.id', 'desc')
    : mine.where('report.id', '=', id)
  ).executeTakeFirst()
  if (!last) return undefined
  const all = await sameMessage(db, last)
  return {
    waiting: all.filter(({ waits }) => waits !== null),
    overtaken: all.filter(({ waits }) => waits === null),
  }
}

/** These reports, and what the person was asked about before of the same cells: one answer refuses all of it. */
export async function unansweredOf(
  db: Executor,
  reporter: number,
  since: Date,
  refused: ReportRow[],
): Promise<ReportRow[]> {
  if (refused.length === 0) return []
  const found = await standingReports(db)
    .where('status', '=', 'pending')
    .where(isAnsweredBy(reporter))
    .where('report.reported_at', '>=', since)
    .where((e) =>
      e.or(
        refused.map(({ id, unit_id, indicator_id }) =>
          e.and([
            e('report.unit_id', '=', unit_id),
            e('report.indicator_id', '=', indicator_id),
            e('report.id', '<=', id),
          ]),
        ),
      ),
    )
    .orderBy('report.id')
    .execute()
  return found
}

/** Who said these reports, by their names. */
export async function sayersOf(db: Executor, ids: number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('report')
    .innerJoin('person', 'person.id', 'report.reporter_id')
    .where('report.id', 'in', ids)
    .select(['report.id', 'person.name'])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Said by the person, or taken over with the duty of whoever said it. */
const isAnsweredBy = (reporter: number) => sql<boolean>`(report.reporter_id = ${reporter} or exists (
  select from handover where from_id = report.reporter_id and to_id = ${reporter} and state = 'done'
    and done_at >= report.reported_at and ${isOfDuty}))`

/** The cell's unit is the duty's, or in its street. */
const isOfDuty = sql<boolean>`(handover.role = 'district_admin' or handover.unit_id in (report.unit_id,
  (select parent_id from unit_version where unit_id = report.unit_id and valid_to is null)))`

/**
 * What a person has reported that still stands, newest first, with everything that its message wrote; of the named
 * units and indicators only, where any are named. What was loaded from a workbook is not meant.
 */
export async function recentOf(
  db: Executor,
  reporter: number,
  since: Date,
  { units, indicators, asOf }: { units: number[]; indicators: number[]; asOf?: string } = {
    units: [],
    indicators: [],
  },
): Promise<ReportRow[][]> {
  const isMeant = ({ unit_id, indicator_id, as_of }: ReportRow) =>
    (asOf === undefined || as_of === asOf) &&
    (units.length === 0 || units.includes(unit_id)) &&
    (indicators.length === 0 || indicators.includes(indicator_id))
  const rows = await standingReports(db)
    .where('status', '=', 'accepted')
    .where('op', '!=', 'void')
    .where('platform', '!=', 'import')
    .where('reporter_id', '=', reporter)
    .where('report.reported_at', '>=', since)
    .orderBy('report.id', 'desc')
    .execute()
  const messages = new Map<string, ReportRow[]>()
  for (const row of rows.filter(isMeant)) {
    const key = `${row.platform}/${row.robot}/${row.message_id}`
    messages.set(key, [row, ...(messages.get(key) ?? [])])
  }
  return [...messages.values()]
}

/** The newest of them. */
export const lastOf = async (...asked: Parameters<typeof recentOf>): Promise<ReportRow[]> =>
  (await recentOf(...asked))[0] ?? []

/** The number that counts in a cell, if somebody said it in a chat since then. */
export async function lastOfCell(
  db: Executor,
  { unit, indicator }: { unit: number; indicator: number },
  since: Date,
): Promise<ReportRow[]> {
  return standingReports(db)
    .innerJoin('cell as now', 'now.report_id', 'report.id')
    .where('now.unit_id', '=', unit)
    .where('now.indicator_id', '=', indicator)
    .where('platform', '!=', 'import')
    .where('report.reported_at', '>=', since)
    .execute()
}

/** Everything that a person was asked about and has not answered, oldest first. */
export async function waitingOf(db: Executor, reporter: number, since: Date): Promise<ReportRow[]> {
  const rows = await standingReports(db)
    .where('status', '=', 'pending')
    .where('cell.pending_id', 'is not', null)
    .where(isAnsweredBy(reporter))
    .where('report.reported_at', '>=', since)
    .orderBy('report.id')
    .execute()
  return rows
}

/**
 * Whether a published bulletin of one of these units was made of one of these reports: its snapshot is as new as they
 * are (`domain.md` C2).
 */
export async function inPublished(db: Executor, units: number[], ids: number[]): Promise<boolean> {
  const found = await db
    .selectFrom('bulletin')
    .innerJoin('snapshot', 'snapshot.id', 'bulletin.snapshot_id')
    .where('bulletin.unit_id', 'in', units)
    .where('bulletin.state', '=', 'published')
    .where('snapshot.high_water', '>=', Math.min(...ids))
    .select('bulletin.id')
    .executeTakeFirst()
  return found !== undefined
}

/**
 * The last that a person said within reach, counting or waiting for an answer: everything its message said of the named
 * units and indicators. With `id`, the message of that report, whoever said it.
 */
export async function lastSaid(
  db: Executor,
  { campaign, reporter, since }: { campaign: number; reporter: number; since: Date },
  { units, indicators, id }: { units: number[]; indicators: number[]; id: number | undefined },
): Promise<ReportRow[]> {
  const last = await standingReports(db)
    .where('report.campaign_id', '=', campaign)
    .where('op', '!=', 'void')
    .where('op', '!=', 'zero')
    .where('platform', '!=', 'import')
    .where((e) => e.or([e('status', '=', 'accepted'), e('cell.pending_id', 'is not', null)]))
    .$if(id === undefined, (query) =>
      query.where('reporter_id', '=', reporter).where('report.reported_at', '>=', since),
    )
    .$if(id !== undefined, (query) => query.where('report.id', '=', id ?? 0))
    .$if(units.length > 0, (query) => query.where('report.unit_id', 'in', units))
    .$if(indicators.length > 0, (query) => query.where('report.indicator_id', 'in', indicators))
    .orderBy('report.id', 'desc')
    .executeTakeFirst()
  if (!last) return []
  return (await sameMessage(db, last)).filter(
    ({ unit_id, indicator_id }) =>
      (units.length === 0 || units.includes(unit_id)) &&
      (indicators.length === 0 || indicators.includes(indicator_id)),
  )
}

/** One report, as long as nothing has superseded it. */
export function withId(db: Executor, id: number): Promise<ReportRow | undefined> {
  return standingReports(db).where('report.id', '=', id).executeTakeFirst()
}

/** The standing reports of the message that wrote report `id`. */
export async function withNumber(db: Executor, campaign: number, id: number): Promise<ReportRow[]> {
  const one = await standingReports(db)
    .where('report.campaign_id', '=', campaign)
    .where('report.id', '=', id)
    .where('platform', '!=', 'import')
    .where('op', '!=', 'void')
    .executeTakeFirst()
  return one ? sameMessage(db, one) : []
}

/** Everything that was ever said of one cell, oldest first, and what its increments start from. */
export async function historyOf(
  db: Executor,
  { unit_id, indicator_id }: { unit_id: number; indicator_id: number },
): Promise<{ events: CellEvent[]; baseline: string }> {
  const { baseline } = await db
    .selectFrom('indicator')
    .leftJoin('target', (join) =>
      join.onRef('target.indicator_id', '=', 'indicator.id').on('unit_id', '=', unit_id),
    )
    .where('indicator.id', '=', indicator_id)
    .select((e) => e.fn.coalesce('target.baseline', 'indicator.baseline').as('baseline'))
    .executeTakeFirstOrThrow()
  const events = await db
    .selectFrom('report')
    .where('unit_id', '=', unit_id)
    .where('indicator_id', '=', indicator_id)
    .select(['id', 'op', 'value', 'num', 'den', 'step', 'as_of', 'reported_at', 'status', 'supersedes'])
    .orderBy('id')
    .execute()
  return { events, baseline }
}

/** Reports that stand: neither withdrawn nor replaced since; an answer uses up what it answers even when withdrawn. */
export function standingReports(db: Executor) {
  return db
    .selectFrom('report')
    .leftJoin('cell', 'cell.pending_id', 'report.id')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('report as later')
            .whereRef('later.supersedes', '=', 'report.id')
            .where((e) => e.or([e('report.status', '=', 'pending'), isNotWithdrawn]))
            .select(sql`1`.as('one')),
        ),
      ),
    )
    .select([
      'report.id',
      'report.unit_id',
      'report.indicator_id',
      'op',
      'report.value',
      'report.num',
      'report.den',
    ])
    .select(['report.step', 'report.as_of', 'on_behalf', 'platform', 'robot', 'message_id', 'raw_text'])
    .select(['reporter_id', 'report.reported_at', 'cell.pending_id as waits'])
}

/** What was withdrawn replaces nothing any more. */
const isNotWithdrawn = sql<boolean>`not exists (select from report as undone where undone.supersedes = later.id
  and undone.op = 'void')`

function sameMessage(db: Executor, { platform, robot, message_id }: ReportRow): Promise<ReportRow[]> {
  return standingReports(db)
    .where('platform', '=', platform)
    .where('robot', '=', robot)
    .where('message_id', '=', message_id)
    .where('op', '!=', 'void')
    .orderBy('line')
    .execute()
}
