import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import { completion, type Kind } from '../../src/campaign/completion.ts'
import { nextOfSums, nextStep } from '../../src/campaign/next-step.ts'
import { noSums, type Part, plus, sumsOf } from '../../src/campaign/sums.ts'

const steps = { 申报: 0.2, 创建: 0.5, 初验: 0.8, 验收: 1 }
const part = (over: Partial<Part>): Part => ({
  ...{ kind: 'count', direction: 'up', baseline: '0', target: '4', zeroTarget: 'na' },
  ...{ value: null, num: null, den: null, applies: true, reported: true },
  ...over,
})
const next = (over: Partial<Part>, uom = '个') => {
  const one = part(over)
  const step = nextStep({ kind: one.kind, uom, steps }, one)
  return step && `${step.words} ${step.share.toFraction()}`
}

describe('one more piece', () => {
  it.each<[string, Partial<Part>, string | undefined]>([
    ['a count', { value: '2' }, '再完成1个 3/4'],
    ['a count that was never reported', { reported: false }, '再完成1个 1/4'],
    ['a count that is not even at its start', { value: '1', baseline: '3', target: '5' }, '达到5个 1'],
    ['a count that falls', { direction: 'down', baseline: '10', target: '0', value: '2' }, '再减1个 9/10'],
    ['a count that has to be at nothing', { direction: 'down', target: '0', value: '3' }, '降到0个 1'],
    ['an amount', { kind: 'amount', baseline: '12', target: '20', value: '18' }, '再完成1个 7/8'],
    ['an amount that is nearly there', { kind: 'amount', target: '20', value: '19.5' }, '再完成0.5个 1'],
    ['a ratio', { kind: 'ratio', target: '90', num: '5', den: '6' }, '再完成1个 10/9'],
    ['a ratio without its parts', { kind: 'ratio', target: '100', value: '95' }, '提高1个百分点 24/25'],
    ['a ratio of which nothing is known', { kind: 'ratio', reported: false }, undefined],
    ['yes or no', { kind: 'yes_no', value: '0' }, '落实了 1'],
    ['a milestone', { kind: 'milestone', value: '0.5' }, '到初验 4/5'],
    ['a milestone at its end', { kind: 'milestone', value: '1' }, undefined],
    ['a score', { kind: 'score', target: '100', value: '86' }, '多1分 87/100'],
    ['what does not apply', { applies: false }, undefined],
    ['a target of nothing', { target: '0' }, undefined],
  ])('%s', (_case, over, expected) => {
    expect(next(over)).toBe(expected)
  })
})

describe('one more piece anywhere below a street', () => {
  const sums = (kind: Kind, ...parts: Partial<Part>[]) =>
    parts.map((over) => sumsOf(part({ kind, ...over }))).reduce(plus, noSums())
  const of = (kind: Kind, ...parts: Partial<Part>[]) => {
    const step = nextOfSums(
      { kind, uom: '个', steps, direction: 'up', zeroTarget: 'na' },
      sums(kind, ...parts),
    )
    return step && `${step.words} ${step.share.toFraction()}`
  }

  it('adds to the sum', () => {
    expect(of('count', { value: '2' }, { value: '3' })).toBe('再完成1个 3/4')
    expect(of('ratio', { num: '5', den: '6', target: '100' }, { num: '3', den: '4', target: '100' })).toBe(
      '再完成1个 9/10',
    )
    expect(of('yes_no', { value: '1' }, { value: '0' })).toBe('再落实1个 1')
    expect(of('yes_no', { value: '1' })).toBeUndefined()
  })

  it('is not told of a mean, nor where nothing applies', () => {
    expect(of('milestone', { value: '0.5' })).toBeUndefined()
    expect(of('score', { value: '80', target: '100' })).toBeUndefined()
    expect(of('count', { applies: false })).toBeUndefined()
  })

  it('brings a street what it brings a community that is alone in it', () => {
    const alone = part({ value: '2' })
    const step = nextOfSums(
      { kind: 'count', uom: '个', steps, direction: 'up', zeroTarget: 'na' },
      sumsOf(alone),
    )
    const share = completion(alone, { ...alone, value: '3' })
    expect(share !== 'na' && step?.share.equals(new Fraction(share))).toBe(true)
  })
})
