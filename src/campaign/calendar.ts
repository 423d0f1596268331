// Which days are worked: the State Council's plan, what an administrator loaded, and the law where both are silent.
import { createRequire } from 'node:module'
import chineseDays from 'chinese-days'
import { addDays } from '../clock.ts'

/** Dates are `YYYY-MM-DD`. */
export interface Calendar {
  isWorkday(date: string): boolean
  /** Whether the plan of that year is there. Without it only the holidays that the law fixes are off. */
  isKnown(year: number): boolean
}

/** A day as an administrator loads it (sheet 日历). */
export interface CalendarDay {
  day: string
  working: boolean
  name: string
}

/**
 * The workday calendar (`domain.md` C7 Calendar, N21). What was loaded wins, day by day; then the plan that
 * chinese-days knows; then the holidays of the law and the weekends.
 *
 * A year counts as known when chinese-days has its plan, or when both long holidays of it, 春节 and 国庆, are among
 * the loaded days: one corrected day, or a 31 December that came with the next year's plan, is not a plan.
 */
export function calendarOf(loaded: CalendarDay[] = []): Calendar {
  const said = new Map(loaded.map(({ day, working }) => [day, working]))
  const days = new Map(said)
  const years = new Map<number, boolean>()
  const isLoaded = (year: number) =>
    [springFestival(year), nationalDay(year)].every((holiday) =>
      holiday.some((day) => said.get(day) === false),
    )
  return {
    isWorkday: (date) => kept(days, date, byPlanOrLaw),
    isKnown: (year) => kept(years, year, () => isPlanned(year) || isLoaded(year)),
  }
}

/** The date itself when it is a workday, else the last workday before it. */
export function workdayOnOrBefore(calendar: Calendar, date: string): string {
  return calendar.isWorkday(date) ? date : workdayBefore(calendar, date)
}

/** The date itself when it is a workday, else the next one. */
export function workdayOnOrAfter(calendar: Calendar, date: string): string {
  return calendar.isWorkday(date) ? date : workdayAfter(calendar, date)
}

/** The last workday before the date. */
export function workdayBefore(calendar: Calendar, date: string): string {
  return workdayOnOrBefore(calendar, addDays(date, -1))
}

/** The next workday after the date. */
export function workdayAfter(calendar: Calendar, date: string): string {
  return workdayOnOrAfter(calendar, addDays(date, 1))
}

/**
 * The plans as chinese-days keeps them, by date. Its functions would do the same, but they go by the server's own
 * clock: in America they have every weekday wrong.
 */
const plans = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json') as {
  holidays: Record<string, string>
  workdays: Record<string, string>
}
const holidays = new Map<number, Set<string>>()

function byPlanOrLaw(date: string): boolean {
  if (date in plans.workdays) return true
  const weekday = new Date(date).getUTCDay()
  if (weekday === 0 || weekday === 6 || date in plans.holidays) return false
  const year = Number(date.slice(0, 4))
  return isPlanned(year) || !kept(holidays, year, statutoryDays).has(date)
}

/** 31 December may be in the plan of the next year; National Day is in the plan of its own year only. */
const isPlanned = (year: number) => nationalDay(year).some((day) => day in plans.holidays)

/** 全国年节及纪念日放假办法 as of 2025. Weekdays off in their place are only fixed by the year's plan. */
export function statutoryDays(year: number): Set<string> {
  return new Set([
    ...[`${year}-01-01`, `${year}-05-01`, `${year}-05-02`],
    ...springFestival(year),
    ...nationalDay(year),
    `${year}-04-0${qingming(year)}`,
    ...[`${year}-05-05`, `${year}-08-15`].map(fromLunar),
  ])
}

/** The day in April when the sun is at 15°, by the usual formula for this century. */
const qingming = (year: number) => Math.floor((year % 100) * 0.2422 + 4.81) - Math.floor((year % 100) / 4)

/** A day of the lunar year as a calendar date. Noon, for a bare date would be the day before in America. */
const fromLunar = (day: string) => chineseDays.getSolarDateFromLunar(`${day}T12:00`).date

/** New Year's Eve to the third day. */
function springFestival(year: number): string[] {
  const first = fromLunar(`${year}-01-01`)
  return [-1, 0, 1, 2].map((days) => addDays(first, days))
}

const nationalDay = (year: number) => [`${year}-10-01`, `${year}-10-02`, `${year}-10-03`]

function kept<K, V>(memory: Map<K, V>, key: K, make: (key: K) => V): V {
  const known = memory.get(key)
  if (known !== undefined) return known
  const made = make(key)
  memory.set(key, made)
  return made
}
