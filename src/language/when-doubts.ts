// What is doubtful about a schedule that was read, and the usual leads of a deadline (`domain.md` C7, N5).
import { nextFire, type Schedule } from '../campaign/recurrence.ts'
import { momentOf } from '../clock.ts'
import type { SaidClock } from './when-clock.ts'
import { derivedLeads } from './when-leading.ts'
import type { Reading } from './when-once.ts'
import type { Phrases } from './when-phrase.ts'
import type { Doubt, Setting, Span, WhenFound } from './when-words.ts'

/** Time words beyond this grammar: what was understood besides is in doubt. */
const unread = [
  /-\0|\0[中晚]{2}|每(?!个?人|[户村位社家])[^\0\s,]{1,5}\0|[单双](?:周|[号日]|\0)|每\0|\0(?:之|以)?后(?![勤续期方台来])|[早晚]一?[点些]|稍[早晚后]|前后|农历|阴历|腊月|正月|初[一二三四五六七八九十]|大年|周末|[上中下]旬|个工作日|逢年过节|[\d一二两三四五六七八九十半]+(?:点|个?小时|分钟|个?钟头)/,
  /每(?:隔)?(?:半|[\d一二两三四五六七八九十]*)个?(?:小时|分钟|钟头|刻钟)|(?:提醒|叫|喊)(?:我|大家)?[\d二两三四五六七八九十]+[次遍回]/,
] as const

/** 八九点, 没周六: what stands right before a time belongs to it. */
const hasWrongStart = (text: string, rest: string, cueAt: number) =>
  [...rest.slice(0, cueAt).matchAll(/[^\0](?=\0)/g)].some(({ index }) =>
    /^(?:[\d一二两三四五六七八九十]{2}|[没美梅媒妹][周天月星礼])/.test(text.slice(index)),
  )

/** 6点叫我起床 is not in the evening, whatever the rule for hours without a part of the day. */
const morningWords = /起床|起来|早[饭餐操会读班]|晨[跑会练]/
const isTakenForAfternoon = ({ period, digital, hour = 0 }: SaidClock) =>
  !period && !digital && hour >= 1 && hour <= 6

/** Adds the leads of a deadline, and what is doubtful about the whole. */
export function finish(
  reading: Reading,
  text: string,
  cueAt: number,
  { leads, moments }: Phrases,
  setting: Setting,
): WhenFound {
  const { isEnd, cued, mentions } = reading
  const repeat = 'repeat' in reading.schedule.on ? reading.schedule.on.repeat : undefined
  const isSaid = reading.schedule.leads.length > 0
  const asks = leads.some(({ length }) => !length)
  const withLeads = (schedule: Schedule): Schedule =>
    isSaid || (!schedule.deadline && !asks)
      ? schedule
      : { ...schedule, leads: derivedLeads(schedule.dateOnly === true, repeat) }
  const schedule = withLeads(reading.schedule)
  const spans = apart(reading.spans)
  const noHour = schedule.dateOnly && schedule.leads.some((lead) => 'minutes' in lead)
  const isVagueEnd = isEnd && cued && schedule.deadline && !isSaid
  const rest = blank(text, spans)
  const early = morningWords.test(text) && moments.some(({ clocks }) => clocks.some(isTakenForAfternoon))
  const afterwards = schedule.leads.some(
    (lead) => 'days' in lead && lead.days === 0 && lead.time > schedule.time,
  )
  const doubts = [
    ...reading.doubts,
    over(schedule, isSaid, setting),
    noHour || isVagueEnd || asks ? 'when_to_remind' : undefined,
    unread[0].test(rest.slice(0, cueAt)) ||
    unread[1].test(rest) ||
    hasWrongStart(text, rest, cueAt) ||
    early ||
    afterwards
      ? 'unclear'
      : undefined,
  ]
  const doubt = gravest.find((one) => doubts.includes(one))
  const others = doubt ? reading.others.map(withLeads) : []
  if (early)
    others.push({ ...schedule, time: `0${Number(schedule.time.slice(0, 2)) - 12}${schedule.time.slice(2)}` })
  return {
    ...{ schedule, spans },
    ...(doubt && { doubt }),
    ...(others.length > 0 && { others }),
    ...(mentions.length > 0 && { mentions }),
  }
}

const gravest: Doubt[] = [
  'no_such_day',
  'past',
  'half_monthly',
  'month_end_days',
  'when_to_remind',
  'unclear',
]

/** Nothing will fire: because the moment is over, or because only the usual times before it are. */
function over(schedule: Schedule, isSaid: boolean, { now, today, calendar }: Setting): Doubt | undefined {
  if (nextFire(schedule, now, calendar)) return undefined
  const { on, time, dateOnly } = schedule
  if (!('date' in on)) return 'past'
  const isOpen = dateOnly ? on.date >= today : momentOf(on.date, time) > now
  return isOpen && !isSaid ? 'when_to_remind' : 'past'
}

/** From left to right, without those that lie in another. */
export function apart(spans: Span[]): Span[] {
  const sorted = spans.toSorted((a, b) => a.start - b.start || b.end - a.end)
  return sorted
    .filter(({ end }, at) => sorted.slice(0, at).every((other) => other.end < end))
    .map(({ start, end }) => ({ start, end }))
}

/** The text with other characters where these stretches are, at the same places. */
export function blank(text: string, spans: Span[]): string {
  let masked = text
  for (const { start, end } of spans)
    masked = masked.slice(0, start) + '\0'.repeat(end - start) + masked.slice(end)
  return masked
}
