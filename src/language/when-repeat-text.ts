// A repetition in words: 每周一、三, 每月最后一个工作日, 每季度末 (`domain.md` C7).
import { monthOf } from '../campaign/dates.ts'
import type { Repeat } from '../campaign/recurrence.ts'

const weekdays = '一二三四五六日'
const numbers = '一二三四五'

/** @param from tells the month of a repetition by years: 每年12月1日 */
export function repeatText(repeat: Repeat, from: string): string {
  switch (repeat.every) {
    case 'day':
      return interval(repeat) > 1 ? `每${interval(repeat)}天` : '每天'
    case 'workday':
      return '每个工作日'
    case 'week': {
      const days = repeat.weekdays.map((weekday) => weekdays.charAt(weekday - 1)).join('、')
      return interval(repeat) > 1 ? `每${interval(repeat)}周的周${days}` : `每周${days}`
    }
    case 'quarter':
      return '每季度末'
    case 'year':
      return '每年年底'
    case 'month':
      return monthText(repeat, from)
  }
}

function monthText(repeat: Extract<Repeat, { every: 'month' }>, from: string): string {
  if ('lastWorkday' in repeat) return '每月最后一个工作日'
  if ('firstWorkday' in repeat) return '每月第一个工作日'
  if ('nth' in repeat) {
    const which = repeat.nth < 0 ? '最后一个' : `第${numbers.charAt(repeat.nth - 1)}个`
    return `每月${which}周${weekdays.charAt(repeat.weekday - 1)}`
  }
  const texts = repeat.days.map(dayText)
  const days = [texts.slice(0, -1).join('、'), texts.at(-1)].filter((part) => part !== '').join('和')
  const month = (monthOf(from) % 12) + 1
  const [only, ...more] = repeat.days
  const fromEnd = only !== undefined && only < 0 && more.length === 0
  if (interval(repeat) === 1) return `每月${days}`
  if (interval(repeat) === 12)
    return fromEnd && month === 12 && only < -1 ? `每年年底${days}` : `每年${month}月${days}`
  if (interval(repeat) === 3 && fromEnd && month % 3 === 0) return `每季度末${days}`
  if (interval(repeat) === 3 && only === 1 && more.length === 0 && month % 3 === 1) return '每季度第一天'
  return `每${interval(repeat)}个月的${days}`
}

/** 25日, 最后一天, 倒数第4天 */
const dayText = (day: number) => (day > 0 ? `${day}日` : day === -1 ? '最后一天' : `倒数第${-day}天`)

/** How many days, weeks or months lie between two of them. */
const interval = (repeat: Repeat) => ('interval' in repeat ? (repeat.interval ?? 1) : 1)

/** Whether the words tell the phase: 每季度末 does, 每3个月的25日 needs a date to begin with. */
export function tellsItsPhase(repeat: Repeat, from: string): boolean {
  return interval(repeat) === 1 || /^每(?:年|季度)/.test(repeatText(repeat, from))
}
