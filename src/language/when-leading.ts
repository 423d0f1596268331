// When a moment is reminded of: what was said (提前一天), or what follows from a deadline (`domain.md` N5).
import type { Lead, Repeat, Schedule } from '../campaign/recurrence.ts'
import { daysBetween, momentOf } from '../clock.ts'
import { clockOf } from './when-clock.ts'
import { type Moment, onlyADate } from './when-moment.ts'
import type { LeadPhrase } from './when-phrase.ts'

/** The day before at nine, and two hours before; for a mere date on its morning. Of every day, only the same day. */
export function derivedLeads(dateOnly: boolean, repeat?: Repeat): Lead[] {
  const isDaily = repeat?.every === 'workday' || (repeat?.every === 'day' && (repeat.interval ?? 1) === 1)
  const dayBefore: Lead[] = isDaily ? [] : [{ days: 1, time: onlyADate }]
  return [...dayBefore, dateOnly ? { days: 0, time: onlyADate } : { minutes: 120 }]
}

/** A lead of days keeps the clock time of a timed event; before a date it is nine (`domain.md` C7). */
export function saidLeads(leads: LeadPhrase[], time: string, dateOnly: boolean): Lead[] {
  return leads.flatMap(({ length, clock }): Lead[] => {
    if (!length) return []
    if ('minutes' in length) return [length]
    return [{ days: length.days, time: clock ? clockOf(clock).time : dateOnly ? onlyADate : time }]
  })
}

/** A moment that was said to be reminded at, as a lead of what it reminds of; undefined when it is not before it. */
export function leadTo(fire: Moment, moment: Moment): Lead | undefined {
  if (momentOf(fire.date, fire.time) > momentOf(moment.date, moment.time)) return undefined
  return { days: daysBetween(fire.date, moment.date), time: fire.time }
}

/** Two clock times on the days of one repetition: it is at the last, and fires at each. */
export function severalTimes(times: string[]): Pick<Schedule, 'time' | 'leads'> {
  const sorted = [...new Set(times)].sort()
  return {
    time: sorted.at(-1) ?? onlyADate,
    leads: sorted.length > 1 ? sorted.map((time) => ({ days: 0, time })) : [],
  }
}
