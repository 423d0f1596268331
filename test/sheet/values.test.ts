import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/clock.ts'
import { planPoints, steps } from '../../src/sheet/points.ts'
import type { Cell } from '../../src/sheet/read.ts'
import * as values from '../../src/sheet/values.ts'

type Filled = NonNullable<Cell>
const wrong = (text: string | RegExp) => ({ wrong: expect.stringMatching(text) })

describe('dates', () => {
  it.each<[Filled, string]>([
    ['2026-03-01', '2026-03-01'],
    ['2026-3-1', '2026-03-01'],
    ['2026/3/1', '2026-03-01'],
    ['2026.3.1', '2026-03-01'],
    ['2026年3月1日', '2026-03-01'],
    [' 2026 年 3 月 1 日 ', '2026-03-01'],
    ['２０２６／３／１', '2026-03-01'],
    ['20260301', '2026-03-01'],
    [20260301, '2026-03-01'],
    [46082, '2026-03-01'],
    [46082.75, '2026-03-01'],
    ['2028-02-29', '2028-02-29'],
  ])('reads %s', (cell, date) => {
    expect(values.date(cell)).toEqual({ value: date })
  })

  it.each<[Filled, RegExp]>([
    ['2026-02-29', /没有「2026-02-29」这一天/],
    ['2026-13-01', /没有/],
    ['3月1日', /「3月1日」不是日期，请写成 2026-03-01/],
    ['月底前', /不是日期/],
    [12, /不是日期/],
    [true, /不是日期/],
  ])('refuses %s', (cell, words) => {
    expect(values.date(cell)).toEqual(wrong(words))
  })

  it('reads every Excel day number of the century as its day', async () => {
    await fc.assert(
      fc.property(fc.integer({ min: 36_526, max: 73_050 }), (days) => {
        expect(values.date(days)).toEqual({ value: addDays('1899-12-30', days) })
      }),
    )
  })
})

describe('numbers', () => {
  it.each<[Filled, string]>([
    [0, '0'],
    [3, '3'],
    [18.5, '18.5'],
    [0.1 + 0.2, '0.3'],
    ['１２', '12'],
    ['1,234.50', '1234.5'],
    [' 7 ', '7'],
    ['007', '7'],
    [33.3333333333333, '33.3333333333333'],
  ])('reads %s exactly', (cell, number) => {
    expect(values.decimal(cell)).toEqual({ value: number })
  })

  it.each<[Filled, RegExp]>([
    ['三个', /「三个」不是数字/],
    ['3个', /不是数字/],
    ['1,23', /不是数字/],
    ['', /不是数字/],
    ['1e5', /不是数字/],
    [true, /不是数字/],
    ['#REF!', /「#REF!」不是数字/],
    [-1, /-1 是负数/],
    ['－2', /负数/],
    [1e15, /太大/],
    ['0.1234567890123456', /小数位太多/],
  ])('refuses %s', (cell, words) => {
    expect(values.decimal(cell)).toEqual(wrong(words))
  })

  it.each<[Filled, string]>([
    [2, '2'],
    [-1.5, '-1.5'],
    ['+2', '2'],
    ['加2分', '2'],
    ['减1.5', '-1.5'],
    ['扣 1.50 分', '-1.5'],
    ['－３', '-3'],
    ['−0.5', '-0.5'],
    ['-1,234.5', '-1234.5'],
    ['-0', '0'],
  ])('reads %s as points given or taken', (cell, number) => {
    expect(values.signed(cell)).toEqual({ value: number })
  })

  it.each<Filled>(['两分', '--2', '+-2', '扣', '-', '1.5.2', '2分半', true])(
    'refuses %s as points given or taken',
    (cell) => {
      expect(values.signed(cell)).toEqual(wrong(/不是数字/))
    },
  )

  it('keeps any decimal of a cell without a float’s noise', async () => {
    await fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: 0, max: 4 }), (digits, places) => {
        const parsed = values.decimal(digits / 10 ** places)
        expect('value' in parsed && Number(parsed.value)).toBe(digits / 10 ** places)
        expect('value' in parsed && parsed.value).toMatch(/^\d+(\.\d{1,4})?$/)
      }),
    )
  })

  it('wants whole things where things are counted', () => {
    expect(values.whole(3)).toEqual({ value: '3' })
    expect(values.whole('3.0')).toEqual({ value: '3' })
    expect(values.whole(2.5)).toEqual(wrong('2.5 不是整数'))
  })
})

describe('percentages', () => {
  it.each<[Filled, string]>([
    ['95%', '95'],
    ['95.5％', '95.5'],
    [95, '95'],
    [0.95, '95'],
    [0, '0'],
    [100, '100'],
    ['1%', '1'],
  ])('reads %s', (cell, percent) => {
    expect(values.percent(cell)).toEqual({ value: percent })
  })

  it('asks what a bare 1 is, and refuses more than all', () => {
    expect(values.percent(1)).toEqual(wrong('分不清是 1% 还是 100%'))
    expect(values.percent(120)).toEqual(wrong('超过 100%'))
    expect(values.percent('101%')).toEqual(wrong('超过 100%'))
  })

  it('reads shares of a plan in any of the three ways', () => {
    expect(['40%', 0.4, 40, '0.4'].map((cell) => values.share(cell))).toEqual(Array(4).fill({ value: '0.4' }))
    expect([1, '100%', 100].map((cell) => values.share(cell))).toEqual(Array(3).fill({ value: '1' }))
  })
})

describe('words', () => {
  it('reads yes and no in the ways that people tick', () => {
    expect(['是', '√', '✔', 1, '1', true, '完成'].map(values.yesNo)).toEqual(Array(7).fill({ value: '1' }))
    expect(['否', '×', 0, false, '未完成'].map(values.yesNo)).toEqual(Array(5).fill({ value: '0' }))
    expect(values.yesNo('也许')).toEqual(wrong('请写「是」或「否」'))
  })

  it('reads phone numbers however they are spaced', () => {
    const same = [19900000003, '199 0000 0003', '199-0000-0003', '+86 19900000003', '１９９０００００００３']
    expect(same.map(values.phone)).toEqual(Array(5).fill({ value: '19900000003' }))
    expect(values.phone('1990000000')).toEqual(wrong('不是 11 位手机号'))
    expect(values.phone('0371-67891234')).toEqual(wrong('不是 11 位手机号'))
  })

  it('splits lists at 、 and commas, once each', () => {
    expect(values.list('红物业、 物业，物业;红物业')).toEqual({ value: ['红物业', '物业'] })
  })

  it('says which words are possible', () => {
    const parser = values.word({ 市定: 'municipal', 区定: 'district' })
    expect(parser(' 市 定 ')).toEqual({ value: 'municipal' })
    expect(parser('省定')).toEqual(wrong('「省定」不在可选范围：市定、区定'))
  })

  it('keeps text as it is, but for line breaks and length', () => {
    expect(values.text('活动（示例数据）\n第二行')).toEqual({ value: '活动（示例数据） 第二行' })
    expect(values.text(101)).toEqual({ value: '101' })
    expect(values.text('长'.repeat(101))).toEqual(wrong('太长'))
  })
})

describe('plan points and steps', () => {
  const points = planPoints({ starts: '2026-03-01', due: '2026-12-31' })

  it('reads plan points with any separators', () => {
    const expected = {
      value: [
        ['2026-06-30', 0.4],
        ['2026-09-30', 0.7],
      ],
    }
    expect(points('2026-06-30:40%；2026-09-30:70%')).toEqual(expected)
    expect(points('2026年6月30日：0.4; 2026/9/30：70')).toEqual(expected)
  })

  it.each([
    ['2026-06-30', '看不懂'],
    ['年中:40%', '不是日期'],
    ['2026-06-30:半', '看不懂'],
    ['2026-09-30:40%；2026-06-30:70%', '没有按先后排列'],
    ['2027-01-01:40%', '不在开始与截止之间'],
    ['2026-06-30:70%；2026-09-30:40%', '比例比前一个小'],
  ])('refuses %s', (cell, words) => {
    expect(points(cell)).toEqual(wrong(words))
  })

  it('reads steps in order, the last one being the whole', () => {
    expect(steps('申报:20%；创建:50%；验收:100%')).toEqual({
      value: [
        ['申报', '0.2'],
        ['创建', '0.5'],
        ['验收', '1'],
      ],
    })
    expect(steps('申报:20%；创建:20%；验收:100%')).toEqual(wrong('一个比一个大'))
    expect(steps('申报:20%；创建:50%')).toEqual(wrong('最后一个节点应当是 100%'))
    expect(steps('申报，创建')).toEqual(wrong('看不懂'))
  })
})
