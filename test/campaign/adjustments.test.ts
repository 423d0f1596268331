// Points given and taken: exact sums within their limits, in whatever order they came.
import fc from 'fast-check'
import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import { beyondLimits, netOf } from '../../src/campaign/adjustments.ts'

const items = (...points: string[]) => points.map((one) => ({ points: one }))

describe('what adjustments come to', () => {
  it.each<[string[], [plus: string, minus: string, net: string]]>([
    [[], ['0', '0', '0']],
    [
      ['2', '-1.5'],
      ['2', '1.5', '0.5'],
    ],
    [
      ['0.1', '0.2'],
      ['0.3', '0', '0.3'],
    ],
    [
      ['-0.10', '-0.20'],
      ['0', '0.3', '-0.3'],
    ],
    [
      ['6', '6'],
      ['10', '0', '10'],
    ],
    [
      ['-15', '-15'],
      ['0', '20', '-20'],
    ],
    [
      ['6', '6', '-15', '-15'],
      ['10', '20', '-10'],
    ],
    [
      ['9.99', '0.01'],
      ['10', '0', '10'],
    ],
  ])('%j', (points, [plus, minus, net]) => {
    expect(netOf(items(...points))).toEqual({ plus, minus, net })
  })

  it('each side is cut by itself: what was taken too much is not paid by what was given', () => {
    expect(netOf(items('5', '-25')).net).toBe('-15')
  })

  it('says what was cut, and nothing when all of it counts', () => {
    expect(beyondLimits(items('6', '6', '-20'))).toEqual(['加分合计 12，只计 10'])
    expect(beyondLimits(items('-12.5', '-7.6'))).toEqual(['减分合计 20.1，只计 20'])
    expect(beyondLimits(items('10', '-20'))).toEqual([])
  })

  it('is the same in any order, never beyond the limits, and exact below them', async () => {
    const hundredths = fc.integer({ min: -2000, max: 1000 }).filter((n) => n !== 0)
    await fc.assert(
      fc.property(fc.array(hundredths, { maxLength: 8 }), (many) => {
        const all = items(...many.map((n) => new Fraction(n, 100).toString()))
        const { plus, minus, net } = netOf(all)
        expect(netOf(all.toReversed())).toEqual({ plus, minus, net })
        const given = many.filter((n) => n > 0).reduce((sum, n) => sum + n, 0)
        const taken = many.filter((n) => n < 0).reduce((sum, n) => sum - n, 0)
        expect([plus, minus]).toEqual([
          new Fraction(Math.min(given, 1000), 100).toString(),
          new Fraction(Math.min(taken, 2000), 100).toString(),
        ])
        expect(new Fraction(net).add(minus).toString()).toBe(plus)
      }),
    )
  })
})
