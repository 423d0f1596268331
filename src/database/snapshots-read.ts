// Reads snapshots: how all units stood at a moment that was kept (`domain.md` C1 Snapshot).
import { decimal } from '../campaign/shares.ts'
import type { Executor } from './connection.ts'
import { unpackIds, unpackInts, unpackShorts } from './packing.ts'

export interface Snapshot {
  id: number
  takenAt: Date
  ruleVersion: number
  /** The newest report that is in it, and the newest change of rules; 0 = older than the history of the rules. */
  highWater: number
  rulesHighWater: number
  hash: string
  units: SnapshotUnits
}

export interface SnapshotUnits {
  size: number
  /** How many units of a peer group have a place. */
  placed(peer: string): number
  get(unit: number): SnapshotUnit | undefined
  ids(): number[]
}

export interface SnapshotUnit {
  peer: string
  total: string | null
  /** Among all units of the campaign in the same peer group; a street's own ranking follows from the totals. */
  rank: number | null
  bottomRank: number | null
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

/** A unit's place in its peer group at that moment; undefined = it had none. */
export function placeIn(
  { units }: Snapshot,
  unit: number,
): { rank: number; tied: boolean; size: number } | undefined {
  const one = units.get(unit)
  if (!one || one.rank === null || one.bottomRank === null) return undefined
  const size = units.placed(one.peer)
  return { rank: one.rank, tied: one.rank + one.bottomRank <= size, size }
}

/** What every unit had of one indicator: hundredths of a per cent as far as it counts; -1 = nothing. */
export async function sharesIn(
  db: Executor,
  snapshot: Snapshot,
  indicator: number,
): Promise<(unit: number) => number | undefined> {
  const row = await db
    .selectFrom('snapshot_column')
    .where('snapshot_id', '=', snapshot.id)
    .where('indicator_id', '=', indicator)
    .select('shares')
    .executeTakeFirst()
  const shares = row && unpackInts(row.shares)
  const places = new Map(snapshot.units.ids().map((id, at) => [id, at]))
  return (unit) => {
    const share = shares?.[places.get(unit) ?? -1]
    return share === undefined || share < 0 ? undefined : share
  }
}

/** A snapshot is never changed, so the last few that were read are remembered. */
const remembered = new WeakMap<object, Map<number, Promise<Snapshot>>>()
const most = 4

async function find(
  db: Executor,
  campaign: number,
  how: '=' | '<=' | '<',
  at: Date,
): Promise<Snapshot | undefined> {
  const found = await db
    .selectFrom('snapshot')
    .where('campaign_id', '=', campaign)
    .where('taken_at', how, at)
    .orderBy('taken_at', 'desc')
    .limit(1)
    .select('id')
    .executeTakeFirst()
  if (!found) return undefined
  const known = remembered.get(db) ?? new Map<number, Promise<Snapshot>>()
  remembered.set(db, known)
  const snapshot = known.get(found.id) ?? read(db, found.id)
  known.delete(found.id)
  known.set(found.id, snapshot)
  for (const id of [...known.keys()].slice(0, -most)) known.delete(id)
  snapshot.catch(() => known.delete(found.id))
  return snapshot
}

async function read(db: Executor, id: number): Promise<Snapshot> {
  const row = await db.selectFrom('snapshot').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
  return {
    ...{ id, takenAt: row.taken_at, ruleVersion: row.rule_version, hash: row.hash },
    ...{ highWater: row.high_water, rulesHighWater: row.rules_high_water },
    units: unitsOf(row),
  }
}

type Packed = Record<'units' | 'peers' | 'totals' | 'ranks' | 'bottoms', Uint8Array> & {
  peer_names: string[]
}

function unitsOf(row: Packed): SnapshotUnits {
  const [units, peers] = [unpackIds(row.units), unpackShorts(row.peers)]
  const [totals, ranks, bottoms] = [row.totals, row.ranks, row.bottoms].map(unpackInts)
  const known = (column: Int32Array | undefined, at: number) => {
    const value = column?.[at] ?? -1
    return value < 0 ? null : value
  }
  return {
    size: units.length,
    ids: () => [...units],
    placed(peer) {
      const number = row.peer_names.indexOf(peer)
      let count = 0
      for (let at = 0; at < units.length; at++) if (peers[at] === number && (ranks?.[at] ?? -1) > 0) count++
      return count
    },
    get(unit) {
      const at = positionOf(units, unit)
      if (at < 0) return undefined
      const total = known(totals, at)
      return {
        ...{ peer: row.peer_names[peers[at] ?? 0] ?? '', total: total === null ? null : decimal(total) },
        ...{ rank: known(ranks, at), bottomRank: known(bottoms, at) },
      }
    },
  }
}

/** Where an id is among ascending ones; -1 = nowhere. */
function positionOf(ids: Float64Array, id: number): number {
  let [from, to] = [0, ids.length - 1]
  while (from <= to) {
    const middle = (from + to) >> 1
    const there = ids[middle] ?? 0
    if (there === id) return middle
    if (there < id) from = middle + 1
    else to = middle - 1
  }
  return -1
}
