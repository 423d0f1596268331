// The numbers of a snapshot once more, for a bulletin that is drafted from it.
import { hundredths } from './campaign/shares.ts'
import { dateOf } from './clock.ts'
import type { Executor } from './database/connection.ts'
import type { Roster } from './database/roster.ts'
import { allSharesIn, duesOf, type Snapshot, snapshotBefore } from './database/snapshots.ts'
import { linesAt } from './database/standings.ts'
import { totalsIn } from './ranking.ts'
import type { Week } from './weekly-words.ts'

/**
 * How all units stood at a snapshot; totals are those that it kept, whatever targets have become since. The campaign is
 * held until the end of the transaction.
 */
export async function weekOf(tx: Executor, roster: Roster, snapshot: Snapshot): Promise<Week> {
  const { takenAt, units } = snapshot
  const campaign = roster.campaign.id
  const before = await snapshotBefore(tx, campaign, takenAt)
  const { lines } = await linesAt(tx, roster, takenAt)
  return {
    ...{ due: takenAt, date: dateOf(takenAt), dueOf: await duesOf(tx, campaign) },
    ...{ now: totalsIn(snapshot), before: before && totalsIn(before) },
    shares: { now: await allSharesIn(tx, snapshot), before: before && (await allSharesIn(tx, before)) },
    lines: new Map(
      lines.map((line) => {
        const kept = units.get(line.unit_id)
        return [line.unit_id, kept ? { ...line, total: hundredths(kept.total) } : line]
      }),
    ),
  }
}
