import { describe, expect, it } from 'vitest'
import { unitsOf } from '../../src/sheet/number-units.ts'
import { known } from './known.ts'

const { find } = unitsOf(known.units)
const found = (said: string, ...where: string[]) => {
  const answer = find(said, ...where)
  return 'unit' in answer ? answer.unit.code : answer.wrong
}

describe('a unit', () => {
  it.each([
    ['S2', 'S2'],
    ['锦苑社区', 'S2'],
    [' 锦 苑 社区', 'S2'],
    ['锦苑', 'S2'],
    ['金苑小区', 'S1'],
    ['汝河路街道金苑社区', 'S1'],
    ['汝河路街道办事处—金苑社区', 'S1'],
    ['中原区须水街道金苑社区', 'S4'],
    ['须水/金苑', 'S4'],
    ['锦苑社区居委会', 'S2'],
    ['锦苑社区居民委员会', 'S2'],
    ['须水村村民委员会', 'C1'],
    ['汝河路街道', 'J1'],
    ['汝河路街道办事处', 'J1'],
    ['汝河路办事处', 'J1'],
  ])('%s means %s', (said, code) => {
    expect(found(said)).toBe(code)
  })

  it('of a name that several have is found by its street', () => {
    expect(found('金苑社区', '汝河路街道')).toBe('S1')
    expect(found('金苑社区', '须水街道办事处')).toBe('S4')
    expect(found('须水', '须水街道')).toBe('C1')
    expect(found('须水', '', '社区（村）名称')).toBe('C1')
  })

  it('is asked for when it is not clear', () => {
    expect(found('金苑社区')).toMatch(
      /^有 2 个单位叫「金苑社区」：「汝河路街道金苑社区」、「须水街道金苑社区」/,
    )
    expect(found('须水')).toMatch(/^有 2 个单位叫「须水」/)
  })

  it('that nobody has gets the names that come near', () => {
    expect(found('锦园社区')).toBe('没有叫「锦园社区」的单位，是不是「锦苑社区」？')
    expect(found('大岗刘')).toBe('没有叫「大岗刘」的单位，请照名册上的名称写')
  })

  it('is not taken for one that only begins alike', () => {
    expect(found('锦苑社区二期')).toMatch(/^没有叫/)
    expect(found('帝湖社区锦苑社区')).toMatch(/^没有叫/)
  })
})
