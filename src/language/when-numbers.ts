// Numbers and durations inside time words: 两个半小时, 一刻钟, 三天, 半个月, 二〇二七.
import { findNumbers } from './numerals.ts'

/** Source of a whole number in digits or characters. */
export const numeral = '(?:\\d+|[零〇一二两俩三仨四五六七八九十]+)'

/** @returns NaN for characters that are no number */
export function numberOf(text: string): number {
  const [only, ...more] = findNumbers(text)
  const digitByDigit = /^[零〇][一二三四五六七八九]$/.test(text) ? text.slice(1) : undefined
  if (digitByDigit) return numberOf(digitByDigit)
  return only && more.length === 0 && only.start === 0 && only.end === text.length
    ? Number(only.value)
    : Number.NaN
}

/** Minutes are exact; days, months and workdays are calendar arithmetic. */
export type Duration = { minutes: number } | { days: number } | { workdays: number } | { months: number }

const hours = '(?:小时|钟头)'
const n = numeral

/** Source of a duration without groups; longer forms first. 两天一夜 and 半天 are none. */
export const duration = `(?:${[
  `半个?${hours}`,
  `${n}个半${hours}`,
  `\\d+\\.5个?${hours}`,
  `${n}个?${hours}(?:半|零?${n}分钟?)?`,
  `${n}刻钟?`,
  `${n}分钟?`,
  `${n}个工作日`,
  `半个月|${n}个半月|半年`,
  `${n}个月|${n}年`,
  `${n}个?(?:周|星期|礼拜)`,
  `${n}天(?!半)|${n}日`,
].join('|')})`

const readings: [RegExp, (first: number, second: number) => Duration][] = [
  [new RegExp(`^半个?${hours}$`), () => ({ minutes: 30 })],
  [new RegExp(`^(${n})个半${hours}$`), (count) => ({ minutes: count * 60 + 30 })],
  [new RegExp(`^(\\d+)\\.5个?${hours}$`), (count) => ({ minutes: count * 60 + 30 })],
  [new RegExp(`^(${n})个?${hours}半$`), (count) => ({ minutes: count * 60 + 30 })],
  [
    new RegExp(`^(${n})个?${hours}(?:零?(${n})分钟?)?$`),
    (count, more) => ({ minutes: count * 60 + (more || 0) }),
  ],
  [new RegExp(`^(${n})刻钟?$`), (count) => ({ minutes: count * 15 })],
  [new RegExp(`^(${n})分钟?$`), (count) => ({ minutes: count })],
  [new RegExp(`^(${n})个工作日$`), (count) => ({ workdays: count })],
  [/^半个月$/, () => ({ days: 15 })],
  [/^半年$/, () => ({ months: 6 })],
  [new RegExp(`^(${n})个月$`), (count) => ({ months: count })],
  [new RegExp(`^(${n})年$`), (count) => ({ months: count * 12 })],
  [new RegExp(`^(${n})个?(?:周|星期|礼拜)$`), (count) => ({ days: count * 7 })],
  [new RegExp(`^(${n})[天日]$`), (count) => ({ days: count })],
]
/** Nobody means a longer one, and dates must stay dates. */
const mostMonths = 120

/** @param text what `duration` matched; undefined = no length that anybody means */
export function durationOf(text: string): Duration | undefined {
  for (const [pattern, read] of readings) {
    const match = pattern.exec(text)
    if (!match) continue
    const found = read(numberOf(match[1] ?? ''), match[2] ? numberOf(match[2]) : 0)
    const [amount = Number.NaN] = Object.values(found) as number[]
    const most = { minutes: mostMonths * 43_200, days: mostMonths * 30, workdays: 500, months: mostMonths }
    const [unit = 'days'] = Object.keys(found) as (keyof typeof most)[]
    return amount > 0 && amount <= most[unit] ? found : undefined
  }
  return undefined
}
