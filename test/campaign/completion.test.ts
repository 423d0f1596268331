import fc from 'fast-check'
import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import { completion, type Measure, type Measured, percent } from '../../src/campaign/completion.ts'

const measure = (over: Partial<Measure>): Measure => ({
  ...{ kind: 'count', direction: 'up', baseline: '0', target: '4', zeroTarget: 'na' },
  ...over,
})
const number = (value: string | null): Measured => ({ value, num: null, den: null })
const ratio = (num: string, den: string): Measured => ({ value: null, num, den })

/** In per cent, as it is shown; 不涉及 as `na`. */
function shown(over: Partial<Measure>, measured: Measured): string {
  const share = completion(measure(over), measured)
  return share === 'na' ? 'na' : percent(share)
}

describe('counts and amounts that should grow', () => {
  it.each([
    ['3 of 4', {}, '3', '75'],
    ['more than the target', {}, '5', '125'],
    ['the target', {}, '4', '100'],
    ['nothing', {}, '0', '0'],
    ['never reported', {}, null, '0'],
    ['from a baseline', { kind: 'amount', baseline: '12', target: '20' }, '18', '75'],
    ['below the baseline', { kind: 'amount', baseline: '12', target: '20' }, '10', '0'],
    ['never reported, with a baseline', { kind: 'amount', baseline: '12', target: '20' }, null, '0'],
    ['decimals', { kind: 'amount', baseline: '0.1', target: '0.4' }, '0.2', '33.33'],
    ['target 0', { target: '0' }, '3', 'na'],
    ['target 0, never reported', { target: '0' }, null, 'na'],
    ['target below the baseline', { baseline: '5', target: '5' }, '9', 'na'],
    ['no target', { target: null }, '3', 'na'],
    ['target 0 that counts as done', { target: '0', zeroTarget: 'done' }, '0', '100'],
    ['target 0 that counts as done, but nobody said so', { target: '0', zeroTarget: 'done' }, null, '0'],
    ['target at the baseline, not reached', { baseline: '5', target: '5', zeroTarget: 'done' }, '4', '0'],
  ] as const)('%s', (_case, over, value, share) => {
    expect(shown(over, number(value))).toBe(share)
  })
})

describe('counts that should shrink', () => {
  const down = { direction: 'down', baseline: '10', target: '0' } as const
  it.each([
    ['10 open, 2 left', down, '2', '80'],
    ['all done', down, '0', '100'],
    ['none done', down, '10', '0'],
    ['more than at the beginning', down, '12', '0'],
    ['below the target', { ...down, target: '4' }, '1', '150'],
    ['never reported', down, null, '0'],
    ['the target was reached from the beginning', { ...down, baseline: '3', target: '5' }, '5', '100'],
    ['the target was reached from the beginning and lost', { ...down, baseline: '3', target: '5' }, '6', '0'],
    ['the target was reached from the beginning, but nobody said so', { ...down, baseline: '0' }, null, '0'],
  ] as const)('%s', (_case, over, value, share) => {
    expect(shown(over, number(value))).toBe(share)
  })
})

describe('the other kinds', () => {
  const whole = { kind: 'ratio', target: '100' } as const
  it.each([
    ['38 of 40', whole, ratio('38', '40'), '95'],
    ['against a target of 90 %', { ...whole, target: '90' }, ratio('9', '10'), '100'],
    ['above the target', { ...whole, target: '90' }, ratio('10', '10'), '111.11'],
    ['nothing to cover', whole, ratio('0', '0'), 'na'],
    ['nothing to cover, whatever is said', whole, ratio('3', '0'), 'na'],
    ['a percentage without its parts', whole, number('95.5'), '95.5'],
    ['a ratio never reported', whole, number(null), '0'],
    ['a ratio without a target', { ...whole, target: null }, ratio('1', '2'), '50'],
    ['a ratio with target 0', { ...whole, target: '0' }, ratio('1', '2'), 'na'],
    ['yes', { kind: 'yes_no', target: null }, number('1'), '100'],
    ['no', { kind: 'yes_no', target: null }, number('0'), '0'],
    ['yes or no, never reported', { kind: 'yes_no', target: null }, number(null), '0'],
    ['a milestone', { kind: 'milestone', target: null }, number('0.8'), '80'],
    ['a milestone never reported', { kind: 'milestone', target: null }, number(null), '0'],
    ['a score', { kind: 'score', target: '100' }, number('86'), '86'],
    ['a score against a pass mark', { kind: 'score', target: '60' }, number('54'), '90'],
    ['a score without a full mark', { kind: 'score', target: null }, number('86'), '86'],
  ] as const)('%s', (_case, over, measured, share) => {
    expect(shown(over, measured)).toBe(share)
  })
})

describe('exactness', () => {
  it('loses nothing on the way: a third is a third', () => {
    const third = completion(measure({ target: '3' }), number('1'))
    expect(third !== 'na' && third.equals(new Fraction(1, 3))).toBe(true)
  })

  it('is never negative', () => {
    const anyNumber = fc.integer({ min: -1_000, max: 1_000 }).map(String)
    const direction = fc.constantFrom('up' as const, 'down' as const)
    return fc.assert(
      fc.property(anyNumber, anyNumber, anyNumber, direction, (value, baseline, target, way) => {
        const share = completion(measure({ baseline, target, direction: way }), number(value))
        if (share !== 'na') expect(share.gte(0)).toBe(true)
      }),
    )
  })

  it('grows with the number when it should grow, and falls when it should shrink', () => {
    const numbers = fc.tuple(fc.nat(500), fc.nat(500), fc.integer({ min: 1, max: 500 }))
    return fc.assert(
      fc.property(numbers, ([one, other, span]) => {
        const at = (value: number, over: Partial<Measure>) => completion(measure(over), number(String(value)))
        const [less, more] = [Math.min(one, other), Math.max(one, other)]
        const up = { baseline: '0', target: String(span) }
        const down = { direction: 'down', baseline: String(span), target: '0' } as const
        expect(compare(at(less, up), at(more, up))).toBeLessThanOrEqual(0)
        expect(compare(at(less, down), at(more, down))).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it.each([
    [new Fraction(5, 6), '83.33'],
    [new Fraction(2, 3), '66.67'],
    [new Fraction(1, 800), '0.13'],
    [new Fraction(1), '100'],
    [new Fraction(0), '0'],
    [new Fraction(267, 306), '87.25'],
  ])('%s is shown as %s', (share, text) => {
    expect(percent(share)).toBe(text)
  })
})

const compare = (a: Fraction | 'na', b: Fraction | 'na') => (a === 'na' || b === 'na' ? 0 : a.compare(b))
