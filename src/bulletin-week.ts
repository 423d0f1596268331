// The numbers of a snapshot once more, for a bulletin that is drafted from it.
import { dateOf } from './clock.ts'
import type { Executor } from './database/connection.ts'
import type { Roster } from './database/roster.ts'
import { type Snapshot, snapshotBefore } from './database/snapshots.ts'
import { addUp, cellsAt, peersOf } from './database/standings.ts'
import { totalsIn } from './ranking.ts'
import type { Week } from './weekly-words.ts'

/** How all units stood at a snapshot; totals are those that it kept, whatever targets have become since. */
export async function weekOf(db: Executor, roster: Roster, snapshot: Snapshot): Promise<Week> {
  const { takenAt, highWater, units } = snapshot
  const campaign = roster.campaign.id
  const date = dateOf(takenAt)
  const before = await snapshotBefore(db, campaign, takenAt)
  const { cells } = await cellsAt(db, roster, takenAt, highWater)
  const standings = addUp(roster, cells, await peersOf(db, campaign), date)
  return {
    ...{ due: takenAt, date, cells, now: totalsIn(snapshot), before: before && totalsIn(before) },
    standings: new Map(
      standings.map((one) => [one.unit.id, { ...one, total: units.get(one.unit.id)?.total ?? one.total }]),
    ),
  }
}
