import { describe, expect, it } from 'vitest'
import { dayCell, dayIn } from '../../src/sheet/number-dates.ts'

const span = { starts: '2026-03-01', today: '2026-11-27' }

describe('the day in a text', () => {
  it.each([
    ['截至2026年11月20日', '2026-11-20'],
    ['统计时间：2026.11.20', '2026-11-20'],
    ['进度表20261120', '2026-11-20'],
    ['2026-11-20', '2026-11-20'],
    ['11月20日进展', '2026-11-20'],
    ['进展（11.20）', '2026-11-20'],
    ['进展(11-20)', '2026-11-20'],
    ['进度表11.20', '2026-11-20'],
    ['2026年3月1日至2026年11月20日', '2026-11-20'],
    ['12月20日', '2026-12-20'],
    ['11月', undefined],
    ['第1.2稿', undefined],
    ['2026年2月30日', undefined],
    ['一、总体情况', undefined],
  ])('%s', (text, day) => {
    expect(dayIn(text, span)).toBe(day)
  })

  it('without a year is the last one before today', () => {
    const later = { starts: '2026-03-01', today: '2027-01-05' }
    expect(['12月20日', '1月4日', '4月1日'].map((text) => dayIn(text, later))).toEqual([
      '2026-12-20',
      '2027-01-04',
      '2026-04-01',
    ])
  })
})

describe('the day in a cell', () => {
  it.each([
    ['2026-11-20', '2026-11-20'],
    ['2026/11/20 08:30', '2026-11-20'],
    ['2026年11月20号', '2026-11-20'],
    ['11月20日', '2026-11-20'],
    ['11.20', '2026-11-20'],
    ['11/20', '2026-11-20'],
    [46346, '2026-11-20'],
    ['13月1日', '没有「13月1日」这一天'],
    ['昨天', '「昨天」不是日期，请写成 2026-03-01'],
    [11.2, '「11.2」不是日期，请写成 2026-03-01'],
  ])('%s', (cell, expected) => {
    const parsed = dayCell(cell, span)
    expect('value' in parsed ? parsed.value : parsed.wrong).toBe(expected)
  })
})
