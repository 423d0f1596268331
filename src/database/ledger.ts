// What a number touches: the cells of its unit, the sums of its street and of the district, and the totals of all three.
// Read in one statement, changed in memory, written in one statement.
import { sql } from 'kysely'
import { type Decision, decide } from '../campaign/adjustments.ts'
import type { CellEvent, CellState } from '../campaign/cell.ts'
import type { Share } from '../campaign/shares.ts'
import { wholeOf } from '../campaign/standing.ts'
import { minus, plus, type Sums, type SumsText, sumsFrom, sumsOf } from '../campaign/sums.ts'
import type { Executor } from './connection.ts'
import { cellPrint, type Line, movedLine, shareOf, sumsPrint } from './lines.ts'
import { cellKey } from './load-common.ts'
import type { ChartCell } from './progress.ts'
import { type Roster, readRoster } from './roster.ts'
import type { VetoEffect } from './schema-scores.ts'

export interface Place {
  unit: number
  indicator: number
}

export interface Ledger {
  /** As fresh as the transaction. */
  roster: Roster
  /** Of the campaign when this was read; only while it is the same may be written, unless the campaign is held. */
  revision: number
  isHeld: boolean
  /** The message has written events before. */
  isHeard: boolean
  /** Drawn for new events, in the order in which they will count. */
  ids: number[]
  cells: Map<string, LedgerCell>
  /** All that was ever said of the cells that were asked for, oldest first. */
  events: Map<string, LedgerEvent[]>
  /** Of every street above them and the district, by indicator. */
  sums: Map<string, Sums>
  /** What is kept of these units, as it becomes; `ranked` = what they were ranked on. */
  lines: Map<number, Line>
  ranked: Map<number, number | null>
  decisions: Map<number, Decision>
  touched: { cells: Set<string>; sums: Set<string>; lines: Set<number> }
}

export type LedgerCell = Omit<ChartCell, 'due' | 'responsible'>

export type LedgerEvent = CellEvent & { reporter_id: number | null }

export interface LedgerOptions {
  /** The day whose vetoes are in force. */
  date: string
  /** Platform, robot and id of the message: whether it has written events before is told. */
  message?: [string, string, string]
  /** How many new ids to draw. */
  events?: number
  /** Take the campaign for writing until the end of the transaction. */
  hold: boolean
}

/**
 * Reads what these places touch.
 * @param known the roster as it was cached: it is read again when it has changed since
 */
export async function openLedger(
  tx: Executor,
  known: Roster,
  places: Place[],
  options: LedgerOptions,
): Promise<Ledger> {
  const { date, message, events: wanted = 0, hold } = options
  const asked = [...new Map(places.map((place) => [keyOf(place), place])).values()]
  const leaves = [...new Set(places.map(({ unit }) => unit))]
  const above = [...new Set(leaves.flatMap((unit) => known.above(unit).map(({ id }) => id)))]
  const { rows } = await sql<{
    ledger: Read
  }>`select ledger(${known.campaign.id}::bigint, ${hold}::boolean, ${leaves}::bigint[],
    ${above}::bigint[], ${asked.map(({ unit }) => unit)}::bigint[],
    ${asked.map(({ indicator }) => indicator)}::bigint[], ${message ?? []}::text[], ${wanted}::int, ${date}::date)`.execute(
    tx,
  )
  const read = rows[0]?.ledger
  if (!read) throw new Error('the ledger cannot be read')
  if (read.version !== known.campaign.version)
    return openLedger(tx, await readRoster(tx, known.campaign.id), places, options)
  const events = new Map<string, LedgerEvent[]>(places.map((place) => [keyOf(place), []]))
  for (const row of read.events) events.get(cellKey(row[0], row[1]))?.push(eventOf(row))
  return {
    roster: known,
    revision: read.revision,
    isHeld: hold,
    isHeard: read.heard,
    ids: read.ids,
    events,
    cells: new Map(read.cells.flatMap((row) => withRules(known, row)).map((cell) => [keyOf(cell), cell])),
    sums: new Map(read.sums.map(({ unit, indicator, sums }) => [cellKey(unit, indicator), sumsFrom(sums)])),
    lines: new Map(read.lines.map((line) => [line.unit_id, line])),
    ranked: new Map(read.lines.map(({ unit_id, ranked_on }) => [unit_id, ranked_on])),
    decisions: new Map(
      [...leaves, ...above].map((unit) => {
        const isMine = (one: { unit: number }) => one.unit === unit
        return [unit, decide(read.adjustments.filter(isMine), read.vetoes.filter(isMine))]
      }),
    ),
    touched: { cells: new Set(), sums: new Set(), lines: new Set() },
  }
}

/** Gives a cell another state; its unit's line and what is above it move by the difference. */
export function put(ledger: Ledger, place: Place, state: CellState): void {
  const { roster, touched } = ledger
  const key = keyOf(place)
  const before = ledger.cells.get(key)
  const indicator = roster.indicators.get(place.indicator)
  if (!before || !indicator) throw new Error(`there is no cell ${key}`)
  const after = { ...before, ...state, reported: state.report_id !== null }
  ledger.cells.set(key, after)
  touched.cells.add(key)
  const prints: [string, string] = [cellPrint(indicator, before), cellPrint(indicator, after)]
  move(ledger, place.unit, { indicator: indicator.id, share: shareOf(after) }, prints)
  const change = minus(sumsOf(after), sumsOf(before))
  for (const { id } of roster.above(place.unit)) {
    const at = cellKey(id, indicator.id)
    const old = ledger.sums.get(at)
    if (!old) throw new Error(`there are no sums ${at}`)
    const sums = plus(old, change)
    ledger.sums.set(at, sums)
    touched.sums.add(at)
    const share = wholeOf(indicator, sums).share
    move(ledger, id, { indicator: indicator.id, share }, [
      sumsPrint(indicator, old),
      sumsPrint(indicator, sums),
    ])
  }
}

function move(
  { roster, lines, decisions, touched }: Ledger,
  unit: number,
  change: { indicator: number; share: Share },
  prints: [string, string],
): void {
  const line = lines.get(unit)
  if (!line) throw new Error(`no total is kept of unit ${unit}`)
  lines.set(unit, movedLine(roster, line, change, prints, decisions.get(unit)))
  touched.lines.add(unit)
}

/** The lines of everything that was touched. */
export const movedLines = ({ lines, touched }: Ledger): Line[] =>
  [...touched.lines].flatMap((unit) => lines.get(unit) ?? [])

const keyOf = ({ unit, indicator }: Place) => cellKey(unit, indicator)

type CellRow = Place &
  Omit<CellState, 'reported_at'> & {
    reported_at: string | null
    target: string | null
    baseline: string | null
    applies: boolean | null
  }

type LedgerEventRow = [
  ...[unit: number, indicator: number, id: number, op: LedgerEvent['op']],
  ...[value: string | null, num: string | null, den: string | null, step: string | null],
  ...[as_of: string, reported_at: string, status: LedgerEvent['status']],
  ...[supersedes: number | null, reporter: number | null],
]

function eventOf(row: LedgerEventRow): LedgerEvent {
  const [, , id, op, value, num, den, step, as_of, reported_at, status, supersedes, reporter_id] = row
  return {
    id,
    op,
    value,
    num,
    den,
    step,
    as_of,
    reported_at: new Date(reported_at),
    status,
    supersedes,
    reporter_id,
  }
}

interface Read {
  version: number
  revision: number
  heard: boolean
  ids: number[]
  cells: CellRow[]
  events: LedgerEventRow[]
  sums: { unit: number; indicator: number; sums: SumsText }[]
  lines: Line[]
  adjustments: { unit: number; points: string }[]
  vetoes: { unit: number; indicator: number | null; effect: VetoEffect }[]
}

/** A cell as the scheme has it; none where the indicator is not for units of that level. */
function withRules(
  roster: Roster,
  { reported_at, target, baseline, applies, ...row }: CellRow,
): LedgerCell[] {
  const [unit, indicator] = [roster.units.get(row.unit), roster.indicators.get(row.indicator)]
  if (!unit || !indicator?.appliesTo.includes(unit.level)) return []
  return [
    {
      ...row,
      kind: indicator.kind,
      direction: indicator.direction,
      zeroTarget: indicator.zeroTarget,
      applies: applies ?? true,
      target: target ?? indicator.targetDefault,
      baseline: baseline ?? indicator.baseline,
      reported_at: reported_at === null ? null : new Date(reported_at),
      reported: row.report_id !== null,
    },
  ]
}
