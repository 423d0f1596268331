import { describe, expect, it } from 'vitest'
import { findAmounts } from '../../src/language/amounts.ts'

const nowhere = () => false
const amountsIn = (text: string) =>
  findAmounts(text, nowhere).map((amount) => {
    if (amount.kind === 'number') return `${amount.plus ? '+' : ''}${amount.value}${amount.uom}`
    if (amount.kind === 'ratio') return `${amount.num}/${amount.den}`
    return amount.kind === 'percent' ? `${amount.value}%` : amount.kind
  })

describe('amounts in a sentence', () => {
  it.each([
    ['完成3个', '3个'],
    ['现在俩', '2'],
    ['七家了', '7家'],
    ['38/40', '38/40'],
    ['38 / 40', '38/40'],
    ['四十分之三十八', '38/40'],
    ['95%', '95%'],
    ['95.5 %', '95.5%'],
    ['百分之九十五', '95%'],
    ['九成', '90%'],
    ['九成五', '95%'],
    ['八成半', '85%'],
    ['+1', '+1'],
    ['+ 1', '+1'],
    ['-1个', '-1个'],
    ['负三个', '-3个'],
    ['十八万五', '185000'],
    ['18.5万元', '185000元'],
    ['全部完成', 'whole'],
    ['都已经落实了', 'whole'],
    ['已落实', 'yes'],
    ['没落实', 'no'],
    ['还没有完成', 'no'],
    ['尚未到位', 'no'],
  ])('%s: %s', (text, amount) => {
    expect(amountsIn(text)).toEqual([amount])
  })

  it('finds several, from left to right', () => {
    expect(amountsIn('3个,2人,38/40,已落实')).toEqual(['3个', '2人', '38/40', 'yes'])
  })

  it.each([
    ['what is only missing', '还差一个'],
    ['what is only missing', '缺2人'],
    ['a question', '完成情况'],
    ['a question', '完成多少了'],
    ['a question', '落实了没'],
    ['a date', '11月20日'],
    ['a place in an order', '第一'],
    ['words with a digit in them', '一下一些一起一直'],
    ['a house number', '3号楼'],
    ['a week', '3周'],
    ['about so many', '十几个'],
    ['about so many', '30多个'],
    ['about so many', '几十个'],
    ['about so many', '百来个'],
    ['about so many', '七八个'],
  ])('%s is none: %s', (_why, text) => {
    expect(amountsIn(text)).toEqual([])
  })

  it('prefers the number to the word before it', () => {
    expect(amountsIn('完成3个')).toEqual(['3个'])
    expect(amountsIn('已落实两项')).toEqual(['2项'])
  })

  it('leaves out numbers inside names', () => {
    const inName = (start: number) => start < 3
    expect(findAmounts('三官庙完成2个', inName)).toMatchObject([{ value: '2', start: 5 }])
  })

  it('tells where an amount stands, with its sign and its unit', () => {
    expect(findAmounts('共建+1个', nowhere)).toEqual([
      { kind: 'number', value: '1', scaled: false, plus: true, uom: '个', start: 2, end: 5 },
    ])
  })
})
