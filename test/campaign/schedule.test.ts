import fc from 'fast-check'
import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import { percent } from '../../src/campaign/completion.ts'
import { deviation, lampOf, type Span, scheduleLine } from '../../src/campaign/schedule.ts'
import { addDays } from '../../src/clock.ts'

const year: Span = { starts: '2026-03-01', due: '2026-12-31', plan: [] }
const planned: Span = {
  ...year,
  plan: [
    ['2026-09-30', 0.75],
    ['2026-06-30', 0.4],
  ],
}
const usual = { yellow: 10, red: 30 }
const on = (span: Span, date: string) => percent(scheduleLine(span, date))

describe('the schedule line', () => {
  it('counts calendar days, both ends included: 267 of 306 on 22 November', () => {
    expect(scheduleLine(year, '2026-11-22').equals(new Fraction(267, 306))).toBe(true)
    expect(on(year, '2026-11-22')).toBe('87.25')
  })

  it.each([
    ['before the start', '2026-02-28', '0'],
    ['long before the start', '2025-01-01', '0'],
    ['on the first day', '2026-03-01', '0.33'],
    ['on the last day', '2026-12-31', '100'],
    ['afterwards', '2027-01-15', '100'],
  ])('%s', (_when, date, share) => {
    expect(on(year, date)).toBe(share)
  })

  it.each([
    ['at the start', '2026-03-01', '0'],
    ['before it', '2026-02-01', '0'],
    ['halfway to the first point', '2026-04-30', '19.83'],
    ['at the first point', '2026-06-30', '40'],
    ['at the second point', '2026-09-30', '75'],
    ['between the last point and the end', '2026-11-15', '87.5'],
    ['at the end', '2026-12-31', '100'],
    ['after it', '2027-03-01', '100'],
  ])('runs straight from plan point to plan point: %s', (_when, date, share) => {
    expect(on(planned, date)).toBe(share)
  })

  it('forgets what the plan says of days after an earlier due date, and before a later start', () => {
    const early = { ...planned, due: '2026-08-31' }
    expect([on(early, '2026-06-30'), on(early, '2026-07-31'), on(early, '2026-08-31')]).toEqual([
      ...['40', '70', '100'],
    ])
    expect(on(early, '2026-09-15')).toBe('100')
    const late = { ...planned, starts: '2026-09-01' }
    expect([on(late, '2026-08-01'), on(late, '2026-09-30')]).toEqual(['0', '75'])
  })

  it('takes the shares of a plan exactly, as numbers or as text', () => {
    const plan: Span['plan'] = [['2026-06-30', 0.123456789]]
    const text: Span['plan'] = [['2026-06-30', '0.123456789']]
    expect(scheduleLine({ ...year, plan }, '2026-06-30').toFraction()).toBe('123456789/1000000000')
    expect(scheduleLine({ ...year, plan: text }, '2026-06-30').toFraction()).toBe('123456789/1000000000')
  })

  it('does not divide by nothing when start, plan and end fall on one day', () => {
    const short: Span = { starts: '2026-05-01', due: '2026-05-01', plan: [] }
    expect([on(short, '2026-04-30'), on(short, '2026-05-01'), on(short, '2026-05-02')]).toEqual([
      '0',
      '100',
      '100',
    ])
    const doubled: Span = {
      ...year,
      plan: [
        ['2026-06-30', 0.4],
        ['2026-06-30', 0.5],
      ],
    }
    expect(scheduleLine(doubled, '2026-06-30').gte(0)).toBe(true)
    expect(on({ ...short, starts: '2026-06-01' }, '2026-05-15')).toBe('0')
  })

  it('never falls, and stays between nothing and everything', () => {
    const points = fc
      .uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 5 })
      .chain((days) => fc.tuple(fc.constant(days), fc.array(fc.nat(100), { minLength: days.length })))
      .map(([days, shares]): Span['plan'] => {
        const rising = shares.toSorted((a, b) => a - b)
        return days
          .toSorted((a, b) => a - b)
          .map((day, at) => [addDays('2026-03-01', day), (rising[at] ?? 0) / 100])
      })
    return fc.assert(
      fc.property(points, fc.integer({ min: -10, max: 330 }), fc.nat(30), (plan, day, later) => {
        const at = (n: number) => scheduleLine({ ...year, plan }, addDays('2026-03-01', n))
        expect(at(day).gte(0) && at(day).lte(1)).toBe(true)
        expect(at(day + later).gte(at(day))).toBe(true)
      }),
    )
  })
})

describe('the deviation', () => {
  it('is in percentage points, and what is above the target does not count', () => {
    expect(percent(deviation(new Fraction('0.75'), scheduleLine(year, '2026-11-22')).div(100))).toBe('-12.25')
    expect(percent(deviation(new Fraction('1.25'), new Fraction('0.9')).div(100))).toBe('10')
  })
})

describe('the lamp', () => {
  const [today, half] = ['2026-11-22', '2026-05-10']
  const lamp = (share: Fraction | 'na', date = today, span = year) => lampOf(share, span, date, usual)
  const behind = (points: string, date = today) => scheduleLine(year, date).sub(new Fraction(points).div(100))

  it.each([
    ['not concerned: grey, even when overdue', 'na', '2027-01-05', 'grey'],
    ['done: done, even when overdue', new Fraction(1), '2027-01-05', 'done'],
    ['more than done', new Fraction('1.2'), today, 'done'],
    ['overdue by a day', new Fraction('0.99'), '2027-01-01', 'red'],
    ['on the due day it is not overdue yet, but near', new Fraction('0.99'), '2026-12-31', 'yellow'],
    ['just not done', new Fraction('0.9999'), today, 'green'],
    ['never reported', new Fraction(0), today, 'red'],
    ['never reported, at the beginning', new Fraction(0), '2026-03-02', 'green'],
  ] as const)('%s', (_case, share, date, expected) => {
    expect(lamp(share, date)).toBe(expected)
  })

  it.each([
    ['exactly 30 behind', '30', 'yellow'],
    ['a hair more than 30 behind', '30.0000001', 'red'],
    ['exactly 10 behind', '10', 'yellow'],
    ['a hair less than 10 behind', '9.9999999', 'green'],
    ['on the line', '0', 'green'],
    ['ahead', '-5', 'green'],
  ] as const)('thresholds are exact: %s', (_case, points, expected) => {
    expect(lamp(behind(points, half), half)).toBe(expected)
  })

  it('is yellow in the last three days, also for those that are nearly done', () => {
    const share = new Fraction('0.995')
    expect(lamp(share, '2026-12-27')).toBe('green')
    for (const date of ['2026-12-28', '2026-12-29', '2026-12-31']) expect(lamp(share, date)).toBe('yellow')
  })

  it('takes stricter thresholds when the campaign sets them', () => {
    const strict = { yellow: 5, red: 15 }
    expect(lampOf(behind('7', half), year, half, strict)).toBe('yellow')
    expect(lampOf(behind('16', half), year, half, strict)).toBe('red')
    expect(lampOf(behind('7', half), year, half, usual)).toBe('green')
  })
})
