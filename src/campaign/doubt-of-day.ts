// Why a number of an earlier day should be asked about: it is judged on its own day (`domain.md` C3.1, C3.4). Pure.
import { type CellEvent, fold, stateOn } from './cell.ts'
import { comparable, doubtOf, type Subject, show } from './entry.ts'

/**
 * Against what the cell was that day, and against what was reported for a later day: more than that would make the
 * later number a drop that nobody has confirmed.
 * @param events of the cell; `next` the number as it would be written
 */
export function doubtOfDay(subject: Subject, events: CellEvent[], next: CellEvent): string | undefined {
  const { baseline, direction } = subject
  const [before, after] = [events, [...events, next]].map((all) => stateOn(all, next.as_of, baseline))
  if (!before || !after) return undefined
  const reason = doubtOf(subject, before, after)
  if (reason !== undefined) return reason
  // What was added that day is in all later numbers too.
  if (next.op === 'add') return doubtOf(subject, fold(events, baseline), fold([...events, next], baseline))
  const days = [...new Set(events.map(({ as_of }) => as_of))].filter((day) => day > next.as_of).sort()
  const later = days
    .map((day) => stateOn(events, day, baseline))
    .find(({ as_of, report_id }) => report_id !== null && as_of !== null && as_of > next.as_of)
  if (!later) return undefined
  const [said, then] = [comparable(subject, after), comparable(subject, later)]
  if (direction === 'up' ? said.lte(then) : said.gte(then)) return undefined
  const [, month, day] = (later.as_of ?? '').split('-').map(Number)
  return `比后来（${month}月${day}日 ${show(subject, later)}）${direction === 'up' ? '多' : '少'}`
}
