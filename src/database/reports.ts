// Writes numbers: the event, the cell it changes and the campaign's revision in one transaction (`domain.md` C3).
import { type CellEvent, type CellState, fold } from '../campaign/cell.ts'
import { doubtOf, type Entry } from '../campaign/entry.ts'
import type { Message } from '../message.ts'
import type { Db, Executor } from './connection.ts'
import { historyOf, type ReportRow, standingReports } from './reports-read.ts'
import type { Indicator, Unit } from './roster.ts'
import { writing } from './writing.ts'

/** A number to write: for which cell, of which day, in whose words. */
export interface NewReport {
  unit: Unit
  indicator: Indicator
  target: string | null
  entry: Entry
  asOf: string
  onBehalf: boolean
  /** A reason to ask even though the number itself is believable. */
  doubt?: string
}

export interface Written {
  id: number
  unit: number
  indicator: number
  /** What was said, whether it counts yet or not. */
  entry: Omit<Entry, 'op'> & { op: CellEvent['op'] }
  /** The day it speaks of. */
  asOf: string
  before: CellState
  after: CellState
  /** Waits for an answer and does not count yet. */
  pending: boolean
  /** Why it is asked about. */
  doubt?: string
}

export interface Author {
  campaign: number
  person: { id: number; name: string }
  message: Message
  now: Date
}

/** What follows from the numbers, written in the same transaction: who is to be told, what is noted. */
export type Then = (tx: Executor, written: Written[]) => Promise<void>

/** The right number in place of a wrong one. */
export interface Correction {
  entry: Omit<Entry, 'op'>
  asOf: string
  onBehalf: boolean
}

const doubledWithinMs = 10 * 60_000

/**
 * Writes the numbers of one message: all of them count, or, when one is doubted, all wait for the answer. A message
 * that was written before is not written again: what it did then is told again.
 * @returns `'repeated'` when the person said exactly this within the last ten minutes
 */
export async function record(
  db: Db,
  author: Author,
  reports: NewReport[],
  then?: Then,
): Promise<Written[] | 'repeated'> {
  return writing(db, author.campaign, async (tx) => {
    const earlier = await ofMessage(tx, author.message)
    if (earlier.length > 0) return earlier
    const judged: (NewReport & History)[] = []
    for (const report of reports) judged.push({ ...report, ...(await judge(tx, report)) })
    if (await saidBefore(tx, author, judged)) return 'repeated'
    const status = judged.some(({ doubt }) => doubt !== undefined) ? 'pending' : 'accepted'
    const written: Written[] = []
    for (const [line, report] of judged.entries())
      written.push(await append(tx, author, { ...report.entry, ...place(report), line, status }, report))
    await then?.(tx, written)
    return written
  })
}

/**
 * Answers reports: `accept` makes pending ones count, `add` as increments, `void` withdraws them; a correction puts
 * another number in their place. Those that something else has answered meanwhile are left out.
 */
export async function supersede(
  db: Db,
  author: Author,
  old: ReportRow[],
  how: 'accept' | 'add' | 'void' | Correction,
  then?: Then,
): Promise<Written[]> {
  return writing(db, author.campaign, async (tx) => {
    const earlier = await ofMessage(tx, author.message)
    if (earlier.length > 0) return earlier
    const still = await standingReports(tx)
      .where(
        'report.id',
        'in',
        old.map(({ id }) => id),
      )
      .execute()
    const written: Written[] = []
    for (const [line, report] of old.filter(({ id }) => still.some((one) => one.id === id)).entries()) {
      const { value, num, den, step, as_of, on_behalf } = report
      const right = typeof how === 'string' ? undefined : how
      const op = typeof how !== 'string' ? 'correct' : how === 'accept' ? report.op : how
      const cell = { unit_id: report.unit_id, indicator_id: report.indicator_id }
      const row = { ...cell, op, value, num, den, step, as_of, on_behalf, line, status: 'accepted' as const }
      const over = right && { ...right.entry, as_of: right.asOf, on_behalf: right.onBehalf }
      const next = { ...row, ...over, op, supersedes: report.id }
      written.push(await append(tx, author, next, await historyOf(tx, cell)))
    }
    if (written.length > 0) await then?.(tx, written)
    return written
  })
}

type History = { events: CellEvent[]; baseline: string; doubt?: string }

async function judge(tx: Executor, report: NewReport): Promise<History> {
  const { unit, indicator, target, entry, asOf } = report
  const { events, baseline } = await historyOf(tx, { unit_id: unit.id, indicator_id: indicator.id })
  const next = { ...entry, id: Number.MAX_SAFE_INTEGER, as_of: asOf, reported_at: new Date(0) }
  const after = fold([...events, { ...next, status: 'accepted', supersedes: null }], baseline)
  const doubt =
    report.doubt ??
    (entry.op === 'zero'
      ? undefined
      : doubtOf({ ...indicator, target, baseline }, fold(events, baseline), after))
  return { events, baseline, ...(doubt !== undefined && { doubt }) }
}

const place = ({ unit, indicator, asOf, onBehalf }: NewReport) => ({
  unit_id: unit.id,
  indicator_id: indicator.id,
  as_of: asOf,
  on_behalf: onBehalf,
})

type NewRow = Omit<Entry, 'op'> & {
  op: CellEvent['op']
  unit_id: number
  indicator_id: number
  as_of: string
  on_behalf: boolean
  line: number
  status: 'pending' | 'accepted'
  supersedes?: number
}

async function append(
  tx: Executor,
  { campaign, person, message, now }: Author,
  row: NewRow,
  { events, baseline, doubt }: History,
): Promise<Written> {
  const from = { platform: message.platform, robot: message.robot, chat_id: message.chat.id }
  const { id } = await tx
    .insertInto('report')
    .values({
      ...{ ...row, ...from, campaign_id: campaign, reported_at: now, reporter_id: person.id },
      ...{ message_id: message.id ?? crypto.randomUUID(), raw_text: message.text, doubt: doubt ?? null },
      created_by: person.name,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { unit_id, indicator_id } = row
  const before = fold(events, baseline)
  const after = fold([...events, { supersedes: null, ...row, id, reported_at: now }], baseline)
  await saveCell(tx, campaign, unit_id, indicator_id, after)
  const { op, value, num, den, step } = row
  const entry = { op, value, num, den, step }
  return {
    id,
    unit: unit_id,
    indicator: indicator_id,
    entry,
    asOf: row.as_of,
    before,
    after,
    pending: row.status === 'pending',
    ...(doubt !== undefined && { doubt }),
  }
}

async function saveCell(
  tx: Executor,
  campaign_id: number,
  unit_id: number,
  indicator_id: number,
  cell: CellState,
) {
  await tx
    .insertInto('cell')
    .values({ campaign_id, unit_id, indicator_id, ...cell })
    .onConflict((conflict) => conflict.columns(['unit_id', 'indicator_id']).doUpdateSet(cell))
    .execute()
}

/** What this very message wrote when it came before; empty when it wrote nothing. */
export async function ofMessage(tx: Executor, message: Message): Promise<Written[]> {
  if (message.id === undefined) return []
  const rows = await tx
    .selectFrom('report')
    .where('platform', '=', message.platform)
    .where('robot', '=', message.robot)
    .where('message_id', '=', message.id)
    .orderBy('line')
    .select([
      'id',
      'unit_id',
      'indicator_id',
      'doubt',
      'op',
      'value',
      'num',
      'den',
      'step',
      'status',
      'as_of',
    ])
    .execute()
  const written: Written[] = []
  for (const { id, unit_id, indicator_id, doubt, status, as_of, ...entry } of rows) {
    const { events, baseline } = await historyOf(tx, { unit_id, indicator_id })
    const upTo = (last: number) =>
      fold(
        events.filter((event) => event.id <= last),
        baseline,
      )
    const states = { before: upTo(id - 1), after: upTo(id) }
    written.push({
      id,
      unit: unit_id,
      indicator: indicator_id,
      entry,
      asOf: as_of,
      ...states,
      pending: status === 'pending',
      ...(doubt !== null && { doubt }),
    })
  }
  return written
}

/** The same person, the same cells, the same numbers, a moment ago. */
async function saidBefore(
  tx: Executor,
  { person, now }: Author,
  reports: (NewReport & History)[],
): Promise<boolean> {
  const recent = await standingReports(tx)
    .where('status', '=', 'accepted')
    .where('reporter_id', '=', person.id)
    .where('report.reported_at', '>=', new Date(now.getTime() - doubledWithinMs))
    .execute()
  // Only what still counts was said already: 3, then 4, then 3 again is a change.
  return reports.every(({ asOf, entry, events, baseline }) => {
    const counting = fold(events, baseline).report_id
    return recent.some((one) => one.id === counting && one.as_of === asOf && sameEntry(one, entry))
  })
}

const sameEntry = (one: ReportRow, entry: Entry) =>
  one.op === entry.op &&
  (['value', 'num', 'den', 'step'] as const).every((field) => String(one[field]) === String(entry[field]))
