// One cell of the wall chart is what its events add up to (`domain.md` C1 Cell, C3.3): nothing is ever edited.
import Fraction from 'fraction.js'

export interface CellEvent {
  id: number
  op: 'set' | 'add' | 'correct' | 'void' | 'zero'
  value: string | null
  num: string | null
  den: string | null
  step: string | null
  /** Calendar date the number speaks of. */
  as_of: string
  reported_at: Date
  status: 'pending' | 'accepted'
  supersedes: number | null
}

export interface CellState {
  value: string | null
  num: string | null
  den: string | null
  step: string | null
  as_of: string | null
  reported_at: Date | null
  /** The event that made the present value; null = never reported (未报). */
  report_id: number | null
  /** The newest report that still waits for its answer. */
  pending_id: number | null
}

/**
 * Adds up the events of one unit and indicator.
 * @param events in any order; `id` is the order in which they were accepted
 * @param baseline what an increment starts from when nothing was reported before
 */
export function fold(events: CellEvent[], baseline = '0'): CellState {
  const ordered = [...events].sort((a, b) => a.id - b.id)
  const cell: CellState = {
    value: null,
    num: null,
    den: null,
    step: null,
    as_of: null,
    reported_at: null,
    report_id: null,
    pending_id: null,
  }
  for (const event of inPlace(standing(ordered), ordered)) apply(cell, event, baseline)
  return cell
}

/**
 * The cell as it stood at the end of a day, by what is known now: what was corrected or withdrawn since does not count.
 * @param day calendar date
 */
export function stateOn(events: CellEvent[], day: string, baseline = '0'): CellState {
  const known = events
    .filter(({ as_of, supersedes }) => as_of <= day || supersedes !== null)
    .map((event) => (event.as_of <= day ? event : { ...event, op: 'void' as const }))
  return fold(known, baseline)
}

/** A correction stands where the number stood that it corrects: what was added later is added to what is right. */
function inPlace(counting: CellEvent[], all: CellEvent[]): CellEvent[] {
  if (counting.every(({ op }) => op !== 'correct')) return counting
  const known = new Map(all.map((event) => [event.id, event]))
  const placeOf = ({ id, op, supersedes }: CellEvent): number => {
    const wrong = op === 'correct' && supersedes !== null ? known.get(supersedes) : undefined
    return wrong && wrong.id < id && wrong.status === 'accepted' ? placeOf(wrong) : id
  }
  return counting.toSorted((a, b) => placeOf(a) - placeOf(b) || a.id - b.id)
}

/** The events that count: without those withdrawn, corrected, confirmed or refused since. */
function standing(ordered: CellEvent[]): CellEvent[] {
  const pending = new Set(ordered.filter((event) => event.status === 'pending').map((event) => event.id))
  // An answer uses up its pending report for good, even when the answer itself is withdrawn later.
  const gone = new Set(
    ordered.flatMap(({ supersedes }) => (supersedes && pending.has(supersedes) ? supersedes : [])),
  )
  const withdrawn = new Set<number>()
  // From the newest back, so that withdrawing a correction brings back what it had corrected.
  return ordered
    .reverse()
    .filter((event) => {
      if (withdrawn.has(event.id)) return false
      const counts = !gone.has(event.id) && event.op !== 'void'
      // A correction that was itself corrected still stands between the first number and the book.
      if (event.supersedes !== null) (event.op === 'void' ? withdrawn : gone).add(event.supersedes)
      return counts
    })
    .reverse()
}

/** Events that another one has withdrawn, corrected or answered, and not taken back again: they cannot be answered once more. */
export function answered(events: CellEvent[]): Set<number> {
  const ordered = [...events].sort((a, b) => b.id - a.id)
  const pending = new Set(ordered.filter(({ status }) => status === 'pending').map(({ id }) => id))
  const withdrawn = new Set<number>()
  const found = new Set<number>()
  for (const { id, op, supersedes } of ordered) {
    if (supersedes === null || (withdrawn.has(id) && !pending.has(supersedes))) continue
    found.add(supersedes)
    if (op === 'void') withdrawn.add(supersedes)
  }
  return found
}

function apply(cell: CellState, event: CellEvent, baseline: string): void {
  if (event.status === 'pending') {
    cell.pending_id = event.id
    return
  }
  const isLater = cell.as_of === null || event.as_of >= cell.as_of
  if (event.op === 'zero' && cell.report_id === null) return
  // A total of an earlier day is history: it does not replace a later one.
  if (event.op !== 'zero' && event.op !== 'add' && !isLater) return
  if (isLater) cell.as_of = event.as_of
  cell.reported_at = event.reported_at
  if (event.op === 'zero') return
  // A number that counts overtakes an older one that still waits for its answer.
  cell.report_id = event.id
  cell.pending_id = null
  cell.value =
    event.op === 'add' ? new Fraction(cell.value ?? baseline).add(event.value ?? 0).toString() : event.value
  cell.num = event.op === 'add' ? null : event.num
  cell.den = event.op === 'add' ? null : event.den
  cell.step = event.op === 'add' ? null : event.step
}
