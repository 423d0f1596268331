// The day a number speaks of: 今天, 昨天, 前天, 11月20日, 20号. The whole grammar of times is larger than this.
import { addDays } from '../clock.ts'

export interface DaySpan {
  start: number
  end: number
  /** `YYYY-MM-DD` */
  date: string
}

const named: Record<string, number> = { 今天: 0, 今日: 0, 昨天: -1, 昨日: -1, 前天: -2, 大前天: -3 }
const pattern = /今天|今日|昨天|昨日|大?前天|(?:(\d{1,2})月)?(\d{1,2})[日号](?!院|楼)/g

/**
 * @param today calendar date in Asia/Shanghai
 * @returns the days named: one without a month is the latest that has come; one with a month may lie ahead
 */
export function findDays(text: string, today: string): DaySpan[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [whole, month, day] = match
    const date =
      day === undefined ? addDays(today, named[whole] ?? 0) : latest(today, Number(day), Number(month ?? 0))
    return date === undefined ? [] : [{ start: match.index, end: match.index + whole.length, date }]
  })
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
