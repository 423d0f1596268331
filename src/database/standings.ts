// Totals, schedules and lamps of a campaign's units, now or as they were at a moment of the past.
import { type SqlBool, sql } from 'kysely'
import { type CellEvent, fold } from '../campaign/cell.ts'
import type { Contender } from '../campaign/ranking.ts'
import { type Tally, tally } from '../campaign/totals.ts'
import { dateOf } from '../clock.ts'
import type { Executor } from './connection.ts'
import { cellKey } from './load-common.ts'
import { type ChartCell, chartCells, leavesOf } from './progress.ts'
import type { Roster, Unit } from './roster.ts'

export interface UnitStanding extends Tally {
  unit: Unit
  /** Only units of one peer group are compared (`domain.md` C5.5). */
  peer: string
}

export interface Moment {
  /** The day whose schedule line counts. */
  date: string
  cells: ChartCell[]
  /** The newest report that is in the cells; 0 = none. */
  highWater: number
}

/** The units, or all of the campaign, as the wall chart shows them now (`domain.md` C4.5, C4.7). */
export async function standingsNow(
  db: Executor,
  roster: Roster,
  date: string,
  units: Unit[] = [...roster.units.values()],
): Promise<UnitStanding[]> {
  const leaves = new Set(units.flatMap(({ id }) => leavesOf(roster, id)))
  if (leaves.size === 0) return []
  const cells = await chartCells(db, roster, [...leaves])
  return addUp(roster, cells, await peersOf(db, roster.campaign.id), date, units)
}

/**
 * The cells as they were at a moment: what was reported up to then counts, and of imported numbers what speaks of a day
 * up to then and was loaded by then, or with the campaign itself, whose history it is (`loadSnapshots`). Only cells that something else has been said of since are added up from their events again.
 * @param highWater the newest report that may count, to see again what a snapshot saw
 */
export async function cellsAt(db: Executor, roster: Roster, at: Date, highWater?: number): Promise<Moment> {
  const date = dateOf(at)
  const cells = await chartCells(db, roster, leavesOf(roster, roster.root.id))
  const campaign = roster.campaign.id
  const counts = sql<SqlBool>`(case when platform = 'import' then as_of <= ${date}::date
      and (created_at <= ${at}::timestamptz
        or created_at = (select created_at from campaign where campaign.id = ${campaign}))
    else reported_at <= ${at}::timestamptz end and id <= ${highWater ?? Number.MAX_SAFE_INTEGER}::bigint)`
  const { rows: newest } = await sql<{ id: number | null }>`
    select max(id) as id from report where campaign_id = ${campaign} and ${counts}`.execute(db)
  const { rows: events } = await sql<CellEvent & { unit_id: number; indicator_id: number; counts: boolean }>`
    select unit_id, indicator_id, id, op, value, num, den, step, as_of, reported_at, status, supersedes,
      ${counts} as counts
    from report where (unit_id, indicator_id) in
      (select unit_id, indicator_id from report where campaign_id = ${campaign} and not ${counts})`.execute(
    db,
  )
  const changed = new Map<string, CellEvent[]>()
  for (const { unit_id, indicator_id, counts: isIn, ...event } of events) {
    const key = cellKey(unit_id, indicator_id)
    changed.set(key, [...(changed.get(key) ?? []), ...(isIn ? [event] : [])])
  }
  const then = cells.map((cell) => {
    const known = changed.get(cellKey(cell.unit, cell.indicator))
    return known ? withState(cell, known) : cell
  })
  return { date, cells: then, highWater: newest[0]?.id ?? 0 }
}

/** The cell as these events make it. */
export function withState(cell: ChartCell, events: CellEvent[]): ChartCell {
  const state = fold(events, cell.baseline)
  return { ...cell, ...state, reported: state.report_id !== null }
}

/** Which peer group every unit is in. */
export async function peersOf(db: Executor, campaign: number): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('unit_version')
    .where('campaign_id', '=', campaign)
    .where('valid_to', 'is', null)
    .select(['unit_id', 'peer_group'])
    .execute()
  return new Map(rows.map(({ unit_id, peer_group }) => [unit_id, peer_group]))
}

/** Adds the cells of communities and villages up for every unit, in roster order. */
export function addUp(
  roster: Roster,
  cells: ChartCell[],
  peers: Map<number, string>,
  date: string,
  units: Iterable<Unit> = roster.units.values(),
): UnitStanding[] {
  const byLeaf = new Map<number, ChartCell[]>()
  for (const cell of cells) {
    const known = byLeaf.get(cell.unit)
    if (known) known.push(cell)
    else byLeaf.set(cell.unit, [cell])
  }
  return [...units].map((unit) => ({
    unit,
    peer: peers.get(unit.id) ?? unit.level,
    ...tallyOf(
      roster,
      unit,
      leavesOf(roster, unit.id).flatMap((leaf) => byLeaf.get(leaf) ?? []),
      date,
    ),
  }))
}

/** One unit's tally from the cells of its communities and villages, or its own. */
export function tallyOf(roster: Roster, unit: Unit, cells: ChartCell[], date: string): Tally {
  const byIndicator = new Map<number, ChartCell[]>()
  for (const cell of cells) {
    const known = byIndicator.get(cell.indicator)
    if (known) known.push(cell)
    else byIndicator.set(cell.indicator, [cell])
  }
  const alone = roster.children(unit.id).length === 0
  return tally(roster.indicators.values(), byIndicator, alone, date, roster.campaign.settings)
}

export const contenderOf = ({ unit, peer, total }: UnitStanding): Contender => ({
  ...{ unit: unit.id, roster: unit.roster, peer, total },
})
