// Any repetition, asked from any moment, fires when it should.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { nextFire, type Repeat, type Schedule } from '../../src/campaign/recurrence.ts'
import { addDays, dateOf, momentOf } from '../../src/clock.ts'
import { firesBetween } from '../support/fires.ts'

const calendar = calendarOf()

const repeats: fc.Arbitrary<Repeat> = fc.oneof(
  fc.record({ every: fc.constant('day' as const), interval: fc.integer({ min: 1, max: 40 }) }),
  fc.constant({ every: 'workday' as const }),
  fc.record({
    every: fc.constant('week' as const),
    interval: fc.integer({ min: 1, max: 6 }),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  }),
  fc.record({
    every: fc.constant('month' as const),
    interval: fc.integer({ min: 1, max: 12 }),
    days: fc.uniqueArray(fc.oneof(fc.integer({ min: 1, max: 31 }), fc.integer({ min: -6, max: -1 })), {
      minLength: 1,
      maxLength: 4,
    }),
  }),
  fc.record({
    every: fc.constant('month' as const),
    nth: fc.constantFrom(1, 2, 3, 4, 5, -1),
    weekday: fc.integer({ min: 1, max: 7 }),
  }),
  fc.record({ every: fc.constantFrom('quarter' as const, 'year' as const) }),
)
const dates = fc.integer({ min: 0, max: 5_000 }).map((ahead) => addDays('2024-01-01', ahead))

test('asking from any moment in between gives the same firings as going through them all', () => {
  void fc.assert(
    fc.property(repeats, dates, fc.option(fc.integer({ min: 1, max: 12 })), (repeat, from, count) => {
      const on = { repeat: { ...repeat, ...(count && { count }) }, from }
      const schedule: Schedule = { on, time: '09:00', leads: [] }
      const start = momentOf(addDays(from, -1), '12:00')
      const all = firesBetween(schedule, start, momentOf('2300-01-01', '00:00'), calendar, 8)
      expect(all.length).toBe(Math.min(count ?? 8, 8))
      all.forEach(({ fire }, at) => {
        expect(dateOf(fire) >= from).toBe(true)
        const before = all[at - 1]?.fire ?? start
        const between = new Date((before.getTime() + fire.getTime()) / 2)
        expect(nextFire(schedule, between, calendar)?.fire).toEqual(fire)
      })
    }),
    { numRuns: 300 },
  )
})
