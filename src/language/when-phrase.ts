// What a phrase of time words holds: a moment, a repetition or a lead, with what it is for (`domain.md` N5).
import type { SaidClock } from './when-clock.ts'
import type { Length, Span, Token } from './when-words.ts'

export type Of<Kind> = Extract<Token, { kind: Kind }>
export type DateToken = Of<'date'>

/** One moment or repetition that was said. */
export interface Phrase extends Span {
  dates: DateToken[]
  /** 11月27日(周五): the weekday in the brackets. */
  confirms?: DateToken
  /** 12月1号到5号: the second. */
  last?: DateToken
  repeat?: Of<'repeat'>
  at?: Date
  /** 上午10点和下午4点 are two. */
  clocks: SaidClock[]
  /** A moment, what must be done by then, or the ends of a repetition. */
  role: 'plain' | 'deadline' | 'from' | 'until'
  /** With the words that tell the role: 从…起, 到…为止, …前. */
  whole: Span
  /** 今天的数据: it tells which data. */
  attributive: boolean
  /** A word that asks to be reminded follows directly. */
  cued: boolean
}

export interface LeadPhrase extends Span {
  length?: Length
  due: boolean
  clock?: SaidClock
}

export interface Phrases {
  moments: Phrase[]
  leads: LeadPhrase[]
  counts: Of<'count'>[]
}
