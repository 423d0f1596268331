// What the wall chart says of a unit, ready to be shown: one line an indicator, alone or added up.

import Fraction from 'fraction.js'
import { completion } from './campaign/completion.ts'
import { show } from './campaign/entry.ts'
import { overall, type Standing, standing, wholeOf } from './campaign/standing.ts'
import { noSums, plus, type Sums, sumsOf } from './campaign/sums.ts'
import { vetoesOf } from './database/adjustments.ts'
import type { Executor } from './database/connection.ts'
import { type ChartCell, chartCells, leavesOf } from './database/progress.ts'
import { type Indicator, isActive, type Unit } from './database/roster.ts'
import { inSlices } from './slices.ts'
import type { Turn } from './turn.ts'

export interface Line {
  unit: Unit
  indicator: Indicator
  /** As it counts: a veto may make it nothing. */
  standing: Standing
  /** How far it is, whatever a veto makes of it. */
  reached: Fraction | 'na'
  /** The document of a veto that makes it count as nothing. */
  vetoed?: string
  /** 2/4个, 38/40, 初验; 未报 when nothing was reported; with ※ where a veto makes it nothing. */
  shown: string
  /** Where counting begins, when that is not 0. */
  baseline?: string
  due: string
  /** How many communities it applies to, and how many of them have reported. */
  applicable: number
  reported: number
  /** Present for one community or village, absent for sums. */
  cell?: ChartCell
}

type Sight = Pick<Turn, 'db' | 'roster' | 'today' | 'cached'>

/** The cells of all communities and villages of a unit, read once for whatever is said of it. */
export const cellsOf = (sight: Pick<Sight, 'db' | 'roster' | 'cached'>, unit: Unit): Promise<ChartCell[]> =>
  sight.cached(`cells:${unit.id}`, () => chartCells(sight.db, sight.roster, leavesOf(sight.roster, unit.id)))

function groups<Key>(cells: ChartCell[], keyOf: (cell: ChartCell) => Key): Map<Key, ChartCell[]> {
  const of = new Map<Key, ChartCell[]>()
  for (const cell of cells) {
    const known = of.get(keyOf(cell))
    if (known) known.push(cell)
    else of.set(keyOf(cell), [cell])
  }
  return of
}

/**
 * All indicators of one unit, in the scheme's order. Those that do not concern it at all, or are switched off, are left
 * out.
 */
export function chartOf(sight: Sight, unit: Unit): Promise<Line[]> {
  return sight.cached(`chart:${unit.id}`, async () => {
    const of = groups(await cellsOf(sight, unit), ({ indicator }) => indicator)
    const alone = sight.roster.children(unit.id).length === 0
    const vetoes = await zeroingNow(sight)
    return [...sight.roster.indicators.values()].flatMap((indicator) =>
      lineOf(sight, unit, indicator, alone, of.get(indicator.id) ?? [], vetoes),
    )
  })
}

/** One indicator for each unit directly below, in roster order. */
export function chartBelow(sight: Sight, unit: Unit, indicator: Indicator): Promise<Line[]> {
  return sight.cached(`below:${unit.id}:${indicator.id}`, async () => {
    const cells = await chartCells(sight.db, sight.roster, leavesOf(sight.roster, unit.id), [indicator])
    const vetoes = await zeroingNow(sight)
    return sight.roster.children(unit.id).flatMap((child) => {
      const leaves = new Set(leavesOf(sight.roster, child.id))
      const alone = sight.roster.children(child.id).length === 0
      return lineOf(
        sight,
        child,
        indicator,
        alone,
        cells.filter((cell) => leaves.has(cell.unit)),
        vetoes,
      )
    })
  })
}

/** Every indicator of each unit directly below, in roster order: the grid of a wall chart. */
export function chartGrid(sight: Sight, unit: Unit): Promise<Line[]> {
  return sight.cached(`grid:${unit.id}`, async () => {
    const { roster } = sight
    const children = roster.children(unit.id)
    const parts = new Map(children.flatMap(({ id }) => leavesOf(roster, id).map((leaf) => [leaf, id])))
    const cells = await cellsOf(sight, unit)
    const of = groups(cells, (cell) => `${parts.get(cell.unit)}/${cell.indicator}`)
    const vetoes = await zeroingNow(sight)
    return children.flatMap((child) => {
      const alone = roster.children(child.id).length === 0
      return [...roster.indicators.values()].flatMap((indicator) =>
        lineOf(sight, child, indicator, alone, of.get(`${child.id}/${indicator.id}`) ?? [], vetoes),
      )
    })
  })
}

/**
 * Every indicator of each of these units, alone or added up, from cells of any day.
 * @param sight `today` = the day of the cells
 */
export async function linesFrom(
  sight: Pick<Sight, 'db' | 'roster' | 'today'>,
  units: Unit[],
  cells: ChartCell[],
): Promise<Line[]> {
  const { roster } = sight
  const of = new Map<string, ChartCell[]>()
  for (const cell of cells)
    for (const id of [cell.unit, ...roster.above(cell.unit).map((unit) => unit.id)]) {
      const known = of.get(`${id}/${cell.indicator}`)
      if (known) known.push(cell)
      else of.set(`${id}/${cell.indicator}`, [cell])
    }
  const vetoes = await zeroing(sight)
  const places = units.flatMap((unit) =>
    [...roster.indicators.values()].map((indicator) => ({ unit, indicator })),
  )
  const lines = await inSlices(places, ({ unit, indicator }) => {
    const alone = roster.children(unit.id).length === 0
    return lineOf(sight, unit, indicator, alone, of.get(`${unit.id}/${indicator.id}`) ?? [], vetoes)
  })
  return lines.flat()
}

/** The weighted completion of a unit, and where the schedule says it should be, both 0…1. */
export function summary(lines: Line[]): { share: Fraction; schedule: Fraction } | undefined {
  const weighted = lines.map(({ indicator: { weight, cap }, standing: { share, schedule } }) => ({
    ...{ weight, cap, share, schedule },
  }))
  const share = overall(weighted)
  const schedule = overall(
    weighted.map((one) => ({ ...one, share: one.share === 'na' ? 'na' : one.schedule }) as const),
  )
  return share && schedule && { share, schedule }
}

/** ※红色物业一票否决（否决1号），计0分。 for each line that a veto makes nothing. */
export const vetoNotes = (lines: Line[]): string[] =>
  lines.flatMap(({ unit, indicator, vetoed }) =>
    vetoed === undefined ? [] : [`※${unit.short}的“${indicator.name}”被一票否决（${vetoed}），计0分。`],
  )

/** The document of the veto that makes an indicator of a unit count as nothing today. */
export type Zeroing = (unit: number, indicator: number) => string | undefined

export async function zeroing({
  db,
  roster,
  today,
}: Pick<Turn, 'roster' | 'today'> & { db: Executor }): Promise<Zeroing> {
  const vetoes = await vetoesOf(db, roster.campaign.id, today)
  return (unit, indicator) =>
    vetoes.get(unit)?.find((one) => one.effect === 'indicator_zero' && one.indicator === indicator)?.document
}

const zeroingNow = (sight: Sight): Promise<Zeroing> => sight.cached('zeroing', () => zeroing(sight))

function lineOf(
  { today, roster }: Pick<Sight, 'roster' | 'today'>,
  unit: Unit,
  indicator: Indicator,
  alone: boolean,
  cells: ChartCell[],
  vetoes: Zeroing,
): Line[] {
  const [only] = cells
  if (!only || !isActive(indicator)) return []
  const line = alone ? ofOne(indicator, only) : ofSeveral(indicator, cells)
  const { reached, due, shown } = line
  const vetoed = reached === 'na' ? undefined : vetoes(unit.id, indicator.id)
  const span = { starts: indicator.starts, due, plan: indicator.plan }
  const share = vetoed === undefined ? reached : new Fraction(0)
  return [
    {
      ...{ ...line, unit, indicator, standing: standing(share, span, today, roster.campaign.settings) },
      ...(vetoed !== undefined && { vetoed, shown: `${shown}※` }),
    },
  ]
}

type Found = Omit<Line, 'unit' | 'indicator' | 'standing' | 'vetoed'>

function ofOne(indicator: Indicator, cell: ChartCell): Found {
  const reached = cell.applies ? completion(cell, cell) : 'na'
  return {
    ...{ reached, due: cell.due, cell, ...begunAt(sumsOf(cell)) },
    ...{ applicable: reached === 'na' ? 0 : 1, reported: cell.reported ? 1 : 0 },
    shown: reached === 'na' ? '不涉及' : shown(indicator, cell),
  }
}

// The same cells are added up for each unit above them.
const addends = new WeakMap<ChartCell, Sums>()

function addend(cell: ChartCell): Sums {
  const sums = addends.get(cell) ?? sumsOf(cell)
  addends.set(cell, sums)
  return sums
}

function ofSeveral(indicator: Indicator, cells: ChartCell[]): Found {
  const sums = cells.map(addend).reduce(plus, noSums())
  const whole = wholeOf(indicator, sums)
  const { share, applicable, reported } = whole
  const sum =
    indicator.kind === 'ratio'
      ? `${whole.num}/${whole.den}`
      : `${whole.value}/${whole.target}${indicator.uom}`
  const isMean = indicator.kind === 'milestone' || indicator.kind === 'score'
  return {
    ...{ reached: share, due: indicator.due, applicable, reported, ...begunAt(sums) },
    shown: share === 'na' ? '不涉及' : reported === 0 ? '未报' : isMean ? '平均' : sum,
  }
}

/** What counting begins at, of all communities that it applies to. */
function begunAt({ baseline }: Sums): { baseline?: string } {
  return baseline.equals(0) ? {} : { baseline: baseline.toString() }
}

function shown(indicator: Indicator, cell: ChartCell): string {
  const counts = indicator.kind === 'count' || indicator.kind === 'amount'
  if (!counts || cell.target === null || !cell.reported) return show(indicator, cell)
  return `${cell.value}/${cell.target}${indicator.uom}`
}
