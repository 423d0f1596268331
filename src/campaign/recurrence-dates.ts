// The calendar dates on which a repetition falls, by arithmetic from its anchor (`domain.md` C7 Grammar).
import { addDays, daysBetween } from '../clock.ts'
import type { Calendar } from './calendar.ts'
import { dayOf, monthOf, nthWeekday } from './dates.ts'

/** Weekdays are 1 = Monday … 7 = Sunday. Intervals count from the anchor's own day, week or month. */
export type Repeat = (
  | { every: 'day'; interval?: number }
  /** Workdays of the State Council's calendar. */
  | { every: 'workday' }
  | { every: 'week'; interval?: number; weekdays: number[] }
  /** 1…31, where a day that the month lacks is its last; -1 = the last day, -4 = three days before the last. */
  | { every: 'month'; days: number[]; interval?: number }
  /** nth -1 = the last one of the month. */
  | { every: 'month'; nth: number; weekday: number }
  | { every: 'month'; lastWorkday: true }
  | { every: 'month'; firstWorkday: true }
  /** Its last day. */
  | { every: 'quarter' | 'year' }
) & {
  /** Last possible date, included. */
  until?: string
  /** So many times in all, counted from the anchor. */
  count?: number
}

/** Nothing in the calendar is further apart: a fifth Friday, a workday after the longest holiday. */
const mostPeriods = 500

/**
 * The first date of the repetition that is not before `date`, whatever its `until` and `count` say.
 * @param from the anchor: no date lies before it, and intervals are counted from its day, week or month
 */
export function firstOnOrAfter(
  repeat: Repeat,
  from: string,
  date: string,
  calendar: Calendar,
): string | undefined {
  const start = date > from ? date : from
  if (repeat.every === 'day') {
    const interval = repeat.interval ?? 1
    return addDays(from, Math.ceil(daysBetween(from, start) / interval) * interval)
  }
  if (repeat.every === 'workday') {
    for (let day = start, tries = 0; tries < mostPeriods; day = addDays(day, 1), tries++)
      if (calendar.isWorkday(day)) return day
    return undefined
  }
  const anchor = periodOf(repeat, from)
  const step = 'interval' in repeat ? (repeat.interval ?? 1) : 1
  const first = anchor + Math.ceil((periodOf(repeat, start) - anchor) / step) * step
  for (let period = first, tries = 0; tries < mostPeriods; period += step, tries++) {
    const found = datesIn(repeat, period, calendar).find((day) => day >= start)
    if (found) return found
  }
  return undefined
}

type Periodic = Exclude<Repeat, { every: 'day' | 'workday' }>

const firstMonday = '0001-01-01'

/** Weeks, months, quarters or years since the year 0 or 1. */
function periodOf({ every }: Periodic, date: string): number {
  if (every === 'week') return Math.floor(daysBetween(firstMonday, date) / 7)
  return Math.floor(monthOf(date) / { month: 1, quarter: 3, year: 12 }[every])
}

/** Dates of the repetition in one such period, in order. */
function datesIn(repeat: Periodic, period: number, calendar: Calendar): string[] {
  switch (repeat.every) {
    case 'week':
      return repeat.weekdays
        .toSorted((a, b) => a - b)
        .map((weekday) => addDays(firstMonday, period * 7 + weekday - 1))
    case 'quarter':
      return [dayOf(period * 3 + 2, -1)]
    case 'year':
      return [dayOf(period * 12 + 11, -1)]
    case 'month':
      if ('days' in repeat) return repeat.days.map((day) => dayOf(period, day)).sort()
      if ('nth' in repeat) return [nthWeekday(period, repeat.nth, repeat.weekday) ?? []].flat()
      return [workdayOf(period, 'lastWorkday' in repeat ? -1 : 1, calendar)]
  }
}

/** The first or last workday of a month, counted as `monthOf` does. */
export function workdayOf(month: number, side: 1 | -1, calendar: Calendar): string {
  for (let nth = 1; nth <= 28; nth++) {
    const date = dayOf(month, side * nth)
    if (calendar.isWorkday(date)) return date
  }
  return dayOf(month, side)
}
