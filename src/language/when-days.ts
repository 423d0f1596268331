// Words for one day: 明天, 下周五, 三天后, 12月1号, 25号, 11.27 (`domain.md` C7 Sunday rule).
import { dayOf, monthOf } from '../campaign/dates.ts'
import { addDays, dateOf, daysBetween } from '../clock.ts'
import { duration, durationOf, numberOf, numeral } from './when-numbers.ts'
import { weekdayRules } from './when-weekdays.ts'
import type { Resolve, Rule, Setting, Word } from './when-words.ts'

const n = numeral
const fixed = (date: string): Word => ({ kind: 'date', resolve: () => ({ date }) })

const named: [string, number][] = [
  ['大后天|大后儿', 3],
  ['后天|后日|后儿个?|后(?=晚)', 2],
  ['明天|明日|明儿个?|明(?=[早晚])', 1],
  ['今天|今日|今儿个?|今(?=[早晚夜])', 0],
  ['昨天|昨日|昨儿个?|昨(?=[晚夜])', -1],
  ['大前天', -3],
  ['(?<!会|之|以|年|节|号|日|天|点)前天|(?<![号日天点])前日', -2],
]
/** Until then, people who are still awake may call the coming day 明天. */
const nightEnds = 4

const namedRules = named.map(
  ([words, days]): Rule => [
    words,
    (_, { today, now }) => {
      const date = addDays(today, days)
      const isNight = (now.getTime() / 3600_000 + 8) % 24 < nightEnds
      if (days !== 1 || !isNight) return fixed(date)
      return { kind: 'date', resolve: () => ({ date, doubt: 'unclear', others: [today] }) }
    },
  ],
)

/** Source of a year or nothing, with one group. */
export const yearWord = '(?:(今年|本年|明年|后年|去年|\\d{4}年|[一二][零〇一二三四五六七八九]{3}年)的?)?'
/** Source of a month, with groups for year, number and word. */
export const monthWord = `${yearWord}(?:(${n})月份?|(上个?月|下下个?月|下个?月|这个?月|本月|当月)份?)的?`

export function yearOf(word: string, today: string): number {
  const away = ['去年', '今年', '明年', '后年'].indexOf(word.replace('本', '今')) - 1
  return away >= -1 ? Number(today.slice(0, 4)) + away : numberOf(word.replace('年', ''))
}

/** @returns the month as `monthOf` counts; `open` when no year was said */
export function monthOfWords(
  [year = '', number = '', word = '']: string[],
  today: string,
): { month: number; open: boolean } | undefined {
  if (word) {
    const away = word.startsWith('下下') ? 2 : word.startsWith('下') ? 1 : word.startsWith('上') ? -1 : 0
    return year ? undefined : { month: monthOf(today) + away, open: false }
  }
  const month = numberOf(number)
  if (!(month >= 1 && month <= 12)) return undefined
  return { month: yearOf(year || '今年', today) * 12 + month - 1, open: !year }
}

/** A year that was not said is the next one, unless the day is over for less than half a year: then it is asked. */
export const inNearestYear =
  (dateIn: (yearsAhead: number) => string, today: string): Resolve =>
  (isFuture) => {
    const [date, next] = [dateIn(0), dateIn(1)]
    if (isFuture(date)) return { date }
    return daysBetween(date, today) > 183 ? { date: next } : { date, others: [next] }
  }

function dayInMonth(month: number, day: number, open: boolean, today: string): Word | undefined {
  if (!(day >= 1 && day <= 31)) return undefined
  const date = dayOf(month, day)
  const absolute = open ? { absolute: true as const } : {}
  const doubt = Number(date.slice(8)) === day ? {} : { doubt: 'no_such_day' as const }
  const nearest = open ? inNearestYear((years) => dayOf(month + years * 12, day), today) : () => ({ date })
  return { kind: 'date', ...absolute, resolve: (isFuture) => ({ ...nearest(isFuture), ...doubt }) }
}

/** A day alone: the next one. A month that lacks it is asked about. */
function dayAlone(day: number, today: string): Word | undefined {
  if (!(day >= 1 && day <= 31)) return undefined
  const resolve: Resolve = (isFuture, month) => {
    let at = month ?? monthOf(today)
    if (month === undefined && !isFuture(dayOf(at, day))) at++
    const date = dayOf(at, day)
    if (Number(date.slice(8)) === day) return { date }
    return { date, doubt: 'no_such_day', others: [dayOf(at + 1, day)] }
  }
  return { kind: 'date', resolve }
}

/** 3号楼, 5号文件 and 日常 are no days. */
export const dayWord = '(?:号(?![楼院线门库厅桌机馆文令店仓车]|会议|社区|小区|地块|工地)|日(?![常志程语均]))'
const digits = '(?<![\\d.:/-])(?:(\\d{4})[-./])?(1[0-2]|0?[1-9])'
const dayDigits = '(3[01]|[12]\\d|0?[1-9])'
/** 3.5万, 3-5个, 3/4: numbers, not days. */
const noNumber = '(?![\\d.:/%万亿元个家人名户次天点号月年分小米亩倍版楼条项-])'
const aheadOfTime = '(?=\\s?(?:$|[前之以上下中早晚]|提醒|截止|叫我|喊|\\d{1,2}[:点]))'

const noSuchDay = (today: string): Word => ({
  kind: 'date',
  resolve: () => ({ date: addDays(today, -1), doubt: 'no_such_day' }),
})
/** 三十二号 holds no 十二号. */
const wholeNumeral = '(?<![二三四五六七八九](?=十))(?<!十(?=[一二三四五六七八九]))'

const dateRules: Rule[] = [
  [
    `${monthWord}(${n})(?:${dayWord}|(?=[上下中]午|[早晚]|前|之前|提醒|\\s|$))`,
    ([year = '', number = '', word = '', day = ''], { today }) => {
      const found = monthOfWords([year, number, word], today)
      // 13月5号: nothing near it is offered in its place.
      if (!found && numberOf(number) > 12) return noSuchDay(today)
      return found && dayInMonth(found.month, numberOf(day), found.open, today)
    },
  ],
  [
    `(?<![\\d第.a-zA-Z#-])${wholeNumeral}(${n})${dayWord}`,
    ([day = ''], { today }) => dayAlone(numberOf(day), today),
  ],
  ...[
    `${digits}[.-]${dayDigits}(?:${dayWord}|${noNumber})`,
    `${digits}/${dayDigits}${noNumber}${aheadOfTime}`,
  ].map(
    (pattern): Rule => [
      pattern,
      ([year = '', month = '', day = ''], { today }) => {
        const found = monthOfWords([year && `${year}年`, month], today)
        return found && dayInMonth(found.month, Number(day), found.open, today)
      },
    ],
  ),
]

/** 三天后, 过半小时, 3个工作日内; 过两天 is said of any few days. */
function later(text: string, { now, today, calendar }: Setting): Word | undefined {
  const length = durationOf(text)
  if (!length) return undefined
  if ('minutes' in length) {
    const at = now.getTime() + length.minutes * 60_000
    return { kind: 'moment', at: new Date(Math.round(at / 60_000) * 60_000) }
  }
  if ('months' in length) return fixed(dayOf(monthOf(today) + length.months, Number(today.slice(8))))
  if ('days' in length) return fixed(addDays(today, length.days))
  let date = dateOf(now)
  for (let left = length.workdays; left > 0; ) {
    date = addDays(date, 1)
    if (calendar.isWorkday(date)) left--
  }
  return fixed(date)
}

const laterRules: Rule[] = [
  [
    `(?:再?过|等|未来|今后)?(${duration})(?:之后|以后|过后|后(?!天)|(?=之内|以内|内))`,
    ([text = ''], setting) => later(text, setting),
  ],
  [`(?<!通|经|超|不)(?:再过|过)(?!两天)(${duration})`, ([text = ''], setting) => later(text, setting)],
  [
    '(?:再过|过)两天',
    (_, { today }) => ({ kind: 'date', resolve: () => ({ date: addDays(today, 2), doubt: 'unclear' }) }),
  ],
]

export const dayRules: Rule[] = [...namedRules, ...weekdayRules, ...dateRules, ...laterRules]
