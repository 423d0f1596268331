// A reminder's schedule with another time or another day: 改到上午9点, 推迟半小时, 改到周日 (`domain.md` C7). Pure.
import { addDays, momentOf, timeOf } from '../clock.ts'
import { weekdayOf } from './dates.ts'
import type { Lead, Schedule } from './recurrence.ts'

const dayMinutes = 1440
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const timeAt = (minutes: number) =>
  timeOf(new Date(momentOf('2026-01-01', '00:00').getTime() + minutes * 60_000))
const isDays = (lead: Lead): lead is Extract<Lead, { days: number }> => 'days' in lead

/**
 * With another clock time. Ahead of a deadline or an event it is open which one is meant: the time of what it is about
 * comes first, then the time at which it reminds.
 * @param other the same hour in the other half of the day, where that may be meant: the nearer to the old one is
 */
export function atTime(schedule: Schedule, time: string, other?: string): Schedule[] {
  const { dateOnly, leads, ...rest } = schedule
  const near = (old: string) =>
    other && Math.abs(minutesOf(other) - minutesOf(old)) < Math.abs(minutesOf(time) - minutesOf(old))
      ? other
      : time
  if (leads.length === 0) return [{ ...rest, leads, time: near(schedule.time) }]
  const moved = { ...rest, leads, time: near(schedule.time) }
  const [first] = leads.filter(isDays)
  const fire = near(first?.time ?? schedule.time)
  const days = [...new Set(leads.filter(isDays).map((lead) => lead.days))].filter(
    (ahead) => ahead > 0 || fire < schedule.time,
  )
  if (days.length === 0) return [moved]
  const reminded = { ...schedule, leads: days.map((ahead) => ({ days: ahead, time: fire })) }
  return dateOnly ? [reminded] : [moved, reminded]
}

/** Later by so many minutes; negative = earlier. A deadline stays, and is reminded of later. Undefined = it cannot be. */
export function shifted(schedule: Schedule, minutes: number): Schedule | undefined {
  const { dateOnly, ...rest } = schedule
  if (schedule.leads.length > 0) {
    const leads = schedule.leads.map((lead) => shiftedLead(lead, minutes))
    const isAhead = (lead: Lead) =>
      isDays(lead) ? lead.days > 0 || lead.time <= schedule.time : lead.minutes >= 0
    if (!leads.every((lead) => isAhead(lead) && (!isDays(lead) || lead.days >= 0))) return undefined
    return { ...schedule, leads }
  }
  const total = minutesOf(schedule.time) + minutes
  const days = Math.floor(total / dayMinutes)
  const time = timeAt(total - days * dayMinutes)
  if (days === 0) return { ...rest, time }
  return 'date' in schedule.on ? { ...rest, on: { date: addDays(schedule.on.date, days) }, time } : undefined
}

function shiftedLead(lead: Lead, minutes: number): Lead {
  if (!isDays(lead)) return { minutes: lead.minutes - minutes }
  const total = minutesOf(lead.time) + minutes
  const days = Math.floor(total / dayMinutes)
  return { days: lead.days - days, time: timeAt(total - days * dayMinutes) }
}

/**
 * With another day or repetition. Whatever was not said stays: the clock time, and how long before it reminds. One day
 * for a repetition leaves open whether every one is meant: then every one comes first, only that day second.
 */
export function onDay(schedule: Schedule, said: Schedule): Schedule[] {
  const isWhole = said.deadline || said.leads.length > 0
  const kept = said.dateOnly
    ? { ...schedule, on: said.on }
    : { ...schedule, on: said.on, time: said.time, dateOnly: undefined }
  const { dateOnly, ...rest } = isWhole ? said : kept
  const changed: Schedule = { ...rest, ...(dateOnly && { dateOnly }) }
  if (isWhole || 'repeat' in said.on || 'date' in schedule.on) return [changed]
  const { date } = said.on
  const { repeat, from } = schedule.on
  const start = date < from ? date : from
  const again = (more: Partial<typeof repeat>) => ({
    ...changed,
    on: { repeat: { ...repeat, ...more } as typeof repeat, from: start },
  })
  if (repeat.every === 'week') return [again({ weekdays: [weekdayOf(date)] }), changed]
  if (repeat.every === 'month' && 'days' in repeat) return [again({ days: [Number(date.slice(8))] }), changed]
  return [changed]
}
