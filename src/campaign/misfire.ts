// What is said of a reminder that has come due, after downtime too: the newest, once (`domain.md` C7 Misfire). Pure.
import type { Calendar } from './calendar.ts'
import { whenToSay } from './quiet.ts'
import { type Firing, nextFire, type Schedule } from './recurrence.ts'

export interface Misfire {
  /** What is said, and when that is: the newest that is not too old. */
  say: (Firing & { at: Date }) | undefined
  /** Older ones, which would say the same. */
  needless: Firing[]
  /** Not said any more, but told to the owner. */
  tooLate: Firing[]
  /** Undefined = the reminder is over. */
  next: Firing | undefined
}

/** Firings looked at together; what is left of a very long downtime is still due, and comes up again. */
const most = 30

/** @param first the firing that the reminder waited for, at or before `now` */
export function misfire(
  { first, schedule, skip_until: skip }: { first: Firing; schedule: Schedule; skip_until: Date | null },
  now: Date,
  calendar: Calendar,
): Misfire {
  const all = [first]
  let next = nextFire(schedule, first.fire, calendar)
  for (; next && next.fire <= now && all.length < most; next = nextFire(schedule, next.fire, calendar))
    all.push(next)
  const isSkipped = ({ moment }: Firing) => skip !== null && moment <= skip
  const meant = all
    .filter((firing) => !isSkipped(firing))
    .map((firing) => ({ firing, time: whenToSay(firing.fire, now, 'reminder', calendar) }))
  const sayable = meant.flatMap(({ firing, time }) => (time === 'too-late' ? [] : { ...firing, at: time.at }))
  return {
    say: sayable.at(-1),
    needless: sayable.slice(0, -1),
    tooLate: meant.filter(({ time }) => time === 'too-late').map(({ firing }) => firing),
    next,
  }
}

/** The next firing after `after` that is not left out: what belongs to a moment up to `skip` is (下次不用提醒). */
export function nextUnskipped(
  schedule: Schedule,
  after: Date,
  skip: Date | null,
  calendar: Calendar,
): Firing | undefined {
  let next = nextFire(schedule, after, calendar)
  while (next && skip && next.moment <= skip) next = nextFire(schedule, next.fire, calendar)
  return next
}
