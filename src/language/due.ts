// Days as they are said of visits, shifts and findings: 昨天, 下周三夜里, 限3天整改, 本周五前改完 (`domain.md` C7, C9). Pure.
import type { Calendar } from '../campaign/calendar.ts'
import { addDays, dateOf } from '../clock.ts'
import { findDays } from './days.ts'
import { findWhen } from './when.ts'
import { numeral } from './when-numbers.ts'

export interface SaidDay {
  /** `YYYY-MM-DD` */
  date: string
  /** The day is over, is not in the calendar, or may be another one: it is asked about. */
  isDoubtful: boolean
}
export interface Due extends SaidDay {
  start: number
  end: number
}

const week = '(?:周|星期|礼拜)'
const n = numeral
const day = [
  '(?:大后|后|明|今|当)[天日儿晚]',
  `(?:下下|下|这|本)?个?${week}[一二三四五六日天末1-7]`,
  `(?:${n}月(?:份)?)?${n}[日号](?!楼|院|问题|隐患)`,
  `(?:下个?|这个?|本)?月[底末中]`,
  '(?:下个?|这个?|本)(?:周|星期|礼拜|月)',
  `(?:${n}|半)个?(?:工作日|小时|天|日|周|星期|礼拜|月)`,
  '年底|年前|春节前|节前|元旦',
].join('|')
const fixing =
  '(?:整改|改|清|处理|处置|解决|搞定|弄|完成|落实|拆|修|换|搬|补|装|销号|反馈|报结果|到位|见效|办结)'
const ask = '(?:必须|务必|一定|一定要|要求|责令|责成|全部|都|给我|就|就得|得|要|须|应|内|之前|,|\\s){0,4}'
/** A day is a due date when it is limited (限), ends (前, 内), or something is to be put right by it. */
const dues = [
  `(?:限期?|限时|限于|限定|期限)(?:是|为|:|在|于|到|至|\\s)*(${day})(?:之?前|以前|之?内|以内|里)?(?:${ask}${fixing}[完好掉正成毕]?(?:到位|完毕)?)?`,
  `(?:${ask})(${day})(?:下班|晚上|上午|中午|下午)?(?:之前|以前|前|之内|以内|内|里)(?:${ask}${fixing}[完好掉正成毕]?(?:到位|完毕|完)?)?`,
  `(${day})(?:下班|晚上|上午|中午|下午)?${ask}${fixing}[完好掉正成毕]?(?:到位|完毕|完)?`,
  `(?<=[,，\\s])(${n}(?:天|个?工作日|周))(?=[\\s,，。]*$)`,
  `(立即|立刻|马上|当场|即刻|立马)${ask}${fixing}[完好掉正成毕]?(?:到位|完毕)?`,
].map((source) => new RegExp(source))
const atOnce = /^(?:立|马|当场|即刻)/
const startsWithNumber = new RegExp(`^(?:${n}|半)个?`)
const isLength = /(?:工作日|小时|[天日周]|星期|礼拜|个月)$/

/** 限5日, 5日内 are five days; 5日前 is a date. */
function lengthOf(said: string, whole: string): string | undefined {
  if (!startsWithNumber.test(said) || !isLength.test(said)) return undefined
  if (said.endsWith('日') && (/前/.test(whole) || !/限|内/.test(whole))) return undefined
  return `${said.replace(/日$/, '天')}内`
}

/** By when something is to be put right; undefined when nothing is said of it. */
export function dueIn(text: string, now: Date, calendar: Calendar): Due | undefined {
  for (const pattern of dues) {
    const found = pattern.exec(text)
    const said = found?.[1]
    if (!found || !said) continue
    const span = { start: found.index, end: found.index + found[0].length }
    if (atOnce.test(said) || /^(?:今|当)/.test(said)) return { date: dateOf(now), isDoubtful: false, ...span }
    const read = dayIn(lengthOf(said, found[0]) ?? said, now, calendar)
    if (read) return { ...read, ...span }
  }
  return undefined
}

const hours = /夜里|夜间|夜班|半夜|凌晨|晚上|晚班|早班|白班|白天|早上|上午|中午|下午|傍晚/g

/** The day that a sentence names, whatever the hour; 下周三夜里 is Wednesday. */
export function dayIn(said: string, now: Date, calendar: Calendar): SaidDay | undefined {
  const today = dateOf(now)
  const text = said
    .replace(/今(?:儿个?|晚|夜|个(?!月))/g, '今天')
    .replace(/明(?:儿个?|晚|夜|个)/g, '明天')
    .replace(/昨(?:儿个?|晚|夜|个)/g, '昨天')
    .replace(/前儿个?/g, '前天')
    .replace(/后儿个?/g, '后天')
    .replace(hours, ' ')
  if (/今[天日]|当天/.test(text)) return { date: today, isDoubtful: false }
  const past = /大前[天]|前天|昨[天日]/.exec(text)?.[0]
  if (past)
    return { date: addDays(today, past.startsWith('大') ? -3 : past === '前天' ? -2 : -1), isDoubtful: false }
  const when = findWhen(text, now, calendar)
  if (!when || !('date' in when.schedule.on)) return undefined
  const { date } = when.schedule.on
  return { date, isDoubtful: date < today || (when.doubt !== undefined && when.doubt !== 'when_to_remind') }
}

/** Whether something is to be done by then; 昨天整改完了 and 12号整改完成 tell what is done. */
export function isDemanded(text: string): boolean {
  const [limit, end, ...plain] = dues
  if (limit?.test(text) || end?.test(text)) return true
  return plain.some((pattern) => {
    const found = pattern.exec(text)
    if (!found || /已/.test(found[0]) || /^[了啦咯嘞咧]/.test(text.slice(found.index + found[0].length)))
      return false
    return !(found.index === 0 && /^\d+号$/.test(found[1] ?? ''))
  })
}

/** The day of something that is over: 21号 is the last one. */
export function pastDayIn(text: string, now: Date, calendar: Calendar): string | undefined {
  const today = dateOf(now)
  const named = dayIn(text, now, calendar)?.date
  if (named !== undefined && named <= today) return named
  return findDays(text, today).find(({ date }) => date <= today)?.date
}
