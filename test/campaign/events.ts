// Events of one cell for tests: short to write, and random histories as people really make them.
import fc from 'fast-check'
import type { CellEvent } from '../../src/campaign/cell.ts'
import { addDays } from '../../src/clock.ts'

export const firstDay = '2026-11-01'

export function event(id: number, over: Partial<CellEvent> = {}): CellEvent {
  return {
    ...{ id, op: 'set', value: null, num: null, den: null, step: null, as_of: '2026-11-22' },
    ...{ reported_at: new Date(id * 60_000), status: 'accepted', supersedes: null },
    ...over,
  }
}
export const set = (id: number, value: number, over: Partial<CellEvent> = {}) =>
  event(id, { value: String(value), ...over })
export const add = (id: number, value: number, over: Partial<CellEvent> = {}) =>
  event(id, { op: 'add', value: String(value), ...over })
export const zero = (id: number, over: Partial<CellEvent> = {}) => event(id, { op: 'zero', ...over })
export const undo = (id: number, supersedes: number) => event(id, { op: 'void', supersedes })
export const pending = (id: number, value: number, over: Partial<CellEvent> = {}) =>
  set(id, value, { status: 'pending', ...over })

/** A history: numbers, increments, "nothing new", doubts, answers, corrections and withdrawals of earlier ones. */
export const history: fc.Arbitrary<CellEvent[]> = fc
  .array(fc.record({ what: fc.nat(9), value: fc.nat(20), day: fc.nat(20), which: fc.nat(50) }), {
    maxLength: 14,
  })
  .map((steps) => {
    const events: CellEvent[] = []
    for (const [at, { what, value, day, which }] of steps.entries()) {
      const id = at * 3 + 1
      const over = { as_of: addDays(firstDay, day) }
      const earlier = events[which % Math.max(events.length, 1)]
      if (what < 4 || !earlier) events.push(set(id, value, over))
      else if (what === 4) events.push(add(id, value, over))
      else if (what === 5) events.push(zero(id, over))
      else if (what === 6) events.push(pending(id, value, over))
      else if (what === 7) events.push(set(id, value, { ...over, op: 'correct', supersedes: earlier.id }))
      else events.push(undo(id, earlier.id))
    }
    return events
  })
