// Targets of a load, a row for every cell of the wall chart: written in bulk where they differ.
import { sql } from 'kysely'
import type { IndicatorEntry, PersonEntry, TargetEntry } from '../sheet/campaign.ts'
import { type Count, noteChange } from './load-changes.ts'
import { cellKey, chunks, differences, type Load, plain, recordset } from './load-common.ts'
import type { TargetChange } from './load-doubts.ts'
import type { NameOf } from './load-names.ts'

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

/** What the parts of a load know of targets besides their rows. */
export interface Surroundings {
  nameOf: NameOf
  indicators: IndicatorEntry[]
  /** The usual targets before the load, by indicator. */
  targetsBefore: Map<number, string | null>
}

/**
 * A deadline that was extended stays when the file still has one of those before it: the file is older than the decision.
 * Another date in the file is a new decision, and is named among the changes.
 * @returns the targets that are others now
 */
export async function loadTargets(
  load: Load,
  targets: TargetEntry[],
  ids: Ids,
  { nameOf, indicators, targetsBefore }: Surroundings,
  count: Count,
): Promise<TargetChange[]> {
  const usual = new Map(
    indicators.map(({ code, target }) => [ids.indicators.get(code) ?? 0, plain(target)] as const),
  )
  const moves = [...usual].map(
    ([id, after]): TargetChange => ({
      ...{ unit_id: null, indicator_id: id, before: targetsBefore.get(id) ?? null, after },
    }),
  )
  const existing = load.isNew ? new Map<string, Row>() : await readTargets(load)
  const extended = load.isNew ? new Map<string, Extended>() : await readExtended(load)
  const different: Row[] = []
  for (const target of targets) {
    const row = rowOf(target, ids)
    const key = cellKey(row.unit_id, row.indicator_id)
    const before = existing.get(key)
    existing.delete(key)
    const moved = movedBy(extended.get(key), before)
    const said = row.due ?? moved?.usual ?? null
    if (moved && said !== null && moved.earlier.includes(said)) row.due = moved.due
    if (before && differences(before, row).length === 0) count.unchanged++
    else {
      const name = nameOf(row)
      const isOver = moved !== undefined && row.due !== moved.due
      noteChange(count, before ? 'changed' : 'added', `${name} ${before ? inWords(before, row) : ''}`)
      const { unit_id, indicator_id } = row
      moves.push({
        ...{ unit_id, indicator_id, before: before?.target ?? targetsBefore.get(indicator_id) ?? null },
        after: row.target ?? usual.get(indicator_id) ?? null,
      })
      // However many changes there are: that a decision no longer holds is always said.
      if (isOver) count.notes.push(`${name} 期限改为${said ?? '活动结束'}，不再是延期到的${moved.due}`)
      different.push(row)
    }
  }
  count.kept = [...existing.values()].map((row) => `${nameOf(row)} ${standsAt(row)}`.trim())
  for (const chunk of chunks(different)) await write(load, chunk)
  return moves
}

const standsAt = ({ applies, na_reason, target, due }: Row) =>
  applies
    ? [...(target === null ? [] : [`目标${target}`]), ...(due === null ? [] : [`期限${due}`])].join(' ')
    : `不涉及：${na_reason}`

/** What is different about a row: 「目标 4→2，期限 默认→2026-11-30」. */
function inWords(before: Row, after: Row): string {
  const changed = differences(before, after)
  const moves = (['target', 'baseline', 'due'] as const)
    .filter((field) => changed.includes(field))
    .map((field) => `${columns[field]} ${before[field] ?? '默认'}→${after[field] ?? '默认'}`)
  if (changed.includes('responsible_id')) moves.push('责任人')
  if (changed.includes('applies'))
    moves.push(after.applies ? '不涉及→涉及' : `涉及→不涉及：${after.na_reason}`)
  else if (changed.includes('na_reason') || changed.includes('approved_by'))
    moves.push('不涉及的原因或批准人')
  return moves.join('，')
}

const columns = { target: '目标', baseline: '基数', due: '期限' }

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

/** Of a cell whose deadline was extended: where to, all deadlines before that, and the indicator's own. */
interface Extended {
  due: string
  earlier: string[]
  usual: string | null
}

/** What was extended and then changed by a file is no extension any more. */
const movedBy = (extended: Extended | undefined, before: Row | undefined) =>
  extended && before?.due === extended.due ? extended : undefined

async function readExtended({ tx, campaignId }: Load): Promise<Map<string, Extended>> {
  const rows = await tx
    .selectFrom('extension')
    .innerJoin('indicator', 'indicator.id', 'indicator_id')
    .where('extension.campaign_id', '=', campaignId)
    .where('state', '=', 'granted')
    .orderBy('extension.decided_at')
    .orderBy('extension.id')
    .select(['unit_id', 'indicator_id', 'due_before', 'extension.due', 'indicator.due as usual'])
    .execute()
  const extended = new Map<string, Extended>()
  for (const { unit_id, indicator_id, due_before, due, usual } of rows) {
    const key = cellKey(unit_id, indicator_id)
    extended.set(key, { due, usual, earlier: [...(extended.get(key)?.earlier ?? []), due_before] })
  }
  return extended
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
