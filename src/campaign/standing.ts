// Where a unit stands on an indicator, alone or for all units below it (`domain.md` C4.1–C4.4, C4.7).
import Fraction from 'fraction.js'
import { type Measure, type Measured, towards } from './completion.ts'
import { known } from './decimal.ts'
import { deviation, type Lamp, lampOf, type Span, scheduleLine } from './schedule.ts'
import { noSums, type Part, plus, type Sums, sumsOf } from './sums.ts'

export type { Part } from './sums.ts'

export interface Standing {
  share: Fraction | 'na'
  schedule: Fraction
  lamp: Lamp
}

/** What the parts add up to. For counts, amounts and ratios the sums are kept, for the rest the mean. */
export interface Whole extends Measured {
  share: Fraction | 'na'
  target: string | null
  /** How many parts count, and how many of them have reported. */
  applicable: number
  reported: number
}

export function standing(
  share: Fraction | 'na',
  span: Span,
  date: string,
  thresholds: { yellow: number; red: number },
): Standing {
  return { share, schedule: scheduleLine(span, date), lamp: lampOf(share, span, date, thresholds) }
}

/** Percentage points against the schedule line, or undefined for 不涉及. */
export function gap({ share, schedule }: Standing): Fraction | undefined {
  return share === 'na' ? undefined : deviation(share, schedule)
}

/** Adds the communities of a street, or of the district, up for one indicator (`domain.md` C4.7). */
export function together(parts: Part[]): Whole {
  return wholeOf(parts[0] ?? nobody, parts.map(sumsOf).reduce(plus, noSums()))
}

/** What sums say about all of the communities together. @param measure kind, direction and rule for zero targets */
export function wholeOf(measure: Pick<Measure, 'kind' | 'direction' | 'zeroTarget'>, sums: Sums): Whole {
  const { applicable, reported } = sums
  const counts = { applicable: applicable.valueOf(), reported: reported.valueOf() }
  const none = { value: null, num: null, den: null, target: null }
  if (applicable.equals(0)) return { ...none, ...counts, share: 'na' }
  if (measure.kind === 'count' || measure.kind === 'amount') {
    const share = towards(measure, sums.baseline, sums.target, sums.value)
    return { ...none, ...counts, value: text(sums.value), target: text(sums.target), share }
  }
  if (measure.kind === 'ratio') {
    const target = sums.target.div(applicable)
    const share = ratioOf(sums).mul(100).div(target).mul(reported.div(applicable))
    return { ...counts, value: null, num: text(sums.num), den: text(sums.den), target: text(target), share }
  }
  const isShareOfYes = measure.kind === 'yes_no'
  return {
    ...{ ...none, ...counts, share: sums.shares.div(applicable) },
    ...(isShareOfYes && { value: text(sums.value), target: text(applicable) }),
  }
}

/** A percentage without its parts weighs like the average of the others, and is not in the sums that are shown. */
function ratioOf({ reported, parted, num, den, bare }: Sums): Fraction {
  const size = parted.equals(0) ? new Fraction(1) : den.div(parted)
  const whole = den.add(size.mul(reported.sub(parted)))
  return whole.equals(0) ? whole : num.add(bare.div(100).mul(size)).div(whole)
}

const nobody = { kind: 'count', direction: 'up', zeroTarget: 'na' } as const

/** A number as a fraction may have it; to reduce it, which a total has no need of, takes longer than to work it out. */
export type Unreduced = Pick<Fraction, 's' | 'n' | 'd'>

/** Σ w·min(C, κ) / Σ w over what applies (C4.5 without adjustments), 0…1; undefined when nothing applies. */
export function overall(parts: Weighted[]): Fraction | undefined {
  const { n, d } = weighed(parts) ?? {}
  return n === undefined || d === undefined ? undefined : new Fraction(n, d)
}

interface Weighted {
  share: Fraction | 'na'
  weight: string
  cap: string
}

/** The same, for totals. */
export function weighed(parts: Weighted[]): Unreduced | undefined {
  let [above, below, weights, weightsBelow] = [0n, 1n, 0n, 1n]
  for (const { share, weight, cap } of parts) {
    if (share === 'na') continue
    const w = known(weight)
    const most = known(cap)
    const c = share.gt(most) ? most : share
    ;[above, below] = plusOver(above, below, w.n * c.n, w.d * c.d)
    ;[weights, weightsBelow] = plusOver(weights, weightsBelow, w.n, w.d)
  }
  return weights === 0n ? undefined : { s: 1n, n: above * weightsBelow, d: below * weights }
}

/** a/b + n/d; denominators are mostly the same few. */
function plusOver(a: bigint, b: bigint, n: bigint, d: bigint): [bigint, bigint] {
  return b % d === 0n ? [a + n * (b / d), b] : [a * d + n * b, b * d]
}

const text = (number: Fraction) => number.toString()
