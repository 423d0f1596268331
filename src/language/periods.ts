// Stretches of days that a question looks at: 本周, 上个月, 近7天, 11月 (`domain.md` C7). Weeks begin on Monday.
import { dayOf, mondayOf, monthOf } from '../campaign/dates.ts'
import { addDays } from '../clock.ts'
import { monthOfWords, yearOf, yearWord } from './when-days.ts'
import { numberOf, numeral } from './when-numbers.ts'
import { weekdayOfWord } from './when-weekdays.ts'

/** Calendar dates `YYYY-MM-DD`, both included. */
export interface Dates {
  start: string
  end: string
}

/** The dates, and where in the text they were named. */
export interface Period {
  period: Dates
  start: number
  end: number
}

export type Looking = 'back' | 'ahead'
type Read = (groups: string[], today: string, looking: Looking) => Dates | undefined

const n = numeral
const week = '(?:周|星期|礼拜)(?![一二三四五六日天末])'
const around = (day: string) => ({ start: day, end: day })
const months = (month: number, count = 1) => ({ start: dayOf(month, 1), end: dayOf(month + count - 1, -1) })
const weekOf = (today: string, away: number) => {
  const start = addDays(mondayOf(today), away * 7)
  return { start, end: addDays(start, 6) }
}
const away = (word: string) =>
  /^大上/.test(word)
    ? -2
    : /^上/.test(word)
      ? -word.replace(/[^上]/g, '').length
      : /^去/.test(word)
        ? -1
        : /^下下/.test(word)
          ? 2
          : /^[下明]/.test(word)
            ? 1
            : 0

/** 近7天 are seven days and end today; 未来三天 are today and the three days after it. */
function days(count: number, today: string, looking: Looking): Dates | undefined {
  if (!(count >= 1 && count <= 3_660)) return undefined
  return looking === 'back'
    ? { start: addDays(today, 1 - count), end: today }
    : { start: today, end: addDays(today, count) }
}
/** 下周三前: from today to that day. */
const upTo = (day: string, today: string, looking: Looking): Dates | undefined =>
  looking === 'ahead' && day >= today ? { start: today, end: day } : undefined
const daysIn: Record<string, number> = { 天: 1, 日: 1, 周: 7, 星期: 7, 礼拜: 7, 月: 30, 年: 365 }
const lately = '最近|近|过去|这|前'
const soon = '未来|今后|接下来|往后'
const unit = '(天|日|周|星期|礼拜|个月|年)'

const rules: [pattern: string, read: Read][] = [
  ['今天|今日|今儿个?', (_, today) => around(today)],
  ['昨天|昨日|昨儿个?', (_, today) => around(addDays(today, -1))],
  ['(?<!大)前天', (_, today) => around(addDays(today, -2))],
  ['明天|明日|明儿个?', (_, today) => around(addDays(today, 1))],
  ['(?<!大)后天', (_, today) => around(addDays(today, 2))],
  [`(大上|(?<!上)上{1,9}|这|本|下下|下)一?个?${week}`, ([which = ''], today) => weekOf(today, away(which))],
  [
    `(?:${lately}|(${soon}))(?:的)?(${n}|半)个?${unit}`,
    ([ahead = '', count = '', what = ''], today, looking) => {
      const each = daysIn[what.replace('个', '')] ?? 1
      const whole = count === '半' ? Math.floor(each / 2) : numberOf(count) * each
      return days(whole, today, ahead ? 'ahead' : looking)
    },
  ],
  [
    `(${n}|半)个?${unit}(?:之内|以内|内)`,
    ([count = '', what = ''], today, looking) => {
      const each = daysIn[what.replace('个', '')] ?? 1
      return days(count === '半' ? Math.floor(each / 2) : numberOf(count) * each, today, looking)
    },
  ],
  [
    `(下下个?|下个?|这个?|本)月(?:份)?的?(${n})[号日](?:之前|以前|前)`,
    ([which = '', day = ''], today, looking) =>
      upTo(dayOf(monthOf(today) + away(which), numberOf(day)), today, looking),
  ],
  [
    `(下下|下|这|本)个?(?:周|星期|礼拜)([一二三四五六日天])(?:之前|以前|前)`,
    ([which = '', word = ''], today, looking) =>
      upTo(addDays(mondayOf(today), away(which) * 7 + weekdayOfWord(word) - 1), today, looking),
  ],
  // 月底前, 年底之前: from today until then. A look back has no use for them.
  [
    `(?:(下下个?|下个?|这个?|本)|(${n}))?月[底末](?:之前|以前|前(?![一二两三\\d]))?`,
    ([which = '', number = ''], today, looking) => {
      const found = number ? monthOfWords(['', number, ''], today) : undefined
      if (number && !found) return undefined
      const month = found?.month ?? monthOf(today) + away(which)
      return upTo(dayOf(found && month < monthOf(today) ? month + 12 : month, -1), today, looking)
    },
  ],
  [
    '(?:今年|本年|(?<![明去\\d])年)[底末](?:之前|以前|前(?![一二两三\\d]))?',
    (_, today, looking) => upTo(`${today.slice(0, 4)}-12-31`, today, looking),
  ],
  ['最近|近期|近来|(?:这|近)几天|这些天|(快)要?到期', (_, today, looking) => days(7, today, looking)],
  [
    '(上上个?|上个?|这个?|本|当|下下个?|下个?)月(?:份)?(?!\\d)',
    ([which = ''], today) => months(monthOf(today) + away(which)),
  ],
  [
    `${yearWord}(${n})月份?(?!\\d|[一二三四五六七八九十]+[号日]|底|末|初)`,
    ([year = '', number = ''], today, looking) => {
      const found = monthOfWords([year, number], today)
      if (!found) return undefined
      const { month, open } = found
      // 12月 asked about in January was last month; 1月 that falls due in November is the next.
      if (open && looking === 'back' && month > monthOf(today)) return months(month - 12)
      if (open && looking === 'ahead' && month < monthOf(today)) return months(month + 12)
      return months(month)
    },
  ],
  // 11月上旬, 本月下旬
  [
    `(?:(上上个?|上个?|这个?|本|当|下个?)月|${yearWord}(${n})月份?)?的?([上中下])旬`,
    ([which = '', year = '', number = '', third = ''], today, looking) => {
      const found = number ? monthOfWords([year, number], today) : undefined
      if (number && !found) return undefined
      const named = found?.month ?? monthOf(today) + away(which)
      const month = found?.open && looking === 'back' && named > monthOf(today) ? named - 12 : named
      const first = { 上: 1, 中: 11 }[third] ?? 21
      return { start: dayOf(month, first), end: dayOf(month, first === 21 ? -1 : first + 9) }
    },
  ],
  [
    '(上|这|本|下)一?个?季度?',
    ([which = ''], today) => months((Math.floor(monthOf(today) / 3) + away(which)) * 3, 3),
  ],
  [
    '(今年|明年|去年|\\d{4}年)?(?:的)?第?([一二三四1-4])季度',
    ([year = '', quarter = ''], today) =>
      months(yearOf(year || '今年', today) * 12 + (numberOf(quarter) - 1) * 3, 3),
  ],
  [
    '(今年|去年|\\d{4}年)?(?:的)?([上下])半年',
    ([year = '', half = ''], today) =>
      months(yearOf(year || '今年', today) * 12 + (half === '下' ? 6 : 0), 6),
  ],
  [
    '(今年|本年|去年|明年|\\d{4}年)度?(?!\\d|第|底|末|初|[上下]半)',
    ([year = ''], today) => months(yearOf(year, today) * 12, 12),
  ],
]
const compiled = rules.map(([pattern, read]) => ({ pattern: new RegExp(pattern, 'g'), read }))

/**
 * The first period named, the longest there. One that is still running ends today when the question looks back, and
 * on its last day when it looks ahead; one that began keeps its first day.
 * @param today calendar date in Asia/Shanghai
 */
export function findPeriod(text: string, today: string, looking: Looking): Period | undefined {
  let best: Period | undefined
  for (const { pattern, read } of compiled)
    for (const match of text.matchAll(pattern)) {
      const [whole, ...groups] = match
      const end = match.index + whole.length
      if (best && (match.index > best.start || (match.index === best.start && end <= best.end))) continue
      const period = read(
        groups.map((group) => group ?? ''),
        today,
        looking,
      )
      if (period) best = { period: running(period, today, looking), start: match.index, end }
    }
  return best
}

function running({ start, end }: Dates, today: string, looking: Looking): Dates {
  return looking === 'back' && start <= today && end > today ? { start, end: today } : { start, end }
}
