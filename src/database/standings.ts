// Totals, schedules and lamps of a campaign's units, now or as they were at a moment of the past.

import Fraction from 'fraction.js'
import { type SqlBool, sql } from 'kysely'
import { type Decision, undecided } from '../campaign/adjustments.ts'
import { type CellEvent, fold } from '../campaign/cell.ts'
import type { Contender } from '../campaign/ranking.ts'
import { decimal, sharesFrom } from '../campaign/shares.ts'
import { standingsOf, type Tally, tally } from '../campaign/totals.ts'
import { dateOf } from '../clock.ts'
import { decisionsOf, hasVetoes } from './adjustments.ts'
import type { Executor } from './connection.ts'
import { movedLines, openLedger, put } from './ledger.ts'
import type { Line } from './lines.ts'
import { cellKey } from './load-common.ts'
import { type ChartCell, chartCells, leavesOf } from './progress.ts'
import { rebuildTotals } from './rebuild.ts'
import { isActive, type Roster, type Unit } from './roster.ts'

export interface UnitStanding extends Tally {
  unit: Unit
  /** Only units of one peer group are compared (`domain.md` C5.5). */
  peer: string
  /** A veto puts it behind all others. */
  last?: boolean
}

export interface Moment {
  /** The day whose schedule line counts. */
  date: string
  cells: ChartCell[]
  /** The newest report that is in the cells; 0 = none. */
  highWater: number
}

/** The units, or all of the campaign, as their cells and what was decided by document make them now (`domain.md` C4.5–C4.7). */
export async function standingsNow(
  db: Executor,
  roster: Roster,
  date: string,
  units: Unit[] = [...roster.units.values()],
): Promise<UnitStanding[]> {
  const leaves = new Set(units.flatMap(({ id }) => leavesOf(roster, id)))
  if (leaves.size === 0) return []
  const cells = await chartCells(db, roster, [...leaves])
  return addUp(roster, cells, date, units, await decisionsOf(db, roster.campaign.id, date))
}

/**
 * What is kept of all units, as it was at a moment: kept totals, with those cells put back of which something was said
 * that does not count yet (`cellsAt`). The campaign is held until the end of the transaction.
 */
export async function linesAt(
  tx: Executor,
  roster: Roster,
  at: Date,
): Promise<{ lines: Line[]; date: string; highWater: number }> {
  const campaign = roster.campaign.id
  // What is kept is of the day on which it was written: a veto may have begun or ended since.
  if (await hasVetoes(tx, campaign)) await rebuildTotals(tx, roster, dateOf(at))
  const lines = await tx
    .selectFrom('standing')
    .where('campaign_id', '=', campaign)
    .select(['unit_id', 'parent_id', 'peer_group', 'total', 'ranked_on', 'shares', 'cells'])
    .execute()
  const moment = { date: dateOf(at), highWater: await newestAt(tx, campaign, at) }
  const changed = await changedSince(tx, campaign, at)
  if (changed.length === 0) return { lines, ...moment }
  const places = changed.map(({ unit_id, indicator_id }) => ({ unit: unit_id, indicator: indicator_id }))
  const ledger = await openLedger(tx, roster, places, { date: moment.date, hold: true })
  for (const { unit_id, indicator_id, counting } of changed) {
    const key = cellKey(unit_id, indicator_id)
    const isIn = new Set(counting)
    const events = (ledger.events.get(key) ?? []).filter(({ id }) => isIn.has(id))
    put(ledger, { unit: unit_id, indicator: indicator_id }, fold(events, ledger.cells.get(key)?.baseline))
  }
  const then = new Map(movedLines(ledger).map((line) => [line.unit_id, line]))
  return { lines: lines.map((line) => then.get(line.unit_id) ?? line), ...moment }
}

/**
 * Which reports count at a moment: what was reported up to then, and of imported numbers what speaks of a day up to then
 * and was loaded by then, or with the campaign itself, whose history it is (`loadSnapshots`).
 */
export const countsAt = (campaign: number, at: Date, highWater = Number.MAX_SAFE_INTEGER) =>
  sql<SqlBool>`(case when platform = 'import' then as_of <= ${dateOf(at)}::date
      and (created_at <= ${at}::timestamptz
        or created_at = (select created_at from campaign where campaign.id = ${campaign}))
    else reported_at <= ${at}::timestamptz end and id <= ${highWater}::bigint)`

async function newestAt(tx: Executor, campaign: number, at: Date, highWater?: number): Promise<number> {
  const { rows } = await sql<{ id: number | null }>`
    select max(id) as id from report
    where campaign_id = ${campaign} and ${countsAt(campaign, at, highWater)}`.execute(tx)
  return rows[0]?.id ?? 0
}

/** The cells of which something was said that does not count at the moment, each with the events that do. */
async function changedSince(tx: Executor, campaign: number, at: Date) {
  const { rows } = await sql<{ unit_id: number; indicator_id: number; counting: number[] }>`
    select unit_id, indicator_id, coalesce(json_agg(id) filter (where ${countsAt(campaign, at)}), '[]') as counting
    from report where (unit_id, indicator_id) in
      (select unit_id, indicator_id from report where campaign_id = ${campaign} and not ${countsAt(campaign, at)})
    group by unit_id, indicator_id`.execute(tx)
  return rows
}

/**
 * All cells as they were at a moment, from their events. Only cells that something else has been said of since are added
 * up again.
 * @param highWater the newest report that may count, to see again what a snapshot saw
 */
export async function cellsAt(db: Executor, roster: Roster, at: Date, highWater?: number): Promise<Moment> {
  const cells = await chartCells(db, roster, leavesOf(roster, roster.root.id))
  const campaign = roster.campaign.id
  const counts = countsAt(campaign, at, highWater)
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
  return { date: dateOf(at), cells: then, highWater: await newestAt(db, campaign, at, highWater) }
}

/** The cell as these events make it. */
export function withState(cell: ChartCell, events: CellEvent[]): ChartCell {
  const state = fold(events, cell.baseline)
  return { ...cell, ...state, reported: state.report_id !== null }
}

/**
 * Adds the cells of communities and villages up for every unit, in roster order.
 * @param decisions points and vetoes by document (`decisionsOf`)
 */
export function addUp(
  roster: Roster,
  cells: ChartCell[],
  date: string,
  units: Iterable<Unit> = roster.units.values(),
  decisions: ReadonlyMap<number, Decision> = new Map(),
): UnitStanding[] {
  const byLeaf = new Map<number, ChartCell[]>()
  for (const cell of cells) {
    const known = byLeaf.get(cell.unit)
    if (known) known.push(cell)
    else byLeaf.set(cell.unit, [cell])
  }
  return [...units].map((unit) => ({
    unit,
    peer: unit.peer,
    last: decisions.get(unit.id)?.isLast ?? false,
    ...tallyOf(
      roster,
      unit,
      leavesOf(roster, unit.id).flatMap((leaf) => byLeaf.get(leaf) ?? []),
      date,
      decisions.get(unit.id),
    ),
  }))
}

/** One unit's standing from its kept line. @param dueOf due dates that communities have for themselves */
export function standingOf(
  roster: Roster,
  unit: Unit,
  line: Line,
  date: string,
  dueOf: (unit: number, indicator: number) => string | undefined,
): UnitStanding {
  const shares = sharesFrom(line.shares)
  const total = line.total === null ? null : decimal(line.total)
  const given = [...roster.indicators.values()].flatMap((indicator, at) => {
    const share = shares[at]
    return share === undefined || !isActive(indicator)
      ? []
      : [{ ...indicator, share, due: dueOf(unit.id, indicator.id) ?? indicator.due }]
  })
  return { unit, peer: line.peer_group, ...standingsOf(given, date, roster.campaign.settings), total }
}

/** One unit's tally from the cells of its communities and villages, or its own. */
export function tallyOf(
  roster: Roster,
  unit: Unit,
  cells: ChartCell[],
  date: string,
  decision = undecided,
): Tally {
  const byIndicator = new Map<number, ChartCell[]>()
  for (const cell of cells) {
    const known = byIndicator.get(cell.indicator)
    if (known) known.push(cell)
    else byIndicator.set(cell.indicator, [cell])
  }
  const alone = roster.children(unit.id).length === 0
  const { settings } = roster.campaign
  const plain = tally(roster.indicators.values(), byIndicator, alone, date, settings)
  if (decision === undecided) return plain
  const given = [...roster.indicators.values()].flatMap((indicator) => {
    const share = plain.standings.get(indicator.id)?.share
    if (share === undefined) return []
    const due = (alone && byIndicator.get(indicator.id)?.[0]?.due) || indicator.due
    const isZeroed = share !== 'na' && decision.zeroed.has(indicator.id)
    return [{ ...indicator, due, share: isZeroed ? new Fraction(0) : share }]
  })
  return standingsOf(given, date, settings, decision.net)
}

export const contenderOf = ({ unit, peer, total, last = false }: UnitStanding): Contender => ({
  ...{ unit: unit.id, roster: unit.roster, peer, total, last },
})
