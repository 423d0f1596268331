// The numbers of an undone import: withdrawn by events, and in words what each of their cells shows then.
import { sql, type Transaction } from 'kysely'
import { show } from './campaign/entry.ts'
import type { TouchedCell } from './database/load-cells.ts'
import { cellKey, recordset } from './database/load-common.ts'
import { inPublished } from './database/reports-read.ts'
import { type Roster, readRoster } from './database/roster.ts'
import type { CellChange, Shown } from './database/row-images.ts'
import type { Database } from './database/schema.ts'
import type { WorkbookRow } from './database/workbooks.ts'
import { UserError } from './errors.ts'

type Tx = Transaction<Database>

const mostNamed = 4

interface Cell extends TouchedCell, Shown {
  report_id: number | null
}

/** A cell as it was; `stood` = it showed the import's number, and nothing said later. */
export interface Withdrawn extends Cell {
  stood: boolean
}

/**
 * Withdraws what the import brought and nobody has withdrawn; the cells are still to be added up again.
 * @throws UserError when a published bulletin stands on it
 */
export async function withdraw(
  tx: Tx,
  { id, campaign, reports, fileName }: WorkbookRow,
  { by, now, person }: { by: string; now: Date; person?: number },
): Promise<Withdrawn[]> {
  if (!reports || campaign === null) return []
  const [first, last] = reports
  const { rows } = await sql<TouchedCell & { id: number }>`select id, unit_id, indicator_id from report
    where id between ${first} and ${last} and campaign_id = ${campaign} and platform = 'import' and op <> 'void'
      and not exists (select from report as later where later.supersedes = report.id and later.op = 'void')
    order by id`.execute(tx)
  if (rows.length === 0) return []
  const roster = await readRoster(tx, campaign)
  const leaves = [...new Set(rows.map(({ unit_id }) => unit_id))]
  const units = new Set(leaves.flatMap((unit) => [unit, ...roster.above(unit).map((above) => above.id)]))
  const ids = rows.map((row) => row.id)
  if (await inPublished(tx, [...units], [Math.min(...ids)]))
    throw new UserError(
      '没有撤销：这次导入的数已经写进公布了的通报。数不对请说“更正：”和正确的数，并请专班发勘误。',
    )
  const brought = new Set(ids)
  const before = await cellsOf(tx, [
    ...new Map(rows.map((row) => [cellKey(row.unit_id, row.indicator_id), row])).values(),
  ])
  await sql`insert into report (campaign_id, unit_id, indicator_id, op, value, num, den, step, as_of, reported_at,
      reporter_id, platform, robot, message_id, line, raw_text, status, supersedes, created_by, created_at)
    select campaign_id, unit_id, indicator_id, 'void', value, num, den, step, as_of, ${now}::timestamptz,
      ${person ?? null}::bigint, 'import', 'undo', ${`undo/${id}`}::text, row_number() over (order by id),
      ${`撤销导入：${fileName}`}::text, 'accepted', id, ${by}::text, ${now}::timestamptz
    from report where id = any(${ids}::bigint[])`.execute(tx)
  return before.map((cell) => ({ ...cell, stood: cell.report_id !== null && brought.has(cell.report_id) }))
}

/** How many are as they were before, and which are not, because somebody has reported or corrected them since. */
export async function whatBecame(
  tx: Tx,
  roster: Roster,
  withdrawn: Withdrawn[],
): Promise<{ lines: string[]; cells: CellChange[] }> {
  const after = new Map((await cellsOf(tx, withdrawn)).map((cell) => [keyOf(cell), cell]))
  const afterOf = (cell: Withdrawn): Cell => after.get(keyOf(cell)) ?? cell
  const words = (cell: Withdrawn, isMoved: boolean): string => {
    const [unit, indicator] = [roster.units.get(cell.unit_id), roster.indicators.get(cell.indicator_id)]
    if (!unit || !indicator) return ''
    const shown = (one: Cell) => show(indicator, { ...one, as_of: null, reported_at: null })
    const [was, is] = [shown(cell), shown(afterOf(cell))]
    return `${unit.name} ${indicator.name} ${isMoved ? `${was}→${is}` : is}`
  }
  const isMoved = (cell: Withdrawn) => !sameNumber(cell, afterOf(cell))
  const restored = withdrawn.filter(({ stood }) => stood)
  const since = withdrawn.filter(({ stood }) => !stood)
  const moved = since.filter(isMoved).map((cell) => words(cell, true))
  const standing = since.filter((cell) => !isMoved(cell)).map((cell) => words(cell, false))
  const lines = [
    ...(restored.length > 0 ? [`${restored.length} 项的数收回了，恢复到导入之前。`] : []),
    ...(moved.length > 0 ? [`${moved.length} 项后来又加过数，重新合计：${listed(moved)}。`] : []),
    ...(standing.length > 0
      ? [`${standing.length} 项后来又报过或更正过，照现在的数不动：${listed(standing)}。`]
      : []),
  ]
  const cells = withdrawn.filter(isMoved).map((cell) => {
    const now = afterOf(cell)
    return { ...placeOf(cell), before: cell, after: now.report_id === null ? null : now }
  })
  return { lines, cells }
}

const placeOf = ({ unit_id, indicator_id }: TouchedCell) => ({ unit_id, indicator_id })
const keyOf = ({ unit_id, indicator_id }: TouchedCell) => cellKey(unit_id, indicator_id)
const sameNumber = (one: Shown, other: Shown) =>
  one.value === other.value && one.num === other.num && one.den === other.den && one.step === other.step
const listed = (names: string[]) =>
  `${names.slice(0, mostNamed).join('；')}${names.length > mostNamed ? ' 等' : ''}`

async function cellsOf(tx: Tx, cells: TouchedCell[]): Promise<Cell[]> {
  const places = cells.map(placeOf)
  const { rows } =
    await sql<Cell>`select unit_id, indicator_id, report_id, step, trim_scale(value)::text as value,
      trim_scale(num)::text as num, trim_scale(den)::text as den
    from cell join ${recordset(places, 'unit_id bigint, indicator_id bigint')} using (unit_id, indicator_id)
    order by 1, 2`.execute(tx)
  return rows
}
