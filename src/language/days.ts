// The day a number speaks of: 今天, 昨天, 前天, 11月20日, 20号. The whole grammar of times is larger than this.
import { mondayOf } from '../campaign/dates.ts'
import { addDays } from '../clock.ts'
import { numberOf } from './when-numbers.ts'
import { weekdayOfWord } from './when-weekdays.ts'

export interface DaySpan {
  start: number
  end: number
  /** `YYYY-MM-DD` */
  date: string
}

const named: Record<string, number> = {
  ...{ 今天: 0, 今日: 0, 今儿: 0, 今儿个: 0, 今早: 0, 昨天: -1, 昨日: -1, 昨儿: -1, 昨儿个: -1, 昨晚: -1 },
  ...{ 前天: -2, 前儿: -2, 前儿个: -2, 大前天: -3 },
}
const pattern =
  /[今昨前]儿个?|今[天日早]|昨[天日晚]|大?前天|上个?(?:周|星期|礼拜)[一二三四五六日天]|(?:周|星期|礼拜)[一二三四五六日天](?=[上下中]?午?[报填登记]的)|([\d一二三四五六七八九十]{1,3})月[底末]|(?:(\d{1,2})月)?(\d{1,2})[日号](?!院|楼)/g

/**
 * @param today calendar date in Asia/Shanghai
 * @returns the days named: one without a month is the latest that has come; one with a month may lie ahead
 */
export function findDays(text: string, today: string): DaySpan[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [whole, ended, month, day] = match
    const date = ended
      ? lastOf(today, numberOf(ended))
      : day === undefined
        ? (weekday(today, whole) ?? addDays(today, named[whole] ?? 0))
        : latest(today, Number(day), Number(month ?? 0))
    return date === undefined ? [] : [{ start: match.index, end: match.index + whole.length, date }]
  })
}

/** 上周三 is a day of the calendar week before this one; 周五报的 the latest such day. */
function weekday(today: string, word: string): string | undefined {
  const [, before, which] = /^(上个?)?(?:周|星期|礼拜)(.)$/.exec(word) ?? []
  if (!which) return undefined
  const day = addDays(mondayOf(today), weekdayOfWord(which) - 1)
  return before || day > today ? addDays(day, -7) : day
}

/** 10月底: the last day of the nearest such month. */
function lastOf(today: string, month: number): string | undefined {
  return month >= 1
    ? latest(today, new Date(Date.UTC(Number(today.slice(0, 4)), month, 0)).getUTCDate(), month)
    : undefined
}

/** With a month it is the nearest: 12月1日 may lie ahead, but in January 12月31日 is last year's. */
function latest(today: string, day: number, month: number): string | undefined {
  if (month > 12) return undefined
  const [year = 0, thisMonth = 0] = today.split('-').map(Number)
  if (month) {
    const thisYears = calendarDate(year, month, day)
    return thisYears && thisYears > addDays(today, 183) ? calendarDate(year - 1, month, day) : thisYears
  }
  return calendarDate(year, thisMonth, day)
}

/** @returns undefined for a day that the month does not have */
function calendarDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCDate() === day ? date.toISOString().slice(0, 10) : undefined
}
