// Until which day somebody wants to be left alone: 今天, 这周, 三天, 到周五之前 (`domain.md` 勿扰). Pure.
import { dayOf, mondayOf, monthOf } from '../campaign/dates.ts'
import { addDays } from '../clock.ts'
import { findDays } from './days.ts'
import { numberOf, numeral } from './when-numbers.ts'

/** Nobody is left alone for longer: a silence has an end (`domain.md` C6). */
export const mostDays = 30

const week = '(?:周|星期|礼拜)'
const before = /^(?:的)?(?:之前|以前|前)/
const named: [RegExp, number][] = [
  [/大后[天儿]/, 3],
  [/后[天儿]/, 2],
  [/明[天儿日早晚]/, 1],
]

/** 从周三到周五, 11月25号-27号: what stands before and behind. */
const range = /^(.*?)(?:到|至|(?<=[日号天一二三四五六])[-~—])(.+)$/s
/** 从周三起三天 */
const onwards = /[从自](.+?)(?:起|开始|以后|之后)/

export interface Stretch {
  /** Today, or the later day on which it was said to begin. */
  from: string
  /** The last day, included; undefined when only a later beginning is said: 从周三起. */
  until: string | undefined
}

/**
 * @param today calendar date in Asia/Shanghai
 * @returns the days that are said; today alone when none is. They may lie in the past, or too far ahead
 */
export function readStretch(text: string, today: string): Stretch {
  const [, head = '', tail = ''] = range.exec(text) ?? []
  const from = lastOf(head, today)
  if (from > today) {
    const until = lastOf(tail, today)
    // 12月25号到27号, 周五到周二: what is over by then belongs to the week or month of the beginning.
    return { from, until: until < from ? lastOf(tail, from) : until }
  }
  const start = onwards.exec(text)
  const begins = start ? lastOf(start[1] ?? '', today) : today
  if (!start || begins <= today || tail) return { from: today, until: lastOf(text, today) }
  const rest = text.slice(start.index + start[0].length)
  const until = lastOf(rest, begins)
  return { from: begins, until: until === begins && !/一天|当天/.test(rest) ? undefined : until }
}

/** The last day of one that is named: today when none is. */
function lastOf(text: string, today: string): string {
  const monday = mondayOf(today)
  const weekday = new RegExp(`(这|本|下)?个?${week}([一二三四五六日天1-7])`).exec(text)
  if (weekday) {
    const [whole, which = '', character = ''] = weekday
    const nth = '一二三四五六日'.indexOf(character.replace('天', '日')) + 1 || Number(character)
    const inWeek = addDays(monday, nth - 1)
    const date = which === '下' || (!which && inWeek <= today) ? addDays(inWeek, 7) : inWeek
    return upTo(text, weekday.index + whole.length, date)
  }
  for (const [pattern, days] of named) {
    const found = pattern.exec(text)
    if (found) return upTo(text, found.index + found[0].length, addDays(today, days))
  }
  const weeks = new RegExp(`(${numeral})个?${week}(?![一二三四五六日天])`).exec(text)
  if (weeks) return addDays(today, numberOf(weeks[1] ?? '') * 7 - 1)
  const days = new RegExp(`(${numeral})天`).exec(text)
  if (days) return addDays(today, numberOf(days[1] ?? '') - 1)
  if (new RegExp(`下个?${week}`).test(text)) return addDays(monday, 13)
  if (new RegExp(`(?:这|本)个?${week}|周末`).test(text)) return addDays(monday, 6)
  if (/(?:这个?|本)月|月底/.test(text)) return dayOf(monthOf(today), -1)
  const [date] = findDays(text.replace(/今天|今日/g, ''), today)
  if (date) {
    const isPast = date.date < today && !text.slice(date.start, date.end).includes('月')
    return upTo(text, date.end, isPast ? nextMonth(today, date.date) : date.date)
  }
  return /以后|永远|一直|再也|长期/.test(text) ? addDays(today, mostDays - 1) : today
}

/** 到周五之前 ends with Thursday. */
const upTo = (text: string, end: number, date: string) =>
  before.test(text.slice(end)) ? addDays(date, -1) : date

/** 到5号 said on the 22nd is the coming one. */
const nextMonth = (today: string, date: string) => dayOf(monthOf(today) + 1, Number(date.slice(8)))
