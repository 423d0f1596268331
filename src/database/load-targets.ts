// Targets of a load, a row for every cell of the wall chart: written in bulk where they differ.
import { sql } from 'kysely'
import type { PersonEntry, TargetEntry } from '../sheet/campaign.ts'
import { type Count, noteChange } from './load-changes.ts'
import { cellKey, chunks, differences, type Load, plain, recordset } from './load-common.ts'

interface Row {
  unit_id: number
  indicator_id: number
  target: string | null
  baseline: string | null
  due: string | null
  responsible_id: number | null
  applies: boolean
  na_reason: string | null
  approved_by: string | null
}

/** Ids by code, and of people by their entry. */
export interface Ids {
  units: Map<string, number>
  indicators: Map<string, number>
  people: Map<PersonEntry, number>
}

export async function loadTargets(load: Load, targets: TargetEntry[], ids: Ids, count: Count): Promise<void> {
  const existing = load.isNew ? new Map<string, Row>() : await readTargets(load)
  const different: Row[] = []
  for (const target of targets) {
    const row = rowOf(target, ids)
    const before = existing.get(cellKey(row.unit_id, row.indicator_id))
    if (before && differences(before, row).length === 0) count.unchanged++
    else {
      noteChange(count, before ? 'changed' : 'added', `${target.unit} ${target.indicator}`)
      different.push(row)
    }
  }
  count.missing = existing.size - count.changed - count.unchanged
  for (const chunk of chunks(different)) await write(load, chunk)
}

function rowOf({ unit, indicator, target, baseline, due, responsible, exempt }: TargetEntry, ids: Ids): Row {
  return {
    ...{ unit_id: ids.units.get(unit) ?? 0, indicator_id: ids.indicators.get(indicator) ?? 0 },
    ...{ target: plain(target), baseline: plain(baseline), due },
    responsible_id: responsible === null ? null : (ids.people.get(responsible) ?? null),
    ...{
      applies: exempt === null,
      na_reason: exempt?.reason ?? null,
      approved_by: exempt?.approvedBy ?? null,
    },
  }
}

async function readTargets({ tx, campaignId }: Load): Promise<Map<string, Row>> {
  const query = tx.selectFrom('target').where('campaign_id', '=', campaignId)
  const rows = await query
    .select(['unit_id', 'indicator_id', 'target', 'baseline', 'due', 'responsible_id'])
    .select(['applies', 'na_reason', 'approved_by'])
    .execute()
  return new Map(
    rows.map((row) => [
      cellKey(row.unit_id, row.indicator_id),
      { ...row, target: plain(row.target), baseline: plain(row.baseline) },
    ]),
  )
}

async function write({ tx, campaignId, by, now }: Load, rows: Row[]): Promise<void> {
  const columns = `unit_id bigint, indicator_id bigint, target numeric, baseline numeric, due date,
    responsible_id bigint, applies boolean, na_reason text, approved_by text`
  await sql`insert into target (campaign_id, unit_id, indicator_id, target, baseline, due, responsible_id, applies,
      na_reason, approved_by, created_by, created_at)
    select ${campaignId}::bigint, r.*, ${by}::text, ${now}::timestamptz from ${recordset(rows, columns)}
    on conflict (unit_id, indicator_id) do update set target = excluded.target, baseline = excluded.baseline,
      due = excluded.due, responsible_id = excluded.responsible_id, applies = excluded.applies,
      na_reason = excluded.na_reason, approved_by = excluded.approved_by`.execute(tx)
}
