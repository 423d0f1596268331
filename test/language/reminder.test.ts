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

test.each([
  ['明天的提醒取消', 'group', '', '-'],
  ['好的，明天提醒大家', 'all', '', '11-23 09:00'],
  ['李书记明天提醒过我了', 'group', '', '-'],
  ['明天9点提醒我。', 'me', '', '11-23 09:00'],
  ['今夜11点提醒我关门', 'me', '关门', '11-22 23:00'],
  ['今夜12点提醒我关门', 'me', '关门', '11-23 00:00 ?unclear'],
  ['三点差五分提醒我开会', 'me', '开会', '11-22 14:55'],
  ['明天下午兩點提醒我开会', 'me', '开会', '11-23 14:00'],
  ['下周二四提醒我交表', 'me', '交表', '11-24 09:00 ?unclear'],
  ['每个攻做日下午5点提醒我报数', 'me', '每个攻做日，报数', '11-22 17:00 ?unclear'],
  ['没周六早上8点提醒我报数', 'me', '没，报数', '11-28 08:00 ?unclear'],
  ['腊月初八提醒我喝粥', 'me', '腊月初八，喝粥', '-'],
  ['12月每天9点提醒我开会', 'me', '开会', '* 12-01 09:00, 12-02 09:00, 12-03 09:00'],
  ['这个月每周五提醒我开会', 'me', '开会', '* 11-27 09:00'],
  ['周三到周五提醒我交表', 'me', '交表', '* 11-25 09:00, 11-26 09:00, 11-27 09:00 ?unclear'],
  ['每月最后三天提醒我报数', 'me', '报数', '* 11-28 09:00, 11-29 09:00, 11-30 09:00'],
])('%s is never a moment that nobody meant', (sentence, audience, text, when) => {
  const said = readReminder(normalize(sentence, '小图'), now, calendar)
  expect([said.audience, said.text, shown(said)]).toEqual([audience, text, when])
})

test.each(['13月5号', '15月20日', '每月32号'])('%s is no day', (words) => {
  const { when } = readReminder(`${words}提醒我开会`, now, calendar)
  expect(when?.doubt).toBe('no_such_day')
})
