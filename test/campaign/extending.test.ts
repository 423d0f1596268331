import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { objection, usualDates, wishedDate } from '../../src/campaign/extending.ts'
import { addDays } from '../../src/clock.ts'

const calendar = calendarOf([])

describe('the date that is wished for', () => {
  it('is the date that was said, or counts from the present deadline', () => {
    expect(wishedDate('2026-11-23', { to: '2026-12-10' }, calendar)).toBe('2026-12-10')
    expect(wishedDate('2026-11-23', { shift: { days: 7 } }, calendar)).toBe('2026-11-30')
    expect(wishedDate('2026-11-30', { shift: { months: 3 } }, calendar)).toBe('2027-02-28')
    // A Friday: three workdays later is Wednesday.
    expect(wishedDate('2026-11-27', { shift: { workdays: 3 } }, calendar)).toBe('2026-12-02')
  })
})

describe('an objection', () => {
  const at = { due: '2026-11-23', today: '2026-11-26', ends: '2026-12-31' }
  it.each([
    ['2026-11-23', 'not-later'],
    ['2026-11-20', 'not-later'],
    ['2026-11-25', 'past'],
    ['2027-01-01', 'after-end'],
    ['2026-11-26', undefined],
    ['2026-12-31', undefined],
  ])('to %s: %s', (date, expected) => {
    expect(objection(date, at)).toBe(expected)
  })
})

it('whatever is offered can be had, and is offered once', () => {
  const day = fc.integer({ min: 0, max: 120 }).map((n) => addDays('2026-10-01', n))
  return fc.assert(
    fc.property(day, day, day, (due, today, ends) => {
      const dates = usualDates(due, today, ends)
      expect(new Set(dates).size).toBe(dates.length)
      for (const date of dates) expect(objection(date, { due, today, ends })).toBeUndefined()
      if (due < ends && today <= ends) expect(dates).toContain(ends)
    }),
  )
})
