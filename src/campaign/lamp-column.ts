// The lamp of an exact completion, decided on whole numbers: what `lampOf` says, for a million completions in a second.
import Fraction from 'fraction.js'
import { daysBetween } from '../clock.ts'
import { type Lamp, type Span, scheduleLine } from './schedule.ts'

/** In this order lamps are numbered where they are stored. */
export const lampOrder: readonly Lamp[] = ['grey', 'done', 'green', 'yellow', 'red']

/** A completion as the fraction num/den, both whole, den > 0. */
type Decide = (num: number, den: number) => Lamp

/**
 * The lamps of one indicator with one due date on one day (`domain.md` C4.4).
 * @returns the same as `lampOf` for every completion that applies
 */
export function lampsOn(span: Span, date: string, { yellow, red }: { yellow: number; red: number }): Decide {
  const schedule = scheduleLine(span, date)
  const redBelow = fractionOf(schedule.sub(new Fraction(red).div(100)))
  const yellowUpTo = fractionOf(schedule.sub(new Fraction(yellow).div(100)))
  const isOverdue = date > span.due
  const otherwise: Lamp = daysBetween(date, span.due) <= 3 ? 'yellow' : 'green'
  return (num, den) => {
    if (num >= den) return 'done'
    if (isOverdue || compare(num, den, redBelow) < 0) return 'red'
    return compare(num, den, yellowUpTo) <= 0 ? 'yellow' : otherwise
  }
}

interface Ratio {
  num: number
  den: number
}

const fractionOf = (fraction: Fraction): Ratio => ({
  num: Number(fraction.s * fraction.n),
  den: Number(fraction.d),
})

/** The sign of a/b − c/d, exact also where the products are no longer safe numbers. */
function compare(a: number, b: number, { num: c, den: d }: Ratio): number {
  const [left, right] = [a * d, c * b]
  if (Math.abs(left) < Number.MAX_SAFE_INTEGER && Math.abs(right) < Number.MAX_SAFE_INTEGER)
    return left - right
  const difference = BigInt(a) * BigInt(d) - BigInt(c) * BigInt(b)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
