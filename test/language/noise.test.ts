// Whatever people paste, the language answers; and filler words around a report change nothing in it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { itemsOf, meaningOf, names } from './small.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        ...names.flatMap(({ name, others }) => [name, ...others]),
        ...'0123456789零一两十百千万亿点/%.-+成月日号编，。\n 又没约',
      ),
      { maxLength: 40 },
    )
    .map((pieces) => pieces.join('')),
)

describe('any text at all', () => {
  it('is understood as something or as nothing, but never fails', () => {
    return fc.assert(
      fc.property(anyText, (text) => {
        const { items, rest, number } = meaningOf(text)
        expect(rest).not.toMatch(/\p{Cs}/u)
        expect(Number.isSafeInteger(number ?? 0)).toBe(true)
        for (const { amount } of items)
          if (amount?.kind === 'number') expect(amount.value).toMatch(/^-?\d+(?:\.\d+|\.?\d*\(\d+\))?$/)
      }),
      { numRuns: 600 },
    )
  })

  it('gives an amount to one indicator at most', () => {
    return fc.assert(
      fc.property(anyText, (text) => {
        const given = meaningOf(text).items.flatMap(({ amount }) => amount ?? [])
        expect(new Set(given).size).toBe(given.length)
      }),
      { numRuns: 200 },
    )
  })
})

const fillers = fc.constantFrom(
  '',
  '麻烦',
  '请',
  '嗯',
  '那个',
  '我们',
  '现在',
  '目前',
  '谢谢',
  '您好，',
  '大家好，',
  ' ',
)
const endings = fc.constantFrom('', '了', '吧', '哈', '。', '！', '，谢谢', ' ', '呢')
const units = fc.constantFrom('', '金苑社区', '汝河小区', '李江沟')
const indicators = fc.constantFrom('红色物业', '监督员', '老旧小区改造', '共建项目', '自治组织')
const verbs = fc.constantFrom('', '完成', '完成了', '达到', '现在是', '累计', '一共有', '：', ' ')

describe('filler words', () => {
  it('around a report change neither unit, indicator nor number, and leave nothing to ask about', () => {
    return fc.assert(
      fc.property(
        fc.tuple(units, indicators, fc.integer({ min: 0, max: 9_999 })),
        fc.tuple(fillers, fillers, verbs, endings),
        ([unit, indicator, number], [first, second, verb, last]) => {
          const plain = itemsOf(`${unit}${indicator}${number}个`)
          const wordy = `${first}${second}${unit}${indicator}${verb}${number}个${last}`
          expect(itemsOf(wordy)).toEqual(plain)
          expect(meaningOf(wordy).rest.length).toBeLessThan(2)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('between several numbers do not move a number to another indicator', () => {
    const three = fc.uniqueArray(indicators, { minLength: 3, maxLength: 3 })
    const numbers = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 3, maxLength: 3 })
    const commas = fc.constantFrom('，', '、', '；', '\n', ' ')
    return fc.assert(
      fc.property(
        three,
        numbers,
        fc.tuple(fillers, verbs, commas),
        (which, counts, [filler, verb, comma]) => {
          const inOrder = which.map((indicator, at) => `${indicator}${verb}${counts[at]}个`)
          const numbersFirst = which.map((indicator, at) => `${counts[at]}个${indicator}`)
          const expected = which.map((indicator, at) => itemsOf(`${indicator}${counts[at]}个`)[0])
          expect(itemsOf(filler + inOrder.join(comma))).toEqual(expected)
          expect(itemsOf(filler + numbersFirst.join(comma))).toEqual(expected)
        },
      ),
      { numRuns: 200 },
    )
  })
})
