// What a unit's score is made of: what each indicator costs, and what one more piece of it would bring (`domain.md` N20).
import Fraction from 'fraction.js'
import { type Explanation, explain } from './campaign/explain.ts'
import { nextOfSums, nextStep } from './campaign/next-step.ts'
import { noSums, plus, sumsOf } from './campaign/sums.ts'
import { chartOf, type Line } from './chart.ts'
import { type Adjustment, adjustmentsOf, type Veto, vetoesOf } from './database/adjustments.ts'
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
  /** In force today. */
  vetoes: Veto[]
}

/** @returns undefined when nothing applies to the unit: 未参评 */
export async function reasonsFor(turn: Turn, unit: Unit): Promise<Reasons | undefined> {
  const { db, roster, today } = turn
  return turn.cached(`reasons:${unit.id}`, async () => {
    const lines = await chartOf(turn, unit)
    const cells = await chartCells(db, roster, leavesOf(roster, unit.id))
    const campaign = roster.campaign.id
    const adjusted = (await adjustmentsOf(db, campaign, [unit.id])).get(unit.id)
    const vetoes = (await vetoesOf(db, campaign, today)).get(unit.id) ?? []
    const parts = lines.map((line): Reason => {
      const { indicator, standing, vetoed } = line
      const parts = cells.filter((cell) => cell.indicator === indicator.id)
      const step = line.cell
        ? nextStep(indicator, line.cell)
        : nextOfSums(indicator, parts.map(sumsOf).reduce(plus, noSums()))
      return {
        ...{ line, share: standing.share, weight: indicator.weight, cap: indicator.cap },
        ...(vetoed === undefined ? step && { words: step.words, next: step.share } : { vetoed }),
      }
    })
    const explanation = explain(parts, new Fraction(adjusted?.net ?? '0'))
    return explanation && { explanation, adjustments: adjusted?.items ?? [], vetoes }
  })
}
