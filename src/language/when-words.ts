// What the words of a time phrase mean, one by one, before they are put together (`domain.md` C7).
import type { Calendar } from '../campaign/calendar.ts'
import type { Lead, Repeat, Schedule } from '../campaign/recurrence.ts'
import type { SaidClock } from './when-clock.ts'

/** What the bot has to ask about. */
export type Doubt =
  /** The moment is over. */
  | 'past'
  /** 每半个月: the 1st and the 16th, or every 14 days? */
  | 'half_monthly'
  /** 月底前三天: three days before the last day, or the last three days? */
  | 'month_end_days'
  /** 2月31号 */
  | 'no_such_day'
  /** A deadline was said, but not when to remind of it. */
  | 'when_to_remind'
  /** Words that leave the day or the hour open: 下周, 每隔两天, 8点 where 20:00 may be meant. */
  | 'unclear'

export interface Resolved {
  date: string
  doubt?: Doubt
  /** Other dates that may be meant. */
  others?: string[]
  /** Or each of these days, both included. */
  orDaily?: { from: string; until: string }
}

/**
 * A day that is only known with its clock time: 周五 is the next one strictly in the future.
 * @param isFuture whether the moment on that date lies ahead
 * @param month of the date before it in the sentence, as `monthOf` counts: 11月26日9点、27日15点
 */
export type Resolve = (isFuture: (date: string) => boolean, month?: number) => Resolved

/** Where and when a sentence is read. */
export interface Setting {
  now: Date
  /** Calendar date of `now`. */
  today: string
  calendar: Calendar
}

export type Length = { days: number } | { minutes: number }

export type Word =
  | {
      kind: 'date'
      resolve: Resolve
      /** A weekday alone, which may also confirm the date before it: 11月27日(周五). */
      weekday?: number
      /** Said with its month, and maybe year: it means the same on every day. */
      absolute?: true
      /** 下周, 月初: a day only when nothing else is said, and then in doubt. */
      vague?: true
      /** 月底, 季度末, 年底. */
      isEnd?: true
    }
  | ({ kind: 'clock' } & SaidClock)
  /** 半小时后 */
  | { kind: 'moment'; at: Date }
  | {
      kind: 'repeat'
      repeat: Repeat
      /** A date in a month, quarter or year that has one: 每年12月1日 does not begin in November. */
      anchor?: string
      doubt?: Doubt
      others?: Repeat[]
      /** 每周 without a day: one that is said elsewhere in the sentence is it. */
      lacksWeekday?: true
      isEnd?: true
    }
  /** 提前一天; `due`: before a deadline that the campaign knows (截止前3天). `days` may be 0: 当天. */
  | { kind: 'lead'; length?: Length; due: boolean }
  /** 共5次; or 连续3天, 未来两周: so many days from the first. */
  | { kind: 'count'; times: number; days?: never }
  | { kind: 'count'; days: number; times?: never }

export interface Span {
  start: number
  end: number
}
export type Token = Span & Word

/** How a word is recognised: source of a pattern, and what its match means; undefined = it is none after all. */
export type Rule = readonly [pattern: string, read: (groups: string[], setting: Setting) => Word | undefined]

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
  /** 截止前3天: before a deadline that the campaign knows; without leads, it was not said how long before. */
  beforeDue?: { leads: Lead[]; spans: Span[] }
}
