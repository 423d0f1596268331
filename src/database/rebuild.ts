// Totals from scratch: every unit's line, the sums above and the spread, from the cells as they are. What is kept is
// always what this gives (`domain.md` C1 Cell, R11).
import { sql } from 'kysely'
import type { Decision } from '../campaign/adjustments.ts'
import { noSums, plus, type Sums, sumsOf, sumsText } from '../campaign/sums.ts'
import { decisionsOf } from './adjustments.ts'
import type { Db, Executor } from './connection.ts'
import { type Line, leafLine, sumLine } from './lines.ts'
import { cellKey, chunks, recordset } from './load-common.ts'
import { type ChartCell, chartCells } from './progress.ts'
import { type Roster, readRoster } from './roster.ts'
import { writing } from './writing.ts'

const leavesAtOnce = 500

/** Everything that is kept, as the cells make it. */
export interface Kept {
  lines: Line[]
  /** Of streets and the district, by unit and indicator. */
  sums: Map<string, Sums>
}

/**
 * Puts what is kept right, whatever it was: after rules, units or many numbers have changed.
 * @param date the day whose vetoes are in force
 */
export async function rebuildTotals(tx: Executor, roster: Roster, date: string): Promise<void> {
  const campaign = roster.campaign.id
  const decisions = await decisionsOf(tx, campaign, date)
  const { lines, sums } = await keptFrom(roster, decisions, (leaves) => chartCells(tx, roster, leaves))
  for (const table of ['standing', 'subtotal', 'spread'] as const)
    await tx.deleteFrom(table).where('campaign_id', '=', campaign).execute()
  for (const chunk of chunks(lines)) await insertLines(tx, campaign, chunk)
  for (const chunk of chunks([...sums])) {
    const rows = chunk.map(([key, mine]) => {
      const [unit, indicator] = key.split('/')
      return { unit, indicator, sums: sumsText(mine) }
    })
    await sql`insert into subtotal (unit_id, indicator_id, campaign_id, sums)
      select unit, indicator, ${campaign}::bigint, sums
      from ${recordset(rows, 'unit bigint, indicator bigint, sums jsonb')}`.execute(tx)
  }
  await sql`insert into spread select ${campaign}::bigint, peer_group, width, floor(ranked_on::numeric / width)::int, count(*)
    from standing, (values (1), (100)) as widths (width)
    where campaign_id = ${campaign}::bigint and parent_id is not null and ranked_on is not null
    group by 1, 2, 3, 4`.execute(tx)
}

/** Fills what is kept of campaigns that were loaded before totals were kept; replicas may do so at once. */
export async function keepOldCampaigns(db: Db): Promise<void> {
  const { rows } = await sql<{ id: number; today: string }>`
    select id, (now() at time zone 'Asia/Shanghai')::date as today from campaign
    where not exists (select from standing where campaign_id = campaign.id)
      and exists (select from unit where campaign_id = campaign.id)`.execute(db)
  for (const { id, today } of rows)
    await writing(db, id, async (tx) => rebuildTotals(tx, await readRoster(tx, id), today))
}

/** @param cellsOf the cells of some communities: as they are, or as they were at a moment of the past */
export async function keptFrom(
  roster: Roster,
  decisions: Map<number, Decision>,
  cellsOf: (leaves: number[]) => Promise<ChartCell[]>,
): Promise<Kept> {
  const units = [...roster.units.values()]
  const isLeaf = new Map(units.map(({ id }) => [id, roster.children(id).length === 0]))
  const leaves = units.filter(({ id }) => isLeaf.get(id))
  const sums = new Map<string, Sums>()
  const lines: Line[] = []
  for (const chunk of chunks(leaves, leavesAtOnce)) {
    const cells = new Map<string, ChartCell>()
    for (const cell of await cellsOf(chunk.map(({ id }) => id))) {
      cells.set(cellKey(cell.unit, cell.indicator), cell)
      for (const { id } of roster.above(cell.unit)) {
        const key = cellKey(id, cell.indicator)
        sums.set(key, plus(sums.get(key) ?? noSums(), sumsOf(cell)))
      }
    }
    lines.push(...chunk.map((unit) => leafLine(roster, unit, decisions.get(unit.id), cells)))
  }
  const rest = units.filter(({ id }) => !isLeaf.get(id))
  return {
    lines: [...lines, ...rest.map((unit) => sumLine(roster, unit, decisions.get(unit.id), sums))],
    sums,
  }
}

async function insertLines(tx: Executor, campaign: number, lines: Line[]): Promise<void> {
  const columns = `unit_id bigint, parent_id bigint, peer_group text, total int, ranked_on int, shares text, cells text`
  await sql`insert into standing (unit_id, campaign_id, parent_id, peer_group, total, ranked_on, shares, cells)
    select unit_id, ${campaign}::bigint, parent_id, peer_group, total, ranked_on, shares, cells
    from ${recordset(lines, columns)}`.execute(tx)
}
