// What is kept of a unit: its completions, its total, and a fingerprint of the numbers behind them. Made from scratch from
// cells or sums, or moved by one number.
import { hash } from 'node:crypto'
import Fraction from 'fraction.js'
import { type Decision, undecided } from '../campaign/adjustments.ts'
import { completion } from '../campaign/completion.ts'
import { hundredths, type Share, sharesFrom, sharesText, shareText, totalFrom } from '../campaign/shares.ts'
import { type Part, wholeOf } from '../campaign/standing.ts'
import { type Sums, sumsText } from '../campaign/sums.ts'
import { cellKey } from './load-common.ts'
import type { ChartCell } from './progress.ts'
import type { Indicator, Roster, Unit } from './roster.ts'

/** One row of `standing`. */
export interface Line {
  unit_id: number
  parent_id: number | null
  peer_group: string
  /** Hundredths; null = 未参评. */
  total: number | null
  ranked_on: number | null
  shares: string
  cells: string
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
    return cell && { share: shareOf(cell), print: cellPrint(indicator, cell) }
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
    return mine && { share: wholeOf(indicator, mine).share, print: sumsPrint(indicator, mine) }
  })
}

/** The line after one of its completions has changed. @param prints what stood behind it before, and what does now */
export function movedLine(
  roster: Roster,
  line: Line,
  { indicator, share }: { indicator: number; share: Share },
  prints: [before: string, after: string],
  decision = undecided,
): Line {
  const shares = line.shares.split(',')
  const at = [...roster.indicators.keys()].indexOf(indicator)
  shares[at] = shareText(decided(share, indicator, decision))
  const text = shares.join(',')
  const { total, ranked_on } = placed(roster, sharesFrom(text), decision)
  return { ...line, total, ranked_on, shares: text, cells: mixed([line.cells, ...prints]) }
}

function lineOf(
  roster: Roster,
  unit: Unit,
  decision = undecided,
  of: (indicator: Indicator) => { share: Share; print: string } | undefined,
): Line {
  const indicators = [...roster.indicators.values()]
  const each = indicators.map(of)
  const shares = indicators.map(({ id }, at) => decided(each[at]?.share, id, decision))
  return {
    ...{ unit_id: unit.id, parent_id: unit.parent, peer_group: unit.peer },
    ...{ ...placed(roster, shares, decision), shares: sharesText(shares) },
    cells: mixed(each.flatMap((one) => one?.print ?? [])),
  }
}

/** A veto may make an indicator count as nothing done. */
const decided = (share: Share, indicator: number, { zeroed }: Decision): Share =>
  zeroed.has(indicator) && share !== undefined && share !== 'na' ? nothing : share

function placed(roster: Roster, shares: Share[], { net, isLast }: Decision) {
  const total = hundredths(totalFrom([...roster.indicators.values()], shares, net))
  return { total, ranked_on: isLast && total !== null ? behindAll : total }
}

/** Below every total there can be. */
const behindAll = -1
const nothing = new Fraction(0)

export const shareOf = (cell: Part): Share => (cell.applies ? completion(cell, cell) : 'na')

/** The number of a cell in the same characters wherever it comes from: not how it was written, by whom, or for which target. */
export function cellPrint(
  { code }: Pick<Indicator, 'code'>,
  { value, num, den, step, as_of }: Pick<ChartCell, 'value' | 'num' | 'den' | 'step' | 'as_of'>,
): string {
  return print([code, bare(value), bare(num), bare(den), step, as_of].join('|'))
}

export const sumsPrint = ({ code }: Pick<Indicator, 'code'>, sums: Sums): string =>
  print(`${code}|${JSON.stringify(sumsText(sums))}`)

const bare = (decimal: string | null) =>
  decimal?.includes('.') ? decimal.replace(/\.?0+$/, '') : (decimal ?? '')

const print = (text: string) => hash('sha256', text).slice(0, 32)

/** Prints taken together in any order; a print that comes twice is out again, so that one can be exchanged. */
const mixed = (prints: string[]) =>
  prints
    .reduce((all, one) => all ^ BigInt(`0x${one}`), 0n)
    .toString(16)
    .padStart(32, '0')
