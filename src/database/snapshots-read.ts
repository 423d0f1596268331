// Reads snapshots: how all units stood at a moment that was kept (`domain.md` C1 Snapshot).
import type { Executor } from './connection.ts'

export interface Snapshot {
  id: number
  takenAt: Date
  ruleVersion: number
  /** The newest report that is in it. */
  highWater: number
  hash: string
  units: Map<number, SnapshotUnit>
}

export interface SnapshotUnit {
  peer: string
  total: string | null
  /** Among all units of the campaign in the same peer group; a street's own ranking follows from the totals. */
  rank: number | null
  bottomRank: number | null
  /** How many indicators show each lamp. */
  lamps: Record<string, number>
}

/** The snapshot of exactly this moment. */
export const snapshotAt = (db: Executor, campaign: number, at: Date): Promise<Snapshot | undefined> =>
  find(db, campaign, '=', at)

/** The newest snapshot at or before a moment. */
export const lastSnapshot = (db: Executor, campaign: number, until: Date): Promise<Snapshot | undefined> =>
  find(db, campaign, '<=', until)

/** The newest snapshot before a moment. */
export const snapshotBefore = (db: Executor, campaign: number, at: Date): Promise<Snapshot | undefined> =>
  find(db, campaign, '<', at)

export interface LastTotals {
  takenAt: Date
  ruleVersion: number
  units: Map<number, Pick<SnapshotUnit, 'peer' | 'total'>>
  /** Which peer group the units are in now. */
  peers: Map<number, string>
}

/**
 * What some units had in the newest snapshot, and their peer groups of today, in one statement; undefined = there is no
 * snapshot. For receipts, which are many (`domain.md` N1).
 */
export async function lastTotals(
  db: Executor,
  campaign: number,
  units: number[],
  until: Date,
): Promise<LastTotals | undefined> {
  const rows = await db
    .selectFrom('snapshot')
    .innerJoin('unit_version as version', 'version.campaign_id', 'snapshot.campaign_id')
    .leftJoin('snapshot_unit as part', (join) =>
      join.onRef('part.snapshot_id', '=', 'snapshot.id').onRef('part.unit_id', '=', 'version.unit_id'),
    )
    .where('snapshot.id', '=', newest(db, campaign, '<=', until))
    .where('version.unit_id', 'in', units)
    .where('version.valid_to', 'is', null)
    .select(['taken_at', 'rule_version', 'version.unit_id as unit', 'version.peer_group as now'])
    .select(['part.peer_group as peer', 'part.total'])
    .execute()
  const [first] = rows
  if (!first) return undefined
  return {
    ...{ takenAt: first.taken_at, ruleVersion: first.rule_version },
    units: new Map(
      rows.flatMap(({ unit, peer, total }) => (peer === null ? [] : [[unit, { peer, total }] as const])),
    ),
    peers: new Map(rows.map(({ unit, now }) => [unit, now])),
  }
}

type How = '=' | '<=' | '<'

const newest = (db: Executor, campaign: number, how: How, at: Date) =>
  db
    .selectFrom('snapshot')
    .where('campaign_id', '=', campaign)
    .where('taken_at', how, at)
    .orderBy('taken_at', 'desc')
    .limit(1)
    .select('id')

async function find(db: Executor, campaign: number, how: How, at: Date): Promise<Snapshot | undefined> {
  const rows = await db
    .selectFrom('snapshot')
    .innerJoin('snapshot_unit', 'snapshot_unit.snapshot_id', 'snapshot.id')
    .where('snapshot.id', '=', newest(db, campaign, how, at))
    .select(['snapshot.id', 'taken_at', 'rule_version', 'high_water', 'hash'])
    .select(['unit_id', 'peer_group as peer', 'total', 'rank', 'bottom_rank as bottomRank', 'lamps'])
    .execute()
  const [first] = rows
  if (!first) return undefined
  const { id, taken_at: takenAt, rule_version: ruleVersion, high_water: highWater, hash } = first
  const units = rows.map(({ unit_id, peer, total, rank, bottomRank, lamps }) => {
    return [unit_id, { peer, total, rank, bottomRank, lamps }] as const
  })
  return { id, takenAt, ruleVersion, highWater, hash, units: new Map(units) }
}
