import { describe, expect, it } from 'vitest'
import { numberMeant, reasonOf } from '../../src/language/rejection.ts'
import { commandOf, meaningOf } from './small.ts'

describe('a number that goes back', () => {
  it.each([
    ['退回汝河小区监督员，数不对', '数不对', undefined],
    ['退回金苑红色物业', '', undefined],
    ['金苑红色物业不对，退回', '', undefined],
    ['金苑红色物业不对劲，请退回重报', '', undefined],
    ['金苑红色物业不属实', '', undefined],
    ['金苑红色物业数不对，退回', '数不对', undefined],
    ['金苑红色物业3个不属实', '', '3'],
    ['金苑红色物业，3个不属实', '', '3'],
    ['退回金苑红色物业3个，重复统计', '重复统计', '3'],
    ['退回金苑红色物业，只有2个', '只有2个', undefined],
    ['退回金苑红色物业，台账里是2个', '台账里是2个', undefined],
    ['退回金苑红色物业实际2个', '实际2个', undefined],
    ['把金苑社区监督员退回去，重复统计', '重复统计', undefined],
    ['退回金苑社区红色物业，没有材料，退回', '没有材料', undefined],
    ['金苑社区共建项目不属实，原因：现场没看到', '现场没看到', undefined],
    ['退回金苑社区红色物业 编号12', '', undefined],
  ])('%s', (text, reason, value) => {
    const meaning = meaningOf(text)
    expect(commandOf(meaning)).toBe('核实')
    expect(reasonOf(meaning)).toBe(reason)
    expect(numberMeant(meaning)).toEqual(value === undefined ? undefined : expect.objectContaining({ value }))
  })

  it.each(['示范楼院退回到申报了', '示范楼院打回至创建', '示范楼院退回了申报', '示范楼院被退回了'])(
    'is not what went back by itself: %s',
    (text) => {
      expect(commandOf(meaningOf(text))).not.toBe('核实')
    },
  )
})
