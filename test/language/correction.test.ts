import { describe, expect, it } from 'vitest'
import { type Correction, readCorrection } from '../../src/language/correction.ts'
import { commandOf, meaningOf } from './small.ts'

type Amount = Correction['value']
const shown = (amount: Amount): string | undefined => {
  if (!amount) return undefined
  if (amount.kind === 'number') return amount.value
  if (amount.kind === 'ratio') return `${amount.num}/${amount.den}`
  return amount.kind === 'step' ? amount.step : amount.kind
}
const read = (text: string) => readCorrection(meaningOf(text))

describe('a correction', () => {
  it.each([
    ['更正：红色物业是3个不是5个', '3', '5'],
    ['更正：汝河小区监督员不是5是3', '3', '5'],
    ['红色物业报错了，应该是3个', '3', undefined],
    ['刚才报错了，红色物业应该是2个', '2', undefined],
    ['把红色物业改成3个', '3', undefined],
    ['把昨天报的共建项目改成4', '4', undefined],
    ['红色物业从3个改成4个', '4', '3'],
    ['红色物业3个报错了，应该是4个', '4', '3'],
    ['刚才那个不对，是4个', '4', undefined],
    ['不对，应该是四个', '4', undefined],
    ['红色物业报成5个了，实际是3个', '3', '5'],
    ['更正 11月20日红色物业 3个', '3', undefined],
    ['更正：无主管楼院是38/40不是36/40', '38/40', '36/40'],
    ['更正：示范楼院改成初验', '初验', undefined],
    ['更正：交叉任职没落实', 'no', undefined],
    ['红色物业完成数报错了，应该是3个', '3', undefined],
  ])('%s', (text, value, old) => {
    const { value: right, old: wrong, change, unclear, rest } = read(text)
    expect([shown(right), shown(wrong), change, unclear]).toEqual([value, old, undefined, false])
    expect(rest).toBe('')
    expect(commandOf(meaningOf(text))).toBe('更正')
  })

  it.each([
    ['红色物业4个,更正一下,是3个', '3', '4', 'misspoken'],
    ['红色物业3个，不对，4个', '4', '3', 'misspoken'],
    ['红色物业3个，不对，应该是4个', '4', '3', 'misspoken'],
    ['红色物业3个，哦不，4个', '4', '3', 'misspoken'],
    ['红色物业3个，说错了，是4个', '4', '3', 'misspoken'],
    ['红色物业不是4个是3个', '3', '4', undefined],
    ['红色物业不是4个，而是3个', '3', '4', undefined],
    ['红色物业是3个不是4个', '3', '4', undefined],
    ['红色物业由3个增加到4个', '4', '3', 'moved'],
    ['红色物业从2到3', '3', '2', 'moved'],
    ['红色物业从2个涨到3个了', '3', '2', 'moved'],
    ['红色物业2→3', '3', '2', 'moved'],
    ['红色物业 2 -> 3', '3', '2', 'moved'],
    ['无主管楼院从36/40到38/40', '38/40', '36/40', 'moved'],
    ['示范楼院从创建到初验', '初验', '创建', 'moved'],
    ['示范楼院退回到申报了', '申报', undefined, 'moved'],
    ['更正：红色物业2→3', '3', '2', undefined],
    ['更正：红色物业4个，不对，3个', '3', '4', undefined],
    ['红色物业4个，更正', '4', undefined, undefined],
  ])('tells the old number from the new: %s', (text, value, old, how) => {
    const found = readCorrection(meaningOf(text), ['申报', '创建', '初验', '验收'])
    expect([shown(found.value), shown(found.old), found.how]).toEqual([value, old, how])
    expect(found).toMatchObject({ unclear: false, rest: '' })
    expect(commandOf(meaningOf(text))).toBe('更正')
  })

  it.each([
    ['昨天的监督员报多了1个', '-1'],
    ['监督员少报了2个', '2'],
    ['红色物业多报了俩', '-2'],
    ['红色物业漏报1个', '1'],
    ['红色物业报少了一个', '1'],
  ])('says by how much it was off: %s', (text, change) => {
    expect(read(text)).toMatchObject({ change, unclear: false })
    expect(read(text).value).toBeUndefined()
    expect(commandOf(meaningOf(text))).toBe('更正')
  })

  it('of two numbers and no word about them is not guessed', () => {
    expect(read('更正：红色物业3个4个')).toMatchObject({ unclear: true })
  })

  it.each(['更正：红色物业是大概3个', '更正：红色物业也许是3个'])(
    'keeps what it does not know: %s',
    (text) => {
      expect(read(text).rest).not.toBe('')
    },
  )

  it.each([
    '红色物业报错了吗',
    '把红色物业的目标改成5个',
    '红色物业能改成3个吗',
    '把第2个提醒改成下午3点',
    '退回金苑社区红色物业，数不对',
    '红色物业完成3个',
    '红色物业计划从2个增加到4个',
    '红色物业是3个不是4个吗',
    '红色物业是不是3个',
    '金苑社区监督员退回去，数不对',
    '红色物业3个，监督员2人',
    '红色物业新增2个，不错',
  ])('is not: %s', (text) => {
    expect(commandOf(meaningOf(text))).not.toBe('更正')
  })
})
