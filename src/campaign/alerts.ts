// Which stage of a deadline falls on a day, and whom it concerns (`domain.md` C6).
import { addDays, daysBetween } from '../clock.ts'
import { type Calendar, workdayBefore, workdayOnOrAfter, workdayOnOrBefore } from './calendar.ts'
import type { Role } from './permissions.ts'

/** Days before the deadline, the day itself at 09:00 and at 15:00, days after it: 1, 3, 7, then every 7 more. */
export type Stage = 'T-7' | 'T-3' | 'T-1' | 'T' | 'T15' | `+${number}`

export type Slot = '09:00' | '15:00'

/**
 * The stage of a deadline that is told in a slot; undefined = nothing (`domain.md` C6).
 *
 * Stages up to the deadline roll to the workday on or before them, so that there is time left to act; those after it
 * roll to the workday on or after, for rolling back could bring them before the deadline. T-1 is the last workday
 * before the deadline. A deadline on a day off is not moved: its T is told on the last workday before it, at both hours.
 *
 * What C6 leaves open: +1, +3, +7 count calendar days, like T-7 and T-3. Where stages fall on one day the later
 * one counts, and the others are thereby told: it reaches everybody whom they would have reached (`audienceOf`).
 */
export function stageOn(due: string, today: string, slot: Slot, calendar: Calendar): Stage | undefined {
  if (!calendar.isWorkday(today)) return undefined
  const after = daysBetween(due, today)
  if (slot === '15:00') return after <= 0 && workdayOnOrBefore(calendar, due) === today ? 'T15' : undefined
  if (after > 0) return overdueStage(due, today, after, calendar)
  // More than a week and the longest holidays ahead: spares a walk through the calendar for far deadlines.
  if (after < -longestAhead) return undefined
  if (workdayOnOrBefore(calendar, due) === today) return 'T'
  if (workdayBefore(calendar, due) === today) return 'T-1'
  if (workdayOnOrBefore(calendar, addDays(due, -3)) === today) return 'T-3'
  if (workdayOnOrBefore(calendar, addDays(due, -7)) === today) return 'T-7'
  return undefined
}

const longestAhead = 60

/** The latest stage that has come is today's if it was not told on a workday before. */
function overdueStage(due: string, today: string, after: number, calendar: Calendar): Stage | undefined {
  const days = after >= 7 ? after - (after % 7) : after >= 3 ? 3 : 1
  return workdayOnOrAfter(calendar, addDays(due, days)) === today ? `+${days}` : undefined
}

/** Whether the deadline has passed. */
export const isOverdue = (stage: Stage): boolean => stage.startsWith('+')

/** The day itself, at either hour. */
export const isDay = (stage: Stage): boolean => stage === 'T' || stage === 'T15'

export type Recipient =
  | 'responsible'
  | Extract<Role, 'secretary' | 'street_admin' | 'street_secretary' | 'district_admin' | 'supervisor'>

export interface Audience {
  /** Who gets a private digest, each about what is theirs. */
  told: Recipient[]
  /**
   * What the chat sees: nothing; how many are still red or yellow; the units that are not done, by name; how many are
   * overdue, without a name.
   */
  chat: 'nothing' | 'behind' | 'names' | 'count'
}

/**
 * Who hears of a stage, and how (the table of `domain.md` C6). Every stage adds somebody to those of the one before,
 * so that nobody first hears of a delay from above.
 */
export function audienceOf(stage: Stage): Audience {
  if (stage === 'T-7') return { told: ['responsible'], chat: 'nothing' }
  if (stage === 'T-3') return { told: ['responsible', 'secretary'], chat: 'behind' }
  const named: Recipient[] = ['responsible', 'secretary', 'street_admin']
  if (!isOverdue(stage)) return { told: named, chat: 'names' }
  const days = Number(stage.slice(1))
  return {
    told: [
      ...named,
      'street_secretary',
      ...(days >= 3 ? (['district_admin'] as const) : []),
      ...(days >= 7 ? (['supervisor'] as const) : []),
    ],
    chat: 'count',
  }
}
