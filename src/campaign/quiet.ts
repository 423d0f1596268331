// When something may be said: quiet hours, days off, and what is done about being late (`domain.md` C6, C7 Misfire).
import { dateOf, timeOf } from '../clock.ts'
import type { PushKind } from '../database/schema.ts'
import { type Calendar, workdayAfter } from './calendar.ts'

const hour = 3_600_000
/** Nobody minds this much, and no mark is needed. */
const punctual = 5 * 60_000
const sentAtOnce = 2 * hour
const tooOld = 24 * hour
/** A ranking is of its week: it is worth saying on any workday before the next one. */
const rankingTooOld = 6 * 24 * hour
const quiet = { from: '21:00', until: '07:30' }
const office = '09:00'

/**
 * When a message of the bot's own accord goes out (`domain.md` C6 Budget, C7 Misfire). `late` = it is marked 补发;
 * `too-late` = it is not sent, but listed.
 *
 * - Punctual, or at most two hours late: now, if it may be said now. Later than that: at the next moment when it may
 *   be said, if that is within 24 hours of when it should have been.
 * - Alerts and rankings are for workdays, 07:30–21:00. If they have to wait, they wait for 09:00 of a workday.
 * - A notice to a clerk waits for 07:30, on days off too.
 * - A reminder that people set goes out at its time, whatever the hour and day. More than two hours late it keeps to
 *   the quiet hours, and to workdays if it was meant for one: a Saturday's reminder may still come on that Saturday, a
 *   Friday's does not come on it.
 *
 * Waiting for a day or hour that was clear from the beginning is not being late: lateness counts from the first moment
 * at or after `due` when it could be said.
 */
export function whenToSay(
  due: Date,
  now: Date,
  kind: PushKind,
  calendar: Calendar,
): { at: Date; late: boolean } | 'too-late' {
  const own = kind === 'reminder'
  const may = own && !calendar.isWorkday(dateOf(due)) ? 'notice' : kind
  const planned = own ? due : nextAllowed(due, kind, calendar)
  const lateness = now.getTime() - planned.getTime()
  if (lateness <= 0) return { at: planned, late: false }
  const at = own && lateness <= sentAtOnce ? now : nextAllowed(now, may, calendar)
  const wait = at.getTime() - planned.getTime()
  const late = wait > punctual
  return wait > (kind === 'ranking' ? rankingTooOld : tooOld) ? 'too-late' : { at, late }
}

/** 09:00 of the next workday after today: for what is over a chat's budget of a day (`domain.md` C6). */
export function startOfNextAllowed(now: Date, calendar: Calendar): Date {
  return moment(workdayAfter(calendar, dateOf(now)), office)
}

/**
 * The first moment from `from` on when something of that kind may be said (`domain.md` C6 Budget). What was held up,
 * by a limit or for want of a robot, keeps to it too. People's own reminders are not asked about here.
 */
export function nextAllowed(from: Date, kind: PushKind, calendar: Calendar): Date {
  const [date, time] = [dateOf(from), timeOf(from)]
  const daysOff = kind !== 'notice' && !calendar.isWorkday(date)
  if (!daysOff && time >= quiet.until && time < quiet.from) return from
  const opens = kind === 'alert' || kind === 'ranking' ? office : quiet.until
  if (!daysOff && time < quiet.until) return moment(date, opens)
  const tomorrow = dateOf(new Date(from.getTime() + 24 * hour))
  return moment(kind === 'notice' ? tomorrow : workdayAfter(calendar, date), opens)
}

/** A group that has just been given a bulletin is not given a digest as well for this long (`domain.md` C6 Inhibition). */
export const hush = 4 * hour

/** When an alert for a chat may be said that would come at `wish`, after bulletins published at these moments. */
export function afterBulletins(wish: Date, published: Date[], calendar: Calendar): Date {
  const ends = published
    .filter((at) => at <= wish && wish.getTime() < at.getTime() + hush)
    .map((at) => at.getTime() + hush)
  return ends.length === 0 ? wish : nextAllowed(new Date(Math.max(...ends)), 'alert', calendar)
}

const moment = (date: string, time: string) => new Date(`${date}T${time}:00+08:00`)
