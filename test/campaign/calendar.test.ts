import chineseDays from 'chinese-days'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  type CalendarDay,
  calendarOf,
  statutoryDays,
  workdayAfter,
  workdayBefore,
  workdayOnOrAfter,
  workdayOnOrBefore,
} from '../../src/campaign/calendar.ts'
import { addDays } from '../../src/clock.ts'

const off = (day: string): CalendarDay => ({ day, working: false, name: '' })
const works = (day: string): CalendarDay => ({ day, working: true, name: '' })
const builtIn = calendarOf([])

describe('a year whose plan is built in', () => {
  it('has holidays on weekdays and works on some weekends', () => {
    const days = [
      '2026-01-02',
      '2026-01-04',
      '2026-02-14',
      '2026-02-23',
      '2026-02-28',
      '2026-05-09',
      '2026-10-10',
    ]
    expect(days.map(builtIn.isWorkday)).toEqual([false, true, true, false, true, true, true])
    expect(builtIn.isKnown(2026)).toBe(true)
  })

  it('has plain workdays and weekends between', () => {
    const week = [
      '2026-11-23',
      '2026-11-24',
      '2026-11-25',
      '2026-11-26',
      '2026-11-27',
      '2026-11-28',
      '2026-11-29',
    ]
    expect(week.map(builtIn.isWorkday)).toEqual([true, true, true, true, true, false, false])
  })
})

describe('a year without a plan', () => {
  it('is not known, and has the holidays of the law', () => {
    expect(builtIn.isKnown(2027)).toBe(false)
    const days = [
      ...['2027-01-01', '2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08', '2027-04-05', '2027-05-01'],
      ...['2027-05-02', '2027-06-09', '2027-09-15', '2027-10-01', '2027-10-02', '2027-10-03'],
    ]
    expect(days.filter(builtIn.isWorkday)).toEqual([])
  })

  it('works on every other weekday, and never on a weekend', () => {
    expect(
      ['2027-02-04', '2027-02-09', '2027-05-03', '2027-10-04'].filter((day) => !builtIn.isWorkday(day)),
    ).toEqual([])
    expect(['2027-01-09', '2027-01-10', '2027-02-20'].filter(builtIn.isWorkday)).toEqual([])
  })

  it('is right about the moon in a leap month, where two days have its date', () => {
    // 2028 has a fifth month twice: 端午 is in the first of them.
    expect([builtIn.isWorkday('2028-05-29'), builtIn.isWorkday('2028-06-27')]).toEqual([true, true])
    expect(builtIn.isWorkday('2025-10-06')).toBe(false)
  })

  it('would have known the statutory days of every past year', () => {
    for (let year = 2008; year <= 2026; year++) {
      // Days that the law did not have yet, or had in another year: 除夕, and 2 May.
      const changed = [
        addDays(chineseDays.getSolarDateFromLunar(`${year}-01-01T12:00`).date, -1),
        `${year}-05-02`,
      ]
      const days = [...statutoryDays(year)].filter((day) => year >= 2025 || !changed.includes(day))
      expect(days.length).toBeGreaterThan(9)
      expect(days.filter(builtIn.isWorkday), String(year)).toEqual([])
    }
  })
})

describe('loaded days', () => {
  it('win over the built-in plan, and over the law', () => {
    const calendar = calendarOf([
      works('2026-01-02'),
      off('2026-11-24'),
      works('2027-01-01'),
      off('2027-01-04'),
    ])
    const days = ['2026-01-02', '2026-11-24', '2027-01-01', '2027-01-04']
    expect(days.map(calendar.isWorkday)).toEqual([true, false, true, false])
  })

  it('make a year known when 春节 and 国庆 are among them, not when a day was corrected', () => {
    expect(calendarOf([off('2027-01-01'), works('2027-02-20')]).isKnown(2027)).toBe(false)
    expect(calendarOf([off('2027-02-06')]).isKnown(2027)).toBe(false)
    expect(calendarOf([off('2027-02-06'), off('2027-10-01')]).isKnown(2027)).toBe(true)
    expect(calendarOf([works('2027-02-06'), off('2027-10-01')]).isKnown(2027)).toBe(false)
  })

  it('are not mixed up with what was looked up', () => {
    const calendar = calendarOf([])
    for (const day of ['2027-02-06', '2027-10-01']) calendar.isWorkday(day)
    expect(calendar.isKnown(2027)).toBe(false)
  })
})

describe('the nearest workday', () => {
  it('is the day itself, or over holidays and weekends', () => {
    expect(workdayOnOrBefore(builtIn, '2026-11-23')).toBe('2026-11-23')
    expect(workdayOnOrBefore(builtIn, '2026-11-22')).toBe('2026-11-20')
    expect(workdayOnOrAfter(builtIn, '2026-11-21')).toBe('2026-11-23')
    expect(workdayBefore(builtIn, '2026-10-08')).toBe('2026-09-30')
    expect(workdayAfter(builtIn, '2026-09-30')).toBe('2026-10-08')
    expect(workdayBefore(builtIn, '2026-10-12')).toBe('2026-10-10')
  })

  it('goes over the end of the year', () => {
    expect(workdayAfter(builtIn, '2026-12-31')).toBe('2027-01-04')
    expect(workdayBefore(builtIn, '2027-01-04')).toBe('2026-12-31')
  })
})

describe('wherever the server stands', () => {
  const home = process.env['TZ']
  afterEach(() => {
    if (home === undefined) delete process.env['TZ']
    else process.env['TZ'] = home
  })

  it.each(['UTC', 'Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Kiritimati', 'America/Sao_Paulo'])(
    'in %s the days are the same',
    async (zone) => {
      process.env['TZ'] = zone
      // Nothing that was worked out before may help.
      vi.resetModules()
      const there = (await import('../../src/campaign/calendar.ts')).calendarOf([])
      const off = (year: number, count: number) =>
        Array.from({ length: count }, (_, n) => addDays(`${year}-01-01`, n)).filter(
          (day) => !there.isWorkday(day),
        )
      expect(off(2026, 60).filter((day) => day > '2026-02-08')).toEqual([
        ...['2026-02-15', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20', '2026-02-21'],
        ...['2026-02-22', '2026-02-23', '2026-03-01'],
      ])
      expect(off(2027, 45).filter((day) => day < '2027-01-09' || day > '2027-01-31')).toEqual([
        ...['2027-01-01', '2027-01-02', '2027-01-03', '2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08'],
        ...['2027-02-13', '2027-02-14'],
      ])
      expect([off(2026, 365).length, off(2027, 365).length, off(2028, 366).length]).toEqual([117, 111, 115])
      expect([there.isKnown(2026), there.isKnown(2027)]).toEqual([true, false])
    },
  )
})

it('answers ten thousand questions in a moment', () => {
  const calendar = calendarOf([])
  const started = performance.now()
  for (let n = 0; n < 10_000; n++) calendar.isWorkday(addDays('2026-01-01', n % 730))
  expect(performance.now() - started).toBeLessThan(1_000)
})
