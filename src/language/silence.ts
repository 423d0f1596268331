// Until when somebody is not to be reminded, and why: 停工到12月10日, 请假到周五, 休假两周 (`domain.md` C6 Silence). Pure.
import type { Calendar } from '../campaign/calendar.ts'
import { dayOf, monthOf } from '../campaign/dates.ts'
import { addDays } from '../clock.ts'
import { readStretch } from './until.ts'
import { findWhen } from './when.ts'
import { durationOf, numeral } from './when-numbers.ts'

const named = /(?:原因|理由)(?:是|为)?\s*[:,，：]?\s*([\s\S]+)$|(?:因为|由于|因)([^,，。;；]+)/
/** What is reason enough by itself; the longest first. */
const reasons =
  /住院|生病|病假|产假|婚假|丧假|年假|事假|休假|请假|出差|学习|培训|外出|停工|停电|停水|施工|拆迁|封闭|封控|疫情|防汛|放假|换届/
const weeks = new RegExp(`半个月|${numeral}个月|${numeral}个?(?:周|星期|礼拜)(?![一二三四五六日天])`)

/**
 * @param today calendar date in Asia/Shanghai
 * @returns the last day, included, and the reason, each undefined when it is not said; `from` when it was to begin later
 */
export function readSilence(
  text: string,
  { now, today, calendar }: { now: Date; today: string; calendar: Calendar },
): { from: string | undefined; until: string | undefined; reason: string | undefined } {
  const found = named.exec(text)
  const given = (found?.[1] ?? found?.[2])?.replace(/[\s,，。;；]+$/, '').replaceAll(',', '，')
  const when = found?.[1] === undefined ? text : text.slice(0, found.index)
  const { from } = readStretch(when, today)
  return {
    ...{ from: from > today ? from : undefined, until: lastDay(when, now, today, calendar) },
    reason: given || reasons.exec(text)?.[0],
  }
}

function lastDay(text: string, now: Date, today: string, calendar: Calendar): string | undefined {
  const length = durationOf(weeks.exec(text)?.[0] ?? '')
  if (length && 'days' in length) return addDays(today, length.days - 1)
  if (length && 'months' in length)
    return addDays(dayOf(monthOf(today) + length.months, Number(today.slice(8))), -1)
  const { until } = readStretch(text, today)
  if (until !== today || /今天|今日/.test(text)) return until
  const on = findWhen(text, now, calendar)?.schedule.on
  return on && 'date' in on ? on.date : undefined
}
