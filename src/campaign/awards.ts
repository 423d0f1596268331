// Who is among the best n when units are equal at the cut (`domain.md` C5.4). Ranks themselves know no such tie-break.

/** A unit of one peer group, with what decides at the cut. */
export interface Candidate {
  /** What is shown, two decimals; null = 未参评. */
  total: string | null
  redLamps: number
  /** The total over municipal indicators only, two decimals; null when none of them applies. */
  municipal: string | null
  overdueFindings: number
  /** Since when the total is what it is: a calendar date. */
  reachedOn: string
  /** A veto is in force. */
  barred: boolean
}

/**
 * The best n of one peer group: by total, and only where that is equal at the cut by fewer red lamps, a higher
 * municipal sub-score, fewer overdue findings, the earlier day. Those still equal are all in.
 * @returns `equal` = those among the chosen whom nothing tells apart although they are more than the places left:
 * 请研究
 */
export function best<T extends Candidate>(candidates: readonly T[], n: number): { chosen: T[]; equal: T[] } {
  const ordered = candidates
    .filter(({ total, barred }) => total !== null && !barred)
    .toSorted((a, b) => before(a, b))
  const cut = ordered[n - 1]
  if (!cut) return { chosen: n > 0 ? ordered : [], equal: [] }
  const chosen = ordered.filter((one) => before(one, cut) <= 0)
  return { chosen, equal: chosen.length > n ? chosen.filter((one) => before(one, cut) === 0) : [] }
}

/** Negative when `a` comes first. */
function before(a: Candidate, b: Candidate): number {
  return (
    hundredths(b.total) - hundredths(a.total) ||
    a.redLamps - b.redLamps ||
    hundredths(b.municipal) - hundredths(a.municipal) ||
    a.overdueFindings - b.overdueFindings ||
    (a.reachedOn < b.reachedOn ? -1 : Number(a.reachedOn > b.reachedOn))
  )
}

const hundredths = (total: string | null) => (total === null ? -1 : Number(total.replace('.', '')))
