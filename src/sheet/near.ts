// What somebody may have meant by a name that nothing has: the names that look most like it.

const alike = 0.6
/** Longer texts are no names; comparing them costs their lengths multiplied. */
const longest = 40

/** @returns the names that look like `said`, the best first; none when nothing comes near */
export function nearest(said: string, names: Iterable<string>, { most = 3, least = alike } = {}): string[] {
  const scored = [...new Set(names)]
    .map((name) => ({ name, score: likeness(said, name) }))
    .filter(({ score }) => score > least)
    .sort((a, b) => b.score - a.score)
  const best = scored[0]?.score ?? 0
  return scored.filter(({ score }) => score > best - 0.15).flatMap(({ name }, at) => (at < most ? name : []))
}

/** 「，是不是「金苑社区」？」, or nothing when nothing comes near. */
export function suggest(said: string, names: Iterable<string>): string {
  const near = nearest(said, names)
  return near.length > 0 ? `，是不是${near.map((name) => `「${name}」`).join('、')}？` : ''
}

/** What a person wrote, cut to a length that may stand in a message. */
export const quoted = (said: unknown): string => {
  const text = String(said).replace(/\s+/g, ' ').trim()
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

/** The share of characters that both have, in the same order: 0 to 1. */
function likeness(a: string, b: string): number {
  if (a.length > longest || b.length > longest || a.length + b.length === 0) return 0
  let above = new Array<number>(b.length + 1).fill(0)
  for (const character of a) {
    const row = [0]
    for (let at = 1; at <= b.length; at++)
      row.push(
        character === b[at - 1] ? (above[at - 1] ?? 0) + 1 : Math.max(above[at] ?? 0, row[at - 1] ?? 0),
      )
    above = row
  }
  return (2 * (above[b.length] ?? 0)) / (a.length + b.length)
}
