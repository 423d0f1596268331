// The sheet 日历: days off and days worked in their place, as the State Council announces them for a year.
import type { CalendarDay } from '../campaign/calendar.ts'
import type { PlanEntry } from './campaign.ts'
import type { Problem } from './problems.ts'
import type { Sheet } from './read.ts'
import { tableRows } from './table.ts'
import { noteRepeats } from './unit-sheet.ts'
import { date, word } from './values.ts'

const words = { 班: true, 休: false, 上班: true, 放假: false, 休息: false } as const

/** What an administrator adds to the workday calendar (`domain.md` C7 Calendar, N21). */
export function readCalendarDays(
  sheets: Sheet[],
  plan: PlanEntry | undefined,
  problems: Problem[],
): CalendarDay[] {
  const form = { sheet: '日历', required: ['日期', '班/休'], optional: ['名称'], mayBeAbsent: true }
  const entries = tableRows(sheets, form, problems).flatMap((row) => {
    const day = row.need('日期', date)
    const working = row.need('班/休', word(words))
    const name = row.text('名称')
    if (day !== null && plan && !isNear(day, plan))
      row.problem('日期', `${day.slice(0, 4)} 年离活动太远，请核对年份`)
    return day === null || working === null ? [] : [{ row, entry: { day, working, name } }]
  })
  noteRepeats(
    entries,
    ({ entry }) => entry.day,
    ({ row }, first) => row.problem('日期', `与第${first.row.row}行重复`),
  )
  return entries.map(({ entry }) => entry)
}

/** A wrong year would be believed and never be noticed. The year after the end still has overdue work in it. */
function isNear(day: string, { starts, ends }: PlanEntry): boolean {
  const [year, first, last] = [day, starts, ends].map((one) => Number(one.slice(0, 4))) as [
    number,
    number,
    number,
  ]
  return year >= first - 1 && year <= last + 1
}
