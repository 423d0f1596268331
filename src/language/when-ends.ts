// Days that a period gives: 月底, 月底前三天, 季度末, 年底, 本周内, 这个月最后一个工作日, 下周 (`domain.md` C7).
import { workdayOnOrAfter } from '../campaign/calendar.ts'
import { dayOf, mondayOf, monthOf, nthWeekday } from '../campaign/dates.ts'
import { workdayOf } from '../campaign/recurrence-dates.ts'
import { addDays } from '../clock.ts'
import { monthOfWords, monthWord, yearOf } from './when-days.ts'
import { numberOf, numeral } from './when-numbers.ts'
import { weekdayCharacter, weekdayOfWord, weekWord } from './when-weekdays.ts'
import type { Resolve, Rule, Word } from './when-words.ts'

const n = numeral
/** Source of what may follow 月底: so many days before it, or counted from its end. */
export const beforeEnd = `(?:的?(?:之|以)?前(?:的)?(${n})天|的?倒数第?(${n})天)?`

/** Days back from the last day. 月底前三天 may also mean the last three days, and is asked about. */
export function daysBack([before = '', fromEnd = '']: string[]): number {
  if (fromEnd) return numberOf(fromEnd) - 1
  return before ? numberOf(before) : 0
}

/** @param lastDay of the period, or of a later one: 月底 said at its very end is the next month's */
function end(groups: string[], lastDay: (later: number) => string, isOpen: boolean): Word | undefined {
  const back = daysBack(groups)
  if (!(back >= 0 && back < 28)) return undefined
  const isAmbiguous = Boolean(groups[0]) && back > 1
  const resolve: Resolve = (isFuture) => {
    const last = isOpen && !isFuture(addDays(lastDay(0), -back)) ? lastDay(1) : lastDay(0)
    const date = addDays(last, -back)
    return isAmbiguous
      ? { date, doubt: 'month_end_days', orDaily: { from: addDays(date, 1), until: last } }
      : { date }
  }
  return { kind: 'date', resolve, ...(back === 0 && { isEnd: true as const }) }
}

const endRules: Rule[] = [
  [
    `(?:${monthWord}月?|月)(?:底|末(?!位)|最后一天)${beforeEnd}`,
    ([year = '', number = '', word = '', ...back], { today }) => {
      if (!number && !word && !year) return end(back, (later) => dayOf(monthOf(today) + later, -1), true)
      const found = monthOfWords([year, number, word], today)
      const isOver = found?.open && dayOf(found.month, -1) < today
      return found && end(back, (later) => dayOf(found.month + later * 12, -1), Boolean(isOver))
    },
  ],
  [
    `(?:(\\d{4}年|[今明后]年)(?:的?年)?|(?<![\\d每今明后])年)(?:的)?(?:底|末|最后一天)${beforeEnd}`,
    ([year = '', ...back], { today }) => {
      const which = year ? yearOf(year, today) : Number(today.slice(0, 4))
      return end(back, (later) => `${which + later}-12-31`, !year)
    },
  ],
  [
    `(这个?|本|下个?|第?[一二三四1-4]|)季度?(?:的)?(?:底|末|最后一天)${beforeEnd}`,
    ([which = '', ...back], { today }) => {
      const quarter = Math.floor(monthOf(today) / 3)
      const number = numberOf(which.replace('第', ''))
      const chosen =
        number >= 1 ? quarter - (quarter % 4) + number - 1 : quarter + (which.startsWith('下') ? 1 : 0)
      const years = number >= 1
      return end(
        back,
        (later) => dayOf((chosen + later * (years ? 4 : 1)) * 3 + 2, -1),
        which === '' || years,
      )
    },
  ],
]

const insideRules: Rule[] = [
  [
    '(这个?|本|下个?)(?:周|星期|礼拜)(?=之内|以内|内)',
    (groups, { today }) => on(addDays(mondayOf(today), groups[0]?.startsWith('下') ? 13 : 6)),
  ],
  [
    '(这个?|本|下个?|)月(?:份)?(?=之内|以内|内)',
    (groups, { today }) => on(dayOf(monthOf(today) + (groups[0]?.startsWith('下') ? 1 : 0), -1)),
  ],
  [
    '(?:这个?|本)季度?(?=之内|以内|内)',
    (_, { today }) => on(dayOf(Math.floor(monthOf(today) / 3) * 3 + 2, -1)),
  ],
  ['(?:今|本|)年度?(?=之内|以内|内)', (_, { today }) => on(`${today.slice(0, 4)}-12-31`)],
]
const on = (date: string): Word => ({ kind: 'date', resolve: () => ({ date }) })

const nthRules: Rule[] = [
  [
    `${monthWord}(第一|最后一|倒数第一)个工作日`,
    ([year = '', number = '', word = '', which = ''], { today, calendar }) => {
      const found = monthOfWords([year, number, word], today)
      return found && on(workdayOf(found.month, which === '第一' ? 1 : -1, calendar))
    },
  ],
  [
    `${monthWord}(第(${n})|最后一|倒数第一)个?(?:的)?${weekWord}(${weekdayCharacter})`,
    ([year = '', number = '', word = '', , nth = '', weekday = ''], { today }) => {
      const found = monthOfWords([year, number, word], today)
      const date = found && nthWeekday(found.month, nth ? numberOf(nth) : -1, weekdayOfWord(weekday))
      return date ? on(date) : undefined
    },
  ],
]

const nextWorkday: Rule = [
  '下一?个工作日',
  (_, { today, calendar }) => on(workdayOnOrAfter(calendar, addDays(today, 1))),
]

const vague = (date: string): Word => ({
  kind: 'date',
  vague: true,
  resolve: () => ({ date, doubt: 'unclear' }),
})

/** No day yet. It is asked about, with a first guess. */
const wholeMonth: Rule = [
  `(?:(?<=[到至])${monthWord}(?![底末初中]|最后)|${monthWord}(?=为止|止|结束))`,
  (groups, { today }) => {
    const found = monthOfWords(groups[0] || groups[1] || groups[2] ? groups : groups.slice(3), today)
    const last = found && dayOf(found.month + (found.open && dayOf(found.month, -1) < today ? 12 : 0), -1)
    return last === undefined ? undefined : vague(last)
  },
]

const vagueRules: Rule[] = [
  ['(?:这个?|本)周末', (_, { today }) => vague(addDays(mondayOf(today), 5))],
  ['周末', (_, { today }) => vague(addDays(mondayOf(addDays(today, 2)), 5))],
  ['下个?周末', (_, { today }) => vague(addDays(mondayOf(today), 12))],
  ['下个?(?:周|星期|礼拜)', (_, { today }) => vague(addDays(mondayOf(today), 7))],
  ['下个?月(?:初(?![一二三四五六七八九十])|份)?', (_, { today }) => vague(dayOf(monthOf(today) + 1, 1))],
  [
    '(?<![腊正冬])(?:这个|本)?月初(?![一二三四五六七八九十])',
    (_, { today }) => vague(dayOf(monthOf(today) + 1, 1)),
  ],
  [
    '(?<!每个?)(?:这个|本)?月中(?:旬)?',
    (_, { today }) => vague(dayOf(monthOf(today) + (today.slice(8) > '15' ? 1 : 0), 15)),
  ],
  ['明年(?:年?初)?|年初', (_, { today }) => vague(`${Number(today.slice(0, 4)) + 1}-01-01`)],
]

export const endingRules: Rule[] = [
  ...endRules,
  ...insideRules,
  ...nthRules,
  nextWorkday,
  wholeMonth,
  ...vagueRules,
]
