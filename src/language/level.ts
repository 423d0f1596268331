// 汝河社区, 桐柏路街道: what is said behind a short name tells which of those that share it is meant. Pure.
import type { Spot } from './lexicon.ts'

const endings = /^(?:社区|街道|村(?!集体))/

/** Of several units, those whose name ends as the sentence goes on; the ending belongs to the name then. */
export function withLevel(text: string, spot: Spot): Spot {
  if (spot.kind !== 'unit' || spot.candidates.length < 2) return spot
  const [ending] = endings.exec(text.slice(spot.end)) ?? []
  const meant = ending ? spot.candidates.filter(({ name }) => name.endsWith(ending)) : []
  return ending && meant.length > 0 ? { ...spot, end: spot.end + ending.length, candidates: meant } : spot
}
