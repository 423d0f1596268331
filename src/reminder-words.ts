// How a reminder sounds when it fires, in a list, and when it could not be said (`domain.md` C7).
import type { Calendar } from './campaign/calendar.ts'
import { whenToSay } from './campaign/quiet.ts'
import type { Firing, Schedule } from './campaign/recurrence.ts'
import { dateOf, timeOf } from './clock.ts'
import { dayText, describe, describeFirings } from './language/when-format.ts'

/** 11月27日(周五)17:00; of another year than `now` with its year. */
export function momentText(moment: Date, now = moment): string {
  return `${dayText(dateOf(moment), now)}${timeOf(moment).replace(/^0/, '')}`
}

/** 提醒：报周报; ahead of what it is about also when that is: 提醒：报周报，11月27日(周五)17:00前. */
export function spoken(text: string, schedule: Schedule, { fire, moment }: Firing): string {
  if (fire.getTime() === moment.getTime()) return `提醒：${text}`
  const when = schedule.dateOnly ? dayText(dateOf(moment), fire) : momentText(moment, fire)
  return `提醒：${text}，${when}${schedule.deadline ? '前' : ''}`
}

/** 11月27日(周五)17:00前 报周报；26日9:00、27日15:00提醒; of a repetition also its next firing, with the weekday. */
export function reminderLine(
  { text, schedule, next }: { text: string; schedule: Schedule; next: Date | null },
  now: Date,
  calendar: Calendar,
): string {
  const isOver = 'date' in schedule.on || next === null
  const firings = [describeFirings(schedule, now), isOver ? '' : `下次${momentText(next, now)}`].filter(
    Boolean,
  )
  return `${describe(schedule, now, calendar)} ${text}${firings.length > 0 ? `；${firings.join('，')}` : ''}`
}

/** Quiet hours or a day off, when the bot itself would say nothing (`domain.md` C6 Budget). */
export function isRest(fire: Date, calendar: Calendar): boolean {
  const time = whenToSay(fire, fire, 'alert', calendar)
  return time === 'too-late' || time.at > fire
}

const mostNamed = 5

/** To the owner, after downtime: what was too late to be sent. */
export function notSent(missed: { text: string; fire: Date }[], now: Date): string {
  const named = missed
    .slice(0, mostNamed)
    .map(({ text, fire }) => `${short(text)}（${momentText(fire, now)}）`)
  const more = missed.length > mostNamed ? '等' : ''
  return `停机期间有${missed.length}个提醒没发：${named.join('、')}${more}。还要的请再设一次。`
}

/** To the owner: the group is gone. */
export function groupGone(text: string): string {
  return `提醒“${short(text)}”停了：那个群已经不归挂图管了。还要的话，请在绑定好的群里重新设一次。`
}

/** A long text by its beginning. */
export const short = (text: string) => (text.length > 20 ? `${text.slice(0, 20)}…` : text)
