import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarOf, workdayAfter } from '../../src/campaign/calendar.ts'
import { collectionStart } from '../../src/campaign/collection.ts'
import { isCarried } from '../../src/campaign/score.ts'
import { addDays, dateOf, isoOf, timeOf } from '../../src/clock.ts'

const calendar = calendarOf()

describe('the window in which numbers are collected', () => {
  it.each([
    ['on a weekday since the last Friday 18:00', '2026-11-23T09:00', '2026-11-20'],
    ['on Friday until the ranking', '2026-11-27T17:59', '2026-11-20'],
    ['on Friday evening still the window that just ended', '2026-11-27T18:00', '2026-11-20'],
    ['on a weekend too', '2026-11-22T10:00', '2026-11-13'],
    ['from Monday on the new one', '2026-11-30T00:00', '2026-11-27'],
    ['over a long holiday the one before it', '2026-10-05T10:00', '2026-09-25'],
    ['on a Saturday that is worked the new one', '2026-10-10T09:00', '2026-10-09'],
  ])('%s', (_when, moment, friday) => {
    expect(isoOf(collectionStart(new Date(`${moment}:00+08:00`), calendar))).toBe(`${friday}T18:00:00+08:00`)
  })

  it('begins on a Friday at 18:00, in the past, with a workday in it, and never goes back', () => {
    const moment = fc.date({ min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true })
    return fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 10_000 }), (at, minutes) => {
        const start = collectionStart(at, calendar)
        expect([start.getTime() <= at.getTime(), timeOf(start)]).toEqual([true, '18:00'])
        expect(new Date(dateOf(start)).getUTCDay()).toBe(5)
        expect(workdayAfter(calendar, dateOf(start)) <= dateOf(at)).toBe(true)
        const later = collectionStart(new Date(at.getTime() + minutes * 60_000), calendar)
        expect(later.getTime()).toBeGreaterThanOrEqual(start.getTime())
      }),
    )
  })
})

describe('a number is only carried on', () => {
  it.each([
    ['not within its cadence', '2026-11-16', 7, '2026-11-23', false],
    ['not within three workdays behind it', '2026-11-16', 7, '2026-11-26', false],
    ['after them', '2026-11-16', 7, '2026-11-27', true],
    ['days off do not count', '2026-11-13', 7, '2026-11-25', false],
    ['and the day after', '2026-11-13', 7, '2026-11-26', true],
    ['nor does a long holiday', '2026-09-23', 7, '2026-10-10', false],
  ])('%s', (_when, asOf, cadence, today, carried) => {
    expect(isCarried(asOf, today, calendar, cadence)).toBe(carried)
  })

  it('and once it is, it stays so', () => {
    return fc.assert(
      fc.property(fc.nat(400), fc.nat(60), fc.nat(60), (start, days, more) => {
        const asOf = addDays('2026-01-01', start)
        const today = addDays(asOf, days)
        if (isCarried(asOf, today, calendar, 7))
          expect(isCarried(asOf, addDays(today, more), calendar, 7)).toBe(true)
        expect(isCarried(asOf, today, calendar, days)).toBe(false)
      }),
    )
  })
})
