// The workday calendar with the days an administrator has loaded.
import { type Calendar, calendarOf } from '../campaign/calendar.ts'
import type { Executor } from './connection.ts'

/** The calendar as the database has it now (`domain.md` C7 Calendar): a few dozen rows, read anew each time. */
export async function readCalendar(db: Executor): Promise<Calendar> {
  return calendarOf(await db.selectFrom('calendar_day').selectAll().execute())
}
