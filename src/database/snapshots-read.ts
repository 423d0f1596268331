// Reads snapshots: how all units stood at a moment that was kept (`domain.md` C1 Snapshot).
import type { KeptShares } from '../campaign/kept-completion.ts'
import { decimal } from '../campaign/shares.ts'
import type { Executor } from './connection.ts'
import { unpackIds, unpackInts, unpackShorts } from './packing.ts'
import type { Unit } from './roster.ts'
import { movedSince, type VetoedThen, vetoedIn } from './snapshot-rules.ts'

export interface Snapshot {
  id: number
  takenAt: Date
  ruleVersion: number
  /** The newest report that is in it, and the newest change of rules; 0 = older than the history of the rules. */
  highWater: number
  rulesHighWater: number
  hash: string
  units: SnapshotUnits
  /** Units that were below another one than they are now, as they were. */
  moved: ReadonlyMap<number, Unit>
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
  /** It had a veto; one that put it behind all others, whatever its total. */
  vetoed: boolean
  last: boolean
  /** Indicators that a veto made nothing. */
  zeroed: number[]
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

/** What every unit had of all indicators. */
export async function allSharesIn(db: Executor, { id, units }: Snapshot): Promise<KeptShares> {
  const rows = await db
    .selectFrom('snapshot_column')
    .where('snapshot_id', '=', id)
    .select(['indicator_id', 'shares'])
    .execute()
  const columns = new Map(rows.map((row) => [row.indicator_id, unpackInts(row.shares)]))
  const places = new Map(units.ids().map((unit, at) => [unit, at]))
  return (unit, indicator) => {
    const share = columns.get(indicator)?.[places.get(unit) ?? -1]
    return share === undefined || share < 0 ? undefined : share
  }
}

/** A snapshot is never changed, so the last few that were read are remembered; what has moved since, until units change. */
interface Remembered {
  kept: Promise<Kept>
  moved?: { version: number; units: Promise<Snapshot['moved']> }
}
type Kept = Omit<Snapshot, 'moved'> & { date: string }
const remembered = new WeakMap<object, Map<number, Remembered>>()
const most = 4

async function find(
  db: Executor,
  campaign: number,
  how: '=' | '<=' | '<',
  at: Date,
): Promise<Snapshot | undefined> {
  const found = await db
    .selectFrom('snapshot')
    .innerJoin('campaign', 'campaign.id', 'campaign_id')
    .where('campaign_id', '=', campaign)
    .where('taken_at', how, at)
    .orderBy('taken_at', 'desc')
    .limit(1)
    .select(['snapshot.id', 'roster_version as version'])
    .executeTakeFirst()
  if (!found) return undefined
  const { id, version } = found
  const known = remembered.get(db) ?? new Map<number, Remembered>()
  remembered.set(db, known)
  const one: Remembered = known.get(id) ?? { kept: read(db, campaign, id) }
  known.delete(id)
  known.set(id, one)
  for (const old of [...known.keys()].slice(0, -most)) known.delete(old)
  try {
    const snapshot = await one.kept
    if (one.moved?.version !== version)
      one.moved = { version, units: movedSince(db, rulesOf(campaign, snapshot)) }
    return { ...snapshot, moved: await one.moved.units }
  } catch (error) {
    known.delete(id)
    throw error
  }
}

const rulesOf = (campaign: number, { date, rulesHighWater }: Pick<Kept, 'date' | 'rulesHighWater'>) => ({
  ...{ campaign, date, highWater: rulesHighWater },
})

async function read(db: Executor, campaign: number, id: number): Promise<Kept> {
  const row = await db.selectFrom('snapshot').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
  const { as_of: date, rules_high_water: rulesHighWater } = row
  return {
    ...{ id, takenAt: row.taken_at, ruleVersion: row.rule_version, hash: row.hash, date },
    ...{ highWater: row.high_water, rulesHighWater },
    units: unitsOf(row, await vetoedIn(db, rulesOf(campaign, { date, rulesHighWater }))),
  }
}

type Packed = Record<'units' | 'peers' | 'totals' | 'ranks' | 'bottoms', Uint8Array> & {
  peer_names: string[]
}

function unitsOf(row: Packed, vetoes: ReadonlyMap<number, VetoedThen>): SnapshotUnits {
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
        ...{ vetoed: vetoes.has(unit), last: vetoes.get(unit)?.last ?? false },
        zeroed: vetoes.get(unit)?.zeroed ?? [],
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
