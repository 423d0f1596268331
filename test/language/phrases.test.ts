import { describe, expect, it } from 'vitest'
import { leftovers, matcher, skeleton } from '../../src/language/phrases.ts'

const unit = (start: number, end: number) => ({ slot: 'unit' as const, start, end })
const amount = (start: number, end: number) => ({ slot: 'amount' as const, start, end })

describe('how a sentence selects a command', () => {
  const match = matcher([
    { phrases: ['(进度|进展)', '^{unit}$', '^{unit}(的)?{indicator}$'], unless: ['谁管'] },
    { phrases: ['{indicator}…{amount}', '(报数)'], unless: ['(吗|？)$', '{day}'] },
    { phrases: ['(怎么)(用|报)', '^$'] },
  ])
  const [U, I, A, D] = ['\uE000', '\uE001', '\uE002', '\uE004']

  it.each([
    ['a word', '看看进度', 0],
    ['a bare name', U, 0],
    ['two names with 的 between', `${U}的${I}`, 0],
    ['two names', `${U}${I}`, 0],
    ['a name and an amount with anything between', `${I}现在完成${A}`, 1],
    ['an empty sentence', '', 2],
    ['several words: they tell more than one', '报数怎么报', 2],
  ])('by %s', (_how, text, index) => {
    expect(match(text)?.index).toBe(index)
  })

  it.each([
    ['nothing of it is there', '今天天气'],
    ['the name is not alone', `${U}今天`],
    ['a word speaks against it', `谁管进度`],
    ['it ends as a question', `${I}完成${A}吗`],
    ['something spotted speaks against it', `${D}${I}完成${A}`],
  ])('not when %s', (_why, text) => {
    expect(match(text)).toBeUndefined()
  })

  it('two points for each character, one for each name or number; of equals, the first', () => {
    expect(match('进度')?.score).toBe(4)
    expect(match(`${I}${A}`)?.score).toBe(2)
    expect(matcher([{ phrases: ['(一)'] }, { phrases: ['(一)'] }])('一')?.index).toBe(0)
  })

  it('a decisive word beats any score, but nothing that the command does not know or that speaks against it', () => {
    const two = matcher([
      { phrases: ['(进度|完成情况)'] },
      { phrases: ['(提醒)'], decisive: ['提醒'], unless: ['谢谢'] },
      { phrases: ['(其他)'], decisive: ['提醒'] },
    ])
    expect(two('明天提醒我看完成情况')?.index).toBe(1)
    expect(two('完成情况')?.index).toBe(0)
    expect(two('谢谢提醒，完成情况呢')?.index).toBe(0)
  })

  it('behind a head that makes the rest a quotation nothing speaks against the command', () => {
    const one = matcher([{ phrases: ['(通报)'], unless: ['(通报)(批评)'], despite: ['^(通报)…(加一句)'] }])
    expect(one('要通报批评')).toBeUndefined()
    expect(one('通报加一句：末位的通报批评')?.index).toBe(0)
  })

  it('tells which stretches its phrases explain', () => {
    expect(match('进展怎么样')?.explained).toEqual(['进展'])
    expect(match(`${I}…${A}，报数`)?.explained).toEqual([I, A, '报数'])
  })

  it('takes letters of a pattern for what they are, and ？ for a question mark', () => {
    const odd = matcher([{ phrases: ['(a.b*[c]？)'] }])
    expect(odd('a.b*[c]?')?.index).toBe(0)
    expect(odd('aXb')).toBeUndefined()
  })
})

describe('the sentence with marks for what was spotted', () => {
  it('replaces every stretch by one mark', () => {
    expect(skeleton('金苑社区完成3个', [unit(0, 4), amount(6, 8)])).toBe('\uE000完成\uE002')
    expect(skeleton('没有名字', [])).toBe('没有名字')
  })
})

describe('what nobody could explain', () => {
  const left = (text: string, spots: { start: number; end: number }[] = [], explained: string[] = []) =>
    leftovers(text, spots, explained).map((one) => one.text)

  it.each([
    ['麻烦您了', []],
    ['请问现在一共完成了', []],
    ['我们社区，已经累计达到', []],
    ['还差两', []],
    ['今天天气咋样', ['今天天气咋样']],
  ])('%s leaves %j', (text, rest) => {
    expect(left(text)).toEqual(rest)
  })

  it('leaves out what was spotted and what a phrase explains', () => {
    expect(left('金苑社区进度火星', [{ start: 0, end: 4 }], ['进度'])).toEqual(['火星'])
  })

  it('tells where the rest stands', () => {
    expect(leftovers('请看 火星', [], [])).toEqual([
      { start: 1, end: 2, text: '看' },
      { start: 3, end: 5, text: '火星' },
    ])
  })
})
