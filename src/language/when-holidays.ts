// Holidays and the days around them: 元旦, 国庆前三天, 节前一天, 节后第一天. Lunar dates as such are not read.
import chineseDays from 'chinese-days'
import { type Calendar, workdayBefore, workdayOnOrAfter } from '../campaign/calendar.ts'
import { weekdayOf } from '../campaign/dates.ts'
import { addDays } from '../clock.ts'
import { yearOf, yearWord } from './when-days.ts'
import { numberOf, numeral } from './when-numbers.ts'
import type { Rule, Word } from './when-words.ts'

const n = numeral
const lunar = (year: number, monthDay: string) =>
  chineseDays.getSolarDateFromLunar(`${year}-${monthDay}`).date
/** 五一 and 七一 are roads and estates too. */
const isDay = '(?=节|长?假|前|之前|以前|当天|那天|提醒|上午|早上)'
const holidays: [words: string, dateIn: (year: number) => string][] = [
  ['元旦节?', (year) => `${year}-01-01`],
  ['除夕夜?|大?年三十', (year) => addDays(lunar(year, '01-01'), -1)],
  ['春节|大年初一', (year) => lunar(year, '01-01')],
  ['清明节?(?![^前当那提上早,\\s])', (year) => chineseDays.getSolarTermDate(year, 4, 'pure_brightness')],
  [`劳动节|五一${isDay}节?`, (year) => `${year}-05-01`],
  ['端午节?', (year) => lunar(year, '05-05')],
  [`建党节|七一${isDay}`, (year) => `${year}-07-01`],
  [`建军节|八一${isDay}节?`, (year) => `${year}-08-01`],
  ['中秋节?', (year) => lunar(year, '08-15')],
  ['国庆节?|十一(?=长?假)', (year) => `${year}-10-01`],
]
const off = '(?:放?长?假期?)?'
const daysBefore = `(?:的?(?:之|以)?前(?:的)?(?:(${n})天|(头天|夕)))?`

const namedHolidays = holidays.map(
  ([words, dateIn]): Rule => [
    `${yearWord}(?:${words})${off}${daysBefore}(?:当天|那天)?`,
    ([said = '', days = '', eve = ''], { today }) => {
      const back = days ? numberOf(days) : eve ? 1 : 0
      if (!(back <= 60)) return undefined
      const year = yearOf(said || '今年', today)
      return {
        kind: 'date',
        resolve: (isFuture) => {
          const date = addDays(dateIn(year), -back)
          return { date: said || isFuture(date) ? date : addDays(dateIn(year + 1), -back) }
        },
      }
    },
  ],
)

/** The next days off that are more than a weekend: first and last of them. */
function nextBreak(today: string, calendar: Calendar): { first: string; last: string } | undefined {
  for (let ahead = 1; ahead < 400; ahead++) {
    const day = addDays(today, ahead)
    if (weekdayOf(day) > 5 || calendar.isWorkday(day)) continue
    let [first, last] = [day, day]
    while (!calendar.isWorkday(addDays(first, -1))) first = addDays(first, -1)
    while (!calendar.isWorkday(addDays(last, 1))) last = addDays(last, 1)
    if (first > today) return { first, last }
  }
  return undefined
}

const notHoliday = '(?<![春环细季情调关章音礼])'
const breakRules: Rule[] = [
  [
    `${notHoliday}(?:节|放假)(?:之|以)?前(?:的)?(${n})天`,
    ([days = ''], { today, calendar }) => onBreak(nextBreak(today, calendar)?.first, -numberOf(days)),
  ],
  [
    `${notHoliday}(?:节|放假)(?:之|以)?前的?最后一个工作日`,
    (_, { today, calendar }) => {
      const first = nextBreak(today, calendar)?.first
      return onBreak(first && workdayBefore(calendar, first), 0)
    },
  ],
  [
    `${notHoliday}(?:节|放假)(?:之|以)?前`,
    (_, { today, calendar }) => {
      const first = nextBreak(today, calendar)?.first
      const word = onBreak(first && workdayBefore(calendar, first), 0)
      return word?.kind === 'date' ? { ...word, vague: true } : undefined
    },
  ],
  [
    `${notHoliday}(?:节|收假|放假)(?:之|以)?后(?:的)?(?:上班)?的?第一个?(?:天|工作日)`,
    (_, { today, calendar }) => {
      const last = nextBreak(today, calendar)?.last
      return onBreak(last && workdayOnOrAfter(calendar, addDays(last, 1)), 0)
    },
  ],
]

function onBreak(date: string | undefined, days: number): Word | undefined {
  if (!date || Number.isNaN(days)) return undefined
  const found = addDays(date, days)
  return { kind: 'date', resolve: () => ({ date: found }) }
}

export const holidayRules: Rule[] = [...namedHolidays, ...breakRules]
