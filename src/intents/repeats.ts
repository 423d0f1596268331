// Repetitions as slots: `rrule` of RFC 5545, or `cadence` for what a rule of it does not say plainly (`domain.md` C7).
import type { Repeat } from '../campaign/recurrence.ts'
import type { Slots } from './intent.ts'

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const of = (days: number[]) => days.map((day) => weekdays[day - 1]).join(',')

/** @param from the anchor, which tells the month of what comes once a year */
export function repeatSlots(repeat: Repeat, from: string): Slots {
  const more = [
    ...('interval' in repeat && repeat.interval && repeat.interval > 1
      ? [`INTERVAL=${repeat.interval}`]
      : []),
    ...(repeat.until ? [`UNTIL=${repeat.until.replaceAll('-', '')}`] : []),
    ...(repeat.count ? [`COUNT=${repeat.count}`] : []),
  ]
  const rule = (...parts: string[]): Slots => ({ rrule: [...parts, ...more].join(';') })
  switch (repeat.every) {
    case 'day':
      return rule('FREQ=DAILY')
    case 'workday':
      return { ...rule('FREQ=DAILY'), calendar: 'workday' }
    case 'week':
      return rule('FREQ=WEEKLY', `BYDAY=${of(repeat.weekdays)}`)
    case 'quarter':
      return { cadence: 'quarter_end' }
    case 'year':
      return { cadence: 'year_end' }
    case 'month':
      return monthly(repeat, from, rule)
  }
}

function monthly(
  repeat: Repeat & { every: 'month' },
  from: string,
  rule: (...parts: string[]) => Slots,
): Slots {
  if ('lastWorkday' in repeat) return { cadence: 'month_last_workday' }
  if ('firstWorkday' in repeat) return { cadence: 'month_first_workday' }
  if ('nth' in repeat) return rule('FREQ=MONTHLY', `BYDAY=${repeat.nth}${of([repeat.weekday])}`)
  const { days } = repeat
  const [only, ...others] = days
  if (repeat.interval === 12)
    return { rrule: `FREQ=YEARLY;BYMONTH=${Number(from.slice(5, 7))};BYMONTHDAY=${days.join(',')}` }
  if (only === -1 && others.length === 0) return { cadence: 'month_end' }
  // Three days before the last one is the fourth from the end.
  if (only !== undefined && only < -1 && others.length === 0)
    return { ...rule('FREQ=MONTHLY', `BYMONTHDAY=${only}`), anchor: 'month_end', offset_days: only + 1 }
  return rule('FREQ=MONTHLY', `BYMONTHDAY=${days.join(',')}`)
}
