// When a reminder fires: one date or a repetition, a clock time, and how long before it (`domain.md` C7).
import { addDays, dateOf, momentOf } from '../clock.ts'
import type { Calendar } from './calendar.ts'
import { firstOnOrAfter, type Repeat } from './recurrence-dates.ts'

export type { Repeat } from './recurrence-dates.ts'

/** Before the moment: so many days, then at a clock time HH:MM; or so many minutes. */
export type Lead = { days: number; time: string } | { minutes: number }

/** Plain JSON, as the database keeps it. Dates are `YYYY-MM-DD` and times `HH:MM` of Asia/Shanghai. */
export interface Schedule {
  /** `from` is the first possible date and the anchor of intervals. */
  on: { date: string } | { repeat: Repeat; from: string }
  /** Of the firing, the event, or the deadline. */
  time: string
  /** 「…前」: the moment is a deadline, and what fires are the leads. */
  deadline?: true
  /** No clock time was said; a deadline then ends with its day, at 23:59. */
  dateOnly?: true
  /** Empty = it fires at the moment itself. */
  leads: Lead[]
}

export interface Firing {
  fire: Date
  /** The event or deadline that it reminds of; the same as `fire` without leads. */
  moment: Date
}

/** The next firing strictly after `after`; undefined = never again. Of firings at one time, the first moment's. */
export function nextFire(schedule: Schedule, after: Date, calendar: Calendar): Firing | undefined {
  let best: Firing | undefined
  const reach = Math.max(
    0,
    ...schedule.leads.map((lead) => ('days' in lead ? lead.days : lead.minutes / 1440 + 1)),
  )
  for (const date of datesFrom(schedule, dateOf(after), calendar)) {
    for (const fire of firesOf(schedule, date))
      if (fire > after && (!best || fire < best.fire)) best = { fire, moment: momentOf(date, schedule.time) }
    // A later moment fires earlier only as far as the longest lead reaches back.
    if (best && addDays(date, -Math.ceil(reach)) >= dateOf(best.fire)) break
  }
  return best
}

/** The next event or deadline strictly after `after`, whenever it is reminded of; undefined = it is over. */
export function nextMoment(schedule: Schedule, after: Date, calendar: Calendar): Date | undefined {
  for (const date of datesFrom(schedule, dateOf(after), calendar)) {
    const moment = momentOf(date, schedule.time)
    if (moment > after) return moment
  }
  return undefined
}

/** When one moment of the schedule is reminded of, in order. */
export function firesOf({ time, leads }: Schedule, date: string): Date[] {
  if (leads.length === 0) return [momentOf(date, time)]
  return leads
    .map((lead) =>
      'days' in lead
        ? momentOf(addDays(date, -lead.days), lead.time)
        : new Date(momentOf(date, time).getTime() - lead.minutes * 60_000),
    )
    .sort((a, b) => a.getTime() - b.getTime())
}

/** Dates of the schedule that are not before `first`. */
function* datesFrom({ on }: Schedule, first: string, calendar: Calendar): Generator<string> {
  if ('date' in on) {
    if (on.date >= first) yield on.date
    return
  }
  const { repeat, from } = on
  const last = lastDate(repeat, from, calendar)
  let date = firstOnOrAfter(repeat, from, first, calendar)
  while (date !== undefined && date <= last) {
    yield date
    date = firstOnOrAfter(repeat, from, addDays(date, 1), calendar)
  }
}

const never = '9999-12-31'

function lastDate(repeat: Repeat, from: string, calendar: Calendar): string {
  const until = repeat.until ?? never
  if (repeat.count === undefined) return until
  let date = firstOnOrAfter(repeat, from, from, calendar)
  for (let nth = 1; nth < repeat.count && date !== undefined && date < until; nth++)
    date = firstOnOrAfter(repeat, from, addDays(date, 1), calendar)
  return date !== undefined && date < until ? date : until
}
