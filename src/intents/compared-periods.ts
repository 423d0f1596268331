// Now and then: the two stretches of time that a comparison looks at, both days included (`domain.md` C7).
import { dayOf, mondayOf, monthOf } from '../campaign/dates.ts'
import { addDays, daysBetween } from '../clock.ts'
import { findDays } from '../language/days.ts'
import { type Dates, findPeriod } from '../language/periods.ts'

/** Words for a time that a comparison begins with, and no number of it is meant. */
const beginnings = /年初|今年以来|月初|上个?月[底末]|上次/

/**
 * 这周跟上周, 跟上个月比: what is compared with what, the later first.
 * @param today calendar date in Asia/Shanghai
 * @returns undefined when no time of the past is named
 */
export function comparedPeriods(text: string, today: string): [now: Dates, then: Dates] | undefined {
  const named = periodsIn(text, today)
  const [first, second] = named.toSorted((a, b) => (a.end < b.end ? 1 : a.end > b.end ? -1 : 0))
  if (first && second) return [first, second]
  if (first) return first.end >= today ? now(first, text, today) : [currentOf(first, today), first]
  const [day] = findDays(text, today)
  if (day && day.date < today) return [on(today), on(day.date)]
  const words = beginnings.exec(text)?.[0]
  if (!words) return undefined
  const month = monthOf(today)
  const then = words.includes('年') ? `${Number(today.slice(0, 4)) - 1}-12-31` : dayOf(month - 1, -1)
  return words === '上次' ? undefined : [on(today), on(then)]
}

const on = (date: string): Dates => ({ start: date, end: date })

function periodsIn(text: string, today: string): Dates[] {
  const found: Dates[] = []
  for (let at = 0; at < text.length; ) {
    const next = findPeriod(text.slice(at), today, 'back')
    if (!next) break
    if (!found.some(({ start, end }) => start === next.period.start && end === next.period.end))
      found.push(next.period)
    at += Math.max(next.end, 1)
  }
  return found
}

/** 这周比怎么样: the stretch of the same kind before it. */
function now(period: Dates, text: string, today: string): [Dates, Dates] | undefined {
  if (!/[比较跟和与]|环比|变化/.test(text)) return undefined
  const { start } = period
  if (start.endsWith('-01') && start.slice(0, 7) === today.slice(0, 7))
    return [period, { start: dayOf(monthOf(today) - 1, 1), end: dayOf(monthOf(today) - 1, -1) }]
  const days = start === mondayOf(today) ? 7 : daysBetween(start, period.end) + 1
  return [period, { start: addDays(start, -days), end: addDays(start, -1) }]
}

/** This week beside last week, this month beside October, this year beside last year. */
function currentOf({ start, end }: Dates, today: string): Dates {
  const days = daysBetween(start, end) + 1
  const month = monthOf(today)
  if (days === 1) return on(today)
  if (days === 7) return { start: mondayOf(today), end: today }
  if (days <= 31) return { start: dayOf(month, 1), end: today }
  if (days <= 92) return { start: dayOf(month - (month % 3), 1), end: today }
  return { start: `${today.slice(0, 4)}-01-01`, end: today }
}
