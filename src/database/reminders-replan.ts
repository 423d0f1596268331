// When the calendar of a year has come in, reminders that keep to workdays are planned anew (`domain.md` C7 Calendar).
import { sql } from 'kysely'
import type { Calendar } from '../campaign/calendar.ts'
import { nextUnskipped } from '../campaign/misfire.ts'
import type { Executor } from './connection.ts'

const atOnce = 5000

/**
 * Call it in the transaction that changes the calendar. What is due already stays due. Only what moves is locked, so
 * that reminders are fired meanwhile; what was changed or fired meanwhile keeps the time that it was given.
 * @param changed the days that changed: only reminders that wait for a moment in their years are looked at
 */
export async function replanReminders(
  tx: Executor,
  calendar: Calendar,
  now: Date,
  changed?: string[],
): Promise<void> {
  const years = changed && [...new Set(changed.map((day) => Number(day.slice(0, 4))))]
  for (let after = 0, full = true; full; ) {
    const rows = await tx
      .selectFrom('reminder')
      .where('id', '>', after)
      .where('status', '=', 'active')
      .where('next_at', '>', now)
      .where(sql<boolean>`schedule->'on'->'repeat' is not null and schedule::text like '%orkday%'`)
      .$if(years !== undefined, (query) => query.where(waitsFor(years ?? [])))
      .orderBy('id')
      .limit(atOnce)
      .select(['id', 'schedule', 'next_at', 'skip_until'])
      .execute()
    const moved = rows.flatMap(({ id, schedule, next_at: was, skip_until: skip }) => {
      const next = nextUnskipped(schedule, now, skip, calendar)
      const isSame = next === undefined || next.fire.getTime() === was?.getTime()
      return isSame ? [] : { id, was, schedule, skip, at: next.fire, moment: next.moment }
    })
    if (moved.length > 0)
      await sql`update reminder set next_at = m.at, next_moment = m.moment
        from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb)
          as m(id bigint, was timestamptz, schedule jsonb, skip timestamptz, at timestamptz, moment timestamptz)
        where reminder.id = m.id and status = 'active' and next_at = m.was and reminder.schedule = m.schedule
          and skip_until is not distinct from m.skip`.execute(tx)
    after = rows.at(-1)?.id ?? after
    full = rows.length === atOnce
  }
}

/** It fires, or what it reminds of is, in one of these years. */
const waitsFor = (years: number[]) => sql<boolean>`(
  extract(year from next_at at time zone 'Asia/Shanghai') = any(${years}::int[])
  or extract(year from next_moment at time zone 'Asia/Shanghai') = any(${years}::int[]))`
