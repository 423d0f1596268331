// Who is in when a list has an end: only there, and by what, units with equal totals are told apart.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { best, type Candidate } from '../../src/campaign/awards.ts'

type Named = Candidate & { name: string }
const unit = (name: string, total: string | null, over: Partial<Candidate> = {}): Named => ({
  ...{ name, total, redLamps: 1, municipal: '80.00', overdueFindings: 1, reachedOn: '2026-11-20' },
  ...{ barred: false, ...over },
})
const names = (units: Named[]) => units.map(({ name }) => name)
const chosen = (units: Named[], n: number) => names(best(units, n).chosen)

describe('the best n', () => {
  it('are those with the highest totals', () => {
    expect(chosen([unit('c', '80.00'), unit('a', '100.00'), unit('b', '99.99')], 2)).toEqual(['a', 'b'])
  })

  it.each([
    ['fewer red lamps', { redLamps: 0, municipal: '1.00', overdueFindings: 9, reachedOn: '2026-12-01' }],
    ['a higher municipal sub-score', { municipal: '100.00', overdueFindings: 9, reachedOn: '2026-12-01' }],
    ['fewer overdue findings', { overdueFindings: 0, reachedOn: '2026-12-01' }],
    ['the earlier day', { reachedOn: '2026-11-19' }],
  ])('at the cut are those with %s', (_what, over) => {
    const { chosen: some, equal } = best([unit('a', '90.00'), unit('b', '90.00', over)], 1)
    expect([names(some), equal]).toEqual([['b'], []])
  })

  it('are more than n when nothing tells them apart, and that is said', () => {
    const units = [
      unit('a', '95.00'),
      unit('b', '90.00'),
      unit('c', '90.00'),
      unit('d', '90.00', { redLamps: 2 }),
    ]
    const { chosen: some, equal } = best(units, 2)
    expect([names(some), names(equal)]).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
    ])
  })

  it('need no telling apart where there is room for all', () => {
    expect(best([unit('a', '90.00'), unit('b', '90.00')], 2).equal).toEqual([])
    expect(chosen([unit('a', '90.00')], 10)).toEqual(['a'])
    expect(chosen([unit('a', '90.00')], 0)).toEqual([])
  })

  it('are never those that take no part, or that a veto bars', () => {
    expect(chosen([unit('a', null), unit('b', '99.00', { barred: true }), unit('c', '50.00')], 3)).toEqual([
      'c',
    ])
  })

  it('are at least n, are not worse than the others, and do not depend on the order', () => {
    const candidate = fc.record({
      total: fc.option(fc.constantFrom('90.00', '91.00', '100.00')),
      redLamps: fc.nat(1),
      municipal: fc.constantFrom(null, '80.00', '100.00'),
      overdueFindings: fc.nat(1),
      reachedOn: fc.constantFrom('2026-11-19', '2026-11-20'),
      barred: fc.boolean(),
    })
    return fc.assert(
      fc.property(fc.array(candidate, { maxLength: 12 }), fc.nat(12), (some, n) => {
        const { chosen: inside, equal } = best(some, n)
        const eligible = some.filter(({ total, barred }) => total !== null && !barred)
        expect(inside.length).toBeGreaterThanOrEqual(Math.min(n, eligible.length))
        expect(inside.length > n).toBe(equal.length > 0)
        const least = Math.min(...inside.map(({ total }) => Number(total)))
        for (const one of eligible)
          if (!inside.includes(one)) expect(Number(one.total)).toBeLessThanOrEqual(least)
        const again = best(some.toReversed(), n)
        expect(new Set(again.chosen)).toEqual(new Set(inside))
      }),
      { numRuns: 1_000 },
    )
  })
})
