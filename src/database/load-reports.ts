// The past of a load: cumulative numbers become report events, and the cells that they touch are added up again.
import { sql } from 'kysely'
import { breathe } from '../breathe.ts'
import type { CampaignWorkbook, ReportEntry } from '../sheet/campaign.ts'
import { rebuildCells, type TouchedCell } from './load-cells.ts'
import { type Count, noteChange } from './load-changes.ts'
import { cellKey, chunks, type Load, recordset } from './load-common.ts'
import { noteDoubts, overtaken } from './load-doubts.ts'
import type { NameOf } from './load-names.ts'
import type { Ids } from './load-targets.ts'

const platform = 'import'

/** Who brings the numbers, and of which unit: those of others are on behalf. */
type Sender = { id: number; unit: number | null }

export type Progress = (done: number, total: number) => void

/** As much of a workbook as its numbers need. */
export type PastNumbers = Pick<CampaignWorkbook, 'reports' | 'indicators'> & {
  plan: { settings: Pick<CampaignWorkbook['plan']['settings'], 'zero_target'> }
}

/** Numbers that the last load of this campaign already brought are left out, so nothing is ever counted twice. */
export async function loadReports(
  load: Load,
  { plan, reports, indicators }: PastNumbers,
  { nameOf, ...ids }: Ids & { nameOf: NameOf; sender?: Sender },
  count: Count,
  progress: Progress,
): Promise<void> {
  const cellOf = (unit: string, indicator: string) => ({
    ...{ unit_id: ids.units.get(unit) ?? 0, indicator_id: ids.indicators.get(indicator) ?? 0 },
  })
  const namesOf = ({ unit, indicator }: ReportEntry) => nameOf(cellOf(unit, indicator))
  const earlier = load.isNew ? nothingImported : await readImported(load)
  const fresh = reports.filter((report) => earlier.latest.get(placeOf(report)) !== idOf(report))
  count.unchanged = reports.length - fresh.length
  for (const report of fresh) {
    const before = earlier.latest.get(placeOf(report))
    const words = `${namesOf(report)} ${report.asOf}`
    if (before === undefined) noteChange(count, 'added', words)
    else noteChange(count, 'changed', `${words} ${shownIn(before)}→${shownOf(report)}`)
  }
  const said = new Set(reports.map(placeOf))
  count.kept = [...earlier.latest].flatMap(([place, id]) => {
    const [unit = '', indicator = '', day = ''] = place.split('/')
    return said.has(place) ? [] : `${nameOf(cellOf(unit, indicator))} ${day} ${shownIn(id)}`
  })
  const touched = new Map<string, TouchedCell>()
  const dated = (report: ReportEntry) => ({
    ...report,
    ...cellOf(report.unit, report.indicator),
    as_of: report.asOf,
  })
  const all = reports.map(dated)
  const rules = indicators.map(
    (one) => [ids.indicators.get(one.code) ?? 0, { ...one, zeroTarget: plan.settings.zero_target }] as const,
  )
  const told = { fresh: fresh.map(dated), all }
  count.overtaken = load.isNew ? [] : await overtaken(load, told, nameOf)
  await noteDoubts(load, told, new Map(rules), nameOf, count)
  // Ids are the order in which events count, so the past goes in by its dates.
  const ordered = fresh.toSorted((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : 0))
  let done = 0
  for (const chunk of chunks(ordered)) {
    const how = { ids, now: load.now, used: earlier.used }
    const rows = chunk.map((report) => rowOf(report, { ...how, names: namesOf(report) }))
    await insert(load, rows)
    for (const row of rows) touched.set(cellKey(row.unit_id, row.indicator_id), row)
    done += rows.length
    progress(done, ordered.length)
    await breathe()
  }
  await rebuildCells(load, [...touched.values()])
}

interface Imported {
  /** By unit, indicator and day: the message id of the number that counts. */
  latest: Map<string, string>
  used: Set<string>
}

const nothingImported: Imported = { latest: new Map(), used: new Set() }

async function readImported({ tx, campaignId }: Load): Promise<Imported> {
  const imported = tx
    .selectFrom('report')
    .where('platform', '=', platform)
    .where('robot', '=', String(campaignId))
  // Numbers of an import that was undone no longer count, but their ids are taken.
  const rows = await imported
    .select(['message_id', isUndone.as('undone')])
    .orderBy('id')
    .execute()
  const latest = rows.flatMap(({ message_id, undone }) => {
    const plainId = message_id.replace(/#\d+$/, '')
    return undone ? [] : [[placeOfId.exec(plainId)?.[0] ?? plainId, plainId] as const]
  })
  return { latest: new Map(latest), used: new Set(rows.map(({ message_id }) => message_id)) }
}

const isUndone = sql<boolean>`exists (select from report as later where later.supersedes = report.id
  and later.op = 'void')`

const placeOf = ({ unit, indicator, asOf }: ReportEntry) => [unit, indicator, asOf].join('/')
const shownOf = ({ value, num, den, step }: ReportEntry) => step ?? value ?? `${num}/${den}`
const idOf = (report: ReportEntry) => `${placeOf(report)}/${shownOf(report)}`
/** The number at the end of a message id. */
const shownIn = (id: string) => id.replace(placeOfId, '').slice(1)
/** Unit, indicator and day at the beginning of a message id. */
const placeOfId = /^.*?\/\d{4}-\d\d-\d\d(?=\/)/

/** A number that had been replaced and is now back again is a new event: it needs an id of its own. */
function freeId(id: string, used: Set<string>): string {
  if (!used.has(id)) return id
  let turn = 2
  while (used.has(`${id}#${turn}`)) turn++
  return `${id}#${turn}`
}

function rowOf(
  report: ReportEntry,
  { ids, now, used, names }: { ids: Ids & { sender?: Sender }; now: Date; used: Set<string>; names: string },
) {
  const { unit, indicator, asOf, value, num, den, step, reporter } = report
  const evening = `${asOf}T18:00:00+08:00`
  return {
    ...{ unit_id: ids.units.get(unit) ?? 0, indicator_id: ids.indicators.get(indicator) ?? 0 },
    ...{ value, num, den, step, as_of: asOf },
    reported_at: Date.parse(evening) < now.getTime() ? evening : now.toISOString(),
    reporter_id: (reporter === null ? ids.sender?.id : ids.people.get(reporter)) ?? null,
    on_behalf: ids.sender !== undefined && ids.units.get(unit) !== ids.sender.unit,
    message_id: freeId(idOf(report), used),
    raw_text: `导入：${names} ${shownOf(report)}`,
  }
}

async function insert({ tx, campaignId, by, now }: Load, rows: ReturnType<typeof rowOf>[]): Promise<void> {
  const columns = `unit_id bigint, indicator_id bigint, value numeric, num numeric, den numeric, step text, as_of date,
    reported_at timestamptz, reporter_id bigint, on_behalf boolean, message_id text, raw_text text`
  await sql`insert into report (campaign_id, op, status, platform, robot, created_by, created_at, unit_id,
      indicator_id, value, num, den, step, as_of, reported_at, reporter_id, on_behalf, message_id,
      raw_text)
    select ${campaignId}::bigint, 'set', 'accepted', ${platform}::text, ${String(campaignId)}::text, ${by}::text,
      ${now}::timestamptz, r.*
    from ${recordset(rows, columns)} on conflict do nothing`.execute(tx)
}
