// Weekdays: 周五 is the next one, 下周五 that of the next calendar week, 周六日 are two (`domain.md` C7 Sunday rule).
import { mondayOf } from '../campaign/dates.ts'
import { addDays } from '../clock.ts'
import type { Rule } from './when-words.ts'

export const weekdayOfWord = (word: string) =>
  word === '天' ? 7 : '一二三四五六日'.indexOf(word) + 1 || Number(word)
/** Source of a weekday's character; 周日志 and 周一次 hold none. */
export const weekdayCharacter =
  '(?:[一二三四五六天](?![次趟回遍])|日(?![志报程常])|[1-7](?![\\d个次天月年人点:.]))'
export const weekWord = '(?:周|星期|礼拜)'

const weeksAway: Record<string, number> = { 上上: -2, 上: -1, 这: 0, 本: 0, 下: 1, 下下: 2 }

/** 周六日值班, 周一三早上: two days, of which it has to be asked. 周一二楼开会 is one. */
const behindDays = '(?=[早晚]|[上中下]午|提醒|叫|喊|都|两天|\\d|[\\s,]|$|值班|休息|加班)'
const twoDays = `${weekWord}([一二三四五六])([二三四五六日])${behindDays}`

export const weekdayRules: Rule[] = [
  [
    `(?<!每)${twoDays}`,
    ([first = '', second = ''], { today }) => {
      const next = (word: string, isFuture: (date: string) => boolean) => {
        const date = addDays(mondayOf(today), weekdayOfWord(word) - 1)
        return isFuture(date) ? date : addDays(date, 7)
      }
      if (weekdayOfWord(second) <= weekdayOfWord(first)) return undefined
      return {
        kind: 'date',
        resolve: (isFuture) => ({
          date: next(first, isFuture),
          doubt: 'unclear',
          others: [next(second, isFuture)],
        }),
      }
    },
  ],
  [
    `(上上|上|下下|下|这|本)个?${weekWord}([一二三四五六](?:[、和]?[二三四五六日天])+)${behindDays}`,
    ([which = '', list = ''], { today }) => {
      const days = [...list.replaceAll(/[、和]/g, '')].map(weekdayOfWord)
      if (days.some((day, at) => at > 0 && day <= (days[at - 1] ?? 0))) return undefined
      const monday = addDays(mondayOf(today), (weeksAway[which] ?? 0) * 7)
      const [date = monday, ...others] = days.map((day) => addDays(monday, day - 1))
      return { kind: 'date', resolve: () => ({ date, doubt: 'unclear', others }) }
    },
  ],
  [
    `(上上|上|下下|下|这|本)个?${weekWord}的?${weekWord}?(${weekdayCharacter})`,
    ([which = '', word = ''], { today }) => {
      const date = addDays(mondayOf(today), (weeksAway[which] ?? 0) * 7 + weekdayOfWord(word) - 1)
      return { kind: 'date', resolve: () => ({ date }) }
    },
  ],
  [
    `(?<!每|(?<![周期拜])[\\d一二两三四五六七八九十半几])${weekWord}(${weekdayCharacter})`,
    ([word = ''], { today }) => {
      const weekday = weekdayOfWord(word)
      const date = addDays(mondayOf(today), weekday - 1)
      return {
        kind: 'date',
        weekday,
        resolve: (isFuture) => ({ date: date >= today && isFuture(date) ? date : addDays(date, 7) }),
      }
    },
  ],
]
