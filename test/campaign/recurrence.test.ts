// When reminders fire: repetitions, leads, ends, the workday calendar.
import { expect, test } from 'vitest'
import type { Calendar } from '../../src/campaign/calendar.ts'
import { weekdayOf } from '../../src/campaign/dates.ts'
import { nextFire, nextMoment, type Repeat, type Schedule } from '../../src/campaign/recurrence.ts'
import { addDays, dateOf, daysBetween, isoOf, momentOf } from '../../src/clock.ts'
import { firesBetween } from '../support/fires.ts'

/** Monday to Friday; New Year's Day and 2 October are off, Saturday 10 October is worked. */
const calendar: Calendar = {
  isWorkday: (date) =>
    date === '2026-10-10' || (weekdayOf(date) < 6 && !date.endsWith('-01-01') && date !== '2026-10-02'),
  isKnown: () => true,
}

const each = (repeat: Repeat, from: string, time = '09:00', more: Partial<Schedule> = {}): Schedule => ({
  on: { repeat, from },
  time,
  leads: [],
  ...more,
})
const fires = (schedule: Schedule, after: string, most = 4) =>
  firesBetween(schedule, momentOf(after, '10:00'), momentOf('2032-01-01', '00:00'), calendar, most).map(
    ({ fire }) => isoOf(fire).slice(0, 16),
  )
const days = (repeat: Repeat, from: string, most = 4) =>
  fires(each(repeat, from), from, most).map((at) => at.slice(0, 10))

test('one moment fires once, and never again', () => {
  const once: Schedule = { on: { date: '2026-11-23' }, time: '08:30', leads: [] }
  expect(fires(once, '2026-11-22')).toEqual(['2026-11-23T08:30'])
  expect(nextFire(once, momentOf('2026-11-23', '08:30'), calendar)).toBeUndefined()
})

test('a daily reminder fires every day, every third day counted from its first', () => {
  expect(days({ every: 'day' }, '2026-12-30')).toEqual([
    '2026-12-31',
    '2027-01-01',
    '2027-01-02',
    '2027-01-03',
  ])
  expect(days({ every: 'day', interval: 3 }, '2026-11-22', 3)).toEqual([
    '2026-11-25',
    '2026-11-28',
    '2026-12-01',
  ])
})

test('a workday reminder keeps the holidays of the calendar, and its worked Saturdays', () => {
  expect(days({ every: 'workday' }, '2026-10-01', 3)).toEqual(['2026-10-05', '2026-10-06', '2026-10-07'])
  expect(days({ every: 'workday' }, '2026-10-08', 3)).toEqual(['2026-10-09', '2026-10-10', '2026-10-12'])
  expect(days({ every: 'workday' }, '2026-12-30', 2)).toEqual(['2026-12-31', '2027-01-04'])
})

test('a weekly reminder fires on its weekdays, every second week counted from its first', () => {
  expect(days({ every: 'week', weekdays: [5, 1, 3] }, '2026-11-22')).toEqual([
    ...['2026-11-23', '2026-11-25', '2026-11-27', '2026-11-30'],
  ])
  expect(days({ every: 'week', interval: 2, weekdays: [2, 4] }, '2026-11-26')).toEqual([
    ...['2026-12-08', '2026-12-10', '2026-12-22', '2026-12-24'],
  ])
})

test('a day that a month lacks is its last', () => {
  expect(days({ every: 'month', days: [31] }, '2027-01-31', 3)).toEqual([
    '2027-02-28',
    '2027-03-31',
    '2027-04-30',
  ])
  expect(days({ every: 'month', days: [29, 30, 31] }, '2028-02-01', 3)).toEqual([
    ...['2028-02-29', '2028-03-29', '2028-03-30'],
  ])
  expect(days({ every: 'month', days: [29], interval: 12 }, '2028-02-29', 4)).toEqual([
    ...['2029-02-28', '2030-02-28', '2031-02-28'],
  ])
})

test('days of a month are counted from its end too', () => {
  expect(days({ every: 'month', days: [1, 16] }, '2026-11-22', 3)).toEqual([
    '2026-12-01',
    '2026-12-16',
    '2027-01-01',
  ])
  expect(days({ every: 'month', days: [-1] }, '2026-11-22', 4)).toEqual([
    ...['2026-11-30', '2026-12-31', '2027-01-31', '2027-02-28'],
  ])
  expect(days({ every: 'month', days: [-4] }, '2026-11-22', 2)).toEqual(['2026-11-27', '2026-12-28'])
})

test('a weekday of the month, a workday at its end, the ends of quarter and year', () => {
  expect(days({ every: 'month', nth: 1, weekday: 1 }, '2026-11-22', 2)).toEqual(['2026-12-07', '2027-01-04'])
  expect(days({ every: 'month', nth: -1, weekday: 5 }, '2026-11-22', 2)).toEqual(['2026-11-27', '2026-12-25'])
  expect(days({ every: 'month', nth: 5, weekday: 7 }, '2026-11-22', 2)).toEqual(['2026-11-29', '2027-01-31'])
  expect(days({ every: 'month', lastWorkday: true }, '2026-11-22', 3)).toEqual([
    '2026-11-30',
    '2026-12-31',
    '2027-01-29',
  ])
  expect(days({ every: 'month', firstWorkday: true }, '2026-11-22', 2)).toEqual(['2026-12-01', '2027-01-04'])
  expect(days({ every: 'quarter' }, '2026-11-22', 4)).toEqual([
    '2026-12-31',
    '2027-03-31',
    '2027-06-30',
    '2027-09-30',
  ])
  expect(days({ every: 'year' }, '2026-11-22', 2)).toEqual(['2026-12-31', '2027-12-31'])
})

test('it ends with its last day or its number of times, counted from the first and not from today', () => {
  expect(days({ every: 'week', weekdays: [6], until: '2026-12-12' }, '2026-11-22')).toEqual([
    ...['2026-11-28', '2026-12-05', '2026-12-12'],
  ])
  const thrice = each({ every: 'week', weekdays: [6], count: 3 }, '2026-11-22')
  expect(fires(thrice, '2026-12-01')).toEqual(['2026-12-05T09:00', '2026-12-12T09:00'])
  expect(nextFire(thrice, momentOf('2026-12-12', '09:00'), calendar)).toBeUndefined()
  expect(days({ every: 'month', nth: 5, weekday: 5, count: 2 }, '2026-12-01')).toEqual([
    '2027-01-29',
    '2027-04-30',
  ])
})

test('leads fire before the moment, in order, each strictly after what was asked for', () => {
  const deadline: Schedule = {
    ...{ on: { date: '2026-11-27' }, time: '17:00', deadline: true },
    leads: [{ minutes: 120 }, { days: 1, time: '09:00' }],
  }
  expect(fires(deadline, '2026-11-22')).toEqual(['2026-11-26T09:00', '2026-11-27T15:00'])
  const next = nextFire(deadline, momentOf('2026-11-26', '09:00'), calendar)
  expect(next && [isoOf(next.fire), isoOf(next.moment)]).toEqual([
    ...['2026-11-27T15:00:00+08:00', '2026-11-27T17:00:00+08:00'],
  ])
  expect(nextFire(deadline, momentOf('2026-11-27', '15:00'), calendar)).toBeUndefined()
})

test('a lead longer than the interval fires for a later moment before a nearer one', () => {
  const weekly = each({ every: 'week', weekdays: [5] }, '2026-11-27', '17:00', {
    deadline: true,
    leads: [{ days: 10, time: '09:00' }, { minutes: 60 }],
  })
  expect(fires(weekly, '2026-11-23', 3)).toEqual(['2026-11-24T09:00', '2026-11-27T16:00', '2026-12-01T09:00'])
})

test('a lead of minutes may reach into the day before', () => {
  const early = each({ every: 'month', days: [1] }, '2026-12-01', '00:30', { leads: [{ minutes: 60 }] })
  expect(fires(early, '2026-11-22', 2)).toEqual(['2026-11-30T23:30', '2026-12-31T23:30'])
})

test('the next moment is told whenever it is reminded of', () => {
  const monthly = each({ every: 'month', days: [25] }, '2026-11-25', '17:00', {
    leads: [{ days: 3, time: '09:00' }],
  })
  expect(nextMoment(monthly, momentOf('2026-11-23', '10:00'), calendar)).toEqual(
    momentOf('2026-11-25', '17:00'),
  )
  expect(nextMoment(monthly, momentOf('2026-11-25', '17:00'), calendar)).toEqual(
    momentOf('2026-12-25', '17:00'),
  )
})

test('a schedule survives the database, and a firing of a year far ahead costs no walk through the years', () => {
  const old = each({ every: 'week', interval: 2, weekdays: [3] }, '1990-01-03', '09:00', {
    leads: [{ minutes: 30 }],
  })
  const stored = JSON.parse(JSON.stringify(old)) as Schedule
  expect(stored).toEqual(old)
  const began = performance.now()
  for (let at = 0; at < 2_000; at++)
    nextFire(stored, momentOf(addDays('2026-01-01', at % 300), '12:00'), calendar)
  expect(performance.now() - began).toBeLessThan(1_000)
  const next = nextFire(stored, momentOf('2026-11-22', '10:00'), calendar)
  expect(next && daysBetween('1990-01-03', dateOf(next.moment)) % 14).toBe(0)
})
