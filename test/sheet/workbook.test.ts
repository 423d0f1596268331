// A good campaign workbook, and what a clerk may do differently in one.
import { describe, expect, it } from 'vitest'
import { describeProblems } from '../../src/sheet/problems.ts'
import type { Cell } from '../../src/sheet/read.ts'
import { readCampaign } from '../../src/sheet/workbook.ts'
import { type Pages, put, smallCampaign, toSheets } from './small-campaign.ts'

const read = (pages: Pages) => readCampaign(toSheets(pages))

function good(pages: Pages) {
  const parsed = read(pages)
  if (parsed.problems) throw new Error(describeProblems(parsed.problems).join('\n'))
  return parsed.workbook
}

describe('a good workbook', () => {
  const workbook = good(smallCampaign())

  it('gives the plan with its rules', () => {
    expect(workbook.plan).toEqual({
      ...{ name: '小活动', starts: '2026-03-01', ends: '2026-12-31', ruleVersion: 1 },
      settings: { zero_target: 'na', yellow: 10, red: 30, ranking_visibility: 'full', veto: false },
    })
  })

  it('gives the tree by codes, whatever the parents were called by', () => {
    expect(workbook.units.map(({ code, parent }) => [code, parent])).toEqual([
      ...[
        ['Q', null],
        ['J1', 'Q'],
        ['J2', 'Q'],
        ['S1', 'J1'],
        ['S2', 'J1'],
        ['C1', 'J2'],
      ],
    ])
    expect(workbook.units[3]).toMatchObject({ aliases: ['金苑', '金苑小区'], level: 'community', roster: 3 })
  })

  it('ranks units among their own level unless a group is named', () => {
    expect(workbook.units.map(({ peerGroup }) => peerGroup)).toEqual([
      ...['district', 'street', 'street', 'community', '大社区', 'village'],
    ])
  })

  it('gives people with a unit or a team, and their accounts', () => {
    expect(workbook.people[1]).toEqual({
      ...{ name: '刘洋', role: 'supervisor', unit: null, team: '第一督导组', phone: '19900000002' },
      accounts: [{ platform: 'dingtalk', userid: 'liuyang' }],
    })
    expect(workbook.people[3]).toMatchObject({ role: 'secretary', unit: 'S1', phone: '19900000003' })
  })

  it('gives indicators of every kind with their rules', () => {
    expect(workbook.indicators.map(({ kind }) => kind)).toEqual([
      ...['count', 'amount', 'ratio', 'yes_no', 'milestone', 'score'],
    ])
    expect(workbook.indicators[0]?.appliesTo).toEqual(['community', 'village'])
    expect(workbook.indicators[1]).toMatchObject({
      weight: '16.5',
      baseline: '5',
      target: '20',
      appliesTo: ['village'],
    })
    expect(workbook.indicators[2]).toMatchObject({ target: '90', origin: 'municipal', cap: '1' })
    expect(workbook.indicators[4]).toMatchObject({
      ...{
        cap: '1.2',
        due: '2026-11-27',
        starts: null,
        plan: [
          ['2026-06-30', 0.4],
          ['2026-09-30', 0.7],
        ],
      },
      steps: [
        ['申报', '0.2'],
        ['创建', '0.5'],
        ['验收', '1'],
      ],
    })
  })

  it('finds the right one of two people with the same name by the unit of the row', () => {
    const [, second, third, fourth] = workbook.targets
    expect(second?.responsible?.unit).toBe('S2')
    expect(third?.exempt).toEqual({ reason: '没有物业', approvedBy: '何晓雯' })
    expect(fourth?.responsible?.unit).toBe('C1')
    expect(fourth).toMatchObject({ target: '22.5', baseline: '6', due: null })
  })

  it('gives the numbers of the past as they are stored', () => {
    const short = workbook.reports.map((r) => [r.indicator, r.asOf, r.value, r.num, r.den, r.step])
    expect(short).toEqual([
      ['M1', '2026-10-01', '1', null, null, null],
      ['M1', '2026-11-20', '2', null, null, null],
      ['M3', '2026-11-20', null, '38', '40', null],
      ['M3', '2026-11-01', '95', null, null, null],
      ['M3', '2026-11-01', null, '0', '0', null],
      ['M2', '2026-11-01', '1018.5', null, null, null],
      ['M4', '2026-11-01', '1', null, null, null],
      ['M5', '2026-11-01', '0.5', null, null, '创建'],
      ['D6', '2026-11-16', '86.5', null, null, null],
    ])
  })

  it('gives chats with what their robots need', () => {
    expect(workbook.chats).toEqual([
      {
        ...{ platform: 'dingtalk', chatId: 'cid-1', title: '汝河路攻坚群', unit: 'J1' },
        push: { token: 'token-1', secret: 'SEC-1' },
      },
      { platform: 'wecom', chatId: 'wr-1', title: '区攻坚群', unit: 'Q', push: { key: 'key-1' } },
    ])
  })
})

describe('what a clerk may do differently', () => {
  it('columns in another order, more columns, spaces and stars in titles, a headline above them', () => {
    const pages = smallCampaign()
    const [titles = [], ...rows] = pages['单位'] ?? []
    const turned = (cells: Cell[]) => [...Array.from({ length: 7 }, (_, n) => cells[6 - n] ?? null), '备注']
    pages['单位'] = [
      ['中原区单位表', '编码'],
      turned(titles.map((title) => ` ${String(title).split('').join('　')} *`)),
      ...rows.map(turned),
    ]
    expect(good(pages).units).toEqual(good(smallCampaign()).units)
  })

  it('sheets that are not needed, and no history and no chats yet', () => {
    const pages: Pages = { 说明: [['请先读']], ...smallCampaign() }
    delete pages['数据']
    delete pages['群']
    expect(good(pages)).toMatchObject({ reports: [], chats: [] })
  })

  it('a street and a community with the same name: the level tells the parent, the indicator the unit', () => {
    const pages = smallCampaign()
    put(pages, '单位', 2, '名称', '莲湖')
    put(pages, '单位', 3, '名称', '莲湖')
    put(pages, '单位', 3, '上级', 'Q')
    put(pages, '单位', 5, '名称', '莲湖')
    put(pages, '单位', 5, '上级', '莲湖')
    put(pages, '单位', 6, '上级', '莲湖')
    put(pages, '单位', 7, '上级', 'J2')
    for (const [sheet, rows] of [
      ['人员', [2, 4]],
      ['群', [2, 3]],
    ] as const)
      for (const row of rows) put(pages, sheet, row, '单位', 'J1')
    put(pages, '人员', 2, '单位', 'Q')
    put(pages, '人员', 5, '单位', 'S1')
    put(pages, '任务', 2, '单位', '莲湖')
    for (const row of [2, 3, 4, 8, 9, 10]) put(pages, '数据', row, '单位', 'S1')
    const workbook = good(pages)
    expect(workbook.units.map(({ parent }) => parent)).toEqual([null, 'Q', 'Q', 'J1', 'J1', 'J2'])
    expect(workbook.targets[0]?.unit).toBe('S1')
  })

  it('weights with decimals add up exactly', () => {
    const pages = smallCampaign()
    for (const [index, weight] of [33.3, 33.3, 33.3, 0.03, 0.03, 0.04].entries())
      put(pages, '指标', index + 2, '权重', weight)
    expect(good(pages).indicators).toHaveLength(6)
  })
})
