// The firings of a schedule over a stretch of time, for tests.
import type { Calendar } from '../../src/campaign/calendar.ts'
import { type Firing, nextFire, type Schedule } from '../../src/campaign/recurrence.ts'

/** All firings in (`after`, `until`], in order, at most `most` of them. */
export function firesBetween(
  schedule: Schedule,
  after: Date,
  until: Date,
  calendar: Calendar,
  most = 100,
): Firing[] {
  const found: Firing[] = []
  let next = nextFire(schedule, after, calendar)
  while (next && next.fire <= until && found.length < most) {
    found.push(next)
    next = nextFire(schedule, next.fire, calendar)
  }
  return found
}
