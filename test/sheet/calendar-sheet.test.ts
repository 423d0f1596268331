// The sheet 日历: what an administrator may load, and what is wrong with a row.
import { describe, expect, it } from 'vitest'
import type { CampaignWorkbook } from '../../src/sheet/campaign.ts'
import { describeProblems, type Problem } from '../../src/sheet/problems.ts'
import type { Cell } from '../../src/sheet/read.ts'
import { readCampaign } from '../../src/sheet/workbook.ts'
import { read as readFile, section, table } from '../support/documents.ts'
import { type Pages, smallCampaign, toSheets } from './small-campaign.ts'

const titles = ['日期', '班/休', '名称']
const withCalendar = (...rows: Cell[][]): Pages => ({ ...smallCampaign(), 日历: [titles, ...rows] })
const read = (pages: Pages): { workbook?: CampaignWorkbook; problems?: Problem[] } =>
  readCampaign(toSheets(pages))
const linesOf = (pages: Pages) => describeProblems(read(pages).problems ?? [])

describe('the sheet 日历', () => {
  it('may be missing, or have no rows yet', () => {
    expect(read(smallCampaign())).toMatchObject({ workbook: { calendar: [] } })
    expect(read(withCalendar())).toMatchObject({ workbook: { calendar: [] } })
  })

  it('gives days off and days worked, however their dates and words are written', () => {
    const pages = withCalendar(
      ['2027-01-01', '休', '元旦'],
      ['2027年2月14日', '班', null],
      [46_424, '放假', '春节'],
      ['2027/2/20', ' 上班 ', ''],
    )
    pages['日历']?.unshift(['2027年放假安排'])
    expect(read(pages).workbook?.calendar).toEqual([
      { day: '2027-01-01', working: false, name: '元旦' },
      { day: '2027-02-14', working: true, name: '' },
      { day: '2027-02-06', working: false, name: '春节' },
      { day: '2027-02-20', working: true, name: '' },
    ])
  })

  it.each<[Cell[][], string]>([
    [[['元旦', '休', null]], '日历 第2行「日期」：「元旦」不是日期，请写成 2026-03-01'],
    [[[null, '休', '元旦']], '日历 第2行「日期」：不能空着'],
    [[['2027-02-30', '休', null]], '日历 第2行「日期」：没有「2027-02-30」这一天'],
    [[['2072-01-01', '休', null]], '日历 第2行「日期」：2072 年离活动太远，请核对年份'],
    [[['2027-01-01', null, '元旦']], '日历 第2行「班/休」：不能空着'],
    [[['2027-01-01', '假', '元旦']], '日历 第2行「班/休」：「假」不在可选范围：班、休、上班、放假、休息'],
    [
      [
        ['2027-01-01', '休', null],
        ['2027/1/1', '班', null],
      ],
      '日历 第3行「日期」：与第2行重复',
    ],
  ])('says what is wrong with %j', (rows, line) => {
    expect(linesOf(withCalendar(...rows))).toEqual([line])
  })

  it('says which column is missing', () => {
    expect(linesOf({ ...smallCampaign(), 日历: [['日期', '名称']] })).toEqual(['日历 第1行：缺少「班/休」列'])
  })

  it('is told in docs/workbook.md with its columns', () => {
    const rows = table(section(readFile('docs/workbook.md'), '日历'), 'Column')
    expect(rows.map(([title]) => title)).toEqual(titles)
    expect(rows.flatMap(([title, mark]) => (mark === '✔' ? [title] : []))).toEqual(['日期', '班/休'])
  })
})
