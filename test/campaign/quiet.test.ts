import { describe, expect, it } from 'vitest'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { startOfNextAllowed, whenToSay } from '../../src/campaign/quiet.ts'
import { dateOf, timeOf } from '../../src/clock.ts'
import type { PushKind } from '../../src/database/schema.ts'

const calendar = calendarOf([])
const at = (time: string) => new Date(`${time.replace(' ', 'T')}:00+08:00`)
const words = (moment: Date) => `${dateOf(moment)} ${timeOf(moment)}`

/** 「11-27 09:00」, with 补发 when it is late. */
function when(kind: PushKind, due: string, now = due): string {
  const time = whenToSay(at(`2026-${due}`), at(`2026-${now}`), kind, calendar)
  return time === 'too-late' ? time : `${words(time.at).slice(5)}${time.late ? ' 补发' : ''}`
}

const kinds: PushKind[] = ['reminder', 'alert', 'ranking', 'notice']

describe('on time', () => {
  it('everything is said at once in working hours of a workday', () => {
    for (const kind of kinds) expect(when(kind, '11-27 17:30'), kind).toBe('11-27 17:30')
  })

  it('a few minutes are not late', () => {
    for (const kind of kinds) expect(when(kind, '11-27 09:00', '11-27 09:04'), kind).toBe('11-27 09:04')
  })

  it('what is queued before its moment waits for it', () => {
    expect(when('alert', '11-27 09:00', '11-27 08:00')).toBe('11-27 09:00')
    expect(when('reminder', '11-27 23:00', '11-27 08:00')).toBe('11-27 23:00')
  })

  it('quiet are 21:00 to 07:30', () => {
    expect(when('notice', '11-26 20:59')).toBe('11-26 20:59')
    expect(when('notice', '11-26 21:00')).toBe('11-27 07:30')
    expect(when('notice', '11-27 07:29')).toBe('11-27 07:30')
    expect(when('notice', '11-27 07:30')).toBe('11-27 07:30')
    expect(when('alert', '11-26 21:00')).toBe('11-27 09:00')
    expect(when('alert', '11-27 03:00')).toBe('11-27 09:00')
  })

  it('an alert or a ranking of a day off waits for nine of the next workday, and is not late then', () => {
    for (const kind of ['alert', 'ranking'] as const) {
      expect(when(kind, '11-28 10:00'), kind).toBe('11-30 09:00')
      expect(when(kind, '10-02 18:00'), kind).toBe('10-08 09:00')
      expect(when(kind, '10-02 18:00', '10-03 12:00'), kind).toBe('10-08 09:00')
      expect(when(kind, '10-02 18:00', '10-08 09:30'), kind).toBe('10-08 09:30 补发')
    }
  })

  it('a Friday’s ranking is said on Friday, on a Saturday that is worked too', () => {
    expect(when('ranking', '11-27 18:00')).toBe('11-27 18:00')
    expect(when('ranking', '10-10 18:00')).toBe('10-10 18:00')
  })

  it('people’s own reminders go out at any hour and on any day', () => {
    expect(when('reminder', '11-28 08:00')).toBe('11-28 08:00')
    expect(when('reminder', '11-28 23:30')).toBe('11-28 23:30')
    expect(when('reminder', '10-01 06:00')).toBe('10-01 06:00')
  })

  it('a notice to a clerk may go out on a day off', () => {
    expect(when('notice', '11-28 10:00')).toBe('11-28 10:00')
    expect(when('notice', '11-28 22:00')).toBe('11-29 07:30')
  })
})

describe('late', () => {
  it('up to two hours it goes out at once, with a mark', () => {
    for (const kind of kinds) expect(when(kind, '11-27 09:00', '11-27 11:00'), kind).toBe('11-27 11:00 补发')
    expect(when('reminder', '11-27 20:30', '11-27 22:00')).toBe('11-27 22:00 补发')
    expect(when('reminder', '11-28 08:00', '11-28 09:30')).toBe('11-28 09:30 补发')
  })

  it('later it goes out at the next allowed moment', () => {
    expect(when('alert', '11-26 09:00', '11-26 14:00')).toBe('11-26 14:00 补发')
    expect(when('alert', '11-26 15:00', '11-26 22:00')).toBe('11-27 09:00 补发')
    expect(when('notice', '11-26 15:00', '11-26 22:00')).toBe('11-27 07:30 补发')
    expect(when('reminder', '11-26 17:00', '11-26 22:00')).toBe('11-27 07:30 补发')
  })

  it('what would be later than 24 hours is not sent', () => {
    expect(when('alert', '11-26 15:00', '11-27 14:59')).toBe('11-27 14:59 补发')
    for (const kind of kinds.filter((one) => one !== 'ranking'))
      expect(when(kind, '11-26 15:00', '11-27 15:01'), kind).toBe('too-late')
    expect(when('alert', '11-27 15:00', '11-27 22:00')).toBe('too-late')
  })

  it('a ranking is said until the next one, on the first workday on which it can be', () => {
    expect(when('ranking', '11-27 18:00', '11-27 22:00')).toBe('11-30 09:00 补发')
    expect(when('ranking', '11-27 18:00', '12-02 10:00')).toBe('12-02 10:00 补发')
    expect(when('ranking', '11-27 18:00', '12-04 10:00')).toBe('too-late')
  })

  it('a Saturday’s reminder may still come on that Saturday, a Friday’s does not come on it', () => {
    expect(when('reminder', '11-28 08:00', '11-28 12:00')).toBe('11-28 12:00 补发')
    expect(when('reminder', '11-27 17:00', '11-28 10:00')).toBe('too-late')
  })
})

it('what is over a day’s budget waits for nine of the next workday', () => {
  expect(words(startOfNextAllowed(at('2026-11-26 10:00'), calendar))).toBe('2026-11-27 09:00')
  expect(words(startOfNextAllowed(at('2026-11-27 08:00'), calendar))).toBe('2026-11-30 09:00')
  expect(words(startOfNextAllowed(at('2026-12-31 18:00'), calendar))).toBe('2027-01-04 09:00')
})

it('over a year nothing but people’s own reminders is said in quiet hours, and alerts never on a day off', () => {
  for (
    let due = at('2026-01-01 00:13');
    due < at('2027-01-01 00:00');
    due = new Date(due.getTime() + 3_600_000 * 1.7)
  )
    for (const lateness of [0, 90, 600, 1_300])
      for (const kind of ['alert', 'ranking', 'notice'] as const) {
        const time = whenToSay(due, new Date(due.getTime() + lateness * 60_000), kind, calendar)
        if (time === 'too-late') continue
        const said = timeOf(time.at)
        expect(said >= '07:30' && said < '21:00', words(time.at)).toBe(true)
        expect(kind === 'notice' || calendar.isWorkday(dateOf(time.at)), words(time.at)).toBe(true)
        expect(time.at >= due).toBe(true)
      }
})
