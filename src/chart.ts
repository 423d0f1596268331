// What the wall chart says of a unit, ready to be shown: one line an indicator, alone or added up.

import type Fraction from 'fraction.js'
import { completion } from './campaign/completion.ts'
import { show } from './campaign/entry.ts'
import { overall, type Standing, standing, together } from './campaign/standing.ts'
import { type ChartCell, chartCells, leavesOf } from './database/progress.ts'
import type { Indicator, Unit } from './database/roster.ts'
import type { Turn } from './turn.ts'

export interface Line {
  unit: Unit
  indicator: Indicator
  standing: Standing
  /** 2/4个, 38/40, 初验; 未报 when nothing was reported. */
  shown: string
  due: string
  /** How many communities it applies to, and how many of them have reported. */
  applicable: number
  reported: number
  /** Present for one community or village, absent for sums. */
  cell?: ChartCell
}

type Sight = Pick<Turn, 'db' | 'roster' | 'today' | 'cached'>

/** All indicators of one unit, in the scheme's order. Those that do not concern it at all are left out. */
export function chartOf(sight: Sight, unit: Unit): Promise<Line[]> {
  return sight.cached(`chart:${unit.id}`, async () => {
    const cells = await chartCells(sight.db, sight.roster, leavesOf(sight.roster, unit.id))
    const alone = sight.roster.children(unit.id).length === 0
    return [...sight.roster.indicators.values()].flatMap((indicator) =>
      lineOf(
        sight,
        unit,
        indicator,
        alone,
        cells.filter((cell) => cell.indicator === indicator.id),
      ),
    )
  })
}

/** One indicator for each unit directly below, in roster order. */
export function chartBelow(sight: Sight, unit: Unit, indicator: Indicator): Promise<Line[]> {
  return sight.cached(`below:${unit.id}:${indicator.id}`, async () => {
    const cells = await chartCells(sight.db, sight.roster, leavesOf(sight.roster, unit.id), [indicator])
    return sight.roster.children(unit.id).flatMap((child) => {
      const leaves = new Set(leavesOf(sight.roster, child.id))
      const alone = sight.roster.children(child.id).length === 0
      return lineOf(
        sight,
        child,
        indicator,
        alone,
        cells.filter((cell) => leaves.has(cell.unit)),
      )
    })
  })
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

function lineOf(sight: Sight, unit: Unit, indicator: Indicator, alone: boolean, cells: ChartCell[]): Line[] {
  const { today, roster } = sight
  const [only] = cells
  if (!only) return []
  const stand = (share: Fraction | 'na', due: string) =>
    standing(share, { starts: indicator.starts, due, plan: indicator.plan }, today, roster.campaign.settings)
  if (alone) {
    const share = only.applies ? completion(only, only) : 'na'
    const counts = { applicable: share === 'na' ? 0 : 1, reported: only.reported ? 1 : 0 }
    return [
      {
        ...counts,
        unit,
        indicator,
        standing: stand(share, only.due),
        shown: share === 'na' ? '不涉及' : shown(indicator, only),
        due: only.due,
        cell: only,
      },
    ]
  }
  const whole = together(cells)
  const sum =
    indicator.kind === 'ratio'
      ? `${whole.num}/${whole.den}`
      : `${whole.value}/${whole.target}${indicator.uom}`
  const isMean = indicator.kind === 'milestone' || indicator.kind === 'score'
  return [
    {
      ...{ unit, indicator, applicable: whole.applicable, reported: whole.reported, due: indicator.due },
      standing: stand(whole.share, indicator.due),
      shown: whole.share === 'na' ? '不涉及' : whole.reported === 0 ? '未报' : isMean ? '平均' : sum,
    },
  ]
}

function shown(indicator: Indicator, cell: ChartCell): string {
  const counts = indicator.kind === 'count' || indicator.kind === 'amount'
  if (!counts || cell.target === null || !cell.reported) return show(indicator, cell)
  return `${cell.value}/${cell.target}${indicator.uom}`
}
