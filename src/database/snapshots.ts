// Snapshots: how all units stood at a moment, kept for good, so that movement can be shown and results proved.
import { sql } from 'kysely'
import type { Executor } from './connection.ts'
import type { Line } from './lines.ts'
import { packIds, packInts, packShorts } from './packing.ts'
import type { Roster } from './roster.ts'
import { columnsOf, type SnapshotColumns } from './snapshot-columns.ts'
import { type Snapshot, snapshotAt } from './snapshots-read.ts'
import { linesAt } from './standings.ts'
import { hold } from './writing.ts'

export { allSharesIn, lastSnapshot, type Snapshot, snapshotAt, snapshotBefore } from './snapshots-read.ts'

/**
 * Takes the snapshot of a moment, also long after it: what was reported later is not in it (`domain.md` C1 Snapshot,
 * C8). The campaign is held meanwhile, so that no number is half in. Taken again it is the same one.
 * Targets, due dates, peer groups and units are those of the hour in which it is taken; which those were is kept.
 */
export async function takeSnapshot(tx: Executor, roster: Roster, at: Date): Promise<Snapshot> {
  const campaign = roster.campaign.id
  // What was remembered of the ranking is out of date: places are compared with this snapshot from now on.
  await hold(tx, campaign)
  const known = await snapshotAt(tx, campaign, at)
  if (known) return known
  const { lines, highWater, date } = await linesAt(tx, roster, at)
  await writeSnapshot(tx, roster, { at, by: '系统', lines, highWater, date })
  const taken = await snapshotAt(tx, campaign, at)
  if (!taken) throw new Error(`the snapshot of ${at.toISOString()} is not there`)
  return taken
}

/** Writes a snapshot that was computed. */
export async function writeSnapshot(
  tx: Executor,
  roster: Roster,
  what: { at: Date; by: string; lines: Line[]; highWater: number; date: string },
): Promise<void> {
  const { id: campaign_id, ruleVersion: rule_version } = roster.campaign
  const columns = columnsOf(roster, what.lines, what.date, await duesOf(tx, campaign_id))
  const { id } = await tx
    .insertInto('snapshot')
    .values({
      ...{ campaign_id, taken_at: what.at, as_of: what.date, rule_version, high_water: what.highWater },
      ...{ rules_high_water: await rulesHighWater(tx, campaign_id), hash: columns.hash, created_by: what.by },
      ...packed(columns),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  // One at a time: the driver copies what it sends.
  for (const one of columns.indicators)
    await tx
      .insertInto('snapshot_column')
      .values({
        ...{ snapshot_id: id, indicator_id: one.id, shares: packInts(one.shares) },
        ...{ ranks: packInts(one.ranks), lamps: Buffer.from(one.lamps) },
      })
      .execute()
}

function packed({ units, peerNames, peers, totals, ranks, bottoms }: SnapshotColumns) {
  return {
    ...{ units: packIds(units), peer_names: peerNames, peers: packShorts(peers) },
    ...{ totals: packInts(totals), ranks: packInts(ranks), bottoms: packInts(bottoms) },
  }
}

/** Due dates that units have for themselves. */
export async function duesOf(
  tx: Executor,
  campaign: number,
): Promise<(unit: number, indicator: number) => string | undefined> {
  const rows = await tx
    .selectFrom('target')
    .where('campaign_id', '=', campaign)
    .where('due', 'is not', null)
    .select(['unit_id', 'indicator_id', 'due'])
    .execute()
  const dues = new Map<number, Map<number, string>>()
  for (const { unit_id, indicator_id, due } of rows) {
    const mine = dues.get(unit_id) ?? new Map<number, string>()
    dues.set(unit_id, mine)
    if (due !== null) mine.set(indicator_id, due)
  }
  return (unit, indicator) => dues.get(unit)?.get(indicator)
}

async function rulesHighWater(tx: Executor, campaign: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`select coalesce(max(id), 0) as id from rule_change
    where campaign_id = ${campaign}`.execute(tx)
  return rows[0]?.id ?? 0
}
