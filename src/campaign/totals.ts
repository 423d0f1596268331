// What a unit's cells add up to: its total, its schedule, and a lamp for every indicator (`domain.md` C4.3–C4.7). Pure.
import type Fraction from 'fraction.js'
import { completion } from './completion.ts'
import { totalOf } from './ranking.ts'
import type { Lamp, Span } from './schedule.ts'
import { overall, type Part, type Standing, standing, together } from './standing.ts'

/** An indicator as far as totals need it. */
export interface Weighed extends Span {
  id: number
  weight: string
  cap: string
}

export interface Tally {
  /** What is shown and ranked on; null = 未参评. */
  total: string | null
  /** The same without points by document: how far the unit is, in per cent. */
  completion: string | null
  /** Where the schedule says that it should be, 0…1. */
  schedule: Fraction | undefined
  /** By indicator; what does not concern the unit at all is missing. */
  standings: Map<number, Standing>
}

/**
 * Adds a unit up: one community or village by itself, or all of those below a unit (`domain.md` C4.7).
 * @param cells by indicator; for a unit by itself there is one at most
 */
export function tally(
  indicators: Iterable<Weighed>,
  cells: Map<number, (Part & { due: string })[]>,
  alone: boolean,
  date: string,
  thresholds: { yellow: number; red: number },
): Tally {
  const given = [...indicators].flatMap((indicator) => {
    const mine = cells.get(indicator.id)
    const first = mine?.[0]
    if (!mine || !first) return []
    const share = alone ? (first.applies ? completion(first, first) : 'na') : together(mine).share
    return [{ ...indicator, share, due: alone ? first.due : indicator.due }]
  })
  return standingsOf(given, date, thresholds)
}

/**
 * The same from completions that are known, each with the due date that counts for the unit.
 * @param net points added or taken off by document, within their limits
 */
export function standingsOf(
  given: (Weighed & { share: Fraction | 'na' })[],
  date: string,
  thresholds: { yellow: number; red: number },
  net = '0',
): Tally {
  const each = given.map((one) => ({ ...one, standing: standing(one.share, one, date, thresholds) }))
  const share = overall(each)
  const schedule = overall(
    each.map((one) => ({ ...one, share: one.share === 'na' ? 'na' : one.standing.schedule })),
  )
  return {
    ...{ total: totalOf(share, net), completion: totalOf(share), schedule },
    standings: new Map(each.map((one) => [one.id, one.standing])),
  }
}

/** How many indicators show each lamp. */
export function lampCounts(standings: Map<number, Standing>): Partial<Record<Lamp, number>> {
  const counts: Partial<Record<Lamp, number>> = {}
  for (const { lamp } of standings.values()) counts[lamp] = (counts[lamp] ?? 0) + 1
  return counts
}
