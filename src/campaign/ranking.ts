// Who stands where: totals, ranks inside peer groups, and how places moved (`domain.md` C4.5, C5). Pure.
import Fraction from 'fraction.js'

/** A unit and the total that is shown; null = 未参评, because no indicator applies to it. */
export interface Contender {
  unit: number
  /** Only units of one peer group are compared. */
  peer: string
  /** Position in the roster: the order inside a tie, which is no order of merit. */
  roster: number
  /** Two decimals: `84.03`. */
  total: string | null
}

export interface Place extends Contender {
  total: string
  rank: number
  /** Counted from the bottom, for who has to decide about it; never shown as a list. */
  bottomRank: number
  /** 并列: another unit has the same total. */
  tied: boolean
}

export interface PeerGroup {
  peer: string
  /** Best first; inside a tie by roster. */
  places: Place[]
  /** 未参评, by roster: they take no place. */
  apart: Contender[]
}

/** Places up or, negative, down; `new` = it had no place; undefined = not to be compared. */
export type Movement = number | 'new' | undefined

/** Totals are kept between 0 and 110 (`domain.md` C4.5). */
const most = 110

/**
 * 100 · the weighted share, plus what documents add or take off, half-up to two decimals: what is shown, and what is
 * ranked on (`domain.md` C4.5). @param net points, already within their limits
 */
export function totalOf(share: Fraction | undefined, net = '0'): string | null {
  if (share === undefined) return null
  const total = share.mul(100).add(net)
  const kept = total.gt(most) ? new Fraction(most) : total.lt(0) ? new Fraction(0) : total
  const hundredths = Number(kept.mul(100).round().toString())
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`
}

/**
 * Standard competition ranks (1, 2, 2, 4) inside each peer group, from both ends, on the totals that are shown
 * (`domain.md` C5.1–C5.5, C5.8). The order of the contenders does not matter.
 */
export function rank(contenders: Contender[]): PeerGroup[] {
  const ordered = contenders.toSorted((a, b) => a.roster - b.roster || a.unit - b.unit)
  const peers = [...new Set(ordered.map(({ peer }) => peer))].sort()
  return peers.map((peer) => {
    const group = ordered.filter((one) => one.peer === peer)
    const counted = group
      .flatMap((one) => (one.total === null ? [] : [{ ...one, total: one.total }]))
      .sort((a, b) => hundredthsOf(b.total) - hundredthsOf(a.total))
    const first = new Map<string, number>()
    const last = new Map<string, number>()
    for (const [at, { total }] of counted.entries()) {
      if (!first.has(total)) first.set(total, at)
      last.set(total, at)
    }
    const places = counted.map((one): Place => {
      const [from, to] = [first.get(one.total) ?? 0, last.get(one.total) ?? 0]
      return { ...one, rank: from + 1, bottomRank: counted.length - to, tied: to > from }
    })
    return { peer, places, apart: group.filter(({ total }) => total === null) }
  })
}

/**
 * How a place moved: rank before − rank now (`domain.md` C5.6). Between two rule versions, or when the unit has
 * changed its peer group, places are not compared.
 */
export function movement(
  now: Pick<Place, 'rank' | 'peer'>,
  before: { rank: number | null; peer: string } | undefined,
  sameRules: boolean,
): Movement {
  if (!sameRules) return undefined
  if (!before || before.rank === null) return 'new'
  return before.peer === now.peer ? before.rank - now.rank : undefined
}

/** Those who moved up most, ties and all; nobody when nobody moved up. */
export function climbers<T extends { movement: Movement }>(lines: T[]): (T & { movement: number })[] {
  const up = lines.flatMap((line) =>
    typeof line.movement === 'number' && line.movement > 0 ? [{ ...line, movement: line.movement }] : [],
  )
  const best = Math.max(0, ...up.map((line) => line.movement))
  return up.filter((line) => line.movement === best)
}

/** Exact: two decimals are always written. */
const hundredthsOf = (total: string): number => Number(total.replace('.', ''))
