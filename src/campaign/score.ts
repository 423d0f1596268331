// What stands beside a number, and what it is worth: its mark and its points (`domain.md` C4.2, C4.5).
import Fraction from 'fraction.js'
import { addDays } from '../clock.ts'
import { type Calendar, workdayAfter } from './calendar.ts'

/** 正常, 沿用, 未报, 待核, 不涉及. */
export type Mark = 'normal' | 'carried' | 'missing' | 'pending' | 'na'

/** How often numbers are asked for, in days: every Friday. */
export const weekly = 7
/** Workdays that a number may be late before it is marked. */
const grace = 3

/**
 * The mark of one community's cell. A report that waits for its answer is the sharpest: it says that the number shown
 * is in dispute, also where none has been accepted yet.
 * @param cell.share its completion, or 不涉及
 * @param cell.asOf the day that the accepted number speaks of, when it is known
 */
export function markOf(
  cell: { share: Fraction | 'na'; reported: boolean; pending: boolean; asOf: string | null },
  date: string,
  calendar: Calendar,
  cadence = weekly,
): Mark {
  if (cell.share === 'na') return 'na'
  if (cell.pending) return 'pending'
  if (!cell.reported) return 'missing'
  return cell.asOf !== null && isCarried(cell.asOf, date, calendar, cadence) ? 'carried' : 'normal'
}

/** The mark of a sum: 不涉及 only if all of it is, 未报 only if nobody has reported. */
export function markOfWhole({ share, reported }: { share: Fraction | 'na'; reported: number }): Mark {
  if (share === 'na') return 'na'
  return reported === 0 ? 'missing' : 'normal'
}

/** Whether a number is older than the cadence and three workdays more, at the end of `date`. */
export function isCarried(asOf: string, date: string, calendar: Calendar, cadence = weekly): boolean {
  let expected = addDays(asOf, cadence)
  for (let late = 0; late < grace && expected < date; late++) expected = workdayAfter(calendar, expected)
  return date > expected
}

/** Points of one indicator: w·min(C, κ); undefined = 不涉及. */
export function scoreOf(share: Fraction | 'na', weight: string, cap: string): Fraction | undefined {
  if (share === 'na') return undefined
  return (share.gt(cap) ? new Fraction(cap) : share).mul(weight)
}
