// What a number touches: the cells of its unit, the sums of its street and of the district, and the totals of all three.
// Read in one statement, changed in memory, written in one statement.
import { createHash } from 'node:crypto'
import Fraction from 'fraction.js'
import { sql } from 'kysely'
import { type Decision, decide, undecided } from '../campaign/adjustments.ts'
import type { CellEvent, CellState } from '../campaign/cell.ts'
import { completion } from '../campaign/completion.ts'
import { hundredths, type Share, sharesText, totalFrom } from '../campaign/shares.ts'
import { wholeOf } from '../campaign/standing.ts'
import {
  minus,
  noSums,
  plus,
  type Sums,
  type SumsText,
  sumsFrom,
  sumsOf,
  sumsText,
} from '../campaign/sums.ts'
import type { Executor } from './connection.ts'
import { cellKey } from './load-common.ts'
import type { ChartCell } from './progress.ts'
import { type Indicator, type Roster, readRoster, type Unit } from './roster.ts'
import type { VetoEffect } from './schema-scores.ts'

export interface Place {
  unit: number
  indicator: number
}

export interface Ledger {
  /** As fresh as the transaction. */
  roster: Roster
  /** The message has written events before. */
  isHeard: boolean
  /** Drawn for new events, in the order in which they will count. */
  ids: number[]
  /** Every cell of the communities concerned. */
  cells: Map<string, ChartCell>
  /** All that was ever said of the cells that were asked for, oldest first. */
  events: Map<string, LedgerEvent[]>
  /** Of every street above them and the district, by indicator. */
  sums: Map<string, Sums>
  /** What is kept so far of these units. */
  kept: Map<number, { ranked: number | null; peer: string }>
  decisions: Map<number, Decision>
  touched: { cells: Set<string>; sums: Set<string>; leaves: Set<number> }
}

export type LedgerEvent = CellEvent & { reporter_id: number | null }

/** One row of `standing`. */
export interface Line {
  unit_id: number
  parent_id: number | null
  peer_group: string
  total: number | null
  ranked_on: number | null
  shares: string
  cells: string
}

export interface LedgerOptions {
  /** The day whose vetoes are in force. */
  date: string
  /** Platform, robot and id of the message: whether it has written events before is told. */
  message?: [string, string, string]
  /** How many new ids to draw. */
  events?: number
}

/**
 * Takes the campaign for writing and reads what these places touch.
 * @param known the roster as it was cached: it is read again when it has changed since
 */
export async function openLedger(
  tx: Executor,
  known: Roster,
  places: Place[],
  { date, message, events: wanted = 0 }: LedgerOptions,
): Promise<Ledger> {
  const leaves = [...new Set(places.map(({ unit }) => unit))]
  const above = [...new Set(leaves.flatMap((unit) => known.above(unit).map(({ id }) => id)))]
  const { rows } = await sql<{
    ledger: Read
  }>`select ledger(${known.campaign.id}::bigint, ${leaves}::bigint[],
    ${above}::bigint[], ${places.map(({ unit }) => unit)}::bigint[],
    ${places.map(({ indicator }) => indicator)}::bigint[], ${message ?? []}::text[], ${wanted}::int, ${date}::date)`.execute(
    tx,
  )
  const read = rows[0]?.ledger
  if (!read) throw new Error('the ledger cannot be read')
  if (read.version !== known.campaign.version) {
    const roster = await readRoster(tx, known.campaign.id)
    return openLedger(tx, roster, places, { date, ...(message && { message }), events: wanted })
  }
  const events = new Map<string, LedgerEvent[]>(places.map((place) => [keyOf(place), []]))
  for (const { unit_id, indicator_id, reported_at, ...event } of read.events)
    events.get(cellKey(unit_id, indicator_id))?.push({ ...event, reported_at: new Date(reported_at) })
  return {
    ...{ roster: known, events, isHeard: read.heard, ids: read.ids },
    cells: new Map(read.cells.map((cell) => [keyOf(cell), cellOf(known, cell)])),
    sums: new Map(read.sums.map(({ unit, indicator, sums }) => [cellKey(unit, indicator), sumsFrom(sums)])),
    kept: new Map(read.kept.map(({ unit, ranked, peer }) => [unit, { ranked, peer }])),
    decisions: new Map(
      [...leaves, ...above].map((unit) => {
        const isMine = (one: { unit: number }) => one.unit === unit
        return [unit, decide(read.adjustments.filter(isMine), read.vetoes.filter(isMine))]
      }),
    ),
    touched: { cells: new Set(), sums: new Set(), leaves: new Set() },
  }
}

/** Gives a cell another state; what is above it moves by the difference. @returns the cell */
export function put(ledger: Ledger, place: Place, state: CellState): ChartCell {
  const key = keyOf(place)
  const before = ledger.cells.get(key)
  if (!before) throw new Error(`there is no cell ${key}`)
  const after = { ...before, ...state, reported: state.report_id !== null }
  ledger.cells.set(key, after)
  ledger.touched.cells.add(key)
  ledger.touched.leaves.add(place.unit)
  for (const { id } of ledger.roster.above(place.unit)) {
    const at = cellKey(id, place.indicator)
    const sums = ledger.sums.get(at) ?? noSums()
    ledger.sums.set(at, plus(minus(sums, sumsOf(before)), sumsOf(after)))
    ledger.touched.sums.add(at)
  }
  return after
}

/** The totals of everything that was touched. */
export function linesOf(ledger: Ledger): Line[] {
  const { roster, decisions } = ledger
  const { leaves } = ledger.touched
  const above = new Set([...leaves].flatMap((unit) => roster.above(unit)))
  return [
    ...[...leaves]
      .flatMap((id) => roster.units.get(id) ?? [])
      .map((unit) => leafLine(roster, unit, decisions.get(unit.id), ledger.cells)),
    ...[...above].map((unit) => sumLine(roster, unit, decisions.get(unit.id), ledger.sums)),
  ]
}

/** A community's or village's line. @param cells its own at least */
export function leafLine(
  roster: Roster,
  unit: Unit,
  decision: Decision | undefined,
  cells: Map<string, ChartCell>,
): Line {
  return lineOf(roster, unit, decision, (indicator) => {
    const cell = cells.get(cellKey(unit.id, indicator.id))
    return (
      cell && { share: cell.applies ? completion(cell, cell) : 'na', print: cellPrint(indicator.code, cell) }
    )
  })
}

/** A street's line, or the district's. @param sums its own at least */
export function sumLine(
  roster: Roster,
  unit: Unit,
  decision: Decision | undefined,
  sums: Map<string, Sums>,
): Line {
  return lineOf(roster, unit, decision, (indicator) => {
    const mine = sums.get(cellKey(unit.id, indicator.id))
    const print = mine && `${indicator.code}|${JSON.stringify(sumsText(mine))}`
    return mine && { share: wholeOf(indicator, mine).share, print: print ?? '' }
  })
}

function lineOf(
  roster: Roster,
  unit: Unit,
  decision: Decision = undecided,
  of: (indicator: Indicator) => { share: Share; print: string } | undefined,
): Line {
  const indicators = [...roster.indicators.values()]
  const each = indicators.map(of)
  const { net, zeroed, isLast } = decision
  const shares = each.map((one, at) =>
    zeroed.has(indicators[at]?.id ?? 0) && one && one.share !== 'na' ? nothing : one?.share,
  )
  const total = hundredths(totalFrom(indicators, shares, net))
  return {
    ...{ unit_id: unit.id, parent_id: unit.parent, peer_group: unit.peer, total },
    ranked_on: isLast && total !== null ? behindAll : total,
    ...{ shares: sharesText(shares), cells: fingerprint(each.map((one) => one?.print ?? '')) },
  }
}

/** Below every total there can be. */
const behindAll = -1
const nothing = new Fraction(0)

/** One cell in the same characters wherever its number comes from: numbers, not how they were written or by whom. */
const cellPrint = (code: string, { value, num, den, step, as_of, target, due, applies }: ChartCell): string =>
  [code, bare(value), bare(num), bare(den), step, as_of, bare(target), due, applies].join('|')

const bare = (decimal: string | null) =>
  decimal?.includes('.') ? decimal.replace(/\.?0+$/, '') : (decimal ?? '')

const fingerprint = (prints: string[]) =>
  createHash('sha256').update(prints.join('\n')).digest('hex').slice(0, 32)

const keyOf = ({ unit, indicator }: Place) => cellKey(unit, indicator)

type CellRow = Pick<ChartCell, 'unit' | 'indicator' | 'target' | 'applies' | 'responsible'> &
  Omit<CellState, 'reported_at'> & { reported_at: string | null; baseline: string | null; due: string | null }

interface Read {
  version: number
  heard: boolean
  ids: number[]
  cells: CellRow[]
  events: (Omit<LedgerEvent, 'reported_at'> & {
    unit_id: number
    indicator_id: number
    reported_at: string
  })[]
  sums: { unit: number; indicator: number; sums: SumsText }[]
  kept: { unit: number; ranked: number | null; peer: string }[]
  adjustments: { unit: number; points: string }[]
  vetoes: { unit: number; indicator: number | null; effect: VetoEffect }[]
}

function cellOf(roster: Roster, { reported_at, baseline, due, ...row }: CellRow): ChartCell {
  const indicator = roster.indicators.get(row.indicator)
  if (!indicator) throw new Error(`indicator ${row.indicator} is not in the roster`)
  return {
    ...row,
    ...{ kind: indicator.kind, direction: indicator.direction, zeroTarget: indicator.zeroTarget },
    ...{ baseline: baseline ?? indicator.baseline, due: due ?? indicator.due },
    reported_at: reported_at === null ? null : new Date(reported_at),
    reported: row.report_id !== null,
  }
}
