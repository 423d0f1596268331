// Words for a repetition by months, quarters and years: 每月25号, 每月最后一个工作日, 每季度末 (`domain.md` C7).

import { monthOf } from '../campaign/dates.ts'
import type { Repeat } from '../campaign/recurrence.ts'
import { dayWord } from './when-days.ts'
import { beforeEnd, daysBack } from './when-ends.ts'
import { numberOf, numeral } from './when-numbers.ts'
import { everyN, onceFollows, repeats, separator, unclear } from './when-repeats.ts'
import { weekdayCharacter, weekdayOfWord, weekWord } from './when-weekdays.ts'
import type { Rule, Word } from './when-words.ts'

const n = numeral
/** Source of 每月, 每两个月, 每隔一个月, with groups for 隔 and the number. */
const everyMonth = `每(隔?)(${n})?个?月份?的?`
const end = '(?:月?底|月?末|最后一天)'
const fromEnd = `倒数第?${n}天`
const item = `(?:${n}(?:号|日)?|${end}|${fromEnd})`
/** 1号16号 needs nothing between. */
const days = `((?:${item}${separator}|${n}[号日](?=${n}[号日]))*(?:${n}(?:${dayWord}|(?=[上下中]午|[早晚]|前|提醒|叫|喊|$))|${end}|${fromEnd}))`

const monthly = (list: number[], interval: number): Repeat => ({
  every: 'month',
  days: list,
  ...(interval > 1 && { interval }),
})

/** 1号、15号和最后一天 → 1, 15, -1; undefined when one of them is no day. */
function daysOf(list: string): number[] | undefined {
  const found = [...list.matchAll(new RegExp(`倒数第?(${n})天|(${n})|${end}`, 'g'))].map(([, back, day]) =>
    back ? -numberOf(back) : day ? numberOf(day) : -1,
  )
  if (found.some((day) => !(day >= -28 && day <= 31 && day !== 0))) return undefined
  const order = (day: number) => (day < 0 ? 40 + day : day)
  return [...new Set(found)].sort((a, b) => order(a) - order(b))
}

/** So many days before the end of a month; 每月底前三天 may also mean the last three days. */
function beforeLast(groups: string[], make: (list: number[]) => Repeat): Word | undefined {
  const back = daysBack(groups)
  if (!(back >= 0 && back < 28)) return undefined
  const isAmbiguous = Boolean(groups[0]) && back > 1
  if (!isAmbiguous)
    return { kind: 'repeat', repeat: make([-1 - back]), ...(back === 0 && { isEnd: true as const }) }
  const last = Array.from({ length: back }, (_, at) => at - back)
  return { kind: 'repeat', repeat: make([-1 - back]), doubt: 'month_end_days', others: [make(last)] }
}

const monthRules: Rule[] = [
  [
    `${everyMonth}${days}`,
    ([skip = '', number = '', list = '']) => {
      const found = daysOf(list)
      if (!found && /号|日/.test(list))
        return { kind: 'repeat', repeat: monthly([31], 1), doubt: 'no_such_day' }
      const word = found && everyN(skip, number, (interval) => monthly(found, interval))
      return word?.kind === 'repeat' && list.match(/^(?:月?底|月?末)$/) ? { ...word, isEnd: true } : word
    },
  ],
  [
    `(?:每逢|逢)${days}`,
    ([list = '']) => {
      const found = daysOf(list)
      const [day = 0] = found ?? []
      // 逢十: the 10th, or the 10th, 20th and 30th as markets are?
      if (found && !/[号日底末天]/.test(list)) {
        const each = [day, day + 10, day + 20].filter((one) => one <= 30)
        return unclear(monthly(day <= 10 ? each : found, 1), monthly(found, 1))
      }
      return found && repeats(monthly(found, 1))
    },
  ],
  [
    `${everyMonth}${end}${beforeEnd}`,
    ([skip = '', number = '', ...back]) => {
      if (skip || number) return undefined
      return beforeLast(back, (list) => monthly(list, 1))
    },
  ],
  [
    `${everyMonth}倒数第?(${n})天`,
    ([skip = '', number = '', day = '']) => {
      const back = numberOf(day)
      return back >= 1 && back <= 28
        ? everyN(skip, number, (interval) => monthly([-back], interval))
        : undefined
    },
  ],
  ['每个?月的?(?:最后一|倒数第一)个工作日', () => repeats({ every: 'month', lastWorkday: true })],
  ['每个?月的?(?:第一|头一)个工作日', () => repeats({ every: 'month', firstWorkday: true })],
  [
    `每个?月的?(?:第(${n})|最后一|倒数第一)个?的?${weekWord}(${weekdayCharacter})`,
    ([nth = '', weekday = '']) => {
      const which = nth ? numberOf(nth) : -1
      return which <= 5 ? repeats({ every: 'month', nth: which, weekday: weekdayOfWord(weekday) }) : undefined
    },
  ],
  [
    `每个?月的?(?:头一?|首)个?的?${weekWord}(${weekdayCharacter})`,
    ([weekday = '']) => repeats({ every: 'month', nth: 1, weekday: weekdayOfWord(weekday) }),
  ],
  [
    `${everyMonth}(?:第一天|头一天|1日)`,
    ([skip = '', number = '']) => everyN(skip, number, (interval) => monthly([1], interval)),
  ],
  ['每个?月的?月?初', () => unclear(monthly([1], 1))],
  [
    `每个?月的?最后(?!一)(${n})天`,
    ([number = '']) => {
      const count = numberOf(number)
      return count >= 2 && count <= 28
        ? repeats(
            monthly(
              Array.from({ length: count }, (_, at) => at - count),
              1,
            ),
          )
        : undefined
    },
  ],
  [
    `${everyMonth}(?!倒数|最后|[上中下]旬|第|头)`,
    ([skip = '', number = ''], { today }) => dayMissing(skip, number, today),
  ],
  [`(${n})个月${onceFollows}`, ([number = ''], { today }) => dayMissing('', number, today)],
  [
    `每隔?半个?月|半个?月${onceFollows}`,
    () => ({
      kind: 'repeat',
      repeat: monthly([1, 16], 1),
      doubt: 'half_monthly',
      others: [{ every: 'day', interval: 14 }],
    }),
  ],
]

function dayMissing(skip: string, number: string, today: string): Word | undefined {
  const word = everyN(skip, number, (interval) => monthly([Number(today.slice(8))], interval))
  return word?.kind === 'repeat' ? { ...word, doubt: 'unclear' } : undefined
}

/** A repetition of whole years or quarters begins in a month of its own. */
const from = (word: Word | undefined, anchor: string): Word | undefined =>
  word?.kind === 'repeat' ? { ...word, anchor } : undefined

const longRules: Rule[] = [
  [
    `每一?个?季度?的?(?:季?末|底|最后一天)${beforeEnd}`,
    (back, { today }) => {
      const word = beforeLast(back, (list) => monthly(list, 3))
      const isLast = daysBack(back) === 0
      return isLast
        ? { kind: 'repeat', repeat: { every: 'quarter' }, isEnd: true }
        : from(word, quarterEnd(today))
    },
  ],
  [
    '每一?个?季度?的?(?:第一天|季?初)',
    (_, { today }) => from(repeats(monthly([1], 3)), `${today.slice(0, 4)}-01-01`),
  ],
  ['每一?个?季度', () => unclear({ every: 'quarter' })],
  [
    `每年的?(?:年?底|年?末|最后一天)${beforeEnd}`,
    (back, { today }) => {
      const word = beforeLast(back, (list) => monthly(list, 12))
      const isLast = daysBack(back) === 0
      return isLast
        ? { kind: 'repeat', repeat: { every: 'year' }, isEnd: true }
        : from(word, `${today.slice(0, 4)}-12-01`)
    },
  ],
  [
    `每年的?(${n})月(?:份)?的?(?:(${n})${dayWord}|(?:月?底|最后一天))`,
    ([month = '', day = ''], { today }) => {
      const [at, which] = [numberOf(month), day ? numberOf(day) : -1]
      if (!(at >= 1 && at <= 12 && which <= 31 && which !== 0)) return undefined
      return from(repeats(monthly([which], 12)), `${today.slice(0, 4)}-${String(at).padStart(2, '0')}-01`)
    },
  ],
  ['每年', () => unclear({ every: 'year' })],
  ['每半年', (_, { today }) => unclear(monthly([Number(today.slice(8))], 6))],
]

/** A day in the last month of the quarter. */
function quarterEnd(today: string): string {
  const month = Math.floor(monthOf(today) / 3) * 3 + 2
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`
}

export const monthlyRules: Rule[] = [...monthRules, ...longRules]
