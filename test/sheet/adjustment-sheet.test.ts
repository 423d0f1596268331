// The sheet 加减分: what a clerk may write, and what is wrong with a row.
import { describe, expect, it } from 'vitest'
import type { CampaignWorkbook } from '../../src/sheet/campaign.ts'
import { describeProblems, type Problem } from '../../src/sheet/problems.ts'
import type { Cell } from '../../src/sheet/read.ts'
import { readCampaign } from '../../src/sheet/workbook.ts'
import { read as readFile, section, table } from '../support/documents.ts'
import { type Pages, smallCampaign, toSheets } from './small-campaign.ts'

const titles = ['单位', '分值', '文号', '事由']
const withRows = (...rows: Cell[][]): Pages => ({ ...smallCampaign(), 加减分: [titles, ...rows] })
const read = (pages: Pages): { workbook?: CampaignWorkbook; problems?: Problem[] } =>
  readCampaign(toSheets(pages))
const linesOf = (pages: Pages) => describeProblems(read(pages).problems ?? [])

describe('the sheet 加减分', () => {
  it('may be missing, which is not the same as having no rows', () => {
    expect(read(smallCampaign()).workbook?.adjustments).toBeNull()
    expect(read(withRows()).workbook?.adjustments).toEqual([])
  })

  it('gives points to units of any level and takes them, however they are written', () => {
    const pages = withRows(
      ['金苑', -1.5, '中原组通〔2026〕3号', '报表逾期两次'],
      ['J1', '加2分', '通报4号', null],
      ['全区', '+10', '通报5号', null],
      ['须水村', '扣20分', '通报5号', null],
      ['金苑社区', 10, '通报5号', null],
    )
    expect(read(pages).workbook?.adjustments).toEqual([
      { unit: 'S1', points: '-1.5', document: '中原组通〔2026〕3号', reason: '报表逾期两次' },
      { unit: 'J1', points: '2', document: '通报4号', reason: '' },
      { unit: 'Q', points: '10', document: '通报5号', reason: '' },
      { unit: 'C1', points: '-20', document: '通报5号', reason: '' },
      { unit: 'S1', points: '10', document: '通报5号', reason: '' },
    ])
  })

  it.each<[Cell[][], ...string[]]>([
    [[[null, 1, '通报3号', null]], '加减分 第2行「单位」：不能空着'],
    [[['金园社区', 1, '通报3号', null]], '加减分 第2行「单位」：没有叫「金园社区」的单位'],
    [[['金苑社区', 1, null, '没有文件']], '加减分 第2行「文号」：不能空着'],
    [[['金苑社区', null, '通报3号', null]], '加减分 第2行「分值」：不能空着'],
    [[['金苑社区', 0, '通报3号', null]], '加减分 第2行「分值」：不能是 0'],
    [[['金苑社区', '两分', '通报3号', null]], '加减分 第2行「分值」：「两分」不是数字'],
    [[['金苑社区', 10.01, '通报3号', null]], '加减分 第2行「分值」：10.01 太多，加分最多 10 分'],
    [[['金苑社区', -20.5, '通报3号', null]], '加减分 第2行「分值」：-20.5 太多，减分最多 20 分'],
    [
      [
        ['金苑社区', 1, '通报3号', null],
        ['S1', '两分', ' 通报３号 ', null],
        ['金园社区', 0, null, null],
      ],
      '加减分 第3行「分值」：「两分」不是数字',
      '加减分 第4行「单位」：没有叫「金园社区」的单位',
      '加减分 第4行「分值」：不能是 0',
      '加减分 第4行「文号」：不能空着',
      '加减分 第3行「文号」：与第2行重复：一个单位的一个文号只写一行，分值请合并',
    ],
  ])('says all that is wrong with %j', (rows, ...lines) => {
    expect(linesOf(withRows(...rows))).toEqual(lines)
  })

  it('lets the sum of a unit go beyond what counts', () => {
    const pages = withRows(['金苑社区', 8, '通报3号', null], ['金苑社区', 8, '通报4号', null])
    expect(linesOf(pages)).toEqual([])
  })

  it('says which column is missing', () => {
    expect(linesOf({ ...smallCampaign(), 加减分: [['单位', '分值', '事由']] })).toEqual([
      '加减分 第1行：缺少「文号」列',
    ])
  })

  it('is told in docs/workbook.md with its columns, and with a row that can be loaded', () => {
    const text = section(readFile('docs/workbook.md'), '加减分')
    const rows = table(text, 'Column')
    expect(rows.map(([title]) => title)).toEqual(titles)
    expect(rows.flatMap(([title, mark]) => (mark === '✔' ? [title] : []))).toEqual(titles.slice(0, 3))
    expect(
      read(withRows(...table(text.slice(text.lastIndexOf('| 单位 |')), '单位'))).workbook?.adjustments,
    ).toEqual([{ unit: 'S1', points: '-1.5', document: '中原组通〔2026〕3号', reason: '报表逾期两次' }])
  })
})
