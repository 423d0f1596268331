// The sheet 一票否决: off unless it is switched on, and what is wrong with a row.
import { describe, expect, it } from 'vitest'
import type { CampaignWorkbook } from '../../src/sheet/campaign.ts'
import { describeProblems, type Problem } from '../../src/sheet/problems.ts'
import type { Cell } from '../../src/sheet/read.ts'
import { readCampaign } from '../../src/sheet/workbook.ts'
import { read as readFile, section, table } from '../support/documents.ts'
import { type Pages, put, smallCampaign, toSheets } from './small-campaign.ts'

const titles = ['单位', '指标', '影响', '文号', '事由', '批准人', '批准人2', '起', '止']
const withRows = (...rows: Cell[][]): Pages => {
  const pages = put({ ...smallCampaign(), 一票否决: [titles, ...rows] }, '方案', 10, '内容', '开')
  pages['人员']?.push(['赵志强', '区专班', '全区', null, null, null, null])
  return pages
}
const good: Cell[] = [
  ...['金苑社区', null, '不评先', '通报8号', '数据造假', '何晓雯', '赵志强', '2026-11-01', '2026-12-31'],
]
/** A good row with some of its cells replaced, by column. */
const row = (cells: Record<string, Cell> = {}): Cell[] =>
  titles.map((title, at) => (title in cells ? (cells[title] ?? null) : (good[at] ?? null)))
const read = (pages: Pages): { workbook?: CampaignWorkbook; problems?: Problem[] } =>
  readCampaign(toSheets(pages))
const linesOf = (pages: Pages) => describeProblems(read(pages).problems ?? [])

describe('the switch in 方案', () => {
  it('is off when nothing is said', () => {
    const pages = smallCampaign()
    pages['方案']?.pop()
    expect(read(pages).workbook?.plan.settings.veto).toBe(false)
    expect(read(withRows()).workbook?.plan.settings.veto).toBe(true)
    expect(linesOf(put(smallCampaign(), '方案', 10, '内容', '可以'))).toEqual([
      '方案 第10行「内容」：「可以」不在可选范围：开、关',
    ])
  })

  it('refuses rows while it is off, and says how to switch it on and what that means', () => {
    const pages = put(withRows(row({ 事由: null })), '方案', 10, '内容', '关')
    expect(linesOf(pages)).toEqual([
      '一票否决：没有打开。中央对一票否决从严控制，默认不用；确有依据的，请在「方案」加一行「一票否决」，内容写「开」',
      '一票否决 第2行「事由」：不能空着',
    ])
  })

  it('does not mind a sheet without rows', () => {
    expect(linesOf(put(withRows(), '方案', 10, '内容', '关'))).toEqual([])
  })
})

describe('the sheet 一票否决', () => {
  it('may be missing, which is not the same as having no rows', () => {
    expect(read(smallCampaign()).workbook?.vetoes).toBeNull()
    expect(read(withRows()).workbook?.vetoes).toEqual([])
  })

  it('gives vetoes of every effect; without one a unit is only not praised', () => {
    const pages = withRows(
      row({ 影响: null }),
      row({ 文号: '通报9号', 指标: 'M1', 影响: '该项得０分', 止: null }),
      row({ 单位: '须水街道', 影响: '排名末位', 起: 46_327, 止: '2027-11-30' }),
    )
    const approved = { approvedBy: '何晓雯', approvedByToo: '赵志强', reason: '数据造假' }
    const span = { starts: '2026-11-01', ends: '2026-12-31' }
    expect(read(pages).workbook?.vetoes).toEqual([
      { unit: 'S1', indicator: null, effect: 'no_award', document: '通报8号', ...approved, ...span },
      {
        ...{ unit: 'S1', indicator: 'M1', effect: 'indicator_zero', document: '通报9号' },
        ...{ ...approved, ...span, ends: null },
      },
      {
        ...{ unit: 'J2', indicator: null, effect: 'rank_last', document: '通报8号' },
        ...{ ...approved, starts: '2026-11-01', ends: '2027-11-30' },
      },
    ])
  })

  it.each<[Record<string, Cell>, string]>([
    [{ 单位: null }, '「单位」：不能空着'],
    [{ 单位: '金园社区' }, '「单位」：没有叫「金园社区」的单位'],
    [{ 影响: '撤职' }, '「影响」：「撤职」不在可选范围：不评先、该项得0分、排名末位'],
    [{ 影响: '该项得0分' }, '「指标」：影响是「该项得0分」时不能空着'],
    [{ 指标: '红色物业' }, '「指标」：影响是「该项得0分」时才写，请空着'],
    [{ 影响: '该项得0分', 指标: '红色' }, '「指标」：没有叫「红色」的指标，是不是「红色物业」？'],
    [{ 影响: '该项得0分', 指标: '收入' }, '「指标」：「集体收入」不适用于「金苑社区」'],
    [{ 单位: '须水村', 影响: '该项得0分', 指标: 'M1' }, '「指标」：「红色物业」不适用于「须水村」'],
    [{ 文号: null }, '「文号」：不能空着'],
    [{ 事由: null }, '「事由」：不能空着'],
    [{ 批准人: null }, '「批准人」：不能空着'],
    [{ 批准人2: null }, '「批准人2」：不能空着'],
    [{ 批准人2: ' 何 晓雯' }, '「批准人2」：与批准人相同，一票否决要由两个人批准'],
    [{ 批准人2: '何晓雯（全区）' }, '「批准人2」：与批准人相同，一票否决要由两个人批准'],
    [{ 批准人: '某甲' }, '「批准人」：没有叫「某甲」的人员'],
    [{ 批准人2: '何晓雯（区专班）' }, '「批准人2」：没有叫「何晓雯（区专班）」的人员，是不是「何晓雯」？'],
    [{ 批准人: '张建国' }, '「批准人」：「张建国」在「人员」里是书记，批准人应当是区专班的人'],
    [{ 批准人2: '周敏' }, '「批准人2」：「周敏」在「人员」里是街道组织委员，批准人应当是区专班的人'],
    [{ 起: null }, '「起」：不能空着'],
    [{ 起: '2025-11-01' }, '「起」：2025-11-01 不在活动期间（2026-03-01 至 2026-12-31）'],
    [{ 止: '2026-10-31' }, '「止」：早于起始日期'],
    [{ 止: '年底' }, '「止」：「年底」不是日期，请写成 2026-03-01'],
  ])('says what is wrong with %j', (cells, line) => {
    expect(linesOf(withRows(row(cells)))).toEqual([`一票否决 第2行${line}`])
  })

  it('says everything at once, and a document that comes twice', () => {
    const pages = withRows(row(), row({ 单位: 'S1', 影响: '撤职', 批准人2: null }), row({ 单位: '锦苑社区' }))
    expect(linesOf(pages)).toEqual([
      '一票否决 第3行「影响」：「撤职」不在可选范围：不评先、该项得0分、排名末位',
      '一票否决 第3行「批准人2」：不能空着',
      '一票否决 第3行「文号」：与第2行重复：一个单位的一个文号只写一行',
    ])
  })

  it('is told in docs/workbook.md with its columns, and with a row that can be loaded', () => {
    const text = section(readFile('docs/workbook.md'), '一票否决')
    const rows = table(text, 'Column')
    expect(rows.map(([title]) => title)).toEqual(titles)
    const needed = titles.filter((title) => title !== '指标' && title !== '止')
    expect(rows.flatMap(([title, mark]) => (mark === '✔' ? [title] : []))).toEqual(needed)
    for (const title of titles) {
      const pages = withRows()
      pages['一票否决'] = [titles.filter((one) => one !== title)]
      expect(linesOf(pages).length > 0, title).toBe(needed.includes(title))
    }
    const [example = []] = table(text.slice(text.lastIndexOf('| 单位 |')), '单位')
    expect(read(withRows(example.map((cell) => cell || null))).workbook?.vetoes).toMatchObject([
      { unit: 'S1', effect: 'no_award', starts: '2026-11-01', ends: '2026-12-31' },
    ])
  })
})
