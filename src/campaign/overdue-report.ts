// When a number has grown old: it is carried on (沿用) once cadence and grace are over (`domain.md` C4.2, N6).
import { addDays } from '../clock.ts'
import { type Calendar, workdayAfter } from './calendar.ts'

const graceWorkdays = 3

/**
 * Whether a value is only carried on: its day lies further back than the cadence and three workdays. Inside of that
 * nobody is late, for whoever has nothing new need not report (`domain.md` N6).
 * @param asOf calendar date of the value, `cadence` in calendar days
 */
export function isCarried(asOf: string, cadence: number, today: string, calendar: Calendar): boolean {
  let last = addDays(asOf, cadence)
  for (let n = 0; n < graceWorkdays && last < today; n++) last = workdayAfter(calendar, last)
  return last < today
}
