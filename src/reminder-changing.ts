// Another time for a reminder, or leaving its next one out (`domain.md` C7).
import type { Calendar } from './campaign/calendar.ts'
import { nextUnskipped } from './campaign/misfire.ts'
import { type Firing, nextFire, type Schedule } from './campaign/recurrence.ts'
import { atTime, onDay, shifted } from './campaign/reschedule.ts'
import { dateOf, momentOf } from './clock.ts'
import { changeReminder, type Reminder } from './database/reminders.ts'
import { UserError } from './errors.ts'
import type { ReminderChange } from './language/reminder-change.ts'
import type { WhenFound } from './language/when.ts'
import { describeFully } from './language/when-format.ts'
import { line, type Reply } from './message.ts'
import { Question } from './question.ts'
import { actorOf, type Numbered } from './reminder-numbers.ts'
import { isRest, momentText, reminderLine, short } from './reminder-words.ts'
import type { Turn } from './turn.ts'

const day = 86_400_000

/** The change as said, or the choice that it leaves open. @throws UserError when it cannot be */
export async function change(
  turn: Turn,
  { number, reminder }: Pick<Numbered, 'number' | 'reminder'>,
  said: ReminderChange,
  calendar: Calendar,
): Promise<Reply | Question> {
  if ('skipNext' in said) return skip(turn, { number, reminder }, said.period, calendar)
  const { now, chosen, db } = turn
  if ('when' in said && isPast(reminder.schedule, said.when, now, calendar)) throw new UserError(past)
  const wanted = schedulesOf(reminder.schedule, said, chosen)
  const schedules = wanted.filter((one) => nextFire(one, now, calendar))
  const [schedule, ...others] = schedules
  if (!schedule) throw new UserError(past)
  if (others.length > 0) {
    const options = schedules.map((one) => {
      const label = describeFully(one, now, calendar)
      return { label, words: `提醒#${reminder.id}改成${label}`.normalize('NFKC') }
    })
    return new Question(`第${number}个提醒改成哪样？`, options)
  }
  const next =
    nextUnskipped(schedule, now, reminder.skip_until, calendar) ?? nextFire(schedule, now, calendar)
  if (!(await changeReminder(db, actorOf(turn), reminder, { schedule, next }))) throw new UserError(gone)
  const { text } = reminder
  const rest = next && isRest(next.fire, calendar) ? '到时是休息时间，照样提醒。' : ''
  return line(
    `改好了，第${number}个提醒：${reminderLine({ text, schedule, next: next?.fire ?? null }, now, calendar)}。${rest}`,
  )
}

const past = '那个时间已经过了。请说以后的时间，例如“第1个提醒改到明天上午9点”。'

/** 改到昨天: of a repetition too, its 21st is not meant. 改到今天 keeps the old time, which may be still to come. */
function isPast(
  old: Schedule,
  { schedule: { on, dateOnly }, doubt }: WhenFound,
  now: Date,
  calendar: Calendar,
): boolean {
  if (!('date' in on)) return false
  if (on.date !== dateOf(now)) return on.date < dateOf(now)
  return dateOnly ? !nextFire({ ...old, on }, now, calendar) : doubt === 'past'
}

const gone = '这个提醒刚才已经没有了。说“有哪些提醒”看现在的。'

/** @param chosen the words are a choice of the bot's: they tell the whole schedule */
function schedulesOf(
  old: Schedule,
  said: Exclude<ReminderChange, { skipNext: true }>,
  chosen: boolean,
): Schedule[] {
  if ('time' in said) return atTime(old, said.time, said.otherTime)
  if ('shiftMinutes' in said) {
    const schedule = shifted(old, said.shiftMinutes)
    if (!schedule)
      throw new UserError('这样会挪到另一天或期限以后。请直接说新的时间，例如“第1个提醒改到周日上午9点”。')
    return [schedule]
  }
  const { schedule, doubt, others = [] } = said.when
  if (doubt === 'no_such_day') throw new UserError('没有那一天。请换一天，例如“第1个提醒改到25号上午9点”。')
  if (chosen) return [schedule]
  return [schedule, ...(doubt ? others : [])].flatMap((one) => onDay(old, one))
}

/** 下次不用提醒: what belongs to the next moment is left out, all of its firings. */
async function skip(
  turn: Turn,
  { number, reminder }: Pick<Numbered, 'number' | 'reminder'>,
  period: { start: string; end: string } | undefined,
  calendar: Calendar,
): Promise<Reply> {
  const { now, db } = turn
  const { schedule, text } = reminder
  const upcoming = firing(reminder)
  const date = dateOf(upcoming.moment)
  const when = momentText(upcoming.moment, now)
  if (period && (date < period.start || date > period.end))
    throw new UserError(`“${short(text)}”下次是${when}。要跳过这一次，请说“下次${short(text)}不用提醒了”。`)
  // All of the day: its other firings, and a change of time, do not bring it back.
  const skip_until = new Date(momentOf(period?.end ?? date, '00:00').getTime() + day - 1)
  const next = nextUnskipped(schedule, now, skip_until, calendar)
  if (!(await changeReminder(db, actorOf(turn), reminder, { skip_until, next }))) throw new UserError(gone)
  if (!next) return line(`好，不提醒了。第${number}个提醒“${short(text)}”以后没有了，已取消。`)
  return line(`好，${when}的“${short(text)}”不提醒了，下次是${momentText(next.moment, now)}。`)
}

const firing = ({ next_at, next_moment }: Reminder): Firing => {
  if (!next_at) throw new Error('an active reminder has no next firing')
  return { fire: next_at, moment: next_moment ?? next_at }
}
