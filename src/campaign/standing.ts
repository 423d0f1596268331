// Where a unit stands on an indicator, alone or for all units below it (`domain.md` C4.1–C4.4, C4.7).
import Fraction from 'fraction.js'
import { completion, type Measure, type Measured } from './completion.ts'
import { deviation, type Lamp, lampOf, type Span, scheduleLine } from './schedule.ts'

export interface Standing {
  share: Fraction | 'na'
  schedule: Fraction
  lamp: Lamp
}

export interface Part extends Measure, Measured {
  /** False = 不涉及, with a reason and an approver. */
  applies: boolean
  reported: boolean
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
  const shares = parts.map((part) => (part.applies ? completion(part, part) : 'na'))
  const counting = parts.filter((_, at) => shares[at] !== 'na')
  const [first] = counting
  const reported = counting.filter((part) => part.reported)
  const counts = { applicable: counting.length, reported: reported.length }
  const none = { value: null, num: null, den: null }
  if (!first) return { ...none, ...counts, share: 'na', target: null }

  if (first.kind === 'count' || first.kind === 'amount') {
    const value = text(sum(counting.map((part) => part.value ?? part.baseline)))
    const target = text(sum(counting.map((part) => part.target ?? '0')))
    const baseline = text(sum(counting.map((part) => part.baseline)))
    const whole = { ...first, value, target, baseline }
    return { ...none, ...counts, value, target, share: completion(whole, whole) }
  }
  if (first.kind === 'ratio') {
    const counted = reported.filter((part) => part.num !== null && part.den !== null)
    const num = sum(counted.map((part) => part.num ?? '0'))
    const den = sum(counted.map((part) => part.den ?? '0'))
    // A percentage without its parts weighs like the average of the others, and is not in the sums that are shown.
    const bare = sum(reported.filter((part) => part.num === null).map((part) => part.value ?? '0')).div(100)
    const size = counted.length > 0 ? den.div(counted.length) : new Fraction(1)
    const whole = den.add(size.mul(reported.length - counted.length))
    const target = sum(counting.map((part) => part.target ?? '100')).div(counting.length)
    const share = whole.equals(0)
      ? new Fraction(0)
      : num
          .add(bare.mul(size))
          .div(whole)
          .mul(100)
          .div(target)
          .mul(new Fraction(reported.length, counting.length))
    return { ...counts, value: null, num: text(num), den: text(den), target: text(target), share }
  }
  const share = sum(shares.filter((one) => one !== 'na')).div(counting.length)
  const value = first.kind === 'yes_no' ? text(sum(counting.map((part) => part.value ?? '0'))) : null
  return {
    ...none,
    ...counts,
    value,
    target: first.kind === 'yes_no' ? String(counting.length) : null,
    share,
  }
}

/** Σ w·min(C, κ) / Σ w over what applies (C4.5 without adjustments), 0…1; undefined when nothing applies. */
export function overall(
  parts: { share: Fraction | 'na'; weight: string; cap: string }[],
): Fraction | undefined {
  const counting = parts.flatMap(({ share, weight, cap }) =>
    share === 'na'
      ? []
      : [{ weight: new Fraction(weight), share: share.gt(cap) ? new Fraction(cap) : share }],
  )
  const weights = sum(counting.map(({ weight }) => weight))
  if (weights.equals(0)) return undefined
  return sum(counting.map(({ share, weight }) => share.mul(weight))).div(weights)
}

const sum = (numbers: (string | Fraction)[]): Fraction =>
  numbers.reduce<Fraction>((total, one) => total.add(one), new Fraction(0))
const text = (number: Fraction) => number.toString()
