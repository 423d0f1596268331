// What has to be asked before a reminder is made, each with answers of one digit (`domain.md` C7, N18).
import { isDeepStrictEqual } from 'node:util'
import type { Calendar } from './campaign/calendar.ts'
import { firesOf, type Lead, nextFire, type Schedule } from './campaign/recurrence.ts'
import { addDays, dateOf } from './clock.ts'
import { UserError } from './errors.ts'
import { type ReminderSaid, readReminder } from './language/reminder.ts'
import { isOdd } from './language/reminder-oddities.ts'
import type { WhenFound } from './language/when.ts'
import { describe, describeFirings, describeFully } from './language/when-format.ts'
import { Question } from './question.ts'

export interface Asking {
  /** The sentence as it was said. */
  said: string
  audience: ReminderSaid['audience']
  text: string
  now: Date
  calendar: Calendar
}

/** The comma keeps the answer apart: 不要迟到 + 明天 is not 到明天. */
const ask = (question: string, said: string) => new Question(question, [], { said: `${said},` })

export const askText = (said: string) => ask('提醒什么？例如“报周报”。', said)

/** @throws UserError for what this grammar of times does not have */
export function askTime(said: string): Question {
  if (/农历|阴历|[冬腊正]月|初[一二三四五六七八九十]/.test(said))
    throw new UserError('我不会算农历。请说公历的日期，例如“2月5日上午9点提醒我祭灶”。')
  if (/(?:怎么|咋|如何)(?:设|加|建|定|创|添|弄|搞|用|写)/.test(said))
    throw new UserError('直接说时间和事就行，例如“明天上午9点提醒我开会”“每周六早上8点提醒三捡三提”。')
  return ask('什么时候提醒？例如“明天上午9点”。', said)
}

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
      return offer(
        `没有“${words}”这一天。改成这个时间吗？`,
        nextFire(schedule, now, calendar) ? [schedule] : [],
      )
    }
    case 'half_monthly':
      return offer('半个月怎么算？', [schedule, ...others])
    case 'month_end_days':
      return offer('是哪天提醒？', [schedule, ...others])
    case 'when_to_remind': {
      const leads = leadsFor(schedule, asking)
      const options = leads.flatMap((one) => optionOf({ ...schedule, leads: one }, asking, true))
      if (options.length === 0)
        throw new UserError(`${text}来不及提前提醒了。请说几点提醒，例如“10点半提醒我”。`)
      return new Question(`${text}，什么时候提醒？`, options, { said: `${said},` })
    }
    case 'unclear':
      if (isOdd(asking.text))
        return offer(`只会照${text}提醒“${asking.text}”，别的时间和例外没听懂。这样设吗？`, [schedule])
      return offer(others.length > 0 ? '您说的是哪个时间？' : `是${text}吗？`, [schedule, ...others])
  }
}

/** A choice is a sentence that means exactly this; what the grammar would read in another way is not offered. */
function optionOf(schedule: Schedule, { audience, text, now, calendar }: Asking, short = false) {
  const whole = describeFully(schedule, now, calendar)
  const whom = { me: '我', all: '大家', group: '' }[audience]
  const sentences = [`${whole.replace(/提醒$/, '')}提醒${whom}${text}`, `提醒${whom}${text}，${whole}`]
  // In the form in which sentences come in (`language/normalize.ts`).
  const words = sentences
    .map((sentence) => sentence.normalize('NFKC'))
    .find((sentence) => {
      const read = readReminder(sentence, now, calendar)
      const isSame = read.audience === audience && read.text === text
      return isSame && read.when && isDeepStrictEqual(essence(read.when.schedule), essence(schedule))
    })
  const label = (short && describeFirings(schedule, now)) || whole
  return words ? [{ label, words }] : []
}

/**
 * What tells two schedules apart: of one day the moments at which it fires, however they were said. At nine on a day is
 * the same whether nine was said or not, unless it is a deadline or an event.
 */
function essence({ dateOnly, leads, ...rest }: Schedule) {
  const fires = 'date' in rest.on ? firesOf({ ...rest, leads }, rest.on.date) : leads
  return { ...rest, fires, dateOnly: rest.deadline || leads.length > 0 ? dateOnly : undefined }
}

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
