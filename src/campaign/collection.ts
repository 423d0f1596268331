// The window in which a weekly campaign collects numbers: from one Friday's ranking to the next (`domain.md` C8).
import { addDays, dateOf, momentOf } from '../clock.ts'
import { type Calendar, workdayAfter } from './calendar.ts'
import { weekdayOf } from './dates.ts'

const friday = 5
const hour = '18:00'

/**
 * Since when reports are waited for at a moment: the last ranking, Friday 18:00. What came before is in it; what comes
 * after is for the next one. A calendar week would be worse: who reported on Saturday would be asked again on Monday.
 *
 * On Friday evening and over the weekend everybody would be missing, although nobody is expected to report on days off:
 * until the first workday behind a ranking begins, the window before it is meant.
 */
export function collectionStart(moment: Date, calendar: Calendar): Date {
  const today = dateOf(moment)
  let date = addDays(today, -((weekdayOf(today) - friday + 7) % 7))
  if (momentOf(date, hour) > moment) date = addDays(date, -7)
  while (workdayAfter(calendar, date) > today) date = addDays(date, -7)
  return momentOf(date, hour)
}
