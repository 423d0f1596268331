// The hundredths of a score that are shown: every row adds up, all of them add up, and what is alike looks alike.
import fc from 'fast-check'
import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import { type Counted, explain, hundredthsOf } from '../../src/campaign/explain.ts'
import { shownOf } from '../../src/campaign/rounding.ts'

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)
const part = (share: string, weight: string, cap = '1'): Counted => ({
  share: new Fraction(share),
  weight,
  cap,
})
const shown = (parts: Counted[], adjustment?: Fraction) => {
  const found = explain(parts, adjustment)
  return found ? { found, rows: shownOf(found) } : undefined
}

/** 李江沟村: 交叉任职 was 7.90/7.89. */
const village = [
  ...[part('35/40', '10'), part('11/27', '10'), part('1', '8'), part('14/15', '8'), part('6/7', '8')],
  ...[part('1', '6'), part('0', '6'), part('1', '6'), part('0.8', '8'), part('0.9', '6')],
]

const parts: fc.Arbitrary<Counted[]> = fc.array(
  fc.record({
    share: fc.oneof(
      fc.tuple(fc.nat(70), fc.integer({ min: 1, max: 60 })).map(([n, d]) => new Fraction(n, d)),
      fc.constantFrom(new Fraction(0), new Fraction(1), 'na' as const),
    ),
    weight: fc.constantFrom('5', '6', '7.5', '8', '10', '14'),
    cap: fc.constantFrom('1', '1', '1.2'),
  }),
  { minLength: 1, maxLength: 14 },
)
const adjustment = fc.integer({ min: -2000, max: 1000 }).map((cents) => new Fraction(cents, 100))

describe('the rows of a score', () => {
  it('come to a hundred points and to the total, each of them to its own full marks', () => {
    return fc.assert(
      fc.property(parts, adjustment, (some, points) => {
        const one = shown(some, points)
        if (!one) return
        const { rows, found } = one
        const total = hundredthsOf(found.total) - hundredthsOf(points.add(found.cut))
        expect(sum(rows.map(({ most }) => most))).toBe(10_000)
        expect(sum(rows.map(({ earned }) => earned))).toBe(total)
        for (const { most, earned, lost } of rows) expect(earned + lost).toBe(most)
      }),
    )
  })

  it('gain no more than they have lost, and all of it where one more piece does it', () => {
    const next = fc.constantFrom(new Fraction(1), new Fraction(9, 10))
    return fc.assert(
      fc.property(parts, next, (some, next) => {
        for (const { loss, lost, gain } of shown(some.map((one) => ({ ...one, next })))?.rows ?? []) {
          if (loss.gain?.equals(loss.lost)) expect(gain).toBe(lost)
          if (loss.gain?.lte(loss.lost)) expect(gain).toBeLessThanOrEqual(lost)
        }
      }),
    )
  })

  it('earn no more than the full marks unless over-fulfilment pays, nothing where nothing is done, all where all is', () => {
    return fc.assert(
      fc.property(parts, (some) => {
        for (const { loss, most, earned } of shown(some)?.rows ?? []) {
          if (loss.lost.gte(0)) expect(earned).toBeLessThanOrEqual(most)
          if (loss.lost.equals(0)) expect(earned).toBe(most)
          if (loss.earned.equals(0)) expect(earned).toBe(0)
          expect(earned).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })

  it('show equal full marks for equal weights', () => {
    const rows = shown(village)?.rows ?? []
    for (const weight of ['10', '8', '6'])
      expect(new Set(rows.flatMap(({ loss, most }) => (loss.of.weight === weight ? [most] : []))).size).toBe(
        1,
      )
  })
})

describe('where equal weights cannot show equal full marks', () => {
  it.each([
    [
      ['1', '1', '1'],
      ['5', '5', '5'],
      [
        [3333, 3333, 3334],
        [3333, 3333, 3334],
      ],
    ],
    [
      ['0', '0', '1'],
      ['8', '8', '5'],
      [
        [3810, 3809, 2381],
        [0, 0, 2381],
      ],
    ],
  ])('of %j at %j they are a hundredth apart, and the sums are right', (shares, weights, [most, earned]) => {
    const rows = shown(shares.map((share, at) => part(share, weights[at] ?? '0')))?.rows ?? []
    expect(rows.map((row) => row.most)).toEqual(most)
    expect(rows.map((row) => row.earned)).toEqual(earned)
  })
})
