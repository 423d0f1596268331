// The sheet 指标: what is measured, how, and how much it weighs. The weights add up to 100 exactly.
import Fraction from 'fraction.js'
import type { IndicatorEntry, PlanEntry } from './campaign.ts'
import { type Find, finder } from './find.ts'
import { planPoints, steps } from './points.ts'
import type { Problem } from './problems.ts'
import type { Sheet } from './read.ts'
import { type Row, tableRows } from './table.ts'
import { noteRepeats } from './unit-sheet.ts'
import { date, decimal, key, list, type Parser, percent, text, whole, word } from './values.ts'

const sheet = '指标'
const kinds = {
  数量: 'count',
  金额: 'amount',
  比率: 'ratio',
  是否: 'yes_no',
  节点: 'milestone',
  得分: 'score',
} as const
const reaches = { 社区: 'community', 村: 'village' } as const

export interface Indicators {
  indicators: IndicatorEntry[]
  findIndicator: Find<IndicatorEntry>
}

export function readIndicators(
  sheets: Sheet[],
  plan: PlanEntry | undefined,
  problems: Problem[],
): Indicators {
  const required = ['编码', '部分', '名称', '类型', '权重']
  const optional = ['简称', '单位', '方向', '来源', '封顶', '基数', '目标', '开始日期', '截止日期']
  const form = { sheet, required, optional: [...optional, '序时计划', '节点', '适用'] }
  const rows = tableRows(sheets, form, problems)
  const entries = rows.flatMap((row, index) => {
    const indicator = toIndicator(row, index + 1, plan)
    return indicator ? { row, indicator } : []
  })
  for (const column of ['编码', '名称'] as const)
    noteRepeats(
      entries,
      ({ indicator }) => (column === '编码' ? indicator.code : indicator.name),
      ({ row }, first) => row.problem(column, `与第${first.row.row}行重复`),
    )
  const indicators = entries.map(({ indicator }) => indicator)
  const sum = indicators.reduce((total, { weight }) => total.add(weight), new Fraction(0))
  // With a row left out above, the sum says nothing.
  if (indicators.length === rows.length && rows.length > 0 && !sum.equals(100))
    problems.push({ sheet, row: 0, message: `权重合计 ${sum.toString()}，应当正好是 100` })
  const findIndicator = finder(
    '指标',
    indicators,
    [(i) => [i.code], (i) => [i.name], (i) => i.aliases],
    '请写编码',
  )
  return { indicators, findIndicator }
}

function toIndicator(row: Row, ordinal: number, plan: PlanEntry | undefined): IndicatorEntry | undefined {
  const code = row.need('编码', text)
  const part = row.need('部分', whole)
  const name = row.need('名称', text)
  const kind = row.need('类型', word(kinds))
  const weight = row.need('权重', points)
  const span = { starts: dateWithin(row, '开始日期', plan), due: dateWithin(row, '截止日期', plan) }
  const starts = span.starts ?? plan?.starts ?? ''
  const due = span.due ?? plan?.ends ?? '9999'
  if (due < starts) row.problem('截止日期', '早于开始日期')
  const rest = {
    ...{ ordinal, aliases: row.read('简称', list) ?? [], uom: row.text('单位'), ...span },
    direction: row.read('方向', word({ 越多越好: 'up', 越少越好: 'down' } as const)) ?? 'up',
    origin: row.read('来源', word({ 市定: 'municipal', 区定: 'district' } as const)) ?? 'municipal',
    cap: row.read('封顶', cap) ?? '1',
    plan: row.read('序时计划', planPoints({ starts, due })) ?? [],
    appliesTo: appliesTo(row),
  } as const
  if (part !== null && !['1', '2', '3', '4'].includes(part)) row.problem('部分', '请写 1 到 4')
  if (code === null || part === null || name === null || kind === null || weight === null) return undefined
  const stepList = row.read('节点', steps) ?? []
  if (kind === 'milestone' && row.text('节点') === '') row.problem('节点', '类型是「节点」时不能空着')
  const numbers = { baseline: row.read('基数', points) ?? '0', target: row.read('目标', targetParser(kind)) }
  return { code, part: Number(part), name, kind, weight, ...rest, ...numbers, steps: stepList }
}

/** How a target of this kind is written: per cent for a ratio, whole things for a count. */
export function targetParser(kind: IndicatorEntry['kind']): Parser<string> {
  if (kind === 'count') return whole
  // A target of one per cent makes no sense: a bare 1 is a cell formatted as 100%.
  if (kind === 'ratio') return (cell) => (cell === 1 ? { value: '100' } : percent(cell))
  return decimal
}

/** Points of a hundred, also in a cell that shows them as per cent. */
export const points: Parser<string> = (cell) =>
  decimal(typeof cell === 'string' ? cell.replace(/[%％]\s*$/, '') : cell)

/** A date of this campaign. */
export function dateWithin(row: Row, column: string, plan: PlanEntry | undefined): string | null {
  const day = row.read(column, date)
  if (day !== null && plan && (day < plan.starts || day > plan.ends))
    row.problem(column, `${day} 不在活动期间（${plan.starts} 至 ${plan.ends}）`)
  return day
}

/** 1 to 1.2, or 100% to 120%. */
const cap: Parser<string> = (cell) => {
  const number = decimal(typeof cell === 'string' ? cell.replace(/[%％]\s*$/, '') : cell)
  if ('wrong' in number) return number
  const value = new Fraction(number.value)
  const factor = value.gt(2) ? value.div(100) : value
  return factor.gte(1) && factor.lte('1.2') ? { value: factor.toString() } : { wrong: '请写 1 到 1.2 之间' }
}

function appliesTo(row: Row): IndicatorEntry['appliesTo'] {
  const said = row.read('适用', list) ?? []
  const known = new Map(Object.entries(reaches).map(([name, level]) => [key(name), level]))
  const levels = said.flatMap((name) => known.get(key(name)) ?? [])
  if (levels.length < said.length) row.problem('适用', `只能写：${Object.keys(reaches).join('、')}`)
  return levels.length > 0 ? levels : Object.values(reaches)
}
