// Who stands where: totals, ranks inside peer groups, and how places moved (`domain.md` C4.5, C5). Pure.

import { known } from './decimal.ts'
import type { Unreduced } from './standing.ts'

/** A unit and the total that is shown; null = 未参评, because no indicator applies to it. */
export interface Contender {
  unit: number
  /** Only units of one peer group are compared. */
  peer: string
  /** Position in the roster: the order inside a tie, which is no order of merit. */
  roster: number
  /** Two decimals: `84.03`. */
  total: string | null
  /** A veto puts it below everybody; its total is shown all the same (`domain.md` C4.6). */
  last?: boolean
}

export interface Place extends Contender {
  total: string
  rank: number
  /** Counted from the bottom, for who has to decide about it; never shown as a list. */
  bottomRank: number
  /** 并列: another unit has the same place. */
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

/** Totals are kept between 0 and 110, in hundredths (`domain.md` C4.5). */
const most = 11_000n

/**
 * 100 · the weighted share, plus what documents add or take off, half-up to two decimals: what is shown, and what is
 * ranked on (`domain.md` C4.5). @param net points, already within their limits
 */
export function totalOf(share: Unreduced | undefined, net = '0'): string | null {
  if (share === undefined) return null
  const points = known(net)
  const above = share.s * share.n * points.d * 100n + points.s * points.n * share.d
  const below = share.d * points.d
  const cents = above <= 0n ? 0n : (above * 200n + below) / (below * 2n)
  const digits = String(cents > most ? most : cents).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Hundredths that places are given by: the total, or less than any total for who is last by a veto; null = 未参评. */
export function rankedOn({ total, last }: Pick<Contender, 'total' | 'last'>): number | null {
  // Exact: two decimals are always written.
  return total === null ? null : last ? -1 : Number(total.replace('.', ''))
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
      .flatMap((one) => (one.total === null ? [] : [{ on: rankedOn(one) ?? 0, one, total: one.total }]))
      .sort((a, b) => b.on - a.on)
    const first = new Map<number, number>()
    const last = new Map<number, number>()
    for (const [at, { on }] of counted.entries()) {
      if (!first.has(on)) first.set(on, at)
      last.set(on, at)
    }
    const places = counted.map(({ on, one, total }): Place => {
      const [from, to] = [first.get(on) ?? 0, last.get(on) ?? 0]
      return { ...one, total, rank: from + 1, bottomRank: counted.length - to, tied: to > from }
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
