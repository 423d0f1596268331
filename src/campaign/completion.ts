// How far a number is from its target: C of `domain.md` C4.1, exact.
import Fraction from 'fraction.js'
import { known } from './decimal.ts'

export type Kind = 'count' | 'amount' | 'ratio' | 'yes_no' | 'milestone' | 'score'

export interface Measure {
  kind: Kind
  direction: 'up' | 'down'
  baseline: string
  /** Count and amount: the number to reach; ratio: per cent; score: the full mark; else unused. */
  target: string | null
  zeroTarget: 'na' | 'done'
}

export interface Measured {
  /** Count, amount, score: the number; ratio without parts: per cent; yes_no: 1 or 0; milestone: share reached. */
  value: string | null
  num: string | null
  den: string | null
}

const zero = new Fraction(0)
const one = new Fraction(1)

/** @returns C (0 = nothing, 1 = target reached, may be more), or `'na'` = 不涉及. Nothing reported is 0. */
export function completion(measure: Measure, { value, num, den }: Measured): Fraction | 'na' {
  const { kind } = measure
  if (kind === 'count' || kind === 'amount')
    return towards(
      measure,
      known(measure.baseline),
      known(measure.target ?? '0'),
      value === null ? null : known(value),
    )
  if (kind === 'yes_no' || kind === 'milestone') return known(value ?? '0')
  const target = known(measure.target ?? '100')
  if (target.equals(0)) return 'na'
  if (kind === 'score') return known(value ?? '0').div(target)
  if (num === null || den === null) return known(value ?? '0').div(target)
  if (known(den).equals(0)) return 'na'
  return known(num).mul(100).div(known(den)).div(target)
}

/** The same of a count or an amount, or of what several come to. @param value null = nothing was reported */
export function towards(
  { direction, zeroTarget }: Pick<Measure, 'direction' | 'zeroTarget'>,
  b: Fraction,
  t: Fraction,
  value: Fraction | null,
): Fraction | 'na' {
  const v = value ?? b
  if (direction === 'down') {
    if (b.lte(t)) return value !== null && v.lte(t) ? one : zero
    return atLeastZero(b.sub(v).div(b.sub(t)))
  }
  if (t.gt(b)) return atLeastZero(v.sub(b).div(t.sub(b)))
  if (zeroTarget === 'na') return 'na'
  return value !== null && v.gte(t) ? one : zero
}

const atLeastZero = (share: Fraction) => (share.lt(0) ? zero : share)

/** Per cent with at most two decimals, rounded half-up for display: 0.8333… → `83.33`. */
export function percent(share: Fraction, places = 2): string {
  return share.mul(100).round(places).toString()
}
