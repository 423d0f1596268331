// Which cells of a clerk's table follow from others: whose sums they are, and what was worked out beside the numbers.
import { describe, expect, it } from 'vitest'
import { redated } from '../../src/sheet/fill-dates.ts'
import { placesIn } from '../../src/sheet/fill-places.ts'
import type { Cell } from '../../src/sheet/read.ts'
import { known, sheetOf, today } from './known.ts'

const placed = (rows: Cell[][], name?: string) =>
  placesIn([sheetOf(rows, name === undefined ? {} : { name })], known, { today, fileName: '台账.xlsx' })
/** 「row: of whom」 for every sum. */
const sums = async (rows: Cell[][]) =>
  (await placed(rows)).sums.map(({ row, title, of }) => {
    const whose = of && ('unit' in of ? `unit ${of.unit}` : of.units.join('+'))
    return `${row} ${title}: ${whose}`
  })

const head = ['单位', '红色物业']

describe('a row of 合计', () => {
  it('is of all units when it adds all of them up, above or below them', async () => {
    const rows = [
      ['锦苑社区', 3],
      ['帝湖社区', 4],
    ]
    expect(await sums([head, ...rows, ['合计', 7]])).toEqual(['4 合计·红色物业: 12+13'])
    expect(await sums([head, ['合计', 7], ...rows])).toEqual(['2 合计·红色物业: 12+13'])
  })

  it('is of those since the last one when it adds up only these', async () => {
    const table = [
      head,
      ['锦苑社区', 3],
      ['小计', 3],
      ['帝湖社区', 4],
      ['须水村', 1],
      ['小计', 5],
      ['总计', 8],
    ]
    expect(await sums(table)).toEqual([
      '3 小计·红色物业: 12',
      '6 小计·红色物业: 13+15',
      '7 总计·红色物业: 12+13+15',
    ])
  })

  it('is of nobody in particular when it adds up to something else, or is a mean', async () => {
    expect(await sums([head, ['锦苑社区', 3], ['帝湖社区', 4], ['合计', 50], ['平均', 3.5]])).toEqual([
      '4 合计·红色物业: undefined',
      '5 平均·红色物业: undefined',
    ])
  })

  it('that stands in the column of numbering counts as one, and an empty cell is no sum', async () => {
    expect(
      await sums([
        ['序号', '单位', '红色物业', '监督员'],
        [1, '锦苑社区', 3, 1],
        ['合计', null, 3, null],
      ]),
    ).toEqual(['3 合计·红色物业: 12'])
  })
})

it('the row of a street is of the street', async () => {
  expect(await sums([head, ['汝河路街道', 9], ['锦苑社区', 3]])).toEqual(['2 红色物业: unit 2'])
})

describe('figures beside the numbers', () => {
  const table = (title: string, cell: Cell) => [
    ['单位', '红色物业完成', title],
    ['锦苑社区', 3, cell],
  ]
  it.each([
    ['红色物业完成率', '75%', { indicator: 1, what: 'share' }],
    ['红色物业未完成', 1, {}],
    ['名次', '第3名', {}],
    ['总分', 88.5, {}],
  ])('%s follows from them', async (title, cell, expected) => {
    const { sums: found } = await placed(table(title, cell))
    expect(found).toMatchObject([{ row: 2, at: 2, of: { unit: 12 }, ...expected }])
  })

  it.each([
    ['红色物业目标', 4],
    ['责任人', '张三'],
    ['党员占比', 0.3],
    ['户数', 300],
    ['红色物业进度说明', '2户没签'],
  ])('%s does not', async (title, cell) => {
    expect((await placed(table(title, cell))).sums).toEqual([])
  })
})

describe('texts that say up to when', () => {
  it('are found above, in titles of numbers and below, not in remarks', async () => {
    const { dated } = await placed([
      ['攻坚台账（截至11月20日）', null, '填报日期：2026-11-20'],
      ['单位', '红色物业截至11月20日完成数', '备注'],
      ['锦苑社区', 3, '11月20日已上报'],
      ['填表日期：11月20日'],
    ])
    expect(dated.map(({ row, at }) => [row, at])).toEqual([
      [1, 0],
      [1, 2],
      [2, 1],
      [4, 0],
    ])
  })

  it.each([
    ['截至11月底', '截至12月5日'],
    ['截止到 2026年11月末', '截止到 2026年12月5日'],
    ['1-11月完成', '1-12月完成'],
    ['2026-11-20', '2026-12-05'],
    ['截至１１月２０日', undefined],
  ])('%s becomes %s', async (text, expected) => {
    expect(redated(text, '2026-12-05', { starts: '2026-03-01', today: '2026-12-05' })).toBe(expected)
  })
})

it('the name of somebody or a remark is none of what was recognised', async () => {
  const { kept } = await placed([
    ['台账', null, null, null],
    ['序号', '单位', '红色物业', '备注'],
    [1, '锦苑社区', 3, '老王'],
    ['填表人：李姐', null, null, null],
  ])
  const cells = kept.map(({ cell }) => cell)
  expect(cells).toEqual(['台账', '序号', '单位', '红色物业', '备注', 1, '锦苑社区'])
})

describe('a table with one row a number', () => {
  const head = ['单位', '指标', '数值', '分子', '分母', '节点', '日期', '备注']
  it('has its places where the numbers of each kind stand, or would stand', async () => {
    const {
      places,
      days,
      sums: found,
    } = await placed([
      head,
      ['锦苑社区', '红色物业', 3, null, null, null, '2026-11-20', '老王'],
      ['锦苑社区', '非公覆盖率', null, 19, 20, null, null, null],
      ['帝湖社区', '示范楼院建设', null, null, null, null, null, null],
      ['帝湖社区', '集体收入', null, null, null, null, null, null],
      ['汝河路街道', '红色物业', 9, null, null, null, null, null],
    ])
    const names = places.map(({ row, at, unit, indicator, what }) => [row, at, unit, indicator, what])
    expect(names).toEqual([
      [2, 2, 12, 1, 'value'],
      [3, 3, 12, 3, 'num'],
      [3, 4, 12, 3, 'den'],
      [4, 5, 13, 6, 'value'],
      [5, 2, 13, 4, 'value'],
    ])
    expect(days).toContainEqual({ sheet: 'Sheet1', row: 2, at: 6 })
    expect(found).toMatchObject([{ row: 6, at: 2, of: { unit: 2 } }])
  })

  it('keeps the numbers of earlier days', async () => {
    const day = (date: string, value: number) => ['锦苑社区', '红色物业', value, null, null, null, date, null]
    const { places } = await placed([head, day('2026-11-20', 3), day('2026-11-13', 2)])
    expect(places.map(({ row }) => row)).toEqual([2])
  })
})
