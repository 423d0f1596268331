// A campaign workbook with mistakes: every one is named with its sheet, row and column.
import { describe, expect, it } from 'vitest'
import { describeProblems } from '../../src/sheet/problems.ts'
import type { Cell } from '../../src/sheet/read.ts'
import { readCampaign } from '../../src/sheet/workbook.ts'
import { type Pages, put, smallCampaign, toSheets } from './small-campaign.ts'

const read = (pages: Pages) => readCampaign(toSheets(pages))
const linesOf = (pages: Pages) => describeProblems(read(pages).problems ?? [])

describe('every problem is said with its row and column', () => {
  const cases: [sheet: string, row: number, column: string, value: Cell, line: string][] = [
    ['方案', 3, '内容', '三月', '方案 第3行「内容」：「三月」不是日期，请写成 2026-03-01'],
    ['方案', 4, '内容', '2026-01-01', '方案 第4行「内容」：结束日期早于开始日期'],
    ['方案', 4, '内容', '2036-01-01', '方案 第4行「内容」：活动超过三年，请核对日期'],
    ['方案', 6, '内容', '随便', '方案 第6行「内容」：「随便」不在可选范围：不涉及、视为完成'],
    ['方案', 8, '内容', 5, '方案 第8行「内容」：红灯偏差应当大于黄灯偏差'],
    ['单位', 5, '编码', null, '单位 第5行「编码」：不能空着'],
    ['单位', 6, '编码', 's1', '单位 第6行「编码」：与第5行重复'],
    ['单位', 6, '名称', '金苑社区', '单位 第6行「名称」：与第5行重复：同一上级下有两个「金苑社区」'],
    ['单位', 5, '级别', '小区', '单位 第5行「级别」：「小区」不在可选范围：区、街道、社区、村'],
    ['单位', 3, '级别', '区', '单位 第3行「级别」：只能有一个「区」'],
    ['单位', 5, '上级', null, '单位 第5行「上级」：不能空着，请写所属的街道'],
    ['单位', 5, '上级', '汝河街道', '单位 第5行「上级」：没有叫「汝河街道」的单位，是不是「汝河路街道」？'],
    ['单位', 5, '上级', '天河路', '单位 第5行「上级」：没有叫「天河路」的单位'],
    ['单位', 5, '上级', '锦苑社区', '单位 第5行「上级」：「锦苑社区」是社区，社区的上级应当是街道'],
    ['单位', 3, '上级', '金苑社区', '单位 第3行「上级」：「金苑社区」是社区，街道的上级应当是区'],
    ['单位', 2, '上级', '全区', '单位 第2行「上级」：区没有上级，请空着'],
    ['单位', 5, '名册序号', '第三', '单位 第5行「名册序号」：「第三」不是数字'],
    ['人员', 5, '姓名', null, '人员 第5行「姓名」：不能空着'],
    [
      '人员',
      5,
      '角色',
      '主任',
      '人员 第5行「角色」：「主任」不在可选范围：区专班、区领导、督导组、街道组织委员、街道书记、书记、村（社区）书记、填报员',
    ],
    ['人员', 5, '单位', null, '人员 第5行「单位」：单位和组不能都空着'],
    ['人员', 5, '单位', '金园社区', '人员 第5行「单位」：没有叫「金园社区」的单位'],
    ['人员', 4, '单位', '全区', '人员 第4行「单位」：「全区」不是街道，街道组织委员应当属于街道'],
    ['人员', 5, '单位', '须水街道', '人员 第5行「单位」：「须水街道」不是社区或村，街道书记请写「街道书记」'],
    ['人员', 5, '手机', '1990000', '人员 第5行「手机」：「1990000」不是 11 位手机号'],
    ['人员', 5, '手机', '19900000001', '人员 第5行「手机」：与第2行重复'],
    ['人员', 5, '钉钉账号', 'zhoumin', '人员 第5行「钉钉账号」：账号「zhoumin」与第4行重复'],
    ['人员', 5, '企业微信账号', 'hexiaowen', '人员 第5行「企业微信账号」：账号「hexiaowen」与第2行重复'],
    ['指标', 3, '编码', 'M1', '指标 第3行「编码」：与第2行重复'],
    ['指标', 3, '名称', '红色物业', '指标 第3行「名称」：与第2行重复'],
    ['指标', 2, '部分', 5, '指标 第2行「部分」：请写 1 到 4'],
    [
      '指标',
      2,
      '类型',
      '人数',
      '指标 第2行「类型」：「人数」不在可选范围：数量、金额、比率、是否、节点、得分',
    ],
    ['指标', 2, '权重', 18, '指标：权重合计 98，应当正好是 100'],
    ['指标', 2, '权重', '百分之二十', '指标 第2行「权重」：「百分之二十」不是数字'],
    ['指标', 2, '封顶', 1.5, '指标 第2行「封顶」：请写 1 到 1.2 之间'],
    [
      '指标',
      2,
      '截止日期',
      '2027-03-01',
      '指标 第2行「截止日期」：2027-03-01 不在活动期间（2026-03-01 至 2026-12-31）',
    ],
    ['指标', 6, '开始日期', '2026-12-01', '指标 第6行「截止日期」：早于开始日期'],
    [
      '指标',
      6,
      '序时计划',
      '年中一半',
      '指标 第6行「序时计划」：「年中一半」看不懂，请写成「名称:40%；名称:70%」',
    ],
    ['指标', 6, '节点', null, '指标 第6行「节点」：类型是「节点」时不能空着'],
    ['指标', 2, '适用', '社区、街道', '指标 第2行「适用」：只能写：社区、村'],
    ['指标', 3, '目标', '-5', '指标 第3行「目标」：-5 是负数'],
    ['任务', 2, '单位', '金苑村', '任务 第2行「单位」：没有叫「金苑村」的单位，是不是「金苑」？'],
    ['任务', 2, '指标', '红色', '任务 第2行「指标」：没有叫「红色」的指标，是不是「红色物业」？'],
    ['任务', 5, '单位', '金苑社区', '任务 第5行「指标」：「集体收入」不适用于「金苑社区」'],
    ['任务', 3, '单位', '金苑社区', '任务 第3行「指标」：与第2行重复'],
    ['任务', 2, '目标', 4.5, '任务 第2行「目标」：4.5 不是整数'],
    ['任务', 2, '目标', '若干', '任务 第2行「目标」：「若干」不是数字'],
    [
      '任务',
      2,
      '目标',
      null,
      '任务：「红色物业」有 1 个单位没有目标，如 金苑社区；请在「任务」填目标，或在「指标」填默认目标',
    ],
    ['任务', 2, '责任人', '张建', '任务 第2行「责任人」：没有叫「张建」的人员，是不是「张建国」？'],
    ['任务', 2, '责任人', '李梅', '任务 第2行「责任人」：有 2 个人员叫「李梅」，请写成「姓名（单位）」'],
    ['任务', 4, '批准人', null, '任务 第4行「批准人」：写了不涉及原因，就要写批准人'],
    ['任务', 4, '批准人', '某某', '任务 第4行「批准人」：没有叫「某某」的人员'],
    [
      '任务',
      4,
      '批准人',
      '张建国',
      '任务 第4行「批准人」：「张建国」在「人员」里是书记，批准人应当是区专班的人',
    ],
    ['任务', 2, '批准人', '何晓雯', '任务 第2行「不涉及原因」：写了批准人，就要写不涉及原因'],
    [
      '任务',
      2,
      '截止日期',
      '2026-02-01',
      '任务 第2行「截止日期」：2026-02-01 不在活动期间（2026-03-01 至 2026-12-31）',
    ],
    ['数据', 2, '日期', null, '数据 第2行「日期」：不能空着'],
    [
      '数据',
      2,
      '日期',
      '2025-11-20',
      '数据 第2行「日期」：2025-11-20 不在活动期间（2026-03-01 至 2026-12-31）',
    ],
    ['数据', 2, '日期', '2026-11-20', '数据 第3行「日期」：与第2行重复：同一单位、指标、日期只能有一个数'],
    ['数据', 2, '数值', '两个', '数据 第2行「数值」：「两个」不是数字'],
    ['数据', 2, '数值', -1, '数据 第2行「数值」：-1 是负数'],
    ['数据', 2, '数值', 1.5, '数据 第2行「数值」：1.5 不是整数'],
    ['数据', 2, '数值', null, '数据 第2行「数值」：不能空着'],
    ['数据', 4, '分子', 41, '数据 第4行「分子」：41 大于分母 40'],
    ['数据', 4, '分母', null, '数据 第4行「分母」：不能空着'],
    ['数据', 5, '数值', 1, '数据 第5行「数值」：分不清是 1% 还是 100%，请用文本写「100%」，或改填分子和分母'],
    ['数据', 8, '数值', '差不多', '数据 第8行「数值」：「差不多」看不懂，请写「是」或「否」'],
    ['数据', 9, '节点', '初验', '数据 第9行「节点」：没有「初验」这个节点，可以写：申报、创建、验收'],
    ['数据', 10, '数值', 101, '数据 第10行「数值」：101 超过满分 100'],
    ['数据', 2, '报送人', '王五', '数据 第2行「报送人」：没有叫「王五」的人员'],
    ['群', 2, '平台', '飞书', '群 第2行「平台」：「飞书」不在可选范围：钉钉、企业微信'],
    ['群', 2, '单位', null, '群 第2行「单位」：不能空着'],
    ['群', 3, '密钥', 'SEC', '群 第3行「密钥」：企业微信的机器人没有密钥，请空着'],
    ['群', 2, '机器人', null, '群 第2行「机器人」：写了密钥，就要写机器人'],
  ]
  it.each(cases)('%s row %i %s = %s', (sheet, row, column, value, line) => {
    expect(linesOf(put(smallCampaign(), sheet, row, column, value))).toContain(line)
  })

  it('a number of a day that has not come: until that day it would overrule every report', () => {
    const linesOn = (day: string) =>
      describeProblems(
        readCampaign(toSheets(put(smallCampaign(), '数据', 3, '日期', '2026-12-31')), day).problems ?? [],
      )
    expect(linesOn('2026-11-22')).toEqual([
      '数据 第3行「日期」：2026-12-31 晚于今天（2026-11-22），日期不能晚于今天',
    ])
    expect(linesOn('2026-12-31')).toEqual([])
  })

  it('the same chat twice', () => {
    const pages = smallCampaign()
    pages['群']?.push(['钉钉', 'cid-1', '又一个', '全区', null, null])
    expect(linesOf(pages)).toEqual(['群 第4行「群号」：与第2行重复'])
  })

  it('the same robot for two groups; two without one are none the same', () => {
    const pages = smallCampaign()
    pages['群']?.push(['钉钉', 'cid-3', '又一个', '全区', 'token-1', 'SEC-2'])
    pages['群']?.push(
      ['钉钉', 'cid-4', '没有的', '全区', null, null],
      ['钉钉', 'cid-5', '也没有', '全区', null, null],
    )
    expect(linesOf(pages)).toEqual(['群 第4行「机器人」：与第2行是同一个，一个机器人只管一个群'])
  })

  it('names the row as the sheet shows it, empty rows included', () => {
    const pages = smallCampaign()
    pages['单位']?.splice(3, 0, [], [null, null])
    put(pages, '单位', 7, '上级', '汝河街道')
    expect(linesOf(pages)[0]).toMatch(/^单位 第7行「上级」/)
  })
})

describe('sheets and columns', () => {
  it.each(['方案', '单位', '人员', '指标', '任务'])('says that the sheet %s is missing', (sheet) => {
    const pages = smallCampaign()
    delete pages[sheet]
    expect(linesOf(pages)).toContain(`${sheet}：缺少这个工作表`)
  })

  it.each([
    ['单位', '上级'],
    ['人员', '角色'],
    ['指标', '权重'],
    ['任务', '指标'],
    ['数据', '日期'],
    ['群', '群号'],
  ])('says that the sheet %s has no column %s', (sheet, column) => {
    const pages = put(smallCampaign(), sheet, 1, column, '别的')
    expect(linesOf(pages)).toContain(`${sheet} 第1行：缺少「${column}」列`)
  })

  it('says that a column is there twice', () => {
    const pages = smallCampaign()
    pages['单位']?.[0]?.push('名 称')
    expect(linesOf(pages)).toEqual(['单位 第1行：有 2 个「名称」列'])
  })

  it('says what the plan lacks', () => {
    const pages = put(smallCampaign(), '方案', 3, '项目', '起始')
    expect(linesOf(pages)).toEqual(['方案：缺少「开始日期」这一项'])
  })

  it('a district without its row', () => {
    const pages = smallCampaign()
    pages['单位']?.splice(1, 1)
    expect(linesOf(pages)).toContain('单位：缺少级别为「区」的一行')
  })

  it('an empty workbook', () => {
    expect(describeProblems(readCampaign([]).problems ?? [])).toHaveLength(5)
  })
})

describe('many problems', () => {
  it('are all found in one go, in the order of the sheets', () => {
    const pages = smallCampaign()
    put(pages, '单位', 5, '上级', '汝河街道')
    put(pages, '人员', 2, '手机', '123')
    put(pages, '指标', 2, '权重', 1)
    put(pages, '数据', 4, '分子', 99)
    const sheets = linesOf(pages).map((line) => line.slice(0, 2))
    expect(sheets).toEqual(['单位', '人员', '指标', '数据'])
  })

  it('are cut after fifty, with how many more there are', () => {
    const pages = smallCampaign()
    for (let n = 0; n < 60; n++)
      pages['数据']?.push(['金苑社区', '红色物业', `2026-0${(n % 6) + 3}-${(n % 20) + 10}`, '很多'])
    const lines = linesOf(pages)
    expect(lines).toHaveLength(51)
    expect(lines.at(-1)).toBe('另有 10 处')
  })

  it('a missing sheet does not make every reference to it a problem', () => {
    const pages = smallCampaign()
    delete pages['单位']
    expect(linesOf(pages).filter((line) => line.includes('没有叫'))).toHaveLength(1)
  })
})
