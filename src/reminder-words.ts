// How a reminder sounds when it fires, and what is said of those that could not (`domain.md` C7).
import type { Firing, Schedule } from './campaign/recurrence.ts'
import { dateOf, timeOf } from './clock.ts'
import { day } from './wording.ts'

const weekdays = '日一二三四五六'

/** 11月27日(周五) */
export function dayWithWeekday(date: string): string {
  return `${day(date)}(周${weekdays[new Date(date).getUTCDay()]})`
}

/** 11月27日(周五)17:00 */
export function momentText(moment: Date): string {
  return `${dayWithWeekday(dateOf(moment))}${timeOf(moment).replace(/^0/, '')}`
}

/** 提醒：报周报; ahead of what it is about also when that is: 提醒：报周报，11月27日(周五)17:00前. */
export function spoken(text: string, schedule: Schedule, { fire, moment }: Firing): string {
  if (fire.getTime() === moment.getTime()) return `提醒：${text}`
  const when = schedule.dateOnly ? dayWithWeekday(dateOf(moment)) : momentText(moment)
  return `提醒：${text}，${when}${schedule.deadline ? '前' : ''}`
}

const mostNamed = 5

/** To the owner, after downtime: what was too late to be sent. */
export function notSent(missed: { text: string; fire: Date }[]): string {
  const named = missed.slice(0, mostNamed).map(({ text, fire }) => `${short(text)}（${momentText(fire)}）`)
  const more = missed.length > mostNamed ? '等' : ''
  return `停机期间有${missed.length}个提醒没发：${named.join('、')}${more}。还要的请再设一次。`
}

/** To the owner: the group is gone. */
export function groupGone(text: string): string {
  return `提醒“${short(text)}”停了：那个群已经不归挂图管了。还要的话，请在绑定好的群里重新设一次。`
}

/** A long text by its beginning. */
export const short = (text: string) => (text.length > 20 ? `${text.slice(0, 20)}…` : text)
