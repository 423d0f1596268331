// Words for a repetition by days and weeks: 每天, 每个工作日, 每周一三五, 隔周的周三, 连续三天 (`domain.md` C7).

import { mondayOf, weekdayOf } from '../campaign/dates.ts'
import type { Repeat } from '../campaign/recurrence.ts'
import { addDays } from '../clock.ts'
import { numberOf, numeral } from './when-numbers.ts'
import { weekdayCharacter, weekdayOfWord, weekWord } from './when-weekdays.ts'
import type { Rule, Word } from './when-words.ts'

const n = numeral
export const separator = '(?:[、,和及跟与]|以及|还有)'
/** 两天提醒一次 is every two days, 提醒 standing in the middle. */
export const onceFollows = '(?=(?:提醒|叫|喊|通知|报|开)?(?:我|大家|俺|所有人|全体|一下)?一[次回])'

export const repeats = (repeat: Repeat): Word => ({ kind: 'repeat', repeat })
/** In doubt: 每隔两天 is every third day by its words, and every second one for many people. */
export const unclear = (repeat: Repeat, ...others: Repeat[]): Word => ({
  kind: 'repeat',
  repeat,
  doubt: 'unclear',
  ...(others.length > 0 && { others }),
})

/** 每N, or 每隔N, which leaves N between. */
export function everyN(skip: string, number: string, make: (interval: number) => Repeat): Word | undefined {
  const count = number ? numberOf(number) : 1
  if (!(count >= 1 && count <= 400)) return undefined
  if (!skip) return repeats(make(count))
  return count === 1 ? repeats(make(2)) : unclear(make(count + 1), make(count))
}

const days = (interval: number): Repeat => ({ every: 'day', ...(interval > 1 && { interval }) })
const weeks = (weekdays: number[], interval = 1): Repeat => ({
  every: 'week',
  weekdays,
  ...(interval > 1 && { interval }),
})

const dayRules: Rule[] = [
  ['每一?天|每日|天天|日日|每个?(?=早上|晚上|上午|下午|中午|傍晚)|每(?=[早晚])', () => repeats(days(1))],
  [
    '(?:每天?个?的?|(?<![个一后前]))工作日(?:的)?(?:每天|每日|天天)?|每个?上班日|上班日(?:每天)?|(?:每天)?[(]?法定工作日[)]?',
    () => repeats({ every: 'workday' }),
  ],
  ['隔[天日](?:一次)?', () => repeats(days(2))],
  [`每(隔?)(${n})天`, ([skip = '', number = '']) => everyN(skip, number, days)],
  [`(${n})天${onceFollows}`, ([number = '']) => everyN('', number, days)],
]

const one = `(?:${weekdayCharacter})`
const next = `${one}(?![点时十楼层号室个名人组条项份期])`
const listed = `(${one}(?:(?:${separator}(?:${weekWord})?|${weekWord})${next})*)`
/** 一三五 without anything between: where it ends in one of these, no noun begins with its last number. */
const ends =
  '(?=[早晚]|[上中下]午|凌晨|傍晚|\\d|十|[一二两三四五六七八九]点|[\\s,、的前和及跟与;]|$|提醒|通知|叫|喊|都|各|报|交|开[展会]|巡|值|召|大家|我|例会|之前|以前|到)'
const run = `(${one}(?:${separator}?(?:${weekWord})?${next})+)${ends}`
const weekdaysOf = (list: string) =>
  [...new Set([...list.matchAll(/[一二三四五六日天1-7]/g)].map(([word]) => weekdayOfWord(word)))].sort(
    (a, b) => a - b,
  )

const weekly = `(?:每一?个?|逢|每逢)${weekWord}的?(?!${n}[个份篇期条])(?:${weekWord})?`
/** Numbers next to each other go up. */
const isInOrder = (list: string) =>
  [...list.matchAll(/[一二三四五六日天1-7](?=[一二三四五六日天1-7])/g)].every(
    ({ index }) => weekdayOfWord(list.charAt(index)) < weekdayOfWord(list.charAt(index + 1)),
  )

const weekRules: Rule[] = [
  [`${weekly}${run}`, ([list = '']) => (isInOrder(list) ? repeats(weeks(weekdaysOf(list))) : undefined)],
  // 每周一三会一课: is it Mondays, or Mondays and Wednesdays? 每周六三捡三提 is plain.
  [
    `${weekly}(${one})(?=(${next}))`,
    ([first = '', second = '']) => {
      const both = weekdaysOf(first + second)
      return isInOrder(first + second) ? unclear(weeks(weekdaysOf(first)), weeks(both)) : undefined
    },
  ],
  // 一三五晚上, 二四六早上: every week, as everybody says it.
  [
    `(?<![\\d${'一二三四五六七八九十周期拜第月'}])(一三五|二四六|一二三四五)(?:的)?(?=[早晚]|[上下中]午|傍晚|提醒)`,
    ([list = '']) => repeats(weeks(weekdaysOf(list))),
  ],
  [`${weekly}${listed}`, ([list = '']) => repeats(weeks(weekdaysOf(list)))],
  [
    `(每个?)?${weekWord}(${one})(?:到|至|-|~)(?:${weekWord})?(${one})(?:的)?(每天|每日|天天)?`,
    ([every = '', first = '', last = '', daily = ''], { today }) => {
      const [from, to] = [weekdayOfWord(first), weekdayOfWord(last)]
      const list = [1, 2, 3, 4, 5, 6, 7].filter((day) => day >= from && day <= to)
      if (list.length === 0) return undefined
      if (every || daily || from === 1) return repeats(weeks(list))
      // 周三到周五: these three days, or every week?
      const inWeek = addDays(mondayOf(today), from - 1)
      const anchor = inWeek < today ? addDays(inWeek, 7) : inWeek
      const until = addDays(anchor, to - from)
      return {
        ...{ kind: 'repeat', repeat: { every: 'day', until }, anchor, doubt: 'unclear' },
        others: [weeks(list)],
      }
    },
  ],
  [
    `(?:每(隔?)(${n})个?${weekWord}|(隔)(?:一个?)?${weekWord})(?:的)?(?:${weekWord})?${listed}`,
    ([skip = '', number = '', other = '', list = '']) =>
      everyN(skip || other, number, (interval) => weeks(weekdaysOf(list), interval)),
  ],
  ['每个?周末', () => unclear(weeks([6]), weeks([6, 7]))],
  [
    `(?:每(隔?)(${n})?个?|(隔))${weekWord}(?:一次)?`,
    ([skip = '', number = '', other = ''], { today }) => weekdayMissing(skip || other, number, today),
  ],
  [`(${n})个?${weekWord}${onceFollows}`, ([number = ''], { today }) => weekdayMissing('', number, today)],
]

function weekdayMissing(skip: string, number: string, today: string): Word | undefined {
  const word = everyN(skip, number, (interval) => weeks([weekdayOf(today)], interval))
  return word?.kind === 'repeat' ? { ...word, doubt: 'unclear', lacksWeekday: true } : undefined
}

const most = 999
const counted = (number: string, days?: number): Word | undefined => {
  const count = numberOf(number)
  if (!(count >= 1 && count <= most)) return undefined
  return days ? { kind: 'count', days: count * days } : { kind: 'count', times: count }
}

const countRules: Rule[] = [
  [`(?:一共|总共|共计|合计|共|连续|连着)(?:提醒|叫|喊)?(${n})[次回遍]`, ([number = '']) => counted(number)],
  [`(?:连续|连着|接下来|未来|今后|接连)的?(${n})个?${weekWord}`, ([number = '']) => counted(number, 7)],
  [`(?:连续|连着|接下来|未来|今后|接连)的?(${n})天`, ([number = '']) => counted(number, 1)],
]

export const repeatRules: Rule[] = [...dayRules, ...weekRules, ...countRules]
