import fc from 'fast-check'
import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { decimalText, exactly, twoPlaces } from '../../src/campaign/decimal.ts'
import { isCarried, markOf, markOfWhole, scoreOf } from '../../src/campaign/score.ts'
import { addDays } from '../../src/clock.ts'

const calendar = calendarOf()

describe('the mark of a number', () => {
  const cell = { share: new Fraction('0.5'), reported: true, pending: false, asOf: '2026-11-20' }
  const mark = (over: Partial<Parameters<typeof markOf>[0]>, date = '2026-11-22') =>
    markOf({ ...cell, ...over }, date, calendar)

  it.each([
    ['a number of this week', {}, 'normal'],
    ['an old one', { asOf: '2026-11-01' }, 'carried'],
    ['one of nobody knows when', { asOf: null }, 'normal'],
    ['one that was never given', { reported: false, asOf: null }, 'missing'],
    ['one in dispute', { pending: true }, 'pending'],
    ['an old one in dispute', { pending: true, asOf: '2026-11-01' }, 'pending'],
    ['one that waits for its answer, and none before it', { pending: true, reported: false }, 'pending'],
    ['one that does not concern the unit', { share: 'na', reported: false, pending: true }, 'na'],
  ] as const)('%s', (_what, over, expected) => {
    expect(mark(over)).toBe(expected)
  })

  it.each([
    ['over a weekend', '2026-11-06', '2026-11-18'],
    ['over a workday in between', '2026-11-11', '2026-11-23'],
    // A week later is 1 October; the holidays last until the 7th, and the 10th is worked for them.
    ['over the holidays of October', '2026-09-24', '2026-10-10'],
    ['said on a Sunday', '2026-11-08', '2026-11-18'],
  ])('lasts a week and three workdays %s', (_when, asOf, last) => {
    expect(isCarried(asOf, last, calendar)).toBe(false)
    expect(isCarried(asOf, addDays(last, 1), calendar)).toBe(true)
  })

  it('is not carried when it speaks of a day to come', () => {
    expect(isCarried('2026-12-24', '2026-11-22', calendar)).toBe(false)
  })

  it('lasts longer where numbers are asked for less often', () => {
    expect(isCarried('2026-11-01', '2026-11-22', calendar, 14)).toBe(true)
    expect(isCarried('2026-11-01', '2026-11-22', calendar, 31)).toBe(false)
  })

  it('once carried stays carried', () => {
    const day = fc.integer({ min: 0, max: 300 }).map((days) => addDays('2026-01-01', days))
    return fc.assert(
      fc.property(day, fc.nat(60), fc.nat(60), (asOf, age, more) => {
        const then = addDays(asOf, age)
        if (isCarried(asOf, then, calendar)) {
          expect(age).toBeGreaterThan(7 + 3)
          expect(isCarried(asOf, addDays(then, more), calendar)).toBe(true)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it.each([
    ['nobody is concerned', 'na', 0, 'na'],
    ['nobody has reported', new Fraction(0), 0, 'missing'],
    ['somebody has', new Fraction(0), 1, 'normal'],
  ] as const)('of a sum, when %s', (_what, share, reported, expected) => {
    expect(markOfWhole({ share, reported })).toBe(expected)
  })
})

describe('the points of an indicator', () => {
  it('are its weight as far as it is done, and no more than the cap allows', () => {
    expect(scoreOf(new Fraction('0.75'), '10', '1')?.equals('7.5')).toBe(true)
    expect(scoreOf(new Fraction('1.25'), '10', '1')?.equals(10)).toBe(true)
    expect(scoreOf(new Fraction('1.25'), '10', '1.2')?.equals(12)).toBe(true)
    expect(scoreOf('na', '10', '1')).toBeUndefined()
  })
})

describe('decimals', () => {
  it.each([
    [3, '3'],
    [0.1, '0.1'],
    [-1.5, '-1.5'],
    [1e21, '1000000000000000000000'],
    [1e-7, '0.0000001'],
    [1.5e-7, '0.00000015'],
    ['+07.50', '07.50'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-2.5E2', '-250'],
    ['12e-1', '1.2'],
  ])('%s is %s', (given, text) => {
    expect(decimalText(given)).toBe(text)
  })

  it.each([
    '',
    '.',
    '-',
    'e5',
    '1e',
    '1e1000',
    '1,5',
    ' 1',
    '１',
    'NaN',
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])('%s is none', (given) => {
    expect(decimalText(given)).toBeUndefined()
  })

  it('of any number are the number again', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true })
    return fc.assert(
      fc.property(number, (given) => {
        expect(Number(decimalText(given)) === given).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('are exact where the nearest simple fraction is not', () => {
    expect(exactly(0.123456789).toFraction()).toBe('123456789/1000000000')
    expect(() => exactly('three')).toThrow('three')
  })

  it.each([
    ['0', '0.00'],
    ['7.5', '7.50'],
    ['84.025', '84.03'],
    ['84.0249999', '84.02'],
    ['1/3', '0.33'],
    ['0.005', '0.01'],
    ['123456789012345678901234567890', '123456789012345678901234567890.00'],
    ['-1.5', '-1.50'],
    ['-0.001', '0.00'],
  ])('%s is shown as %s', (number, text) => {
    expect(twoPlaces(new Fraction(number))).toBe(text)
  })
})
