import fc from 'fast-check'
import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import { type CellEvent, type CellState, fold } from '../../src/campaign/cell.ts'
import { doubtOf, impossible, type Subject } from '../../src/campaign/entry.ts'
import { add, event, history, set } from './events.ts'

const subject = (over: Partial<Subject> = {}): Subject => ({
  ...{
    name: '红色物业',
    kind: 'count',
    uom: '个',
    direction: 'up',
    baseline: '0',
    target: '10',
    zeroTarget: 'na',
  },
  steps: {},
  ...over,
})
const unreported = fold([])
const cell = (value: string | null, parts: [string, string] | [] = []): CellState => ({
  ...unreported,
  ...{ value, num: parts[0] ?? null, den: parts[1] ?? null, report_id: 1 },
})
const doubt = (over: Partial<Subject>, before: CellState, after: CellState) =>
  doubtOf(subject(over), before, after)
const from = (before: string, after: string, over: Partial<Subject> = {}) =>
  doubt(over, cell(before), cell(after))

describe('a number that is believed at once', () => {
  it.each<[string, Partial<Subject>, CellState, CellState]>([
    ['more than before', {}, cell('2'), cell('3')],
    ['the same', {}, cell('3'), cell('3')],
    ['the first', {}, unreported, cell('3')],
    ['a little above the target', {}, cell('9'), cell('12')],
    ['decimals of an amount', { kind: 'amount' }, cell('1.5'), cell('1.6')],
    [
      'a better share of less',
      { kind: 'ratio', target: '100' },
      cell(null, ['30', '40']),
      cell(null, ['8', '10']),
    ],
    ['a percentage after its parts', { kind: 'ratio', target: '100' }, cell(null, ['30', '40']), cell('80')],
    ['100 %', { kind: 'ratio', target: '90' }, cell('95'), cell('100')],
    ['a full mark', { kind: 'score', target: '100' }, cell('86'), cell('100')],
    ['fewer of what should shrink', { direction: 'down' }, cell('8'), cell('2')],
    ['a later step', { kind: 'milestone', target: null }, cell('0.5'), cell('0.8')],
    ['yes after no', { kind: 'yes_no', target: null }, cell('0'), cell('1')],
    ['anything without a target', { target: null }, cell('2'), cell('9999')],
  ])('%s', (_case, over, before, after) => {
    expect(doubt(over, before, after)).toBeUndefined()
  })
})

describe('a number that is asked about', () => {
  it.each<[string, Partial<Subject>, CellState, CellState, string]>([
    ['fewer than before', {}, cell('5'), cell('3'), '比上次（5个）少'],
    ['a worse share', { kind: 'ratio' }, cell(null, ['6', '6']), cell(null, ['38', '40']), '比上次（6/6）少'],
    [
      'nothing to cover any more',
      { kind: 'ratio' },
      cell(null, ['6', '6']),
      cell(null, ['0', '0']),
      '比上次（6/6）少',
    ],
    ['more of what should shrink', { direction: 'down' }, cell('2'), cell('8'), '比上次（2个）多'],
    [
      'an earlier step',
      { kind: 'milestone' },
      { ...cell('0.8'), step: '初验' },
      cell('0.5'),
      '比上次（初验）少',
    ],
    ['no after yes', { kind: 'yes_no' }, cell('1'), cell('0'), '比上次（已落实）少'],
    ['negative', {}, unreported, cell('-1'), '是负数'],
    ['negative parts', { kind: 'ratio' }, unreported, cell(null, ['-1', '4']), '是负数'],
    ['a fraction of a count', {}, cell('2'), cell('2.5'), '不是整个'],
    ['more than there are', { kind: 'ratio' }, unreported, cell(null, ['41', '40']), '41比总数40还多'],
    ['more than all', { kind: 'ratio' }, unreported, cell('100.01'), '超过了100%'],
    ['more than the full mark', { kind: 'score', target: '100' }, unreported, cell('120'), '超过满分100'],
    ['a jump', {}, cell('2'), cell('300'), '比目标10个多出太多'],
    ['a jump from nothing', {}, unreported, cell('300'), '比目标10个多出太多'],
  ])('%s', (_case, over, before, after, why) => {
    expect(doubt(over, before, after)).toBe(why)
  })
})

describe('a jump is more than 1.2 × the target and more than half a target above the last number', () => {
  it.each([
    ['1.2 × the target exactly', '2', '12', false],
    ['one more', '2', '13', true],
    ['more than 1.2 × the target, but not far from the last', '9', '14', false],
    ['half a target above the last exactly', '20', '25', false],
    ['one more', '20', '26', true],
  ])('%s', (_case, before, after, asked) => {
    expect(from(before, after) !== undefined).toBe(asked)
  })

  it('counts from the baseline when nothing was reported', () => {
    const money = { kind: 'amount', baseline: '18', target: '20' } as const
    expect(doubt(money, unreported, cell('28'))).toBeUndefined()
    expect(doubt(money, unreported, cell('28.1'))).toBe('比目标20个多出太多')
  })

  it('is no question for what should shrink, nor for a share or a score', () => {
    expect(doubt({ direction: 'down', target: '0' }, unreported, cell('50'))).toBeUndefined()
    expect(doubt({ kind: 'score', target: null }, unreported, cell('50'))).toBeUndefined()
  })
})

describe('no number falls in silence', () => {
  const doubted = (events: CellEvent[], next: CellEvent, over: Partial<Subject> = {}) =>
    doubtOf(subject(over), fold(events), fold([...events, next]))

  it('every total or increment after which there is less is asked about, after any history', () => {
    const next = fc.tuple(
      fc.constantFrom(set, add),
      fc.integer({ min: -20, max: 40 }),
      fc.integer({ min: 1, max: 22 }),
    )
    return fc.assert(
      fc.property(history, next, (events, [make, value, day]) => {
        const said = make(1_000, value, { as_of: `2026-11-${String(day).padStart(2, '0')}` })
        const [before, after] = [fold(events), fold([...events, said])]
        const less = before.value !== null && new Fraction(after.value ?? 0).lt(before.value)
        if (less) expect(doubted(events, said)).toBeDefined()
      }),
      { numRuns: 1_000 },
    )
  })

  it('a row of totals that were all believed never falls', () => {
    return fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 30 }), (values) => {
        const believed: CellEvent[] = []
        for (const [at, value] of values.entries()) {
          const said = set(at + 1, value)
          if (doubted(believed, said) !== undefined) continue
          const last = fold(believed).value
          expect(value).toBeGreaterThanOrEqual(Number(last ?? 0))
          believed.push(said)
        }
      }),
    )
  })

  it('neither does a row of shares', () => {
    const parts = fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 40 }))
    return fc.assert(
      fc.property(fc.array(parts, { maxLength: 20 }), (said) => {
        const believed: CellEvent[] = []
        let best = new Fraction(0)
        for (const [at, [num, den]] of said.entries()) {
          const one = event(at + 1, { num: String(num), den: String(den) })
          if (doubted(believed, one, { kind: 'ratio', target: '100' }) !== undefined) continue
          expect(new Fraction(num, den).gte(best)).toBe(true)
          best = new Fraction(num, den)
          believed.push(one)
        }
      }),
    )
  })
})

describe('a correction', () => {
  it.each<[string, Partial<Subject>, CellState, string | undefined]>([
    ['may be less than before', {}, cell('1'), undefined],
    ['may jump to twice the target', {}, cell('20'), undefined],
    ['is asked about beyond that', {}, cell('21'), '超过目标10个的两倍'],
    ['without a target may be anything', { target: null }, cell('999'), undefined],
    ['of what should go down may be above the target', { direction: 'down' }, cell('99'), undefined],
    [
      'with more than all is asked about',
      { kind: 'ratio', target: '100' },
      cell(null, ['7', '6']),
      '7比总数6还多',
    ],
    ['below zero is asked about', {}, cell('-1'), '是负数'],
    ['with a broken piece is asked about', {}, cell('1.5'), '不是整个'],
  ])('%s', (_what, over, right, why) => {
    expect(impossible(subject(over), right)).toBe(why)
  })
})
