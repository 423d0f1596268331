// A unit's total follows from the numbers alone: from which events, in which order they are looked at, does not matter.
import fc from 'fast-check'
import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import { type CellEvent, fold } from '../../src/campaign/cell.ts'
import { lampCounts, standingsOf, tally, type Weighed } from '../../src/campaign/totals.ts'
import { history, set } from './events.ts'

const thresholds = { yellow: 10, red: 30 }
const weighed = (id: number, weight: string): Weighed => ({
  ...{ id, weight, cap: '1', starts: '2026-03-01', due: '2026-12-31', plan: [] },
})
const indicators = [weighed(1, '10'), weighed(2, '8'), weighed(3, '6')]
const part = (value: string | null, over: object = {}) => ({
  ...{ kind: 'count' as const, direction: 'up' as const, baseline: '0', zeroTarget: 'na' as const },
  ...{ target: '8', value, num: null, den: null, applies: true, reported: value !== null },
  ...{ due: '2026-12-31', ...over },
})
const cells = (...values: (ReturnType<typeof part> | ReturnType<typeof part>[])[]) =>
  new Map(values.map((each, at) => [at + 1, [each].flat()]))

describe('a community by itself', () => {
  const alone = (map: ReturnType<typeof cells>, date = '2026-11-22') =>
    tally(indicators, map, true, date, thresholds)

  it('has the weighted mean of what applies', () => {
    // (10·0.5 + 8·1 + 6·0.25) / 24
    expect(alone(cells(part('4'), part('8'), part('2'))).total).toBe('60.42')
  })

  it('gains nothing by doing more than it should', () => {
    expect(alone(cells(part('80'), part('0'), part('0'))).total).toBe('41.67')
  })

  it('counts what was never reported as nothing done, and leaves out what does not concern it', () => {
    expect(alone(cells(part('8'), part(null), part('8'))).total).toBe('66.67')
    expect(alone(cells(part('8'), part(null, { applies: false }), part('8'))).total).toBe('100.00')
  })

  it('has what documents give and take on top', () => {
    const given = indicators.map((one) => ({ ...one, share: new Fraction('0.5') }))
    expect(standingsOf(given, '2026-11-22', thresholds, '-1.5').total).toBe('48.50')
  })

  it('takes no part when nothing concerns it', () => {
    const none = alone(cells(part(null, { applies: false })))
    expect([none.total, none.schedule]).toEqual([null, undefined])
  })

  it('has a lamp for every indicator', () => {
    const { standings } = alone(cells(part('8'), part('6'), part(null)))
    expect([1, 2, 3].map((id) => standings.get(id)?.lamp)).toEqual(['done', 'yellow', 'red'])
    expect(lampCounts(standings)).toEqual({ done: 1, yellow: 1, red: 1 })
  })
})

it('a street has the sums of its communities, and its own day in the schedule', () => {
  const { total, standings } = tally(
    [weighed(1, '10')],
    cells([part('2', { target: '4' }), part('6', { target: '16', due: '2026-06-30' })]),
    false,
    '2026-11-22',
    thresholds,
  )
  expect(total).toBe('40.00')
  expect(standings.get(1)?.lamp).toBe('red')
  expect(standings.get(1)?.schedule.toFraction()).toBe('89/102')
})

it('is the same for any order of the events, in 10,000 random logs', () => {
  const log = fc.tuple(history, fc.constant<CellEvent[]>([set(1, 6)]))
  const shuffle = (events: CellEvent[], seed: number) =>
    events
      .map((event, at) => ({ event, key: ((at + 1) * (seed | 1)) % 17 }))
      .sort((a, b) => a.key - b.key)
      .map(({ event }) => event)
  const totalFrom = (logs: CellEvent[][]) => {
    const states = logs.map((events) => fold(events))
    const map = cells(...states.map(({ value, report_id }) => part(value, { reported: report_id !== null })))
    return tally(indicators, map, true, '2026-11-22', thresholds)
  }
  return fc.assert(
    fc.property(log, fc.nat(1000), (logs, seed) => {
      const shuffled = logs.map((events) => shuffle(events, seed))
      expect(totalFrom(shuffled)).toEqual(totalFrom(logs))
    }),
    { numRuns: 10_000 },
  )
})
