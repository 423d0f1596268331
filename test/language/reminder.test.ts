// Reminders in people's words: for whom, of what, and when; nothing fires at a moment that nobody meant.
import { describe, expect, test } from 'vitest'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { dateOf, momentOf, timeOf } from '../../src/clock.ts'
import { normalize } from '../../src/language/normalize.ts'
import { readReminder } from '../../src/language/reminder.ts'
import type { Times } from '../../src/language/when.ts'
import { firesBetween } from '../support/fires.ts'
import { asked, deadlines, events, type Marked, once } from './reminder-sentences.ts'
import { repeated, spoken, traps } from './reminder-sentences-more.ts'

const calendar = calendarOf()
const now = momentOf('2026-11-22', '10:00')
const longAfter = momentOf('2030-01-01', '00:00')

/** In the notation of `reminder-sentences.ts`. */
function shown({ when, beforeDue }: Times): string {
  if (beforeDue) {
    return [
      'due',
      ...beforeDue.leads.map((lead) => ('days' in lead ? `${lead.days} ${lead.time}` : lead.minutes)),
    ].join(' ')
  }
  if (!when) return '-'
  const { schedule, doubt } = when
  const { on, time, deadline, dateOnly, leads } = schedule
  const fires = firesBetween(schedule, now, longAfter, calendar, 3)
    .map(({ fire }) => short(fire))
    .join(', ')
  const asks = doubt ? ` ?${doubt}` : ''
  if ('repeat' in on) return `*${deadline ? '<' : ''} ${fires}${asks}`
  if (leads.length === 0) return `${short(momentOf(on.date, time))}${asks}`
  const moment = dateOnly ? short(momentOf(on.date, time)).replace(/ .*/, '') : short(momentOf(on.date, time))
  return `${deadline ? '<' : '='}${moment} | ${fires}${asks}`
    .replace('|  ?', '| ?')
    .replace(/(<.*) \| \?/, '$1 ?')
}

const short = (moment: Date) => `${dateOf(moment).replace(/^2026-/, '')} ${timeOf(moment)}`

const all: [string, Marked[]][] = [
  ['the exam asks', asked],
  ['one moment', once],
  ['a deadline', deadlines],
  ['an event', events],
  ['a repetition', repeated],
  ['everyday speech', spoken],
  ['words that look like times, and times that look like others', traps],
]

for (const [what, sentences] of all)
  describe(`A reminder is read as it is meant: ${what}`, () => {
    test.each(sentences)('%s', (sentence, audience, text, when) => {
      const said = readReminder(normalize(sentence, '小图'), now, calendar)
      expect([said.audience, said.text, shown(said)]).toEqual([audience, text, when])
    })
  })
