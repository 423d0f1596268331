// One said moment becomes a date and a time, with what is doubtful about it (`domain.md` C7 Sunday rule).
import { monthOf, weekdayOf } from '../campaign/dates.ts'
import { addDays, dateOf, momentOf, timeOf } from '../clock.ts'
import { type Clock, clockOf } from './when-clock.ts'
import type { Phrase } from './when-phrase.ts'
import type { Doubt, Resolve, Setting } from './when-words.ts'

export const onlyADate = '09:00'
/** A deadline without a clock time ends with its day. */
export const endOfDay = '23:59'

export interface Moment {
  date: string
  time: string
  dateOnly: boolean
  doubt?: Doubt
  /** Other moments that may be meant. */
  others: { date: string; time: string }[]
  /** Or each of these days. */
  orDaily?: { from: string; until: string }
}

const halfDay = (time: string) =>
  `${String((Number(time.slice(0, 2)) + 12) % 24).padStart(2, '0')}${time.slice(2)}`

/**
 * @param phrase without a repetition
 * @param clock another time than the phrase's own
 * @param month of the moment before it in the sentence, as `monthOf` counts
 */
export function momentIn(phrase: Phrase, setting: Setting, clock = phrase.clocks[0], month?: number): Moment {
  const { now, today } = setting
  if (phrase.at) return { date: dateOf(phrase.at), time: timeOf(phrase.at), dateOnly: false, others: [] }
  const deadline = phrase.role === 'deadline'
  const said = clock && clockOf(clock)
  const time = said?.time ?? (deadline ? endOfDay : onlyADate)
  const [day] = phrase.dates
  const resolve: Resolve =
    day?.resolve ?? ((isFuture) => ({ date: isFuture(today) ? today : addDays(today, 1) }))
  const at = (clockTime: string, shift: number) => {
    const isFuture = (date: string) => momentOf(addDays(date, shift), clockTime) > now
    const found = resolve(isFuture, month)
    return { ...found, date: addDays(found.date, shift) }
  }
  const shift = said?.nextDay ? 1 : 0
  const found = at(time, shift)
  const others = (found.others ?? []).map((date) => ({ date: addDays(date, shift), time }))
  const { orDaily } = found
  const moment = { date: found.date, time, dateOnly: !said, others, ...(orDaily && { orDaily }) }
  const evening = said?.bare
    ? eveningMeant(found.date, time, (clockTime) => at(clockTime, 0).date, now)
    : undefined
  if (evening) others.push(evening)
  for (const more of phrase.dates.slice(1))
    others.push({ date: more.resolve((date) => momentOf(date, time) > now, monthOf(found.date)).date, time })
  const clash = phrase.confirms?.weekday !== undefined && phrase.confirms.weekday !== weekdayOf(found.date)
  if (clash && phrase.confirms) others.push({ date: phrase.confirms.resolve(() => true).date, time })
  // 周五上午前 leaves open whether the morning is still in it.
  const openEnded =
    deadline &&
    clock?.hour === undefined &&
    /^(?:morning|forenoon|afternoon|evening)$/.test(clock?.period ?? '')
  const isUnclear = said?.doubtful || evening || clash || openEnded || phrase.dates.length > 1
  const doubt = found.doubt ?? (isUnclear ? 'unclear' : undefined)
  return { ...moment, ...(doubt && { doubt }) }
}

/** 8点 said at ten in the morning: eight in the evening comes first. */
function eveningMeant(date: string, time: string, dateAt: (time: string) => string, now: Date) {
  const later = halfDay(time)
  const evening = { date: time >= '12:00' ? addDays(dateAt('23:59'), 1) : dateAt(later), time: later }
  const moment = momentOf(evening.date, later)
  const said = momentOf(date, time)
  return moment > now && (moment < said || said <= now) ? evening : undefined
}

/** The clock time in the sense of another: 7点半 ahead of a meeting at 20:00 is 19:30. */
export function timeAheadOf(clock: Clock, core: string): string {
  const later = halfDay(clock.time)
  return clock.bare && clock.time < '12:00' && later < core ? later : clock.time
}
