// What people decided about a unit's total by document: points given and taken, and vetoes (`domain.md` C4.5, C4.6).
import { type SqlBool, sql } from 'kysely'
import { type Decision, decide, type Net, netOf } from '../campaign/adjustments.ts'
import type { Executor } from './connection.ts'
import { plain } from './load-common.ts'
import type { VetoEffect } from './schema-scores.ts'

export interface Adjustment {
  /** Signed exact decimal. */
  points: string
  document: string
  reason: string
}

export interface Adjusted extends Net {
  /** All that counts or would, oldest first: the limits hold for their sums. */
  items: Adjustment[]
}

export interface Veto {
  /** Set when the effect is `indicator_zero`. */
  indicator: number | null
  effect: VetoEffect
  document: string
  reason: string
  approvedBy: [string, string]
  starts: string
  /** The last day; null = until it is withdrawn. */
  ends: string | null
}

/**
 * The adjustments that have not been withdrawn, within their limits. Units without any are not in the map.
 * @param units only these; all of the campaign when left out
 */
export async function adjustmentsOf(
  db: Executor,
  campaign: number,
  units?: number[],
): Promise<Map<number, Adjusted>> {
  if (units?.length === 0) return new Map()
  const rows = await db
    .selectFrom('adjustment')
    .where('campaign_id', '=', campaign)
    .where('withdrawn', '=', false)
    .$if(units !== undefined, (query) => query.where('unit_id', 'in', units ?? []))
    .orderBy('id')
    .select(['unit_id', 'points', 'document', 'reason'])
    .execute()
  const items = grouped(
    rows.map(({ unit_id, points, ...rest }) => [unit_id, { ...rest, points: plain(points) ?? '0' }]),
  )
  return new Map([...items].map(([unit, mine]) => [unit, { ...netOf(mine), items: mine }]))
}

/**
 * The vetoes in force on a day (both ends of their span included), by unit, oldest first; none while the campaign's
 * setting is off, whatever is stored.
 * @param date `YYYY-MM-DD`
 */
export async function vetoesOf(db: Executor, campaign: number, date: string): Promise<Map<number, Veto[]>> {
  const rows = await db
    .selectFrom('veto')
    .innerJoin('campaign', 'campaign.id', 'veto.campaign_id')
    .where('campaign.id', '=', campaign)
    .where(sql<SqlBool>`campaign.settings->>'veto' = 'true'`)
    .where('withdrawn', '=', false)
    .where('veto.starts', '<=', date)
    .where((e) => e.or([e('veto.ends', 'is', null), e('veto.ends', '>=', date)]))
    .orderBy('veto.id')
    .select(['unit_id', 'indicator_id', 'effect', 'document', 'reason', 'veto.starts', 'veto.ends'])
    .select(['approved_by', 'approved_by_too'])
    .execute()
  return grouped(
    rows.map(({ unit_id, indicator_id: indicator, approved_by, approved_by_too, ...rest }) => [
      unit_id,
      { ...rest, indicator, approvedBy: [approved_by, approved_by_too] },
    ]),
  )
}

/** Whether any veto counts on some day. */
export async function hasVetoes(db: Executor, campaign: number): Promise<boolean> {
  const query = db.selectFrom('veto').where('campaign_id', '=', campaign).where('withdrawn', '=', false)
  return (await query.select('id').limit(1).executeTakeFirst()) !== undefined
}

/** What is decided about units on a day, adjustments and vetoes together; units without either are not in the map. */
export async function decisionsOf(
  db: Executor,
  campaign: number,
  date: string,
): Promise<Map<number, Decision>> {
  const [adjusted, vetoed] = [await adjustmentsOf(db, campaign), await vetoesOf(db, campaign, date)]
  return new Map(
    [...new Set([...adjusted.keys(), ...vetoed.keys()])].map((unit) => [
      unit,
      decide(adjusted.get(unit)?.items ?? [], vetoed.get(unit) ?? []),
    ]),
  )
}

function grouped<T>(pairs: [unit: number, item: T][]): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const [unit, item] of pairs) groups.set(unit, [...(groups.get(unit) ?? []), item])
  return groups
}
