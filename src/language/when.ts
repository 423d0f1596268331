// When a sentence means: one moment, a repetition or a deadline, and what the bot has to ask about it (`domain.md` C7).
import type { Calendar } from '../campaign/calendar.ts'
import { type Lead, nextFire, type Schedule } from '../campaign/recurrence.ts'
import { dateOf, momentOf } from '../clock.ts'
import { derivedLeads, saidLeads } from './when-leading.ts'
import { onlyADate } from './when-moment.ts'
import { type Reading, readOnce } from './when-once.ts'
import { type Phrase, type Phrases, phrasesOf } from './when-phrases.ts'
import { readRepeating } from './when-repeating.ts'
import { scan } from './when-scan.ts'
import type { Doubt, Setting, Span } from './when-words.ts'

export type { Doubt, Span } from './when-words.ts'

export interface WhenFound {
  schedule: Schedule
  /** The stretches of the text that it used, from left to right. */
  spans: Span[]
  doubt?: Doubt
  /** With a doubt: what else may be meant. */
  others?: Schedule[]
  /** Days named in the rest of the text that mean another day when the reminder fires: 后天 in 明天提醒大家后天开会. */
  mentions?: (Span & { date: string })[]
}

export interface Times {
  when?: WhenFound
  /** 截止前3天: before a deadline that the campaign knows; without a lead, it was not said how long before. */
  beforeDue?: { lead?: Lead; spans: Span[] }
}

/** A word that asks to be reminded. */
const cue = /提醒|闹钟|(?:叫|喊|催|通知|告诉|招呼)(?:一下|一声)?(?:我|俺|咱|大家|大伙|各|所有|全)/
/** Time words beyond this grammar: what was understood besides is in doubt. */
const unread = [
  /[单双](?:周|[号日])|前后|农历|阴历|腊月|正月|初[一二三四五六七八九十]|大年|周末|[上中下]旬|个工作日|逢年过节|[\d一二两三四五六七八九十半]+(?:点|个?小时|分钟|个?钟头)/,
  /每(?:隔)?(?:半|[\d一二两三四五六七八九十]*)个?(?:小时|分钟|钟头|刻钟)|(?:提醒|叫|喊)(?:我|大家)?[\d二两三四五六七八九十]+[次遍回]/,
] as const

/**
 * @param text normalised; everything in it that tells a time counts
 * @returns undefined when no moment is said
 */
export function findWhen(text: string, now: Date, calendar: Calendar): WhenFound | undefined {
  return readTimes(text, now, calendar).when
}

/** Like `findWhen`, and also a lead before a deadline that the sentence does not tell. */
export function readTimes(text: string, now: Date, calendar: Calendar): Times {
  const setting: Setting = { now, today: dateOf(now), calendar }
  const cueAt = cue.exec(text)?.index ?? text.length
  const { phrases, weekly } = withWeekday(daily(withoutVague(phrasesOf(text, scan(text, setting)), cueAt)))
  const { moments, leads } = phrases
  const due = leads.find((lead) => lead.due)
  const isDated = moments.some(({ dates, repeat, at }) => dates.length > 0 || repeat || at)
  if (due && !isDated) {
    const clock = due.clock ?? moments[0]?.clocks[0]
    const [lead] = saidLeads([{ ...due, ...(clock && { clock }) }], onlyADate, true)
    const spans = [...leads, ...moments.map(({ whole }) => whole)].map(({ start, end }) => ({ start, end }))
    return { beforeDue: { ...(lead && { lead }), spans: spans.sort(byStart) } }
  }
  const repeating = moments.find(hasRepeat)
  // 明天上午提醒大家每周五报周报: once, and the repetition is what it is about.
  const isText =
    repeating &&
    repeating.start >= cueAt &&
    moments.some((one) => one.role === 'plain' && one.dates.length > 0 && one.end <= cueAt)
  const reading =
    repeating && !isText
      ? readRepeating(repeating, phrases, cueAt, setting)
      : readOnce(
          moments.filter((one) => !hasRepeat(one)),
          leads,
          cueAt,
          setting,
        )
  if (!reading) return {}
  const spans = [...reading.spans, ...weekly]
  return { when: finish({ ...reading, spans }, text, cueAt, phrases, setting) }
}

const hasRepeat = (one: Phrase): one is Phrase & { repeat: NonNullable<Phrase['repeat']> } =>
  one.repeat !== undefined

/** 下周, 月初: a moment only when nothing better is said, and not as part of the text. */
function withoutVague(phrases: Phrases, cueAt: number): Phrases {
  const isVague = ({ dates, clocks }: Phrase) => dates.some(({ vague }) => vague) && clocks.length === 0
  const isBetter = (one: Phrase) => !isVague(one) && (one.dates.length > 0 || one.repeat || one.at)
  const has = phrases.moments.some(isBetter)
  const moments = phrases.moments.filter(
    (one) => !isVague(one) || (!has && one.end <= cueAt && !one.attributive),
  )
  return { ...phrases, moments }
}

/** 每周交周报，周五下午3点提醒: the weekday stands elsewhere. `weekly` is where 每周 stood. */
function withWeekday(phrases: Phrases): { phrases: Phrases; weekly: Span[] } {
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

/** 连续三天早上8点 is every day, three times. */
function daily(phrases: Phrases): Phrases {
  const count = phrases.counts.find(({ days }) => days)
  const clock = phrases.moments.find(({ role }) => role === 'plain')
  if (!count || phrases.moments.some(hasRepeat)) return phrases
  const { start, end } = count
  const repeat = { kind: 'repeat' as const, repeat: { every: 'day' as const }, start, end }
  const alone: Phrase = {
    ...{
      start,
      end,
      whole: { start, end },
      dates: [],
      clocks: [],
      role: 'plain',
      attributive: false,
      cued: false,
    },
    repeat,
  }
  const isOnlyClock = clock && clock.dates.length === 0 && !clock.at
  const moments = isOnlyClock
    ? phrases.moments.map((one) => (one === clock ? { ...one, repeat } : one))
    : [...phrases.moments.map((one) => ({ ...one, role: 'from' as const })), alone]
  return { ...phrases, moments }
}

/** Adds the leads of a deadline, and what is doubtful about the whole. */
function finish(
  reading: Reading,
  text: string,
  cueAt: number,
  { leads }: Phrases,
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
  const spans = reading.spans.toSorted(byStart)
  const noHour = schedule.dateOnly && schedule.leads.some((lead) => 'minutes' in lead)
  const isVagueEnd = isEnd && cued && schedule.deadline && !isSaid
  const rest = blank(text, spans)
  const doubts = [
    ...reading.doubts,
    over(schedule, isSaid, setting),
    noHour || isVagueEnd || asks ? 'when_to_remind' : undefined,
    unread[0].test(rest.slice(0, cueAt)) || unread[1].test(rest) ? 'unclear' : undefined,
  ]
  const doubt = gravest.find((one) => doubts.includes(one))
  const others = doubt ? reading.others.map(withLeads) : []
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

const byStart = (a: Span, b: Span) => a.start - b.start

/** The text with other characters where these stretches are, at the same places. */
export function blank(text: string, spans: Span[]): string {
  let masked = text
  for (const { start, end } of spans)
    masked = masked.slice(0, start) + '\0'.repeat(end - start) + masked.slice(end)
  return masked
}
