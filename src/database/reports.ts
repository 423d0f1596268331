// Writes numbers: the event, the cell it changes and all totals above it in one transaction (`domain.md` C3).
import { answered, type CellEvent, type CellState, fold } from '../campaign/cell.ts'
import { doubtOfDay } from '../campaign/doubt-of-day.ts'
import { doubtOf, type Entry, isTotalBelow } from '../campaign/entry.ts'
import { dateOf } from '../clock.ts'
import type { Message } from '../message.ts'
import type { Db, Executor } from './connection.ts'
import { type Ledger, type LedgerEvent, put } from './ledger.ts'
import { type EventRow, withLedger, writeLedger } from './ledger-write.ts'
import { cellKey } from './load-common.ts'
import { historyOf, type ReportRow } from './reports-read.ts'
import type { Indicator, Roster, Unit } from './roster.ts'

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
  roster: Roster
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
  const places = reports.map(({ unit, indicator }) => ({ unit: unit.id, indicator: indicator.id }))
  return withLedger(db, author.roster, places, optionsFor(author, places), !then, async (tx, ledger) => {
    if (ledger.isHeard) return ofMessage(tx, author.message)
    const doubts = reports.map((report) => doubtIn(ledger, report))
    const isClear = reports.every(({ doubt }) => doubt === undefined)
    if (isClear && saidBefore(ledger, author, reports)) return 'repeated'
    const status = doubts.some((doubt) => doubt !== undefined) ? 'pending' : 'accepted'
    const events = reports.map(({ unit, indicator, entry, asOf, onBehalf }, at): NewEvent => {
      const { op, value, num, den, step } = entry
      const said = { op, value, num, den, step, asOf, onBehalf }
      return { ...said, unit: unit.id, indicator: indicator.id, status, doubt: doubts[at] }
    })
    const written = await write(tx, author, ledger, events)
    await then?.(tx, written)
    return written
  })
}

/**
 * Answers reports: `accept` makes pending ones count, `add` as increments (of several, those that are lower than what
 * is in the book), `void` withdraws them; a correction puts another number in their place. What something else has
 * answered or overtaken meanwhile is left out; of what is to count, either all does or nothing (`domain.md` C3.5).
 */
export async function supersede(
  db: Db,
  author: Author,
  old: ReportRow[],
  how: 'accept' | 'add' | 'void' | Correction,
  then?: Then,
): Promise<Written[]> {
  const places = old.map(({ unit_id, indicator_id }) => ({ unit: unit_id, indicator: indicator_id }))
  return withLedger(db, author.roster, places, optionsFor(author, places), !then, async (tx, ledger) => {
    if (ledger.isHeard) return ofMessage(tx, author.message)
    // Somebody may have answered them a moment before, or have said another number that counts instead.
    const counts = how === 'accept' || how === 'add'
    const still = old.filter(({ id, unit_id, indicator_id }) => {
      const events = eventsOf(ledger, unit_id, indicator_id)
      return counts ? fold(events).pending_id === id : !answered(events).has(id)
    })
    if (counts && still.length < old.length) return []
    const written = await write(
      tx,
      author,
      ledger,
      still.map((report) =>
        answerTo(report, how === 'add' && still.length > 1 && !isLower(ledger, report) ? 'accept' : how),
      ),
    )
    if (written.length > 0) await then?.(tx, written)
    return written
  })
}

function answerTo(report: ReportRow, how: 'accept' | 'add' | 'void' | Correction): NewEvent {
  const { id, unit_id, indicator_id, op, value, num, den, step, as_of, on_behalf } = report
  const common = { unit: unit_id, indicator: indicator_id, status: 'accepted' as const, supersedes: id }
  if (typeof how !== 'string')
    return { ...common, ...how.entry, op: 'correct', asOf: how.asOf, onBehalf: how.onBehalf }
  const said = { value, num, den, step, asOf: as_of, onBehalf: on_behalf }
  return { ...common, ...said, op: how === 'accept' ? op : how }
}

function optionsFor({ message, now }: Author, places: unknown[]) {
  const { platform, robot, id } = message
  const heard: [string, string, string] | undefined = id ? [platform, robot, id] : undefined
  return { date: dateOf(now), events: places.length, ...(heard && { message: heard }) }
}

/** An event as it will be written. */
type NewEvent = Omit<Entry, 'op'> & {
  op: CellEvent['op']
  unit: number
  indicator: number
  asOf: string
  onBehalf: boolean
  status: 'pending' | 'accepted'
  supersedes?: number
  doubt?: string | undefined
}

async function write(
  tx: Executor,
  { person, message, now }: Author,
  ledger: Ledger,
  events: NewEvent[],
): Promise<Written[]> {
  if (events.length === 0) return []
  const messageId = message.id ?? crypto.randomUUID()
  const rows: EventRow[] = []
  const written = events.map((event, line): Written => {
    const { unit, indicator, asOf, onBehalf, status, doubt, supersedes = null } = event
    const { op, value, num, den, step } = event
    const id = ledger.ids[line]
    if (id === undefined) throw new Error('no id was drawn for an event')
    const said = { op, value, num, den, step }
    const baseline = ledger.cells.get(cellKey(unit, indicator))?.baseline
    const mine = eventsOf(ledger, unit, indicator)
    const before = fold(mine, baseline)
    const as = { op, value, num, den, step, status, id, supersedes }
    mine.push({ ...as, as_of: asOf, reported_at: now, reporter_id: person.id })
    const after = fold(mine, baseline)
    put(ledger, { unit, indicator }, after)
    rows.push({
      op,
      value,
      num,
      den,
      step,
      id,
      line,
      status,
      supersedes,
      as_of: asOf,
      on_behalf: onBehalf,
      reported_at: now.toISOString(),
      campaign_id: ledger.roster.campaign.id,
      unit_id: unit,
      indicator_id: indicator,
      reporter_id: person.id,
      created_by: person.name,
      doubt: doubt ?? null,
      platform: message.platform,
      robot: message.robot,
      chat_id: message.chat.id,
      message_id: messageId,
      raw_text: message.text,
    })
    const states = { before, after, pending: status === 'pending' }
    return { id, unit, indicator, entry: said, asOf, ...states, ...(doubt !== undefined && { doubt }) }
  })
  await writeLedger(tx, ledger, rows)
  return written
}

const eventsOf = (ledger: Ledger, unit: number, indicator: number): LedgerEvent[] =>
  ledger.events.get(cellKey(unit, indicator)) ?? []

/** All that speaks against a number; one of an earlier day is judged on its own day. */
function doubtIn(ledger: Ledger, report: NewReport): string | undefined {
  const { unit, indicator, target, entry, asOf, doubt } = report
  if (entry.op === 'zero') return doubt
  const events = eventsOf(ledger, unit.id, indicator.id)
  const before = ledger.cells.get(cellKey(unit.id, indicator.id))
  if (!before) throw new Error(`there is no cell ${cellKey(unit.id, indicator.id)}`)
  const { baseline } = before
  const subject = { ...indicator, target, baseline }
  const said = { ...entry, id: Number.MAX_SAFE_INTEGER, as_of: asOf, reported_at: new Date(0) }
  const next: CellEvent = { ...said, status: 'accepted', supersedes: null }
  const isPast = before.as_of !== null && asOf < before.as_of
  const found = isPast
    ? doubtOfDay(subject, events, next)
    : doubtOf(subject, before, fold([...events, next], baseline))
  return doubt !== undefined && found !== undefined ? `${doubt}；${found}` : (doubt ?? found)
}

/** Whether the number would lower what is in the book. */
function isLower({ cells, roster }: Ledger, report: ReportRow): boolean {
  const cell = cells.get(cellKey(report.unit_id, report.indicator_id))
  const indicator = roster.indicators.get(report.indicator_id)
  return report.op === 'set' && !!cell && !!indicator && isTotalBelow(indicator, report, cell)
}

/** The same person, the same cells, the same numbers, a moment ago; only what still counts was said already. */
function saidBefore(ledger: Ledger, { person, now }: Author, reports: NewReport[]): boolean {
  const since = now.getTime() - doubledWithinMs
  return reports.every(({ unit, indicator, entry, asOf }) => {
    const events = eventsOf(ledger, unit.id, indicator.id)
    const counts = ledger.cells.get(cellKey(unit.id, indicator.id))?.report_id
    const counting = events.find(({ id }) => id === counts)
    return (
      counting !== undefined &&
      counting.reporter_id === person.id &&
      counting.reported_at.getTime() >= since &&
      counting.as_of === asOf &&
      sameEntry(counting, entry)
    )
  })
}

const sameEntry = (one: CellEvent, entry: Entry) =>
  one.op === entry.op &&
  (['value', 'num', 'den', 'step'] as const).every((field) => String(one[field]) === String(entry[field]))

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
