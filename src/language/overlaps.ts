// Which of the names found in a sentence stand, where they overlap. Pure.
import type { Spot } from './lexicon.ts'

type Span = { start: number; end: number }

/** Less certain ones never cut a more certain one in two. */
export function withoutCut(found: Spot[], surer: Spot[]): Spot[] {
  const cuts = (one: Span, other: Span) =>
    (one.start < other.start && one.end > other.start && one.end < other.end) ||
    (one.start > other.start && one.start < other.end && one.end > other.end)
  return found.filter((spot) => surer.includes(spot) || !surer.some((other) => cuts(spot, other)))
}

const certainty = { exact: 0, short: 1, sound: 2, fuzzy: 3, initials: 4 } as const

/** The less certain of two ways. */
export const lessCertain = (a: Spot['how'], b: Spot['how']): Spot['how'] =>
  certainty[a] > certainty[b] ? a : b

/** The longest of those that overlap; of equals the most certain. From left to right. */
export function withoutOverlap(found: Spot[], length: number): Spot[] {
  const best = found.toSorted(
    (a, b) => b.end - b.start - (a.end - a.start) || certainty[a.how] - certainty[b.how] || a.start - b.start,
  )
  const isTaken = new Uint8Array(length)
  return best
    .filter(({ start, end }) => {
      const isFree = !isTaken.subarray(start, end).includes(1)
      if (isFree) isTaken.fill(1, start, end)
      return isFree
    })
    .map((spot) => narrowed(spot, found))
    .sort((a, b) => a.start - b.start)
}

/** 金苑设区 is 金苑社区, not 锦苑社区: the characters that are right decide. */
function narrowed(spot: Spot, found: Spot[]): Spot {
  if (spot.how === 'exact') return spot
  const inside = found.filter(
    (other) =>
      other.kind === spot.kind &&
      certainty[other.how] < certainty[spot.how] &&
      other.start >= spot.start &&
      other.end <= spot.end,
  )
  for (const { candidates, how } of inside.sort((a, b) => certainty[a.how] - certainty[b.how])) {
    const both = spot.candidates.filter((one) => candidates.includes(one))
    if (both.length === candidates.length) return { ...spot, how, candidates: both }
    if (both.length > 0) return { ...spot, candidates: both }
  }
  return spot
}
