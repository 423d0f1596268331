// A repetition in a sentence becomes a schedule, with its beginning, its end and its number of times.

import { monthOf } from '../campaign/dates.ts'
import type { Schedule } from '../campaign/recurrence.ts'
import { firstOnOrAfter, type Repeat } from '../campaign/recurrence-dates.ts'
import { addDays, momentOf } from '../clock.ts'
import type { Period } from './periods.ts'
import { clockOf } from './when-clock.ts'
import { saidLeads, severalTimes } from './when-leading.ts'
import { endOfDay, onlyADate, timeAheadOf } from './when-moment.ts'
import type { Reading } from './when-once.ts'
import type { LeadPhrase, Phrase, Phrases } from './when-phrase.ts'
import type { Setting } from './when-words.ts'

/** @param core the phrase with the repetition */
export function readRepeating(
  core: Phrase & { repeat: NonNullable<Phrase['repeat']> },
  { moments, leads, counts }: Phrases,
  cueAt: number,
  setting: Setting,
  bound?: Period,
): Reading {
  const deadline = core.role === 'deadline'
  const isFree = (one: Phrase) => one !== core && one.repeat === undefined
  const loose = moments.filter((one) => isFree(one) && one.dates.length === 0 && !one.at)
  const lent = core.clocks.length === 0 && !deadline ? loose[0] : undefined
  const said = (lent ?? core).clocks.map(clockOf)
  const isDaily = core.repeat.repeat.every === 'day'
  const times = said.map(({ time }) => time)
  const timing = times.length > 0 ? severalTimes(times) : { time: deadline ? endOfDay : onlyADate, leads: [] }
  const ahead = loose.filter((one) => one !== lent && (one.end <= cueAt || one.cued))
  const sameDay = ahead.flatMap(({ clocks: [clock] }) =>
    clock ? timeAheadOf(clockOf(clock), timing.time) : [],
  )
  const lead = [
    ...timing.leads,
    ...saidLeads(leads, timing.time, said.length === 0),
    ...sameDay.map((time) => ({ days: 0, time })),
  ]
  const begin = moments.find(
    (one) => isFree(one) && one.dates.length > 0 && (one.role === 'from' || one.last),
  )
  const end = moments.find((one) => isFree(one) && one.dates.length > 0 && one.role === 'until')
  const schedule = (repeat: Repeat): Schedule => {
    const isFuture = (date: string) => date >= setting.today
    const start = begin?.dates[0]?.resolve(isFuture).date ?? later(bound?.period.start, setting.today)
    const last = end?.dates[0] ?? begin?.last
    const from = firstDate(repeat, core.repeat.anchor, start, timing.time, setting)
    const ends = last?.resolve((date) => date >= start, begin && monthOf(start)).date
    const days = counts.find((one) => one.days)?.days
    const until = ends ?? bound?.period.end ?? (days && addDays(from, days - 1))
    const count = counts.find((one) => one.times)?.times
    return {
      on: { repeat: { ...repeat, ...(until && { until }), ...(count && { count }) }, from },
      time: timing.time,
      ...(deadline && { deadline: true as const }),
      ...(said.length === 0 && { dateOnly: true as const }),
      leads: lead,
    }
  }
  const isUnclear =
    said.some(({ doubtful, nextDay }) => doubtful || (nextDay && !isDaily)) ||
    moments.some((one) => one.repeat && one !== core && one.end <= cueAt) ||
    sameDay.some((time) => time > timing.time)
  return {
    schedule: schedule(core.repeat.repeat),
    doubts: [core.repeat.doubt, isUnclear ? 'unclear' : undefined],
    others: (core.repeat.others ?? []).map(schedule),
    spans: [core, ...(lent ? [lent] : []), ...ahead, ...(begin ? [begin] : []), ...(end ? [end] : [])]
      .map(({ whole }) => whole)
      .concat(spansOf(leads, counts), bound ? [{ start: bound.start, end: bound.end }] : []),
    mentions: [],
    isEnd: core.repeat.isEnd === true,
    cued: core.cued,
  }
}

const later = (one: string | undefined, other: string) => (one && one > other ? one : other)

const spansOf = (leads: LeadPhrase[], counts: Phrases['counts']) =>
  [...leads, ...counts].map(({ start, end }) => ({ start, end }))

/** The first date whose moment lies ahead; intervals count from it. */
function firstDate(
  repeat: Repeat,
  anchor: string | undefined,
  start: string,
  time: string,
  setting: Setting,
): string {
  const { now, calendar } = setting
  const day = momentOf(start, time) > now ? start : addDays(start, 1)
  if (anchor !== undefined) return firstOnOrAfter(repeat, anchor, day, calendar) ?? day
  const each = { ...repeat }
  if ('interval' in each) delete each.interval
  return firstOnOrAfter(each, day, day, calendar) ?? day
}
