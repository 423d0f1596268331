// What a unit's score is made of: what each indicator costs, and what one more piece of it would bring (`domain.md` N20).
import type Fraction from 'fraction.js'
import { type Explanation, explain, withinLimits } from './campaign/explain.ts'
import { nextOfSums, nextStep } from './campaign/next-step.ts'
import { noSums, plus, sumsOf } from './campaign/sums.ts'
import { chartOf, type Line } from './chart.ts'
import { type Adjustment, adjustmentsOf, zeroedFor } from './database/history.ts'
import { chartCells, leavesOf } from './database/progress.ts'
import type { Unit } from './database/roster.ts'
import type { Turn } from './turn.ts'

/** One indicator of the unit. */
export interface Reason {
  line: Line
  share: Fraction | 'na'
  weight: string
  cap: string
  /** 再完成1个, and the completion that it would bring. */
  words?: string
  next?: Fraction
  /** The document of a veto that sets it to nothing. */
  vetoed?: string
}

export interface Reasons {
  explanation: Explanation<Reason>
  adjustments: Adjustment[]
}

/** @returns undefined when nothing applies to the unit: 未参评 */
export async function reasonsFor(turn: Turn, unit: Unit): Promise<Reasons | undefined> {
  const { db, roster, today } = turn
  return turn.cached(`reasons:${unit.id}`, async () => {
    const lines = await chartOf(turn, unit)
    const cells = await chartCells(db, roster, leavesOf(roster, unit.id))
    const adjustments = await adjustmentsOf(db, unit.id)
    const zeroed = await zeroedFor(db, unit.id, today)
    const parts = lines.map((line): Reason => {
      const { indicator, standing } = line
      const vetoed = standing.share === 'na' ? undefined : zeroed.get(indicator.id)
      const parts = cells.filter((cell) => cell.indicator === indicator.id)
      const step = line.cell
        ? nextStep(indicator, line.cell)
        : nextOfSums(indicator, parts.map(sumsOf).reduce(plus, noSums()))
      return {
        ...{ line, weight: indicator.weight, cap: indicator.cap },
        ...(vetoed === undefined
          ? { share: standing.share, ...(step && { words: step.words, next: step.share }) }
          : { share: standing.share === 'na' ? 'na' : standing.share.mul(0), vetoed }),
      }
    })
    const explanation = explain(parts, withinLimits(adjustments.map(({ points }) => points)))
    return explanation && { explanation, adjustments }
  })
}
