// Cells after a load: what their events add up to, written in bulk.
import { sql } from 'kysely'
import { breathe } from '../breathe.ts'
import { type CellEvent, type CellState, fold } from '../campaign/cell.ts'
import { cellKey, chunks, type Load, recordset } from './load-common.ts'

export interface TouchedCell {
  unit_id: number
  indicator_id: number
}

type Tables = Pick<Load, 'tx' | 'campaignId'>

const cellsAtOnce = 1000
const place = 'unit_id bigint, indicator_id bigint'

/** Adds the events of these cells up again and stores the result. */
export async function rebuildCells(load: Tables, touched: TouchedCell[]): Promise<void> {
  for (const cells of chunks(touched, cellsAtOnce)) {
    await breathe()
    const events = await eventsOf(load, cells)
    const baselines = await baselinesOf(load, cells)
    await write(
      load,
      cells.map((cell) => {
        const key = cellKey(cell.unit_id, cell.indicator_id)
        return { ...cell, ...fold(events.get(key) ?? [], baselines.get(key)) }
      }),
    )
  }
}

/** As one text: tens of thousands of rows, field by field, would take several times as long. */
async function eventsOf({ tx }: Tables, cells: TouchedCell[]): Promise<Map<string, CellEvent[]>> {
  const { rows } = await sql<{ cell: string; events: string }>`select unit_id || '/' || indicator_id as cell,
      json_agg(json_build_object('id', id, 'op', op, 'value', value::text, 'num', num::text, 'den', den::text,
        'step', step, 'as_of', as_of, 'reported_at', reported_at, 'status', status, 'supersedes', supersedes))::text as events
    from report join ${recordset(cells, place)} using (unit_id, indicator_id) group by 1`.execute(tx)
  return new Map(rows.map(({ cell, events }) => [cell, (JSON.parse(events) as CellEvent[]).map(withDate)]))
}

const withDate = (event: CellEvent): CellEvent => ({ ...event, reported_at: new Date(event.reported_at) })

async function baselinesOf({ tx }: Tables, cells: TouchedCell[]): Promise<Map<string, string>> {
  const { rows } = await sql<TouchedCell & { baseline: string }>`select r.unit_id, r.indicator_id,
      coalesce(target.baseline, indicator.baseline) as baseline
    from ${recordset(cells, place)} join indicator on indicator.id = r.indicator_id
    left join target on target.unit_id = r.unit_id and target.indicator_id = r.indicator_id`.execute(tx)
  return new Map(rows.map((row) => [cellKey(row.unit_id, row.indicator_id), row.baseline]))
}

async function write({ tx, campaignId }: Tables, cells: (TouchedCell & CellState)[]): Promise<void> {
  const columns = `${place}, value numeric, num numeric, den numeric, step text, as_of date, reported_at timestamptz,
    report_id bigint, pending_id bigint`
  await sql`insert into cell (campaign_id, unit_id, indicator_id, value, num, den, step, as_of, reported_at, report_id,
      pending_id)
    select ${campaignId}::bigint, r.* from ${recordset(cells, columns)}
    on conflict (unit_id, indicator_id) do update set value = excluded.value, num = excluded.num, den = excluded.den,
      step = excluded.step, as_of = excluded.as_of, reported_at = excluded.reported_at,
      report_id = excluded.report_id, pending_id = excluded.pending_id`.execute(tx)
}
