// How much is left, how fast it goes, and when it will be done at that pace (`domain.md` C4.8, N16). Pure.
import Fraction from 'fraction.js'
import { addDays, daysBetween } from '../clock.ts'
import type { Kind, Measure, Measured } from './completion.ts'
import type { Whole } from './standing.ts'

/** A number on its way to a target, in the unit that it is spoken of in. */
export interface Way {
  value: Fraction
  target: Fraction
  /** Fewer is better. */
  down: boolean
}

export interface Forecast {
  /** What is missing; 0 = done. */
  left: Fraction
  /** Weeks until the date, begun ones counted; 0 = it has come. */
  weeks: number
  /** What has to be done every week; undefined when no time is left. */
  need: Fraction | undefined
  /** What was done a week over the last four, towards the target. */
  pace: Fraction
  /** The day on which it will be done; undefined = at this pace never. */
  eta: string | undefined
  /** Days after the date, or, negative, before it. */
  late: number | undefined
}

/** The days that the pace is taken from. */
export const paceDays = 28
const paceWeeks = 4
/** Beyond what a calendar can hold, which is as good as never. */
const longestDays = 36_500

/**
 * need/week = (T−v)/⌈(d−t)/7⌉; pace = (v(t)−v(t−28))/4; ETA = t + 7·(T−v)/pace, a day begun counts whole.
 * @param before v(t−28), in the same unit
 */
export function forecast(
  { value, target, down }: Way,
  before: Fraction,
  today: string,
  due: string,
): Forecast {
  const towards = (from: Fraction, to: Fraction) => (down ? from.sub(to) : to.sub(from))
  const missing = towards(value, target)
  const left = missing.lt(0) ? new Fraction(0) : missing
  const weeks = Math.max(0, Math.ceil(daysBetween(today, due) / 7))
  const pace = towards(before, value).div(paceWeeks)
  const days = pace.gt(0) ? left.mul(7).div(pace).ceil().valueOf() : left.equals(0) ? 0 : undefined
  const eta = days === undefined || days > longestDays ? undefined : addDays(today, days)
  return {
    ...{ left, weeks, pace, eta },
    need: weeks > 0 ? left.div(weeks) : undefined,
    late: eta === undefined ? undefined : daysBetween(due, eta),
  }
}

/** One community's or village's way. Ratios and milestones go in per cent. */
export function wayOf(measure: Measure, { value, num, den }: Measured): Way {
  const { kind, direction, target, baseline } = measure
  const is = (now: string | Fraction, goal: string | number, down = false): Way => ({
    value: new Fraction(now),
    target: new Fraction(goal),
    down,
  })
  if (kind === 'count' || kind === 'amount') return is(value ?? baseline, target ?? 0, direction === 'down')
  if (kind === 'yes_no') return is(value ?? '0', 1)
  if (kind === 'milestone') return is(new Fraction(value ?? 0).mul(100), 100)
  if (kind === 'score' || num === null || den === null || new Fraction(den).equals(0))
    return is(value ?? '0', target ?? 100)
  return is(new Fraction(num).mul(100).div(den), target ?? 100)
}

/** The way of a street or the district: sums where there are sums, the mean completion in per cent where not. */
export function wayOfWhole(kind: Kind, direction: 'up' | 'down', whole: Whole): Way {
  const share = whole.share === 'na' ? new Fraction(0) : whole.share
  if (kind === 'milestone' || kind === 'score')
    return { value: share.mul(100), target: new Fraction(100), down: false }
  const target = new Fraction(whole.target ?? 0)
  if (kind === 'ratio') return { value: share.mul(target), target, down: false }
  return { value: new Fraction(whole.value ?? 0), target, down: kind !== 'yes_no' && direction === 'down' }
}
