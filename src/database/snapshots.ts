// Snapshots: how all units stood at a moment, kept for good, so that movement can be shown and results proved
// within one rule version and roster version.
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { rank } from '../campaign/ranking.ts'
import { lampCounts } from '../campaign/totals.ts'
import type { Executor } from './connection.ts'
import { recordset } from './load-common.ts'
import { type ChartCell, leavesOf } from './progress.ts'
import type { Roster } from './roster.ts'
import { type Snapshot, type SnapshotUnit, snapshotAt } from './snapshots-read.ts'
import { addUp, cellsAt, contenderOf, type Moment, peersOf, type UnitStanding } from './standings.ts'

export { lastSnapshot, lastTotals, type Snapshot, snapshotAt, snapshotBefore } from './snapshots-read.ts'

interface Row extends SnapshotUnit {
  unit: number
  code: string
  /** Hash of the cells that the unit's total is made of. */
  cells: string
}

/**
 * Takes the snapshot of a moment, also long after it: what was reported later is not in it (`domain.md` C1 Snapshot,
 * C8). The campaign is held meanwhile, so that no number is half in. Taken again it is the same one.
 * Targets, due dates, peer groups and units are those of the hour in which it is taken.
 */
export async function takeSnapshot(tx: Executor, roster: Roster, at: Date): Promise<Snapshot> {
  const campaign = roster.campaign.id
  // What was remembered of the ranking is out of date: places are compared with this snapshot from now on.
  await tx
    .updateTable('campaign')
    .set((e) => ({ revision: e('revision', '+', 1) }))
    .where('id', '=', campaign)
    .execute()
  const known = await snapshotAt(tx, campaign, at)
  if (known) return known
  const moment = await cellsAt(tx, roster, at)
  const standings = addUp(roster, moment.cells, await peersOf(tx, campaign), moment.date)
  await writeSnapshot(tx, roster, { at, by: '系统', moment, standings })
  const taken = await snapshotAt(tx, campaign, at)
  if (!taken) throw new Error(`the snapshot of ${at.toISOString()} is not there`)
  return taken
}

/** Writes a snapshot that was computed. */
export async function writeSnapshot(
  tx: Executor,
  roster: Roster,
  { at, by, moment, standings }: { at: Date; by: string; moment: Moment; standings: UnitStanding[] },
): Promise<void> {
  const { id: campaign_id, ruleVersion } = roster.campaign
  const rows = rowsOf(roster, moment.cells, standings)
  const { id } = await tx
    .insertInto('snapshot')
    .values({
      ...{ campaign_id, taken_at: at, as_of: moment.date, rule_version: ruleVersion },
      ...{ high_water: moment.highWater, hash: hashOf(rows), created_by: by },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const columns = `unit bigint, peer text, total numeric, rank int, "bottomRank" int, lamps jsonb, cells text`
  await sql`insert into snapshot_unit (snapshot_id, unit_id, peer_group, total, rank, bottom_rank, lamps, cells)
    select ${id}::bigint, r.* from ${recordset(rows, columns)}`.execute(tx)
}

/**
 * The hash that the snapshot has if it is computed once more from the reports that are in it (`domain.md` R11). It is the
 * same only within one rule version and roster version: while targets, due dates, peer groups and units are unchanged.
 */
export async function recomputedHash(
  db: Executor,
  roster: Roster,
  { takenAt, highWater }: Pick<Snapshot, 'takenAt' | 'highWater'>,
): Promise<string> {
  const { cells, date } = await cellsAt(db, roster, takenAt, highWater)
  const peers = await peersOf(db, roster.campaign.id)
  return hashOf(rowsOf(roster, cells, addUp(roster, cells, peers, date)))
}

function rowsOf(roster: Roster, cells: ChartCell[], standings: UnitStanding[]): Row[] {
  const places = rank(standings.map(contenderOf)).flatMap((group) => group.places)
  const placed = new Map(places.map((place) => [place.unit, place]))
  const lines = new Map<number, string[]>()
  for (const cell of cells) {
    const code = roster.indicators.get(cell.indicator)?.code ?? ''
    lines.set(cell.unit, [...(lines.get(cell.unit) ?? []), cellLine(code, cell)])
  }
  return standings.map(({ unit, peer, total, standings: each }) => ({
    ...{ unit: unit.id, code: unit.code, peer, total, lamps: lampCounts(each) },
    ...{ rank: placed.get(unit.id)?.rank ?? null, bottomRank: placed.get(unit.id)?.bottomRank ?? null },
    cells: sha256(
      leavesOf(roster, unit.id)
        .flatMap((leaf) => (lines.get(leaf) ?? []).map((line) => `${roster.units.get(leaf)?.code} ${line}`))
        .toSorted(),
    ),
  }))
}

/** One cell in the same characters wherever its number comes from: numbers, not how they were written or by whom. */
const cellLine = (code: string, { value, num, den, step, as_of, target, due, applies }: ChartCell): string =>
  [code, bare(value), bare(num), bare(den), step, as_of, bare(target), due, applies].join('|')

const bare = (decimal: string | null) =>
  decimal?.includes('.') ? decimal.replace(/\.?0+$/, '') : (decimal ?? '')

/** One line a unit, by its code; ids are the database's own and are not in it. */
const hashOf = (rows: Row[]): string =>
  sha256(
    rows
      .map(({ code, peer, total, rank, bottomRank, lamps, cells }) =>
        [code, peer, total, rank, bottomRank, JSON.stringify(Object.entries(lamps).sort()), cells].join('|'),
      )
      .sort(),
  )

const sha256 = (lines: string[]) => createHash('sha256').update(lines.join('\n')).digest('hex')
