import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/clock.ts'
import { findDays } from '../../src/language/days.ts'

const daysIn = (text: string, today = '2026-11-22') => findDays(text, today).map(({ date }) => date)

describe('the day a number speaks of', () => {
  it.each([
    ['今天完成3个', '2026-11-22'],
    ['昨日完成3个', '2026-11-21'],
    ['前天完成3个', '2026-11-20'],
    ['11月20日完成3个', '2026-11-20'],
    ['20号完成3个', '2026-11-20'],
    ['22号完成3个', '2026-11-22'],
    ['25号完成3个', '2026-11-25'],
    ['3月1日完成3个', '2026-03-01'],
    ['12月1日完成3个', '2026-12-01'],
  ])('%s: %s', (text, date) => {
    expect(daysIn(text)).toEqual([date])
  })

  it.each(['20号院', '3号楼', '13月1日', '2月30日', '40号', '0号', '没有日子', '15'])(
    '%s names no day',
    (text) => {
      expect(daysIn(text)).toEqual([])
    },
  )

  it('finds the day before New Year from New Year, and leap days only where they are', () => {
    expect(daysIn('昨天', '2026-01-01')).toEqual(['2025-12-31'])
    expect(daysIn('2月29日', '2028-03-01')).toEqual(['2028-02-29'])
    expect(daysIn('2月29日', '2026-03-01')).toEqual([])
  })

  it('tells where the words stand', () => {
    expect(findDays('汝河小区昨天新签了一个', '2026-11-22')).toEqual([
      { start: 4, end: 6, date: '2026-11-21' },
    ])
  })

  it('takes last year’s December for meant in January', () => {
    expect(daysIn('12月31日', '2027-01-05')).toEqual(['2026-12-31'])
    expect(daysIn('1月10日', '2027-01-05')).toEqual(['2027-01-10'])
  })

  it('reads back every day of the last half year, and of the rest of this one', () => {
    return fc.assert(
      fc.property(fc.integer({ min: -180, max: 180 }), fc.integer({ min: 0, max: 3_000 }), (days, shift) => {
        const today = addDays('2024-02-29', shift)
        const day = addDays(today, days)
        if (days > 0 && day.slice(0, 4) !== today.slice(0, 4)) return
        const [, month, dayOfMonth] = day.split('-').map(Number)
        if (`${month}-${dayOfMonth}` !== '2-29')
          expect(daysIn(`${month}月${dayOfMonth}日`, today)).toEqual([day])
      }),
    )
  })
})
