// When a sentence means: one moment, a repetition or a deadline, and what the bot has to ask about it (`domain.md` C7).
import type { Calendar } from '../campaign/calendar.ts'
import { dateOf } from '../clock.ts'
import { findPeriod, type Period } from './periods.ts'
import { daily, hasRepeat, withoutDaysOff, withoutVague, withWeekday } from './when-adjust.ts'
import { apart, finish } from './when-doubts.ts'
import { saidLeads } from './when-leading.ts'
import { onlyADate } from './when-moment.ts'
import { readOnce } from './when-once.ts'
import { phrasesOf } from './when-phrases.ts'
import { readRepeating } from './when-repeating.ts'
import { scan } from './when-scan.ts'
import type { Setting, Span, Times, WhenFound } from './when-words.ts'

export type { Doubt, Span, Times, WhenFound } from './when-words.ts'

/** A word that asks to be reminded. */
const cue = /提醒|闹钟|(?:叫|喊|催|通知|告诉|招呼)(?:一下|一声)?(?:我|俺|咱|大家|大伙|各|所有|全)/
/**
 * @param text normalised; everything in it that tells a time counts
 * @returns undefined when no moment is said
 */
export function findWhen(text: string, now: Date, calendar: Calendar): WhenFound | undefined {
  return readTimes(text, now, calendar).when
}

/** Its dates are not read (`when-holidays.ts` has its feasts). */
const lunar = /农历|阴历|[腊正冬]月/
const simple: Record<string, string> = {
  ...{ 點: '点', 兩: '两', 後: '后', 週: '周', 鐘: '钟', 號: '号', 個: '个', 時: '时', 禮: '礼' },
}
/** As long as before. */
const simplified = (text: string) => text.replaceAll(/[點兩後週鐘號個時禮]/g, (one) => simple[one] ?? one)

/** 12月每天, 下周每天: the repetition keeps to the period right before it. */
function boundOf(text: string, { start }: Span, today: string): Period | undefined {
  const from = Math.max(0, start - 14)
  for (let at = from; at < start; at++) {
    const found = findPeriod(text.slice(at, start), today, 'ahead')
    if (found?.start !== 0 || !/^(?:的|里|内|期间|以?内)?,?$/.test(text.slice(at + found.end, start)))
      continue
    const { period } = found
    return period.end > period.start ? { period, start: at, end: start } : undefined
  }
  return undefined
}

/** Like `findWhen`, and also a lead before a deadline that the sentence does not tell. */
export function readTimes(said: string, now: Date, calendar: Calendar): Times {
  const text = simplified(said)
  const setting: Setting = { now, today: dateOf(now), calendar }
  const cueAt = cue.exec(text)?.index ?? text.length
  if (lunar.test(text.slice(0, cueAt))) return {}
  const regular = withWeekday(daily(withoutVague(phrasesOf(text, scan(text, setting)), cueAt)))
  const { phrases, except } = withoutDaysOff(regular.phrases, text)
  const { moments, leads } = phrases
  const due = leads.find((lead) => lead.due)
  const isDated = moments.some(({ dates, repeat, at }) => dates.length > 0 || repeat || at)
  if (due && !isDated) {
    const clock = moments[0]?.clocks[0]
    const said = leads.map((lead) => ({ ...lead, ...(clock && !lead.clock && { clock }) }))
    const spans = apart([...leads, ...moments.map(({ whole }) => whole)])
    return { beforeDue: { leads: saidLeads(said, onlyADate, true), spans } }
  }
  const repeating = moments.find(hasRepeat)
  // 明天上午提醒大家每周五报周报: once, and the repetition is what it is about.
  const isText =
    repeating &&
    repeating.start >= cueAt &&
    moments.some((one) => one.role === 'plain' && one.dates.length > 0 && one.end <= cueAt)
  const reading =
    repeating && !isText
      ? readRepeating(repeating, phrases, cueAt, setting, boundOf(text, repeating, setting.today))
      : readOnce(
          moments.filter((one) => !hasRepeat(one)),
          leads,
          cueAt,
          setting,
        )
  if (!reading) return {}
  const spans = [...reading.spans, ...regular.weekly, ...except]
  return { when: finish({ ...reading, spans }, text, cueAt, phrases, setting) }
}
