import { describe, expect, it } from 'vitest'
import { notes, said, sheetOf } from './known.ts'

describe('a table with one row a unit', () => {
  it('is read below a headline, its day taken from there', async () => {
    const sheet = sheetOf(
      [
        ['中原区攻坚行动进展情况统计表（截至2026年11月20日）'],
        ['序号', '街道', '单位名称', '红色物业完成数（个）', '监督员', '备注'],
        [1, '汝河路街道', '锦苑社区', 3, '2人', '好'],
        [2, null, '帝湖社区', 0, '—', null],
      ],
      { merges: ['1-1/0-5', '3-4/1-1'] },
    )
    expect(await said(sheet)).toEqual([
      '12 红色物业 11-20 3',
      '12 物业项目监督员 11-20 2',
      '13 红色物业 11-20 0',
    ])
  })

  it('may have the indicators above 目标, 完成 and 完成率', async () => {
    const rows = [
      ['单位', '红色物业', null, null, '监督员', null, null],
      [null, '目标', '完成', '完成率', '目标', '实绩', '完成率'],
      ['锦苑社区', 5, 3, 0.6, 4, 4, 1],
      ['帝湖社区', 5, null, null, 4, 1, 0.25],
    ]
    const expected = ['12 红色物业 11-27 3', '12 物业项目监督员 11-27 4', '13 物业项目监督员 11-27 1']
    expect(await said(sheetOf(rows, { merges: ['1-2/0-0', '1-1/1-3', '1-1/4-6'] }))).toEqual(expected)
    expect(await said(sheetOf(rows))).toEqual(expected)
    expect(await notes(sheetOf(rows))).toContainEqual(
      '「Sheet1」没有取这些列：红色物业 目标、红色物业 完成率、监督员 目标、监督员 完成率',
    )
  })

  it('may be about one indicator that its headline, sheet or file names', async () => {
    const rows = [
      ['单位', '目标', '完成', '完成率'],
      ['锦苑社区', 5, 3, 0.6],
    ]
    expect(await said(sheetOf([['红色物业统计表'], ...rows], { merges: ['1-1/0-3'] }))).toEqual([
      '12 红色物业 11-27 3',
    ])
    expect(await said(sheetOf(rows, { name: '红色物业' }))).toEqual(['12 红色物业 11-27 3'])
    expect(await said(sheetOf(rows), '红色物业11.20.xlsx')).toEqual(['12 红色物业 11-20 3'])
    expect((await said(sheetOf(rows), '红色物业、监督员.xlsx'))[0]).toContain('没找到标题行')
    const below = [
      ['某区统计表'],
      ['单位', '植树造林', null, '1月'],
      [null, '目标', '完成', '完成'],
      ['锦苑社区', 5, 3, 2],
    ]
    expect((await said(sheetOf(below), '红色物业.xlsx'))[0]).toContain('没找到标题行')
  })

  it('is read with two rows of titles whose cells nobody has merged, or filled in twice', async () => {
    const row = ['锦苑社区', 5, 3, 4, 2]
    const open = [['单位', '红色物业', null, '监督员', null], [null, '目标', '完成', '目标', '完成'], row]
    const doubled = [
      ['单位', '红色物业', '红色物业', '监督员', '监督员'],
      ['单位', '目标', '完成', '目标', '完成'],
      row,
    ]
    for (const table of [open, doubled])
      expect(await said(sheetOf(table))).toEqual(['12 红色物业 11-27 3', '12 物业项目监督员 11-27 2'])
  })

  it('leaves out what is no number of a unit, and says so', async () => {
    const sheet = sheetOf([
      ['单位', '红色物业', '本月新增'],
      ['锦苑社区', 3, 1],
      ['汝河路街道', 3, 1],
      ['单位', '红色物业', '本月新增'],
      ['帝湖社区', 1, 1],
      ['合 计', 4, 2],
      ['填表人：李梅', null, null],
    ])
    expect(await said(sheet)).toEqual(['12 红色物业 11-27 3', '13 红色物业 11-27 1'])
    expect(await notes(sheet)).toEqual([
      '「Sheet1」没有取这些列：本月新增',
      '「Sheet1」第6行是合计，没有取',
      '「Sheet1」第3行是街道或区的数，由系统汇总，没有取',
    ])
  })

  it('reads every kind of indicator', async () => {
    const sheet = sheetOf([
      ['单位', '非公覆盖率', '集体收入（万元）', '交叉任职', '示范楼院', '政策得分'],
      ['锦苑社区', '95%', '1,234.5', '√', '创建', 98.5],
      ['帝湖社区', 0.9, 3, '否', '已验收', 60],
    ])
    expect(await said(sheet)).toEqual([
      '12 非公企业党组织覆盖率 11-27 95',
      '12 村集体经营性收入 11-27 1234.5',
      '12 交叉任职落实 11-27 1',
      '12 示范楼院建设 11-27 创建',
      '12 政策掌握 11-27 98.5',
      '13 非公企业党组织覆盖率 11-27 90',
      '13 村集体经营性收入 11-27 3',
      '13 交叉任职落实 11-27 0',
      '13 示范楼院建设 11-27 验收',
      '13 政策掌握 11-27 60',
    ])
  })

  it('reads pairs of numerator and denominator, and marks below steps', async () => {
    const sheet = sheetOf([
      ['社区（村）名称', '非公企业', null, null, '示范楼院', null, null],
      [null, '分子', '分母', '覆盖率', '申报', '创建', '验收'],
      ['锦苑社区', 38, 40, 0.95, '√', '√', null],
      ['帝湖社区', null, null, null, '√', '', '×'],
    ])
    expect(await said(sheet)).toEqual([
      '12 非公企业党组织覆盖率 11-27 38/40',
      '12 示范楼院建设 11-27 创建',
      '13 示范楼院建设 11-27 申报',
    ])
  })

  it('takes the day from a column of days', async () => {
    const sheet = sheetOf([
      ['单位', '统计日期', '红色物业'],
      ['锦苑社区', '11月20日', 3],
      ['帝湖社区', '2026/11/21', 4],
      ['须水村', null, 4],
    ])
    expect(await said(sheet)).toEqual(['12 红色物业 11-20 3', '13 红色物业 11-21 4', '15 红色物业 11-27 4'])
  })

  it('does not take one month’s number for the total', async () => {
    const sheet = sheetOf([
      ['单位', '监督员', '红色物业11月完成', '红色物业（11月）', '红色物业本月完成', '红色物业完成（目标）'],
      ['锦苑社区', 2, 1, 1, 1, 1],
    ])
    const unclear = '看不出是不是「红色物业」的完成数，是就把标题改成「红色物业」，不是就删掉这一列'
    expect(await said(sheet)).toEqual([
      `Sheet1 第1行「红色物业11月完成」：${unclear}`,
      `Sheet1 第1行「红色物业（11月）」：${unclear}`,
    ])
    const total = sheetOf([
      ['单位', '红色物业截至11月底完成数', '监督员1-11月累计完成'],
      ['锦苑社区', 3, 2],
    ])
    expect(await said(total)).toEqual(['12 红色物业 11-27 3', '12 物业项目监督员 11-27 2'])
  })

  it('names a slip of the pen, and a column that counts in other money', async () => {
    const sheet = sheetOf([
      ['单位', '红色物页', '集体收入（元）'],
      ['须水村', 3, 20_000],
    ])
    expect(await said(sheet)).toEqual([
      'Sheet1 第1行「红色物页」：没有这个指标，是不是「红色物业」？',
      'Sheet1 第1行「集体收入（元）」：「村集体经营性收入」按「万元」计，不是「元」，请换算后再填',
    ])
  })

  it('says of a number that is merged over several units that it is nobody’s', async () => {
    const rows = [
      ['单位', '红色物业'],
      ['锦苑社区', 6],
      ['帝湖社区', null],
    ]
    expect(await said(sheetOf(rows, { merges: ['2-3/1-1'] }))).toEqual([
      'Sheet1 第2行「红色物业」：合并单元格跨了 2 行，分不清是哪个单位的数，请拆开分别填',
    ])
    // Where the unit is merged over the same rows, it is one unit's.
    const one = [
      ['单位', '红色物业'],
      ['锦苑社区', 6],
      [null, null, '说明二'],
    ]
    expect(await said(sheetOf(one, { merges: ['2-3/0-0', '2-3/1-1'] }))).toEqual(['12 红色物业 11-27 6'])
  })

  it('may have no title above the units', async () => {
    const sheet = sheetOf([
      ['红色物业', '中原区', '监督员'],
      [3, '锦苑社区', 1],
      [2, '帝湖社区', 1],
    ])
    expect(await said(sheet)).toHaveLength(4)
  })
})
