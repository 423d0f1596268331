// A cell as it was at the end of a day, by all that is known today: what was corrected since counts as corrected. Pure.
import { type CellEvent, type CellState, fold } from './cell.ts'

/**
 * @param events everything that was said of one cell
 * @param date the day of which the numbers have to speak, or an earlier one
 */
export function stateOn(events: CellEvent[], date: string, baseline: string): CellState {
  const byId = new Map(events.map((event) => [event.id, event]))
  // A correction speaks of the day of what it corrects, if that is the earlier one.
  const dayOf = ({ as_of, op, supersedes }: CellEvent): string => {
    const corrected = op === 'correct' && supersedes !== null ? byId.get(supersedes) : undefined
    const earlier = corrected && dayOf(corrected)
    return earlier !== undefined && earlier < as_of ? earlier : as_of
  }
  const counting = events.filter((event) => event.op === 'void' || dayOf(event) <= date)
  return fold(
    counting.map((event) => ({ ...event, as_of: dayOf(event) })),
    baseline,
  )
}
