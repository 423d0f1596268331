// When a deadline that somebody asks to move would fall, and what speaks against it (`domain.md` C6 Extension). Pure.
import { addDays } from '../clock.ts'
import { type Calendar, workdayAfter } from './calendar.ts'
import { dayOf, monthOf } from './dates.ts'

/** By how much a deadline is to move. */
export type Shift = { days: number } | { workdays: number } | { months: number }
/** Where to, as it was said: a date, or so much later than it is. */
export type Wish = { to: string } | { shift: Shift }

/** The date that is wished for. @param due the present deadline, from which a shift counts */
export function wishedDate(due: string, wish: Wish, calendar: Calendar): string {
  if ('to' in wish) return wish.to
  const { shift } = wish
  if ('days' in shift) return addDays(due, shift.days)
  if ('months' in shift) return dayOf(monthOf(due) + shift.months, Number(due.slice(8)))
  let date = due
  for (let n = 0; n < shift.workdays; n++) date = workdayAfter(calendar, date)
  return date
}

/** Why a deadline cannot become that date; undefined = it can. */
export function objection(
  date: string,
  { due, today, ends }: { due: string; today: string; ends: string },
): 'not-later' | 'past' | 'after-end' | undefined {
  if (date <= due) return 'not-later'
  if (date < today) return 'past'
  return date > ends ? 'after-end' : undefined
}

/** What may be offered where no date was said, in order: a few days, a week, half a month, the end. */
export function usualDates(due: string, today: string, ends: string): string[] {
  const dates = [...[3, 7, 15].map((days) => addDays(due, days)), ends]
  const possible = dates.filter((date) => objection(date, { due, today, ends }) === undefined)
  return [...new Set(possible)].sort()
}
