// The bot's time. Everything that depends on "now" is given a Clock, so that tests and the demo may stand anywhere.

export interface Clock {
  now(): Date
}

export const realClock: Clock = { now: () => new Date() }

/** A clock that stood at `start` when it was made and has run on since. */
export function clockFrom(start: Date, real: Clock = realClock): Clock {
  const offset = start.getTime() - real.now().getTime()
  return { now: () => new Date(real.now().getTime() + offset) }
}

/** Calendar date `YYYY-MM-DD` in Asia/Shanghai, which has had no daylight saving time since 1991. */
export function dateOf(moment: Date): string {
  return new Date(moment.getTime() + 8 * 3600_000).toISOString().slice(0, 10)
}

/** Clock time `HH:MM` in Asia/Shanghai. */
export function timeOf(moment: Date): string {
  return new Date(moment.getTime() + 8 * 3600_000).toISOString().slice(11, 16)
}

/** The moment as people in Asia/Shanghai read it: `2026-11-27T18:00:00+08:00`. */
export function isoOf(moment: Date): string {
  return `${new Date(moment.getTime() + 8 * 3600_000).toISOString().slice(0, 19)}+08:00`
}

/** The moment of a calendar date and a clock time `HH:MM` in Asia/Shanghai. */
export function momentOf(date: string, time: string): Date {
  return new Date(`${date}T${time}:00+08:00`)
}

/** Whole days from one calendar date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}

/** The calendar date `days` after `date`. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
}
