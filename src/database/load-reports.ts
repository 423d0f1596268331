// The past of a load: cumulative numbers become report events, and the cells that they touch are added up again.
import { sql } from 'kysely'
import type { CampaignWorkbook, ReportEntry } from '../sheet/campaign.ts'
import { rebuildCells, type TouchedCell } from './load-cells.ts'
import type { Count } from './load-changes.ts'
import { cellKey, chunks, type Load, recordset } from './load-common.ts'
import type { Ids } from './load-targets.ts'

export type Progress = (done: number, total: number) => void

/** The same row of a file always has the same message id, so a number is never counted twice. */
export async function loadReports(
  load: Load,
  { reports, units, indicators }: CampaignWorkbook,
  ids: Ids,
  count: Count,
  progress: Progress,
): Promise<void> {
  const unitNames = new Map(units.map(({ code, name }) => [code, name]))
  const indicatorNames = new Map(indicators.map(({ code, name }) => [code, name]))
  const robot = String(load.campaignId)
  const before = await countImported(load, robot)
  const touched = new Map<string, TouchedCell>()
  // Ids are the order in which events count, so the past goes in by its dates.
  const ordered = reports.toSorted((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : 0))
  let done = 0
  for (const chunk of chunks(ordered)) {
    const rows = chunk.map((report) => {
      const names = `${unitNames.get(report.unit)} ${indicatorNames.get(report.indicator)}`
      return rowOf(report, ids, load, names)
    })
    for (const cell of await insert(load, robot, rows)) {
      touched.set(cellKey(cell.unit_id, cell.indicator_id), cell)
      count.added++
    }
    done += chunk.length
    progress(done, reports.length)
  }
  count.unchanged = reports.length - count.added
  count.missing = before - count.unchanged
  await rebuildCells(load, [...touched.values()])
}

async function countImported({ tx }: Load, robot: string): Promise<number> {
  const imported = tx.selectFrom('report').where('platform', '=', 'import').where('robot', '=', robot)
  return (await imported.select((e) => e.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n
}

function rowOf(report: ReportEntry, ids: Ids, { now }: Load, names: string) {
  const { unit, indicator, asOf, value, num, den, step, reporter } = report
  const shown = step ?? value ?? `${num}/${den}`
  const evening = `${asOf}T18:00:00+08:00`
  return {
    ...{ unit_id: ids.units.get(unit) ?? 0, indicator_id: ids.indicators.get(indicator) ?? 0 },
    ...{ value, num, den, step, as_of: asOf },
    reported_at: Date.parse(evening) < now.getTime() ? evening : now.toISOString(),
    reporter_id: reporter === null ? null : (ids.people.get(reporter) ?? null),
    message_id: [unit, indicator, asOf, shown].join('/'),
    raw_text: `导入：${names} ${shown}`,
  }
}

/** @returns the cells of the rows that are new */
async function insert(
  { tx, campaignId, by, now }: Load,
  robot: string,
  rows: ReturnType<typeof rowOf>[],
): Promise<TouchedCell[]> {
  const columns = `unit_id bigint, indicator_id bigint, value numeric, num numeric, den numeric, step text, as_of date,
    reported_at timestamptz, reporter_id bigint, message_id text, raw_text text`
  const { rows: written } =
    await sql<TouchedCell>`insert into report (campaign_id, op, status, platform, robot,
      created_by, created_at, unit_id, indicator_id, value, num, den, step, as_of, reported_at, reporter_id, message_id,
      raw_text)
    select ${campaignId}::bigint, 'set', 'accepted', 'import', ${robot}::text, ${by}::text, ${now}::timestamptz, r.*
    from ${recordset(rows, columns)}
    on conflict do nothing returning unit_id, indicator_id`.execute(tx)
  return written
}
