// Where one should be today: the schedule line S, and the lamp it gives (`domain.md` C4.3, C4.4).
import Fraction from 'fraction.js'
import { daysBetween } from '../clock.ts'
import { exactly } from './decimal.ts'

export type Lamp = 'done' | 'green' | 'yellow' | 'red' | 'grey'

export interface Span {
  /** Calendar dates `YYYY-MM-DD`, both included. */
  starts: string
  due: string
  /** Points between: date and the share (0…1) planned for it. */
  plan: readonly (readonly [string, number | string])[]
}

/** S at the end of `date`, 0…1: linear by calendar days, or piecewise between plan points. */
export function scheduleLine({ starts, due, plan }: Span, date: string): Fraction {
  if (plan.length === 0) {
    const whole = daysBetween(starts, due) + 1
    return clamp(new Fraction(daysBetween(starts, date) + 1, Math.max(whole, 1)))
  }
  // A unit may be due earlier, or later, than the plan was made for: what lies outside of its time is no point of it.
  const within = plan.filter(([day]) => day >= starts && day < due)
  const points: (readonly [string, number | string])[] = [[starts, 0], ...within.toSorted(byDate), [due, 1]]
  const next = points.findIndex(([day]) => day >= date)
  if (next <= 0) return new Fraction(next === 0 ? 0 : 1)
  const [fromDate, fromShare] = points[next - 1] ?? [starts, 0]
  const [toDate, toShare] = points[next] ?? [due, 1]
  const share = new Fraction(daysBetween(fromDate, date), Math.max(daysBetween(fromDate, toDate), 1))
  const from = exactly(fromShare)
  return clamp(from.add(share.mul(exactly(toShare).sub(from))))
}

/** 序时偏差 in percentage points: 100·(min(C,1) − S). */
export function deviation(share: Fraction, schedule: Fraction): Fraction {
  return (share.gt(1) ? new Fraction(1) : share).sub(schedule).mul(100)
}

/** The first rule that matches, on exact values. `yellow` and `red` are percentage points behind schedule. */
export function lampOf(
  share: Fraction | 'na',
  span: Span,
  date: string,
  { yellow, red }: { yellow: number; red: number },
): Lamp {
  if (share === 'na') return 'grey'
  if (share.gte(1)) return 'done'
  if (date > span.due) return 'red'
  const behind = deviation(share, scheduleLine(span, date))
  if (behind.lt(exactly(-red))) return 'red'
  if (behind.lte(exactly(-yellow))) return 'yellow'
  return daysBetween(date, span.due) <= 3 ? 'yellow' : 'green'
}

const byDate = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1)
const clamp = (share: Fraction) => (share.lt(0) ? new Fraction(0) : share.gt(1) ? new Fraction(1) : share)
