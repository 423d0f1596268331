import { describe, expect, it } from 'vitest'
import { findNumbers } from '../../src/language/numerals.ts'

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
    ['三点五', '3.5'],
    ['三亿二', '320000000'],
    ['一万零五', '10005'],
  ])('%s is %s', (text, value) => {
    expect(findNumbers(text).map((found) => found.value)).toEqual([value])
  })

  it('finds several in one sentence and tells which were written with 万', () => {
    expect(findNumbers('收入18.5万，监督员三个')).toEqual([
      { start: 2, end: 7, value: '185000', scaled: true },
      { start: 11, end: 12, value: '3', scaled: false },
    ])
  })

  it.each(['没有数', '万', '点点', '千百十', '三点'])('%s is no number', (text) => {
    expect(findNumbers(text)).toEqual([])
  })
})
