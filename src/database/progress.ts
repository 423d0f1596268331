// Reads what the wall chart says of some units: target, value, due date and responsible person of every cell.
import type { CellState } from '../campaign/cell.ts'
import type { Part } from '../campaign/standing.ts'
import type { Executor } from './connection.ts'
import type { Indicator, Roster } from './roster.ts'

export interface ChartCell extends Part, CellState {
  unit: number
  indicator: number
  due: string
  responsible: string | null
}

/**
 * The cells of the given communities and villages for some indicators, in roster and scheme order. Where the
 * indicator is not for units of that level there is no cell.
 */
export async function chartCells(
  db: Executor,
  roster: Roster,
  units: number[],
  indicators: Indicator[] = [...roster.indicators.values()],
): Promise<ChartCell[]> {
  const rows = await db
    .selectFrom('unit')
    .innerJoin('indicator', (join) =>
      join
        .onRef('indicator.campaign_id', '=', 'unit.campaign_id')
        .on((e) => e('unit.level', '=', e.fn.any('applies_to'))),
    )
    .leftJoin('target', (join) =>
      join.onRef('target.unit_id', '=', 'unit.id').onRef('target.indicator_id', '=', 'indicator.id'),
    )
    .leftJoin('person', 'person.id', 'target.responsible_id')
    .leftJoin('cell', (join) =>
      join.onRef('cell.unit_id', '=', 'unit.id').onRef('cell.indicator_id', '=', 'indicator.id'),
    )
    .where('unit.id', 'in', units)
    .where(
      'indicator.id',
      'in',
      indicators.map(({ id }) => id),
    )
    .select(['unit.id as unit', 'indicator.id as indicator', 'person.name as responsible'])
    .select(['target.target', 'target.baseline', 'target.due', 'target.applies'])
    .select(['value', 'num', 'den', 'step', 'as_of', 'reported_at', 'report_id', 'pending_id'])
    .orderBy('indicator.ordinal')
    .execute()
  return rows.map(({ target, baseline, due, applies, ...row }) => {
    const indicator = roster.indicators.get(row.indicator)
    if (!indicator) throw new Error(`indicator ${row.indicator} is not in the roster`)
    return {
      ...row,
      ...{ kind: indicator.kind, direction: indicator.direction, zeroTarget: indicator.zeroTarget },
      target: target ?? indicator.targetDefault,
      baseline: baseline ?? indicator.baseline,
      due: due ?? indicator.due,
      applies: applies ?? true,
      reported: row.report_id !== null,
    }
  })
}

/** The communities and villages of a unit: itself, or all below it. */
export function leavesOf(roster: Roster, unit: number): number[] {
  const children = roster.children(unit)
  return children.length === 0 ? [unit] : children.flatMap((child) => leavesOf(roster, child.id))
}
