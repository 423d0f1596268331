// Words and marks that several commands share: lamps, dates, receipts.
import type Fraction from 'fraction.js'
import { completion, percent } from './campaign/completion.ts'
import { show } from './campaign/entry.ts'
import type { Lamp } from './campaign/schedule.ts'
import { standing } from './campaign/standing.ts'
import { dateOf, timeOf } from './clock.ts'
import type { ChartCell } from './database/progress.ts'
import type { Written } from './database/reports.ts'
import { type Indicator, isActive, type Roster } from './database/roster.ts'

/** Shape and word: colour alone never carries a meaning. */
export const lamps: Record<Lamp, { mark: string; word: string; long: string }> = {
  done: { mark: '✔', word: '完成', long: '已完成' },
  green: { mark: '●', word: '绿', long: '正常' },
  yellow: { mark: '▲', word: '黄', long: '滞后或临期' },
  red: { mark: '■', word: '红', long: '严重滞后或逾期' },
  grey: { mark: '○', word: '不涉及', long: '不涉及' },
}

/** 2026-11-22 → 11月22日 */
export function day(date: string): string {
  const [, month, dayOfMonth] = date.split('-').map(Number)
  return `${month}月${dayOfMonth}日`
}

/** 11月22日 10:05, in Asia/Shanghai. */
export const moment = (at: Date) => `${day(dateOf(at))} ${timeOf(at)}`

export const percentText = (share: Fraction | 'na') => (share === 'na' ? '不涉及' : `${percent(share)}%`)

/** The one line that every number gets back (`domain.md` N1): 已记 金苑·红色物业 2→3/4(75% 黄). */
export function receipt(
  { roster, today }: { roster: Roster; today: string },
  written: Written,
  cell: ChartCell | undefined,
  vetoes: (unit: number, indicator: number) => string | undefined,
): string {
  const unit = roster.units.get(written.unit)
  const indicator = roster.indicators.get(written.indicator)
  if (!unit || !indicator) throw new Error(`report ${written.id} is of no known unit or indicator`)
  const { entry, after, asOf } = written
  const isZeroed = vetoes(unit.id, indicator.id) !== undefined
  const worth = !isActive(indicator)
    ? '（这项已停用，不计分）'
    : cell
      ? worthText(roster, indicator, cell, { today, isZeroed })
      : ''
  const name = `${unit.short}·${indicator.name}`
  const changed = `${change(indicator, written, cell?.target ?? null)}${worth}`
  const said = show(indicator, { ...after, ...entry, report_id: written.id })
  const isOvertaken = after.report_id !== written.id
  // A later number counts: what was said is told, and what stands.
  if (asOf !== today && entry.op === 'set' && isOvertaken)
    return `${day(asOf)} ${name} ${said}；现在${changed}`
  const when = asOf === today ? '' : `（${day(asOf)}的数）`
  // An earlier day's number that was put right: what counts today is another one.
  const right = entry.op === 'correct' && isOvertaken ? `改为${said}，现在` : ' '
  return `${name}${when}${right}${changed}`
}

/** 2→3/4 for a count with a target, 36/40→38/40 for a ratio, 创建→初验 for a milestone. */
function change(indicator: Indicator, { before, after }: Written, target: string | null): string {
  const counts = indicator.kind === 'count' || indicator.kind === 'amount'
  const bare = (cell: Written['after']) =>
    counts && target !== null && cell.value !== null ? cell.value : show(indicator, cell)
  const now =
    counts && target !== null && after.value !== null ? `${after.value}/${target}` : show(indicator, after)
  return bare(before) === bare(after) ? `仍是${now}` : `${bare(before)}→${now}`
}

/** (75% 黄), or what else the number is worth. */
function worthText(
  roster: Roster,
  indicator: Indicator,
  cell: ChartCell,
  { today, isZeroed }: { today: string; isZeroed: boolean },
): string {
  const share = completion(cell, cell)
  if (isZeroed && share !== 'na') return '（被否决，计0分※）'
  const span = { starts: indicator.starts, due: cell.due, plan: indicator.plan }
  const { lamp } = standing(share, span, today, roster.campaign.settings)
  return share === 'na' ? '(不涉及)' : `(${percentText(share)} ${lamps[lamp].word})`
}
