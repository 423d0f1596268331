// Days off and days worked of a load. They are the same for every campaign, so they belong to none.
import { sql } from 'kysely'
import type { CalendarDay } from '../campaign/calendar.ts'
import { readCalendar } from './calendar.ts'
import { type Count, noteChange } from './load-changes.ts'
import { chunks, differences, type Load, recordset } from './load-common.ts'
import { replanReminders } from './reminders-replan.ts'

/** Reminders that keep to workdays are planned anew when days have changed. */
export async function loadCalendar({ tx, now }: Load, days: CalendarDay[], count: Count): Promise<void> {
  if (days.length === 0) return
  const kept = await tx.selectFrom('calendar_day').selectAll().execute()
  const existing = new Map(kept.map((day) => [day.day, day]))
  const different = days.filter((day) => {
    const before = existing.get(day.day)
    if (before && differences<CalendarDay>(before, day).length === 0) {
      count.unchanged++
      return false
    }
    noteChange(count, before ? 'changed' : 'added', `${day.day} ${day.working ? '班' : '休'}`)
    return true
  })
  // Other years may have come with other files: they are not what this file has forgotten.
  const years = new Set(days.map(({ day }) => day.slice(0, 4)))
  const said = new Set(days.map(({ day }) => day))
  count.kept = kept.flatMap(({ day }) => (years.has(day.slice(0, 4)) && !said.has(day) ? day : []))
  // In the order of the days, so that two loads at the same time wait for each other and not in a circle.
  const rows = different.toSorted((a, b) => (a.day < b.day ? -1 : 1))
  for (const chunk of chunks(rows)) await write(tx, chunk)
  const changed = rows.map(({ day }) => day)
  if (changed.length > 0) await replanReminders(tx, await readCalendar(tx), now, changed)
}

async function write(tx: Load['tx'], rows: CalendarDay[]): Promise<void> {
  await sql`insert into calendar_day (day, working, name)
    select r.day, r.working, r.name from ${recordset(rows, 'day date, working boolean, name text')}
    on conflict (day) do update set working = excluded.working, name = excluded.name`.execute(tx)
}
