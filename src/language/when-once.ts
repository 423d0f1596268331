// Of the moments in a sentence, which one is meant, which ones remind of it, and which belong to the text.

import { monthOf } from '../campaign/dates.ts'
import type { Lead, Schedule } from '../campaign/recurrence.ts'
import { clockOf } from './when-clock.ts'
import { leadTo, saidLeads, severalTimes } from './when-leading.ts'
import { type Moment, momentIn, timeAheadOf } from './when-moment.ts'
import type { LeadPhrase, Phrase } from './when-phrase.ts'
import type { Doubt, Setting, Span } from './when-words.ts'

/** A time phrase became a schedule; leads of a deadline are added by whoever asked. */
export interface Reading {
  schedule: Schedule
  doubts: (Doubt | undefined)[]
  others: Schedule[]
  spans: Span[]
  /** Days in the text that tell nothing any more on another day: 明天早上提醒大家后天开会. */
  mentions: (Span & { date: string })[]
  isEnd: boolean
  cued: boolean
}

/**
 * @param cueAt where the word stands that asks to be reminded. A moment right before it is when to remind; one behind
 *   it, when there is another before, belongs to what is reminded of.
 */
export function readOnce(
  moments: Phrase[],
  leads: LeadPhrase[],
  cueAt: number,
  setting: Setting,
): Reading | undefined {
  const isBefore = ({ end }: Phrase) => end <= cueAt
  const hasDate = ({ dates, at }: Phrase) => dates.length > 0 || at !== undefined
  const datedBefore = moments.some((one) => hasDate(one) && isBefore(one))
  const dated = moments.filter((one) => hasDate(one) || (!datedBefore && isBefore(one)))
  const { core, fires, clash } = choose(dated.length > 0 ? dated : moments.slice(0, 1), isBefore)
  if (!core) return undefined
  const clocks = moments.filter((one) => !hasDate(one) && one !== core && !fires.includes(one))
  // 明天开会，上午9点提醒我: a day takes the clock time that stands alone.
  const lent = core.clocks.length === 0 && core.role !== 'deadline' && !core.at ? clocks[0] : undefined
  const moment = momentIn(core, setting, core.clocks[0] ?? lent?.clocks[0])
  const times = (lent ?? core).clocks.map((clock) => clockOf(clock).time)
  const more = times.length > 1 && !core.at ? severalTimes(times) : { time: moment.time, leads: [] }
  // 明天下午3点开会，2点半提醒我: another one is when to remind.
  const ahead = clocks.filter(
    (one) => one !== lent && (isBefore(one) || one.cued || core.role === 'deadline'),
  )
  const found = [
    ...fires.map((fire) => leadTo(momentIn(fire, setting, undefined, monthOf(moment.date)), moment)),
    ...ahead.flatMap(({ clocks: [clock] }) =>
      clock ? sameDay(timeAheadOf(clockOf(clock), moment.time), moment) : [],
    ),
  ]
  const said = saidLeads(leads, moment.time, moment.dateOnly)
  const lead: Lead[] = [...more.leads, ...said, ...found.filter((one) => one !== undefined)]
  // 明天提醒我下午3点开会: at three, or in the morning?
  const apart = lent !== undefined && isBefore(core) && !isBefore(lent)
  // 提醒我下午3点开会、5点交表: only one of them can be read.
  const left = clocks.some((one) => one !== lent && !ahead.includes(one) && !isBefore(core))
  // 从明天起 without a repetition, 12月1号到5号: which of the days?
  const isOpen =
    core.role === 'from' || core.role === 'until'
      ? core.role === 'from'
      : core.last !== undefined && lead.length === 0
  const used = [core, ...fires, ...ahead, ...(lent ? [lent] : [])]
  return {
    schedule: scheduleOf(core, { ...moment, time: more.time }, lead),
    doubts: [
      moment.doubt,
      clash || apart || left || isOpen || found.includes(undefined) ? 'unclear' : undefined,
    ],
    others: [
      ...moment.others.map((other) => scheduleOf(core, { ...moment, ...other }, lead)),
      ...(moment.orDaily ? [dailyOf(core, moment, moment.orDaily, lead)] : []),
      ...(apart ? [scheduleOf(core, momentIn(core, setting), lead)] : []),
    ],
    spans: [...used.map(({ whole }) => whole), ...leads],
    mentions: dated
      .filter((one) => !used.includes(one) && !isBefore(one) && one.dates[0]?.absolute === undefined)
      .filter((one) => one.dates.length === 1 && one.role !== 'deadline')
      .map((one) => ({ ...span(one.dates[0] ?? one), date: momentIn(one, setting).date })),
    isEnd: core.dates[0]?.isEnd === true,
    cued: core.cued,
  }
}

interface Choice {
  core: Phrase | undefined
  fires: Phrase[]
  clash: boolean
}

function choose(dated: Phrase[], isBefore: (one: Phrase) => boolean): Choice {
  const [deadline, ...moreDeadlines] = dated.filter(({ role }) => role === 'deadline')
  if (deadline) {
    const fires = dated.filter(
      (one) => one.role !== 'deadline' && (one.cued || (one.clocks.length > 0 && isBefore(one))),
    )
    return { core: deadline, fires, clash: moreDeadlines.length > 0 }
  }
  const telling = dated.filter((one) => !one.attributive || one.clocks.length > 0)
  const before = telling.filter(isBefore)
  const [core, ...fires] =
    before.length > 0 ? before : telling.length > 0 ? telling.slice(0, 1) : dated.slice(0, 1)
  const cuedLater = dated.filter((one) => one !== core && !before.includes(one) && one.cued)
  return { core, fires: [...fires, ...cuedLater], clash: false }
}

const sameDay = (time: string, moment: Moment): (Lead | undefined)[] => [
  time <= moment.time || moment.dateOnly ? { days: 0, time } : undefined,
]

const span = ({ start, end }: Span): Span => ({ start, end })

function scheduleOf(core: Phrase, { date, ...moment }: Moment, leads: Lead[]): Schedule {
  return scheduleOn({ date }, core, moment, leads)
}

function dailyOf(
  core: Phrase,
  moment: Moment,
  days: { from: string; until: string },
  leads: Lead[],
): Schedule {
  const { from, until } = days
  return scheduleOn({ repeat: { every: 'day', until }, from }, core, moment, leads)
}

function scheduleOn(
  on: Schedule['on'],
  core: Phrase,
  { time, dateOnly }: Pick<Moment, 'time' | 'dateOnly'>,
  leads: Lead[],
): Schedule {
  return {
    on,
    time,
    ...(core.role === 'deadline' && { deadline: true as const }),
    ...(dateOnly && { dateOnly: true as const }),
    leads,
  }
}
