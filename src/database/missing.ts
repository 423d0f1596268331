// Reads what is needed to say who has not reported: every cell that is reported in chats, and whether it was in a span.
import { sql } from 'kysely'
import type { Measured } from '../campaign/completion.ts'
import type { Executor } from './connection.ts'

/** A stretch of time: `from` is in it, `until` is not. What was loaded counts by the day that it speaks of. */
export interface Span {
  from: Date
  until: Date
  /** Calendar dates, both included. */
  firstDay: string
  lastDay: string
}

export interface ReportableCell extends Measured {
  unit: number
  indicator: number
  target: string | null
  baseline: string
  applies: boolean
  /** Calendar date of the value; null = no accepted report (未报). */
  as_of: string | null
  cadence: number
  /** A report of it was made in the span, and not withdrawn since; 零报告 is one. */
  heard: boolean
  responsible: number | null
}

/**
 * The cells of the given communities and villages whose numbers are reported in chats, in the order of the scheme; none of
 * an indicator that is switched off (`isActive`).
 * @param indicator only this one
 */
export async function reportableCells(
  db: Executor,
  units: number[],
  span: Span,
  indicator?: number,
): Promise<ReportableCell[]> {
  const { from, until, firstDay, lastDay } = span
  const { rows } = await sql<ReportableCell>`
    select unit.id as unit, indicator.id as indicator, coalesce(target.target, target_default) as target,
      coalesce(target.baseline, indicator.baseline) as baseline, coalesce(applies, true) as applies,
      cell.value, cell.num, cell.den, case when cell.report_id is not null then cell.as_of end as as_of,
      cadence_days as cadence, responsible_id as responsible,
      exists (select from report
        where report.unit_id = unit.id and report.indicator_id = indicator.id
          and report.status = 'accepted' and report.op <> 'void'
          and case when report.platform = 'import' then report.as_of between ${firstDay}::date and ${lastDay}::date
            else report.reported_at >= ${from}::timestamptz and report.reported_at < ${until}::timestamptz end
          and not exists (select from report as later where later.supersedes = report.id and later.op = 'void')
      ) as heard
    from unit
    join indicator on indicator.campaign_id = unit.campaign_id and unit.level = any(applies_to)
      and source = 'chat' and weight > 0 and indicator.id = coalesce(${indicator ?? null}::bigint, indicator.id)
    left join target on target.unit_id = unit.id and target.indicator_id = indicator.id
    left join cell on cell.unit_id = unit.id and cell.indicator_id = indicator.id
    where unit.id = any(${units}::bigint[])
    order by indicator.ordinal`.execute(db)
  return rows
}

/** The units that people have a duty in today, in the order of the people. */
export async function unitsOfPeople(db: Executor, people: number[], today: string): Promise<number[]> {
  const rows = await db
    .selectFrom('assignment')
    .where('person_id', 'in', people)
    .where('unit_id', 'is not', null)
    .where('valid_from', '<=', today)
    .where((e) => e.or([e('valid_to', 'is', null), e('valid_to', '>=', today)]))
    .orderBy('id')
    .select('unit_id')
    .execute()
  return [...new Set(rows.flatMap(({ unit_id }) => unit_id ?? []))]
}
