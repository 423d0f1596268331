// Any fixture: the product's rows are those of the rules written down apart from it, and keep what the rules promise.
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { fixture } from '../../src/cli/rank-fixture.ts'
import { type Rows, rowsOf } from '../../src/cli/rank-rows.ts'
import { addDays } from '../../src/clock.ts'
import { type Given, reference } from './rank-reference.ts'

let cases = 0
afterAll(() => void process.stdout.write(`fixtures computed: ${cases}\n`))

function rows(given: Given, date: string): Rows {
  cases++
  return rowsOf(fixture.parse(given), date)
}

const kinds = ['count', 'amount', 'ratio', 'yes_no', 'milestone', 'score'] as const
const steps = { 申报: 0.2, 创建: 0.5, 初验: 0.8, 验收: 1 }
const few = (most: number) => fc.integer({ min: 0, max: most })
/** One decimal, as often as not a whole number. */
const tenths = (least: number, most: number) =>
  fc.integer({ min: least * 10, max: most * 10 }).map((n) => n / 10)

const levels: Given['indicators'][number]['applies_to'][] = [
  ['community', 'village'],
  ['community'],
  ['village'],
]

const indicator = (at: number) =>
  fc.record({
    ...{ code: fc.constant(`I${at}`), kind: fc.constantFrom(...kinds), steps: fc.constant(steps) },
    direction: fc.constantFrom('up' as const, 'down' as const),
    weight: tenths(0, 14),
    cap: fc.constantFrom(1, 1, 1.2),
    baseline: fc.constantFrom(0, 0, 3),
    target: fc.constantFrom(0, 3, 4, 7, 90, 100),
    due: fc.constantFrom('2026-11-24', '2026-12-31', '2026-10-31'),
    applies_to: fc.constantFrom(...levels),
  })

const level = fc.constantFrom('community' as const, 'community' as const, 'village' as const)
const units = fc
  .array(fc.record({ level, street: few(1) }), { minLength: 1, maxLength: 7 })
  .map((leaves) => [
    { code: 'D', level: 'district' as const, parent: null },
    ...[0, 1].map((at) => ({ code: `S${at}`, level: 'street' as const, parent: 'D' })),
    ...leaves.map(({ level: of, street }, at) => ({ code: `C${at}`, level: of, parent: `S${street}` })),
  ])

const cell = fc.record({
  ...{ there: few(5), na: few(6), value: tenths(0, 9), num: few(9), den: few(9) },
  ...{ step: fc.constantFrom(...Object.keys(steps)), target: fc.constantFrom(undefined, undefined, 5) },
})

const given: fc.Arbitrary<Given> = fc
  .tuple(fc.tuple(...[0, 1, 2].map(indicator)), units)
  .chain(([indicators, all]) => {
    const leaves = all.filter(({ code }) => code.startsWith('C'))
    const pairs = leaves.flatMap((unit) => indicators.map((one) => ({ unit, one })))
    const codes = all.map(({ code }) => code)
    const adjustment = fc.record({
      unit: fc.constantFrom(...codes),
      points: tenths(-12, 8),
      doc: fc.constant('通报1号'),
    })
    return fc.record({
      campaign: fc.constant({ start: '2026-03-01', end: '2026-12-31' }),
      indicators: fc.constant(indicators.map((one) => ({ ...one, target: targetOf(one) }))),
      units: fc.constant(all),
      cells: fc
        .tuple(...pairs.map(() => cell))
        .map((drawn) => drawn.flatMap((each, at) => cellFrom(pairs[at], each))),
      adjustments: fc.array(adjustment, { maxLength: 4 }),
      previous: fc.record({
        rule_version: fc.constantFrom(1, 1, 2),
        ranks: fc.dictionary(fc.constantFrom(...codes), fc.constantFrom(null, 1, 2, 5)),
      }),
      rule_version: fc.constant(1),
      options: fc.record({
        zero_target: fc.constantFrom('na' as const, 'done' as const),
        yellow: fc.constantFrom(5, 10),
        red: fc.constantFrom(15, 30),
      }),
    })
  })

const targetOf = ({ kind, target }: { kind: string; target: number }) =>
  kind === 'ratio' || kind === 'score' ? Math.max(target, 5) : target

function cellFrom(
  pair: { unit: { code: string }; one: { code: string; kind: string } } | undefined,
  { there, na, value, num, den, step, target }: typeof cell extends fc.Arbitrary<infer T> ? T : never,
): Given['cells'] {
  if (!pair || there === 0) return []
  const { kind } = pair.one
  const number =
    kind === 'yes_no' ? Number(value > 4) : kind === 'ratio' || kind === 'milestone' ? null : value
  return [
    {
      ...{ unit: pair.unit.code, indicator: pair.one.code, value: number, na: na === 0 },
      ...(kind === 'ratio' ? { num: den === 0 ? 0 : num, den } : { num: null, den: null }),
      step: kind === 'milestone' ? step : null,
      ...(target !== undefined && { target }),
    },
  ]
}

const date = few(320).map((days) => addDays('2026-02-20', days))
const plain = ({ schedule, units: all }: Rows) => ({
  schedule,
  units: all.map((unit) => ({
    ...unit,
    cells: Object.fromEntries(
      Object.entries(unit.cells).map(([code, { completion, lamp, score }]) => [
        code,
        { completion, lamp, score },
      ]),
    ),
  })),
})

it('has the rows of the rules', () => {
  return fc.assert(
    fc.property(given, date, (one, today) => {
      expect(plain(rows(one, today))).toEqual(reference(one, today))
    }),
    { numRuns: 4_000 },
  )
}, 240_000)

it('has the same rows in whatever order units, cells and adjustments come', () => {
  return fc.assert(
    fc.property(given, date, (one, today) => {
      const turned = {
        ...one,
        units: one.units.toReversed(),
        cells: one.cells.toReversed(),
        adjustments: one.adjustments.toReversed(),
      }
      const again = rows(turned, today)
      expect({ ...again, units: again.units.toReversed() }).toEqual(rows(one, today))
    }),
    { numRuns: 2_000 },
  )
}, 240_000)

it('ranks one more than are strictly above, between 0 and 110, and moves by the difference', () => {
  return fc.assert(
    fc.property(given, date, (one, today) => {
      const { units: all } = rows(one, today)
      for (const { total, rank, change, peer, code } of all) {
        expect(rank === null).toBe(total === null)
        if (total === null) continue
        expect(Number(total) >= 0 && Number(total) <= 110).toBe(true)
        const above = all.filter((other) => other.peer === peer && Number(other.total ?? -1) > Number(total))
        expect(rank).toBe(1 + above.length)
        if (typeof change === 'number') expect(change).toBe((one.previous.ranks[code] ?? 0) - (rank ?? 0))
      }
    }),
    { numRuns: 2_000 },
  )
}, 240_000)

it('pays more for more, or for less where less is better, and nobody above loses by it', () => {
  return fc.assert(
    fc.property(given, date, few(100), tenths(0, 5), (one, today, pick, more) => {
      const candidates = one.cells.filter(({ value, na }) => value !== null && !na)
      const chosen = candidates[pick % Math.max(candidates.length, 1)]
      const of = one.indicators.find(({ code }) => code === chosen?.indicator)
      if (!chosen || !of || of.kind === 'yes_no') return
      const isDown = of.direction === 'down' && of.kind !== 'score'
      const better = { ...chosen, value: ((chosen.value ?? 0) * 10 + (isDown ? -more : more) * 10) / 10 }
      const changed = { ...one, cells: one.cells.map((each) => (each === chosen ? better : each)) }
      const [then, now] = [rows(one, today), rows(changed, today)]
      for (const [at, { total }] of now.units.entries())
        expect(Number(total)).toBeGreaterThanOrEqual(Number(then.units[at]?.total))
    }),
    { numRuns: 1_000 },
  )
}, 240_000)

it('is moved by adjustments by no more than 10 up and 20 down', () => {
  return fc.assert(
    fc.property(given, date, (one, today) => {
      const bare = rows({ ...one, adjustments: [] }, today)
      for (const [at, { total }] of rows(one, today).units.entries()) {
        const by = Math.round((Number(total) - Number(bare.units[at]?.total)) * 100)
        expect(by).toBeGreaterThanOrEqual(-2_000)
        expect(by).toBeLessThanOrEqual(1_000)
      }
    }),
    { numRuns: 1_000 },
  )
}, 240_000)
