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
