// Ranks of very many units at once: every value is a small whole number, so counting how many have each is enough.

export interface RankColumns {
  /** 1 = best; 0 = takes no part. */
  ranks: Int32Array
  /** 1 = last. */
  bottoms: Int32Array
}

/**
 * Standard competition ranks inside peer groups, from both ends (`domain.md` C5.1–C5.5), in one pass over the units and
 * one over the values: the same as `rank` in `ranking.ts`, for a hundred thousand units.
 * @param values hundredths, 0 or more; negative = takes no part
 * @param peers number of the peer group of each unit, from 0
 */
export function rankColumn(values: Int32Array, peers: Uint16Array): RankColumns {
  let [highest, groups] = [0, 0]
  for (let at = 0; at < values.length; at++) {
    highest = Math.max(highest, values[at] ?? 0)
    groups = Math.max(groups, (peers[at] ?? 0) + 1)
  }
  const width = highest + 1
  const counts = new Int32Array(width * groups)
  const sizes = new Int32Array(groups)
  for (let at = 0; at < values.length; at++) {
    const [value, peer] = [values[at] ?? -1, peers[at] ?? 0]
    if (value < 0) continue
    counts[peer * width + value] = (counts[peer * width + value] ?? 0) + 1
    sizes[peer] = (sizes[peer] ?? 0) + 1
  }
  // How many are strictly above each value.
  const above = new Int32Array(width * groups)
  for (let peer = 0; peer < groups; peer++)
    for (let value = highest - 1; value >= 0; value--) {
      const at = peer * width + value
      above[at] = (above[at + 1] ?? 0) + (counts[at + 1] ?? 0)
    }
  const ranks = new Int32Array(values.length)
  const bottoms = new Int32Array(values.length)
  for (let at = 0; at < values.length; at++) {
    const [value, peer] = [values[at] ?? -1, peers[at] ?? 0]
    if (value < 0) continue
    const place = peer * width + value
    ranks[at] = 1 + (above[place] ?? 0)
    bottoms[at] = 1 + (sizes[peer] ?? 0) - (above[place] ?? 0) - (counts[place] ?? 0)
  }
  return { ranks, bottoms }
}
