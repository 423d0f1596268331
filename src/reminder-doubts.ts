// What has to be asked before a reminder is made, each with answers of one digit (`domain.md` C7, N18).
import { isDeepStrictEqual } from 'node:util'
import type { Calendar } from './campaign/calendar.ts'
import { type Lead, nextFire, type Schedule } from './campaign/recurrence.ts'
import { addDays, dateOf } from './clock.ts'
import { UserError } from './errors.ts'
import { type ReminderSaid, readReminder } from './language/reminder.ts'
import type { WhenFound } from './language/when.ts'
import { describe, describeFully } from './language/when-format.ts'
import { Question } from './question.ts'

export interface Asking {
  /** The sentence as it was said. */
  said: string
  audience: ReminderSaid['audience']
  text: string
  now: Date
  calendar: Calendar
}

export const askText = (said: string) => new Question('提醒什么？例如“报周报”。', [], { said })
export const askTime = (said: string) => new Question('什么时候提醒？例如“明天上午9点”。', [], { said })

/** @throws UserError when nothing can be offered in its place */
export function askAbout(
  when: WhenFound & { doubt: NonNullable<WhenFound['doubt']> },
  asking: Asking,
): Question {
  const { schedule, others = [], doubt, spans } = when
  const { now, calendar, said } = asking
  const text = describe(schedule, now, calendar)
  const offer = (question: string, schedules: Schedule[]) => {
    const options = schedules.flatMap((one) => optionOf(one, asking))
    if (options.length === 0) throw new UserError(`${question}请换个说法，例如“明天上午9点提醒开会”。`)
    return new Question(question, options, { yes: options.length === 1 })
  }
  switch (doubt) {
    case 'past':
      return offer(
        `${text}已经过了。${'date' in schedule.on ? '改到这个时间吗？' : ''}`,
        tomorrow(schedule, asking),
      )
    case 'no_such_day': {
      const words = spans.map(({ start, end }) => said.slice(start, end)).join('')
      return offer(`没有“${words}”这一天。`, nextFire(schedule, now, calendar) ? [schedule] : [])
    }
    case 'half_monthly':
      return offer('半个月怎么算？', [schedule, ...others])
    case 'month_end_days':
      return offer('是哪天提醒？', [schedule, ...others])
    case 'when_to_remind': {
      const leads = leadsFor(schedule, asking)
      const options = leads.flatMap((one) => optionOf({ ...schedule, leads: one }, asking))
      if (options.length === 0)
        throw new UserError(`${text}来不及提前提醒了。请说几点提醒，例如“10点半提醒我”。`)
      return new Question(`${text}，什么时候提醒？`, options, { said })
    }
    case 'unclear':
      return offer(others.length > 0 ? '您说的是哪个时间？' : `是${text}吗？`, [schedule, ...others])
  }
}

/** A choice is a sentence that means exactly this; what the grammar would read in another way is not offered. */
function optionOf(schedule: Schedule, { audience, text, now, calendar }: Asking): Question['options'] {
  const label = describeFully(schedule, now, calendar)
  const whom = { me: '我', all: '大家', group: '' }[audience]
  const words = [`${label}提醒${whom}${text}`, `提醒${whom}${text}，${label}`].find((sentence) => {
    const read = readReminder(sentence, now, calendar)
    const isSame = read.audience === audience && read.text === text
    return isSame && read.when && isDeepStrictEqual(essence(read.when.schedule), essence(schedule))
  })
  return words ? [{ label, words }] : []
}

/** At nine on a day is the same whether nine was said or not, unless it is a deadline or an event. */
const essence = ({ dateOnly, ...schedule }: Schedule) =>
  schedule.deadline || schedule.leads.length > 0
    ? { ...schedule, dateOnly }
    : { ...schedule, dateOnly: undefined }

/** The same time today, if that is still to come, or tomorrow. */
function tomorrow(schedule: Schedule, { now, calendar }: Asking): Schedule[] {
  if (!('date' in schedule.on)) return []
  const today = dateOf(now)
  return [today, addDays(today, 1)]
    .map((date) => ({ ...schedule, on: { date } }))
    .filter((one) => nextFire(one, now, calendar))
    .slice(0, 1)
}

/** The usual times, three days before, on its morning, half an hour before: those that are still to come. */
function leadsFor(schedule: Schedule, { now, calendar }: Asking): Lead[][] {
  const ahead: Lead[][] = [
    schedule.leads,
    [{ days: 3, time: '09:00' }],
    [{ days: 0, time: '09:00' }],
    ...(schedule.dateOnly ? [] : [[{ minutes: 30 }]]),
  ]
  return ahead.filter(
    (leads, at) =>
      nextFire({ ...schedule, leads }, now, calendar) &&
      ahead.findIndex((other) => isDeepStrictEqual(other, leads)) === at,
  )
}
