// Reads the past of some units: their cells of an earlier day, and since when there are rankings.
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type CellEvent, type CellState, fold } from '../campaign/cell.ts'
import { stateOn } from '../campaign/then.ts'
import type { Executor } from './connection.ts'
import { cellKey } from './load-common.ts'
import type { ChartCell } from './progress.ts'
import type { Snapshot } from './snapshots.ts'
import { countsAt } from './standings.ts'

/** The cells as they were at the end of a day, by what is known today; targets are today's. */
export async function cellsOn(db: Executor, cells: ChartCell[], date: string): Promise<ChartCell[]> {
  const events = await eventsOf(db, cells, sql<SqlBool>`as_of <= ${date}::date`)
  return cells.map((cell) => {
    const known = events.get(cellKey(cell.unit, cell.indicator))
    return known ? as(cell, stateOn(known, date, cell.baseline)) : cell
  })
}

/** The cells as a snapshot saw them, by what was known then (see `cellsAt`); targets are today's. */
export async function cellsIn(
  db: Executor,
  campaign: number,
  cells: ChartCell[],
  { takenAt, highWater }: Pick<Snapshot, 'takenAt' | 'highWater'>,
): Promise<ChartCell[]> {
  const counts = countsAt(campaign, takenAt, highWater)
  const events = await eventsOf(db, cells, counts)
  return cells.map((cell) => {
    const known = events.get(cellKey(cell.unit, cell.indicator))
    const then = known?.filter((event) => event.counts)
    return then ? as(cell, fold(then, cell.baseline)) : cell
  })
}

/** The first snapshot of a campaign: since when totals and places can be told. */
export async function firstSnapshot(db: Executor, campaign: number): Promise<Date | undefined> {
  const row = await db
    .selectFrom('snapshot')
    .where('campaign_id', '=', campaign)
    .orderBy('taken_at')
    .select('taken_at')
    .executeTakeFirst()
  return row?.taken_at
}

type Known = CellEvent & { counts: boolean }

/** Everything that was ever said of those cells of which something was said that does not count. */
async function eventsOf(
  db: Executor,
  cells: ChartCell[],
  counts: RawBuilder<SqlBool>,
): Promise<Map<string, Known[]>> {
  const units = [...new Set(cells.map(({ unit }) => unit))]
  const indicators = [...new Set(cells.map(({ indicator }) => indicator))]
  const { rows } = await sql<Known & { unit_id: number; indicator_id: number }>`
    select unit_id, indicator_id, id, op, value, num, den, step, as_of, reported_at, status, supersedes,
      ${counts} as counts
    from report where (unit_id, indicator_id) in (select unit_id, indicator_id from report
      where unit_id = any(${units}) and indicator_id = any(${indicators}) and not ${counts})
    order by id`.execute(db)
  const known = new Map<string, Known[]>()
  for (const { unit_id, indicator_id, ...event } of rows) {
    const key = cellKey(unit_id, indicator_id)
    known.set(key, [...(known.get(key) ?? []), event])
  }
  return known
}

const as = (cell: ChartCell, state: CellState): ChartCell => ({
  ...cell,
  ...state,
  reported: state.report_id !== null,
})
