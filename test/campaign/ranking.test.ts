import fc from 'fast-check'
import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import {
  type Contender,
  climbers,
  movement,
  type Place,
  rank,
  rankedOn,
  totalOf,
} from '../../src/campaign/ranking.ts'
import { overall } from '../../src/campaign/standing.ts'

/** Contenders of one peer group, in roster order. */
const field = (totals: (string | null)[], peer = 'street'): Contender[] =>
  totals.map((total, at) => ({ unit: at + 1, roster: at + 1, peer, total }))

const placesOf = (contenders: Contender[]): Place[] => rank(contenders).flatMap(({ places }) => places)

describe('a total', () => {
  it('is 84.03 for the worked example of the rules', () => {
    const cells: [number, string][] = [
      ...([
        [10, '0.95'],
        [10, '0.75'],
        [8, '1'],
        [8, '1'],
        [6, '1'],
      ] as [number, string][]),
      ...([
        [6, '5/6'],
        [6, '2/3'],
        [14, '1'],
        [8, '0.8'],
        [5, '0.75'],
      ] as [number, string][]),
      ...([
        [5, '0'],
        [6, '0.86'],
      ] as [number, string][]),
    ]
    const parts = cells.map(([weight, share]) => ({
      ...{ weight: String(weight), cap: '1', share: new Fraction(share) },
    }))
    const nothing = { weight: '8', cap: '1', share: 'na' as const }
    expect(totalOf(overall([...parts, nothing]))).toBe('84.03')
  })

  it.each([
    ['0', '0.00'],
    ['1', '100.00'],
    ['0.84665', '84.67'],
    ['0.846649999', '84.66'],
    ['1/3', '33.33'],
    ['1.15', '110.00'],
  ])('of the share %s is shown as %s: half-up, and never over 110', (share, total) => {
    expect(totalOf(new Fraction(share))).toBe(total)
  })

  it('is none where no indicator applies, whatever documents give', () => {
    expect(totalOf(overall([]))).toBeNull()
    expect(totalOf(undefined, '10')).toBeNull()
  })

  it.each([
    ['0.9', '10', '100.00'],
    ['1', '10', '110.00'],
    ['1.05', '10', '110.00'],
    ['0.1', '-20', '0.00'],
    ['0.84026', '-0.001', '84.03'],
    ['0.5', '-1.5', '48.50'],
  ])('of the share %s and %s points more is %s', (share, net, total) => {
    expect(totalOf(new Fraction(share), net)).toBe(total)
  })
})

describe('ranks', () => {
  it('93.10, 91.25, 91.25, 88.00, 71.40, 71.40 are 1 2 2 4 5 5, and 6 4 4 3 1 1 from the bottom', () => {
    const places = placesOf(field(['93.10', '91.25', '91.25', '88.00', '71.40', '71.40']))
    expect(places.map((place) => place.rank)).toEqual([1, 2, 2, 4, 5, 5])
    expect(places.map(({ bottomRank }) => bottomRank)).toEqual([6, 4, 4, 3, 1, 1])
    expect(places.map(({ tied }) => tied)).toEqual([false, true, true, false, true, true])
  })

  it('inside a tie follow the roster, whoever came first', () => {
    const [first, second, third] = field(['80.00', '80.00', '80.00'])
    const places = placesOf([third, first, second] as Contender[])
    expect(places.map(({ unit, rank }) => [unit, rank])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ])
  })

  it('tell 9.50 from 10.05: totals are numbers, not words', () => {
    expect(placesOf(field(['9.50', '10.05', '100.00'])).map(({ unit }) => unit)).toEqual([3, 2, 1])
  })

  it('are given inside a peer group only: villages are not behind communities', () => {
    const mixed = [...field(['90.00', '70.00'], 'community'), { ...field(['50.00'], 'village')[0], unit: 9 }]
    const groups = rank(mixed as Contender[])
    expect(groups.map(({ peer, places }) => [peer, places.map((place) => place.rank)])).toEqual([
      ['community', [1, 2]],
      ['village', [1]],
    ])
  })

  it('leave 未参评 apart: it takes no place', () => {
    const [group] = rank(field(['90.00', null, '80.00', null]))
    expect(group?.places.map((place) => [place.unit, place.rank, place.bottomRank])).toEqual([
      [1, 1, 2],
      [3, 2, 1],
    ])
    expect(group?.apart.map(({ unit }) => unit)).toEqual([2, 4])
  })

  it('put whom a veto puts last below everybody, also below nothing, and show the total all the same', () => {
    const [a, b, c, d] = field(['90.00', '0.00', '95.00', null])
    const places = placesOf([a, b, { ...c, last: true }, { ...d, last: true }] as Contender[])
    expect(places.map((place) => [place.unit, place.total, place.rank, place.bottomRank])).toEqual([
      [1, '90.00', 1, 3],
      [2, '0.00', 2, 2],
      [3, '95.00', 3, 1],
    ])
  })

  it('tie all whom vetoes put last, whatever their totals', () => {
    const vetoed = field(['90.00', '80.00', '70.00']).map((one, at) =>
      at < 2 ? { ...one, last: true } : one,
    )
    expect(placesOf(vetoed).map((place) => [place.unit, place.rank, place.bottomRank, place.tied])).toEqual([
      [3, 1, 3, false],
      [1, 2, 1, true],
      [2, 2, 1, true],
    ])
  })

  const total = fc.option(
    fc.nat(400).map((n) => totalOf(new Fraction(n, 400))),
    { freq: 8 },
  )
  const contenders = fc
    .array(
      fc.record({
        total,
        peer: fc.constantFrom('community', 'village'),
        last: fc.constantFrom(false, false, true),
      }),
      { maxLength: 30 },
    )
    .map((some) => some.map((one, at): Contender => ({ unit: at, roster: at >> 1, ...one })))

  it('are the same in whatever order the units come', () => {
    return fc.assert(
      fc.property(contenders, fc.infiniteStream(fc.nat()), (some, keys) => {
        const shuffled = some
          .map((one) => ({ one, key: keys.next().value }))
          .sort((a, b) => (a.key ?? 0) - (b.key ?? 0))
          .map(({ one }) => one)
        expect(rank(shuffled)).toEqual(rank(some))
      }),
    )
  })

  it('are one more than the number of units strictly above, and from the bottom strictly below', () => {
    return fc.assert(
      fc.property(contenders, (some) => {
        for (const { places, peer } of rank(some))
          for (const place of places) {
            const peers = some.filter((one) => one.peer === peer && one.total !== null)
            const height = ({ total, last }: Contender) => (last ? -1 : Number(total))
            const above = peers.filter((one) => height(one) > height(place)).length
            const below = peers.filter((one) => height(one) < height(place)).length
            expect([place.rank, place.bottomRank]).toEqual([above + 1, below + 1])
          }
      }),
    )
  })

  it('go up with the total, and everybody is on the board once', () => {
    return fc.assert(
      fc.property(contenders, (some) => {
        const groups = rank(some)
        for (const { places } of groups)
          for (const [at, place] of places.entries()) {
            const next = places[at + 1]
            const [here, there] = [rankedOn(place), next && rankedOn(next)]
            if (next) expect(next.rank >= place.rank && Number(there) <= Number(here)).toBe(true)
            if (next) expect(next.rank === place.rank).toBe(there === here)
          }
        const all = groups.flatMap(({ places, apart }) => [...places, ...apart].map(({ unit }) => unit))
        expect(all.sort((a, b) => a - b)).toEqual(some.map(({ unit }) => unit))
      }),
    )
  })
})

describe('movement', () => {
  const now = { rank: 4, peer: 'community' }

  it.each([
    ['three places up', { rank: 7, peer: 'community' }, true, 3],
    ['one place down', { rank: 3, peer: 'community' }, true, -1],
    ['the same place', { rank: 4, peer: 'community' }, true, 0],
    ['a unit that was not there', undefined, true, 'new'],
    ['a unit that had taken no part', { rank: null, peer: 'community' }, true, 'new'],
    ['other rules', { rank: 7, peer: 'community' }, false, undefined],
    ['another peer group', { rank: 7, peer: 'village' }, true, undefined],
  ])('%s', (_name, before, sameRules, expected) => {
    expect(movement(now, before, sameRules)).toBe(expected)
  })

  it('is largest for all who climbed as far', () => {
    const lines = [3, -2, 'new', 3, 1, undefined].map((moved, unit) => ({ unit, movement: moved as number }))
    expect(climbers(lines).map(({ unit }) => unit)).toEqual([0, 3])
  })

  it('has no largest when nobody moved up', () => {
    expect(climbers([{ movement: 0 }, { movement: -1 }, { movement: 'new' }])).toEqual([])
  })
})
