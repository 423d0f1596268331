// The same in a clerk's table with one row a number: 单位, 指标, 数值.
import { inPortions } from '../breathe.ts'
import { beginTable, isNumbering, keep, type Places } from './fill-found.ts'
import { isFigure } from './fill-sums.ts'
import type { What } from './fill-what.ts'
import type { Grid } from './grid.ts'
import type { Indicator, Role } from './number-columns.ts'
import { type Long, longIn } from './number-long.ts'
import type { Reader } from './number-rows.ts'
import { type Measured, partsOf, saysNothing, valueIn } from './number-values.ts'
import type { Cell, Sheet, SheetRow } from './read.ts'

/** The row of a unit's number, and the day that it says. */
interface Row {
  row: SheetRow
  unit: number
  indicator: Indicator
  day: string
}

/** @returns whether the sheet is such a table */
export async function longPlaces(sheet: Sheet, grid: Grid, reader: Reader, found: Places): Promise<boolean> {
  const table = longIn(sheet, grid)
  if (!table) return false
  const unit = table.columns.get('单位')
  const roles = Array.from({ length: grid.width }, (_, at): Role => ({ kind: at === unit ? 'unit' : 'skip' }))
  const rows: Row[] = []
  for await (const some of inPortions(beginTable({ ...table, roles }, reader, found)))
    for (const row of some) rows.push(...rowOf(table, row, reader, found))
  // Of several days of a number the last one is today's; the others stay what they were.
  const newest = new Map<string, Row>()
  for (const one of rows) {
    const name = `${one.unit}/${one.indicator.id}`
    const before = newest.get(name)
    if (!before || before.day <= one.day) newest.set(name, one)
  }
  for (const one of newest.values()) rowPlaces(table, one, found)
  return true
}

function rowOf(table: Long, row: SheetRow, reader: Reader, found: Places): Row[] {
  const { sheet, grid, header, columns } = table
  const at = (title: string) => columns.get(title) ?? -1
  const text = (title: string) => String(grid.at(row, at(title)) ?? '').trim()
  const title = header.paths[at('单位')]?.at(-1) ?? ''
  const unit =
    text('单位') === '' ? undefined : reader.units.find(text('单位'), text('上级') || sheet.name, title)
  const indicator = reader.indicators.within(text('指标'))?.indicator
  if (!unit || 'wrong' in unit || !indicator) return []
  const numbering = [...row.cells.keys()].filter((one) =>
    isNumbering(header.paths[one], row.cells[one] ?? null),
  )
  keep(sheet, row, [...numbering, at('单位'), at('指标'), at('上级')], found)
  const { id, level } = unit.unit
  if (level === 'community' || level === 'village') {
    const said = grid.at(row, at('日期'))
    const day = said === null || saysNothing(said) ? undefined : reader.span.day(said)
    return [{ row, unit: id, indicator, day: day && 'value' in day ? day.value : '' }]
  }
  const cell = row.cells[at('数值')] ?? null
  const spot = { sheet: sheet.name, row: row.row, at: at('数值'), cell, title: indicator.name }
  if (isFigure(cell)) found.sums.push({ ...spot, what: 'value', indicator: indicator.id, of: { unit: id } })
  return []
}

function rowPlaces({ sheet, grid, columns }: Long, { row, unit, indicator }: Row, found: Places): void {
  const at = (title: string) => columns.get(title) ?? -1
  const cell = (title: string) => row.cells[at(title)] ?? null
  const has = (title: string) => columns.has(title) && !grid.merge(row.row, at(title))
  const add = (title: string, what: What, says: Measured | undefined) =>
    found.places.push({
      ...{ sheet: sheet.name, row: row.row, at: at(title), unit, indicator: indicator.id, what },
      ...{ cell: cell(title), ...(says && { says }) },
    })
  if (has('日期')) found.days.push({ sheet: sheet.name, row: row.row, at: at('日期') })
  if (indicator.kind === 'ratio' && has('分子') && has('分母') && saysNothing(cell('数值'))) {
    const reading = partsOf(cell('分子'), cell('分母'))
    const says = 'measured' in reading ? reading.measured : undefined
    add('分子', 'num', says)
    add('分母', 'den', says)
    return
  }
  const isStep = indicator.kind === 'milestone' && has('节点') && saysNothing(cell('数值'))
  const title = isStep ? '节点' : '数值'
  if (has(title)) add(title, 'value', saysOf(cell(title), indicator))
}

function saysOf(cell: Cell, indicator: Indicator): Measured | undefined {
  if (cell === null || saysNothing(cell)) return undefined
  const reading = valueIn(cell, indicator)
  return 'measured' in reading ? reading.measured : undefined
}
