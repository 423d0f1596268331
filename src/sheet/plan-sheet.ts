// The sheet 方案: the campaign's name, span and rules, one a line.
import type { PlanEntry } from './campaign.ts'
import type { Problem } from './problems.ts'
import type { Sheet } from './read.ts'
import { type Row, tableRows } from './table.ts'
import { date, key, type Parser, percent, text, whole, word } from './values.ts'

const sheet = '方案'
const longestDays = 1100

/** @returns the plan; undefined when it is too incomplete to check anything against */
export function readPlan(sheets: Sheet[], problems: Problem[]): PlanEntry | undefined {
  const before = problems.length
  const rows = tableRows(sheets, { sheet, required: ['项目', '内容'] }, problems)
  if (problems.length > before) return undefined
  const line = (item: string): Row | undefined => rows.find((row) => key(row.text('项目')) === key(item))
  const need = <T>(item: string, parser: Parser<T>): T | null => {
    const row = line(item)
    if (!row) problems.push({ sheet, row: 0, message: `缺少「${item}」这一项` })
    return row?.need('内容', parser) ?? null
  }
  const read = <T>(item: string, parser: Parser<T>): T | null => line(item)?.read('内容', parser) ?? null

  const name = need('名称', text)
  const starts = need('开始日期', date)
  const ends = need('结束日期', date)
  const yellow = Number(read('黄灯偏差', percent) ?? 10)
  const red = Number(read('红灯偏差', percent) ?? 30)
  const plan = {
    ruleVersion: Number(read('规则版本', whole) ?? 1),
    settings: {
      zero_target: read('零目标口径', word({ 不涉及: 'na', 视为完成: 'done' } as const)) ?? 'na',
      yellow,
      red,
      ranking_visibility: read('排名公开', word({ 全部: 'full', 前三: 'top3' } as const)) ?? 'full',
      veto: read('一票否决', word({ 开: true, 关: false })) ?? false,
    },
  }
  if (yellow >= red) line('红灯偏差')?.problem('内容', '红灯偏差应当大于黄灯偏差')
  if (name === null || starts === null || ends === null) return undefined
  if (ends < starts) line('结束日期')?.problem('内容', '结束日期早于开始日期')
  else if (Date.parse(ends) - Date.parse(starts) > longestDays * 86_400_000)
    line('结束日期')?.problem('内容', '活动超过三年，请核对日期')
  return { name, starts, ends, ...plan }
}
