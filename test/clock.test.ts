import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { addDays, clockFrom, dateOf, daysBetween, timeOf } from '../src/clock.ts'

const zone = process.env['TZ']
afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

describe.each(['UTC', 'America/Los_Angeles', 'Asia/Shanghai', 'Pacific/Kiritimati'])(
  'on a host in %s',
  (host) => {
    it.each([
      ['2026-11-22T10:00:00+08:00', '2026-11-22', '10:00'],
      ['2026-11-21T15:59:59Z', '2026-11-21', '23:59'],
      ['2026-11-21T16:00:00Z', '2026-11-22', '00:00'],
      ['2026-12-31T16:00:00Z', '2027-01-01', '00:00'],
      ['2028-02-28T16:00:00Z', '2028-02-29', '00:00'],
      ['2026-03-08T10:30:00Z', '2026-03-08', '18:30'],
    ])('%s is %s %s', (moment, date, time) => {
      process.env['TZ'] = host
      expect([dateOf(new Date(moment)), timeOf(new Date(moment))]).toEqual([date, time])
    })

    it('days are counted alike', () => {
      process.env['TZ'] = host
      expect(daysBetween('2026-03-07', '2026-03-09')).toBe(2)
      expect(addDays('2026-10-31', 1)).toBe('2026-11-01')
    })
  },
)

describe('calendar days', () => {
  it.each([
    ['2026-11-22', '2026-12-31', 39],
    ['2026-12-31', '2026-11-22', -39],
    ['2026-11-22', '2026-11-22', 0],
    ['2026-12-31', '2027-01-01', 1],
    ['2028-02-28', '2028-03-01', 2],
    ['2026-02-28', '2026-03-01', 1],
  ])('from %s to %s: %i', (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days)
    expect(addDays(from, days)).toBe(to)
  })

  it('going there and counting back agree, over leap years and centuries', () => {
    const day = fc.integer({ min: 0, max: 60_000 }).map((n) => addDays('1999-12-31', n))
    return fc.assert(
      fc.property(day, fc.integer({ min: -2_000, max: 2_000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days)
        expect(addDays(addDays(date, days), -days)).toBe(date)
      }),
    )
  })
})

describe('a clock that was set', () => {
  it('runs on from there', () => {
    let now = 1_000_000
    const clock = clockFrom(new Date('2026-11-22T10:00:00+08:00'), { now: () => new Date(now) })
    expect(clock.now()).toEqual(new Date('2026-11-22T10:00:00+08:00'))
    now += 5_000
    expect(clock.now()).toEqual(new Date('2026-11-22T10:00:05+08:00'))
  })
})
