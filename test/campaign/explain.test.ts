// A score taken apart adds up to itself again, before rounding and to the cent that is shown.
import fc from 'fast-check'
import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import { type Counted, explain, hundredthsOf } from '../../src/campaign/explain.ts'
import { totalOf } from '../../src/campaign/ranking.ts'
import { overall } from '../../src/campaign/standing.ts'

const part = (share: string, weight: string, over: Partial<Counted> = {}): Counted => ({
  ...{ share: share === 'na' ? 'na' : new Fraction(share), weight, cap: '1' },
  ...over,
})
const sum = (numbers: Fraction[]) => numbers.reduce((total, one) => total.add(one), new Fraction(0))

/** 金苑社区 of `domain.md` C4. */
const weights = ['10', '10', '8', '8', '8', '6', '6', '6', '14', '8', '5', '5', '6']
const shares = ['0.95', '0.75', '1', 'na', '1', '1', '5/6', '2/3', '1', '0.8', '0.75', '0', '0.86']
const example = shares.map((share, at) => part(share, weights[at] ?? '0'))

const parts: fc.Arbitrary<Counted[]> = fc.array(
  fc.record({
    share: fc.oneof(
      {
        weight: 6,
        arbitrary: fc.tuple(fc.nat(70), fc.integer({ min: 1, max: 60 })).map(([n, d]) => new Fraction(n, d)),
      },
      { weight: 1, arbitrary: fc.constant('na' as const) },
    ),
    weight: fc.constantFrom('0', '5', '6', '7.5', '8', '10', '14'),
    cap: fc.constantFrom('1', '1', '1.2'),
  }),
  { minLength: 1, maxLength: 14 },
)
const adjustment = fc.integer({ min: -2000, max: 1000 }).map((cents) => new Fraction(cents, 100))

describe('a score taken apart', () => {
  it('of the worked example is 84.03, and what is missing is what the unit has not done', () => {
    const found = explain(example)
    expect(hundredthsOf(found?.total ?? new Fraction(0))).toBe(8403)
    const most = found?.losses.toSorted((a, b) => b.lost.compare(a.lost)).slice(0, 2)
    expect(most?.map(({ of, lost }) => [example.indexOf(of), hundredthsOf(lost)])).toEqual([
      [11, 543],
      [1, 272],
    ])
  })

  it('leaves out what does not apply', () => {
    expect(explain(example)?.losses.map(({ of }) => example.indexOf(of))).not.toContain(3)
  })

  it('is nothing when nothing applies', () => {
    expect(explain([part('na', '10'), part('1', '0')])).toBeUndefined()
  })

  it('says what one more piece would bring, as far as it pays', () => {
    const gains = explain([
      part('1/2', '10', { next: new Fraction('0.75') }),
      part('0.9', '10', { next: new Fraction('1.4') }),
      part('1', '20', { next: new Fraction('1.1') }),
    ])?.losses.map(({ gain }) => gain?.toString())
    expect(gains).toEqual(['6.25', '2.5', undefined])
  })

  it('is exact: total and what is missing are a hundred and what documents gave', () => {
    return fc.assert(
      fc.property(parts, adjustment, (some, points) => {
        const found = explain(some, points)
        if (!found) return
        const { total, losses, cut } = found
        const missing = sum(losses.map(({ lost }) => lost))
        expect(total.add(missing).equals(points.add(100).add(cut))).toBe(true)
        for (const { most, earned, lost } of losses) expect(earned.add(lost).equals(most)).toBe(true)
      }),
    )
  })

  it('has the total that the unit is ranked on', () => {
    return fc.assert(
      fc.property(parts, (some) => {
        const found = explain(some)
        const total = found ? (hundredthsOf(found.total) / 100).toFixed(2) : null
        expect(total).toBe(totalOf(overall(some)))
      }),
    )
  })
})

describe('points by document', () => {
  it('keep the total between 0 and 110, and that is told apart', () => {
    const low = explain([part('0.05', '10')], new Fraction(-20))
    expect([low?.total.toString(), low?.cut.toString()]).toEqual(['0', '15'])
    const high = explain([part('1.2', '10', { cap: '1.2' })], new Fraction(10))
    expect([high?.total.toString(), high?.cut.toString()]).toEqual(['110', '-20'])
  })
})
