import { describe, expect, it } from 'vitest'
import { isCampaignWorkbook, readNumbers } from '../../src/sheet/numbers.ts'
import { describeProblems } from '../../src/sheet/problems.ts'
import { known, notes, said, sheetOf, today } from './known.ts'

describe('a table with one row a number', () => {
  it('is read with merged units and indicators, and the day of each row', async () => {
    const sheet = sheetOf(
      [
        ['数据上报表'],
        ['所属街道', '社区名称', '指标名称', '完成数', '填报日期'],
        ['汝河路街道', '锦苑社区', '红色物业', 3, '2026.11.20'],
        [null, null, '监督员', '2人', null],
        ['须水街道', '金苑社区', '红色物业', 1, '11月21日'],
      ],
      { merges: ['3-4/0-0', '3-4/1-1'] },
    )
    expect(await said(sheet, '11月18日上报.xlsx')).toEqual([
      '12 红色物业 11-20 3',
      '12 物业项目监督员 11-18 2',
      '14 红色物业 11-21 1',
    ])
  })

  it('has 分子 and 分母 for a ratio, and 节点 for a milestone', async () => {
    const sheet = sheetOf([
      ['单位', '指标', '日期', '数值', '分子', '分母', '节点'],
      ['锦苑社区', '非公覆盖率', '2026-11-20', null, 38, 40, null],
      ['帝湖社区', '非公覆盖率', '2026-11-20', '95%', null, null, null],
      ['锦苑社区', 'M06', '2026-11-20', null, null, null, '创建'],
      ['帝湖社区', '示范楼院', '2026-11-20', '申报', null, null, null],
    ])
    expect(await said(sheet)).toEqual([
      '12 非公企业党组织覆盖率 11-20 38/40',
      '13 非公企业党组织覆盖率 11-20 95',
      '12 示范楼院建设 11-20 创建',
      '13 示范楼院建设 11-20 申报',
    ])
  })

  it('says of a number over several rows that it is nobody’s', async () => {
    const sheet = sheetOf(
      [
        ['单位', '指标', '数值'],
        ['锦苑社区', '红色物业', 3],
        ['帝湖社区', '红色物业', null],
      ],
      { merges: ['2-3/2-2'] },
    )
    expect(await said(sheet)).toEqual([
      'Sheet1 第2行「数值」：是合并单元格，分不清是哪一行的数，请拆开分别填',
    ])
  })

  it('leaves out the numbers of streets', async () => {
    const sheet = sheetOf([
      ['单位', '指标', '数值'],
      ['汝河路街道', '红色物业', 30],
      ['锦苑社区', '红色物业', 3],
    ])
    expect(await said(sheet)).toEqual(['12 红色物业 11-27 3'])
    expect(await notes(sheet)).toEqual(['「Sheet1」第2行是街道或区的数，由系统汇总，没有取'])
  })
})

describe('several sheets', () => {
  const rows = (value: number) => [
    ['单位', '红色物业'],
    ['锦苑社区', value],
  ]

  it('are all read; those that are no table are named', async () => {
    const sheets = [
      sheetOf([['填表说明'], ['请如实填写']], { name: '说明' }),
      sheetOf(rows(3), { name: '进展（11.20）' }),
    ]
    expect(await said(sheets)).toEqual(['12 红色物业 11-20 3'])
    expect(await notes(sheets)).toEqual([
      '「进展（11.20）」的数按表名算作 2026年11月20日 的',
      expect.stringMatching(/^工作表「说明」没有读：没找到标题行/),
    ])
  })

  it('may say the same number twice, not two of them', async () => {
    const twice = (value: number) => [sheetOf(rows(3), { name: '一' }), sheetOf(rows(value), { name: '二' })]
    expect(await said(twice(3))).toEqual(['12 红色物业 11-27 3'])
    expect(await said(twice(4))).toEqual([
      '二 第2行「红色物业」：与「一」第2行「红色物业」不一致：同一单位、指标、日期有两个数（3 和 4），请只留一个',
    ])
  })

  it('named after streets tell units of one name apart', async () => {
    const table = [
      ['单位', '红色物业'],
      ['金苑社区', 3],
    ]
    expect(await said(['汝河路街道', '须水'].map((name) => sheetOf(table, { name })))).toEqual([
      '11 红色物业 11-27 3',
      '14 红色物业 11-27 3',
    ])
  })
})

it('only a file with the sheet 方案 is a whole campaign', () => {
  expect(isCampaignWorkbook([sheetOf([['项目', '内容']], { name: ' 方 案' })])).toBe(true)
  expect(isCampaignWorkbook([sheetOf([['单位']])])).toBe(false)
})

it('more numbers than a quarter of a district has are refused, and the row where it is too much is named', async () => {
  const units = Array.from({ length: 200 }, (_, at) => ({
    ...{
      id: 100 + at,
      code: `N${at}`,
      name: `新${at}社区`,
      aliases: [],
      level: 'community' as const,
      parent: 2,
    },
  }))
  const days = Array.from({ length: 151 }, (_, at) =>
    new Date(Date.UTC(2026, 5, 1 + at)).toISOString().slice(0, 10),
  )
  const table = sheetOf([
    ['单位', '指标', '日期', '数值'],
    ...units.flatMap(({ name }) => days.map((date) => [name, '红色物业', date, 3])),
  ])
  const read = await readNumbers(
    [table],
    { ...known, units: [...known.units, ...units] },
    { today, fileName: '历史.xlsx' },
  )
  expect(read.problems && describeProblems(read.problems)).toEqual([
    'Sheet1 第30002行：到这一行已经超过 30,000 个数，请按月份分成几个文件',
  ])
})
