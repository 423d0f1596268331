// What has to be settled between the phrases of a sentence before they are read: 下周, 连续三天, 每周…周五.
import type { Phrase, Phrases } from './when-phrase.ts'
import type { Span } from './when-words.ts'

export type Repeating = Phrase & { repeat: NonNullable<Phrase['repeat']> }
export const hasRepeat = (one: Phrase): one is Repeating => one.repeat !== undefined

/** 下周, 月初: a moment only when nothing better is said, and not as part of the text. */
export function withoutVague(phrases: Phrases, cueAt: number): Phrases {
  const isVague = ({ dates, clocks, role }: Phrase) =>
    dates.some(({ vague }) => vague) && clocks.length === 0 && role !== 'from' && role !== 'until'
  const isBetter = (one: Phrase) => !isVague(one) && (one.dates.length > 0 || one.repeat || one.at)
  const has = phrases.moments.some(isBetter)
  const moments = phrases.moments.filter(
    (one) => !isVague(one) || (!has && one.end <= cueAt && !one.attributive),
  )
  return { ...phrases, moments }
}

/** 连续三天早上8点 is every day, three times. */
export function daily(phrases: Phrases): Phrases {
  const count = phrases.counts.find(({ days }) => days)
  const clock = phrases.moments.find(({ role }) => role === 'plain')
  if (!count || phrases.moments.some(hasRepeat)) return phrases
  const { start, end } = count
  const repeat = { kind: 'repeat' as const, repeat: { every: 'day' as const }, start, end }
  const alone: Phrase = {
    ...{ start, end, whole: { start, end }, dates: [], clocks: clock?.clocks ?? [], repeat },
    ...{ role: 'plain', attributive: false, cued: false },
  }
  const isOnlyClock = clock && clock.dates.length === 0 && !clock.at
  const moments = isOnlyClock
    ? phrases.moments.map((one) => (one === clock ? { ...one, repeat } : one))
    : [...phrases.moments.map((one) => ({ ...one, role: 'from' as const })), alone]
  return { ...phrases, moments }
}

/** 每周交周报，周五下午3点提醒: the weekday stands elsewhere. `weekly` is where 每周 stood. */
export function withWeekday(phrases: Phrases): { phrases: Phrases; weekly: Span[] } {
  const core = phrases.moments.find(({ repeat }) => repeat?.lacksWeekday)
  const day = phrases.moments.find(({ dates: [first, ...more] }) => first?.weekday && more.length === 0)
  const weekday = day?.dates[0]?.weekday
  if (core?.repeat?.repeat.every !== 'week' || !day || !weekday) return { phrases, weekly: [] }
  const { start, end, kind, repeat } = core.repeat
  const found = { start, end, kind, repeat: { ...repeat, weekdays: [weekday] } }
  const clocks = day.clocks.length > 0 ? day.clocks : core.clocks
  const moments = phrases.moments.flatMap((one) =>
    one === core ? [] : one === day ? { ...day, dates: [], repeat: found, clocks } : one,
  )
  return { phrases: { ...phrases, moments }, weekly: [core.whole] }
}

const daysOff = /周末|双休日?|周六(?:和|、|,)?(?:周|星期)?[日天]|休息日|(?:法定)?节假日|节日|假期|放假/
const exceptDaysOff = new RegExp(
  `[,，;；、(（\\s]*(?:(?:${daysOff.source})[和、及跟与,，]?)+(?:的时候|时候|时|期间|那?几?天)?(?:都|就|也|可以)?(?:除外|[不别免](?:用|要|必|发|算|提醒?|叫|喊|报|打扰|吵|了)*(?:提醒|叫我|喊我|报)?|跳过|休息)(?:了|吧|哈)?[)）]?`,
)

/**
 * 每天下午5点提醒我，周末除外: every workday. Whether 节假日 takes the weekends out too, and what 除外 does to 每周五, is asked.
 * @returns also where it says so, which is no part of the text
 */
export function withoutDaysOff(phrases: Phrases, text: string): { phrases: Phrases; except: Span[] } {
  const found = exceptDaysOff.exec(text)
  const core = phrases.moments.find(hasRepeat)
  if (!found || !core) return { phrases, except: [] }
  const { repeat } = core.repeat
  const isDaily = repeat.every === 'day' && (repeat.interval ?? 1) === 1
  const isSure = isDaily && /周|双休|休息日/.test(found[0])
  const changed: Repeating = {
    ...core,
    repeat: {
      ...core.repeat,
      ...(isDaily && { repeat: { ...repeat, every: 'workday' as const } }),
      ...(!isSure && { doubt: 'unclear' as const }),
    },
  }
  const moments = phrases.moments.map((one) => (one === core ? changed : one))
  const { index: start } = found
  return { phrases: { ...phrases, moments }, except: [{ start, end: start + found[0].length }] }
}
