import fc from 'fast-check'
import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import { forecast, wayOf, wayOfWhole } from '../../src/campaign/forecast.ts'
import { type Part, together } from '../../src/campaign/standing.ts'
import { addDays } from '../../src/clock.ts'

const today = '2026-11-22'
const year = '2026-12-31'
const way = (value: string, target: string, down = false) => ({
  value: new Fraction(value),
  target: new Fraction(target),
  down,
})
const part = (over: Partial<Part>): Part => ({
  ...{ kind: 'count', direction: 'up', baseline: '0', target: '4', zeroTarget: 'na' },
  ...{ value: null, num: null, den: null, applies: true, reported: true },
  ...over,
})

describe('the forecast', () => {
  it('of 红色物业 2/4, one in four weeks: 0.33 a week needed, 0.25 done, seventeen days late', () => {
    const found = forecast(way('2', '4'), new Fraction(1), today, year)
    expect({
      ...found,
      left: found.left.toString(),
      need: found.need?.toFraction(),
      pace: found.pace.toFraction(),
    }).toEqual({
      ...{ left: '2', weeks: 6, need: '1/3', pace: '1/4', eta: '2027-01-17', late: 17 },
    })
  })

  it('counts a week that has begun, and a day that has begun', () => {
    expect(forecast(way('0', '8'), new Fraction(0), today, '2026-11-29').weeks).toBe(1)
    expect(forecast(way('0', '8'), new Fraction(0), today, '2026-11-30').weeks).toBe(2)
    // 1 is left at 3/4 a week: nine days and a third.
    expect(forecast(way('3', '4'), new Fraction(0), today, year).eta).toBe('2026-12-02')
  })

  it.each([
    ['stands still', '2', '2'],
    ['goes backwards', '2', '3'],
  ])('is never, where it %s', (_case, value, before) => {
    const { eta, late } = forecast(way(value, '4'), new Fraction(before), today, year)
    expect([eta, late]).toEqual([undefined, undefined])
  })

  it('needs no weeks once the date has come', () => {
    const { need, weeks, late } = forecast(way('2', '4'), new Fraction(1), today, today)
    expect([need, weeks, late]).toEqual([undefined, 0, 56])
  })

  it('of what falls counts downwards', () => {
    const { left, pace, eta } = forecast(way('2', '0', true), new Fraction(6), today, year)
    expect([left.toString(), pace.toString(), eta]).toEqual(['2', '1', '2026-12-06'])
  })

  it('of what is done is today, however it went', () => {
    expect(forecast(way('5', '4'), new Fraction(6), today, year)).toMatchObject({ eta: today, late: -39 })
  })

  it('keeps its promise: at that pace it is done on that day, and was not the day before', () => {
    const small = fc.integer({ min: 0, max: 400 })
    return fc.assert(
      fc.property(small, small, small, (before, more, left) => {
        const value = before + more
        const found = forecast(way(`${value}`, `${value + left}`), new Fraction(before), today, year)
        if (found.eta === undefined || left === 0) return
        const doneBy = (date: string) => {
          const days = (Date.parse(date) - Date.parse(today)) / 86_400_000
          return found.pace.mul(days).div(7).gte(left)
        }
        expect([doneBy(found.eta), doneBy(addDays(found.eta, -1))]).toEqual([true, false])
      }),
    )
  })

  it('gives up on what would take a century', () => {
    expect(forecast(way('1', '100000'), new Fraction(0), today, year).eta).toBeUndefined()
  })
})

describe('what a way is counted in', () => {
  const numbers = ({ value, target, down }: ReturnType<typeof way>) => [
    value.toString(),
    target.toString(),
    down,
  ]

  it.each<[string, Partial<Part>, unknown[]]>([
    ['a count', { value: '2' }, ['2', '4', false]],
    ['a count that was not reported, from its start', { baseline: '1' }, ['1', '4', false]],
    ['a count that falls', { direction: 'down', value: '3', target: '0' }, ['3', '0', true]],
    ['a ratio', { kind: 'ratio', num: '38', den: '40', target: '100' }, ['95', '100', false]],
    ['a bare percentage', { kind: 'ratio', value: '60', target: '90' }, ['60', '90', false]],
    ['yes or no', { kind: 'yes_no', value: '1', target: null }, ['1', '1', false]],
    ['a milestone', { kind: 'milestone', value: '0.8', target: null }, ['80', '100', false]],
    ['a score', { kind: 'score', value: '86', target: '100' }, ['86', '100', false]],
  ])('%s', (_case, over, expected) => {
    const one = part(over)
    expect(numbers(wayOf(one, one))).toEqual(expected)
  })

  it('a street: sums, how many have it, or the mean completion', () => {
    const of = (kind: Part['kind'], ...parts: Partial<Part>[]) =>
      numbers(wayOfWhole(kind, 'up', together(parts.map((over) => part({ kind, ...over })))))
    expect(of('count', { value: '2' }, { value: '4' })).toEqual(['6', '8', false])
    expect(of('yes_no', { value: '1' }, { value: '0' })).toEqual(['1', '2', false])
    expect(of('ratio', { num: '3', den: '4', target: '90' }, { num: '6', den: '8', target: '90' })).toEqual([
      ...['75', '90', false],
    ])
    expect(of('milestone', { value: '0.5' }, { value: '1' })).toEqual(['75', '100', false])
  })
})
