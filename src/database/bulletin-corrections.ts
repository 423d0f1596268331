// What was corrected or withdrawn after a snapshot although the snapshot contains it (`domain.md` N10).
import { sql } from 'kysely'
import type { CellEvent } from '../campaign/cell.ts'
import { dateOf } from '../clock.ts'
import type { Executor } from './connection.ts'
import { cellKey } from './load-common.ts'
import type { ChartCell } from './progress.ts'
import type { Roster } from './roster.ts'
import type { Snapshot } from './snapshots.ts'
import { cellsAt, countsAt, withState } from './standings.ts'

/** The cells that a snapshot saw, and as they would have been with what was corrected since. */
export interface Corrected {
  cells: ChartCell[]
  corrected: ChartCell[]
  changed: { was: ChartCell; now: ChartCell }[]
}

/**
 * Adds the cells of a snapshot up once more, with the corrections that came later, whatever day they are told of.
 * Only what supersedes a number of the snapshot counts: later news are no corrections.
 */
export async function correctedCells(db: Executor, roster: Roster, snapshot: Snapshot): Promise<Corrected> {
  const { takenAt, highWater } = snapshot
  const { cells } = await cellsAt(db, roster, takenAt, highWater)
  const histories = await historiesOf(db, roster.campaign.id, { takenAt, highWater })
  const changed: Corrected['changed'] = []
  const corrected = cells.map((was) => {
    const events = histories.get(cellKey(was.unit, was.indicator))
    const with_ = events && withCorrections(events, highWater)
    if (!with_) return was
    const now = withState(was, with_)
    changed.push({ was, now })
    return now
  })
  return { cells, corrected, changed }
}

type Event = CellEvent & { counts: boolean }

/** @returns undefined when nothing of the snapshot was corrected */
function withCorrections(events: Event[], highWater: number): CellEvent[] | undefined {
  const counted = events.filter(({ counts }) => counts)
  const known = new Set(counted.map(({ id }) => id))
  const later = events.filter(({ id, op, status, supersedes }) => {
    const corrects = (op === 'correct' || op === 'void') && status === 'accepted'
    if (id <= highWater || !corrects || supersedes === null || !known.has(supersedes)) return false
    known.add(id)
    return true
  })
  return later.length > 0 ? [...counted, ...later] : undefined
}

/** Everything said of the cells that were corrected since, and what of it the snapshot counts, as `cellsAt` does. */
async function historiesOf(
  db: Executor,
  campaign: number,
  { takenAt, highWater }: { takenAt: Date; highWater: number },
): Promise<Map<string, Event[]>> {
  const counts = countsAt(campaign, takenAt, highWater)
  const { rows } = await sql<Event & { unit_id: number; indicator_id: number }>`
    select unit_id, indicator_id, id, op, value, num, den, step, as_of, reported_at, status, supersedes,
      ${counts} as counts
    from report where (unit_id, indicator_id) in
      (select unit_id, indicator_id from report where campaign_id = ${campaign} and id > ${highWater}::bigint
        and op in ('correct', 'void'))
    order by id`.execute(db)
  const found = new Map<string, Event[]>()
  for (const { unit_id, indicator_id, ...event } of rows) {
    const key = cellKey(unit_id, indicator_id)
    found.set(key, [...(found.get(key) ?? []), event])
  }
  return found
}

/**
 * Published bulletins that a correction of this time may have touched, and the day on which it was made. What an errata
 * has told since is not told again.
 */
export async function touchedBulletins(
  db: Executor,
  campaign: number,
  { after, until }: { after: Date; until: Date },
): Promise<{ id: number; day: string }[]> {
  const { rows } = await sql<{ id: number; at: Date }>`
    select bulletin.id, max(report.reported_at) as at from bulletin
    join snapshot on snapshot.id = bulletin.snapshot_id
    join report on report.campaign_id = bulletin.campaign_id and report.id > snapshot.high_water
    join report wrong on wrong.id = report.supersedes
      and (wrong.id <= snapshot.high_water or wrong.supersedes is not null)
    where bulletin.campaign_id = ${campaign} and bulletin.state = 'published' and bulletin.kind <> 'errata'
      and report.op in ('correct', 'void') and report.status = 'accepted'
      and report.reported_at > ${after} and report.reported_at <= ${until}
      and report.reported_at > coalesce((select max(errata.created_at) from bulletin errata
        where errata.corrects = bulletin.id and errata.state = 'published'), '-infinity')
    group by bulletin.id order by bulletin.id`.execute(db)
  return rows.map(({ id, at }) => ({ id, day: dateOf(at) }))
}
