import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findNumbers } from '../../src/language/numerals.ts'

const valuesIn = (text: string) => findNumbers(text).map((found) => found.value)

describe('numbers as people write them', () => {
  it.each([
    ['3个', '3'],
    ['1,200家', '1200'],
    ['3.5万', '35000'],
    ['三', '3'],
    ['俩', '2'],
    ['十', '10'],
    ['十八', '18'],
    ['二十', '20'],
    ['一百零五', '105'],
    ['一百二', '120'],
    ['一百二十三', '123'],
    ['两千零六', '2006'],
    ['十八万五', '185000'],
    ['十八万五千', '185000'],
    ['二〇二六', '2026'],
    ['一九四九', '1949'],
    ['三点五', '3.5'],
    ['三亿二', '320000000'],
    ['一万零五', '10005'],
    ['零', '0'],
    ['1.2亿', '120000000'],
    ['15万5千', '155000'],
    ['15万5', '155000'],
    ['15万5元', '155000'],
    ['15万五', '155000'],
    ['15万5千6百', '155600'],
    ['15万5000', '155000'],
    ['15万零500', '150500'],
    ['15万零五百元', '150500'],
    ['15万零五元', '150005'],
    ['5千', '5000'],
    ['3千5', '3500'],
    ['150千', '150000'],
    ['15.5千', '15500'],
    ['15点5万', '155000'],
    ['十五点五万', '155000'],
    ['一百五十千元', '150000'],
    ['一百零五千', '105000'],
    ['15万一共', '150000'],
    ['十五万一共', '150000'],
    ['1,234,567.89', '1234567.89'],
  ])('%s is %s', (text, value) => {
    expect(valuesIn(text)).toEqual([value])
  })

  it.each([
    ['15万3个', ['150000', '3']],
    ['15万55', ['150000', '55']],
    ['15万500', ['150000', '500']],
    ['15-16万', ['15', '160000']],
    ['3三官庙', ['3', '3']],
    ['15点30分', ['15', '30']],
  ])('%s are two numbers, or may be', (text, values) => {
    expect(valuesIn(text)).toEqual(values)
  })

  it('finds several in one sentence and tells which were written with 万', () => {
    expect(findNumbers('收入18.5万，监督员三个')).toEqual([
      { start: 2, end: 7, value: '185000', scaled: true },
      { start: 11, end: 12, value: '3', scaled: false },
    ])
  })

  it.each(['没有数', '万', '点点', '千百十', '三点', '三点点五', '', '亿万'])('%s is no number', (text) => {
    expect(findNumbers(text)).toEqual([])
  })

  it.each(['七八', '三五', '一两', '二三十', '十七八', '三四百'])(
    '%s is about so many, not a number',
    (text) => {
      expect(findNumbers(`有${text}个`)).toEqual([])
    },
  )

  it('reads back whatever a careful writer writes, up to 99,999,999', () => {
    return fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), (number) => {
        expect(valuesIn(chinese(number))).toEqual([String(number)])
      }),
      { numRuns: 1_500 },
    )
  })

  it('reads back every number up to three thousand', () => {
    for (let number = 1; number <= 10_000; number++)
      expect(valuesIn(chinese(number))).toEqual([String(number)])
  })

  it('reads Arabic digits with and without thousands separators alike', () => {
    return fc.assert(
      fc.property(fc.nat(999_999_999), (number) => {
        expect(valuesIn(`共${number}个`)).toEqual([String(number)])
        expect(valuesIn(`共${number.toLocaleString('en-US')}个`)).toEqual([String(number)])
      }),
    )
  })

  it('never throws and never reports a stretch that overlaps another', () => {
    return fc.assert(
      fc.property(fc.array(fc.constantFrom(...'零一两俩十百千万亿点3,.8个')), (characters) => {
        const found = findNumbers(characters.join(''))
        for (const [at, one] of found.entries())
          expect(one.start).toBeGreaterThanOrEqual(found[at - 1]?.end ?? 0)
      }),
    )
  })
})

/** Writes a number the long way: 10,305 → 一万零三百零五. */
function chinese(number: number): string {
  if (number < 10_000) return belowTenThousand(number).replace(/^一十/, '十')
  const [high, low] = [Math.floor(number / 10_000), number % 10_000]
  const tail = low === 0 ? '' : (low < 1_000 ? '零' : '') + belowTenThousand(low)
  return `${belowTenThousand(high).replace(/^一十/, '十')}万${tail}`
}

function belowTenThousand(number: number): string {
  const digits = String(number).padStart(4, '0').split('')
  return digits
    .map((digit, at) =>
      digit === '0' ? '零' : `${'零一二三四五六七八九'[Number(digit)]}${['千', '百', '十', ''][at]}`,
    )
    .join('')
    .replace(/零+/g, '零')
    .replace(/^零|零$/g, '')
}
