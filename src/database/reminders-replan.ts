// When the calendar of a year has come in, reminders that keep to workdays are planned anew (`domain.md` C7 Calendar).
import { sql } from 'kysely'
import type { Calendar } from '../campaign/calendar.ts'
import { nextUnskipped } from '../campaign/misfire.ts'
import type { Executor } from './connection.ts'

/** Call it in the transaction that changes the calendar. What is due already stays due. */
export async function replanReminders(tx: Executor, calendar: Calendar, now: Date): Promise<void> {
  const rows = await tx
    .selectFrom('reminder')
    .where('status', '=', 'active')
    .where('next_at', '>', now)
    .where(sql<boolean>`schedule->'on'->'repeat' is not null and schedule::text like '%orkday%'`)
    .forUpdate()
    .select(['id', 'schedule', 'next_at', 'skip_until'])
    .execute()
  const moved = rows.flatMap(({ id, schedule, next_at, skip_until: skip }) => {
    const next = nextUnskipped(schedule, now, skip, calendar)
    const isSame = next === undefined || next.fire.getTime() === next_at?.getTime()
    return isSame ? [] : { id, at: next.fire, moment: next.moment }
  })
  if (moved.length === 0) return
  await sql`update reminder set next_at = m.at, next_moment = m.moment
    from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as m(id bigint, at timestamptz, moment timestamptz)
    where reminder.id = m.id`.execute(tx)
}
