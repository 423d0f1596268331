// 汝河路街道金苑社区: a place said together with where it is, which is one name and not two. Pure.
import type { Spot } from './lexicon.ts'
import { lessCertain } from './overlaps.ts'

/** @param isBelow whether a unit belongs to another one; what does not belong to what is said before it stays apart */
export function nested(
  text: string,
  spots: Spot[],
  isBelow: (unit: number, other: number) => boolean,
): Spot[] {
  const found: Spot[] = []
  for (const spot of spots) {
    const outer = found.at(-1)
    const inside = outer && isNext(text, outer, spot) ? within(spot, outer, isBelow) : []
    if (!outer || inside.length === 0) found.push(spot)
    else {
      const how = lessCertain(outer.how, spot.how)
      found[found.length - 1] = { ...spot, how, start: outer.start, candidates: inside }
    }
  }
  return found
}

const isNext = (text: string, outer: Spot, spot: Spot) =>
  outer.kind === 'unit' && spot.kind === 'unit' && /^[ 的]?$/.test(text.slice(outer.end, spot.start))

const within = (spot: Spot, outer: Spot, isBelow: (unit: number, other: number) => boolean) =>
  spot.candidates.filter((unit) => outer.candidates.some(({ id }) => id !== unit.id && isBelow(unit.id, id)))
