// Weeks and months by arithmetic on calendar dates `YYYY-MM-DD`.
import { addDays } from '../clock.ts'

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(date: string): number {
  return new Date(Date.parse(date)).getUTCDay() || 7
}

/** The Monday of the calendar week that the date is in. */
export function mondayOf(date: string): string {
  return addDays(date, 1 - weekdayOf(date))
}

/** Months since the year 0: 2026-11 is 2026·12 + 10. */
export function monthOf(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1
}

/**
 * A day of a month, counted as `monthOf` does. A day that the month lacks is its last.
 * @param day 1…31, or -1 = the last day, -4 = three days before it
 */
export function dayOf(month: number, day: number): string {
  const year = Math.floor(month / 12)
  const last = new Date(Date.UTC(year, (month % 12) + 1, 0)).getUTCDate()
  const at = day < 0 ? Math.max(last + 1 + day, 1) : Math.min(day, last)
  return new Date(Date.UTC(year, month % 12, at)).toISOString().slice(0, 10)
}

/** The nth weekday of a month (-1 = the last one), or undefined when the month has no fifth. */
export function nthWeekday(month: number, nth: number, weekday: number): string | undefined {
  if (nth < 0) {
    const last = dayOf(month, -1)
    return addDays(last, -((weekdayOf(last) - weekday + 7) % 7))
  }
  const first = dayOf(month, 1)
  const date = addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + (nth - 1) * 7)
  return monthOf(date) === month ? date : undefined
}
