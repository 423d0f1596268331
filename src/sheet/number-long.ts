// A clerk's table with one row a number: 单位, 指标, 数值 and perhaps 日期, like the sheet 数据.
import { inPortions } from '../breathe.ts'
import { type Grid, type Header, headerAt } from './grid.ts'
import { quoted, suggest } from './near.ts'
import { dayOf, type Reader, rowList } from './number-rows.ts'
import { partsOf, type Reading, saysNothing, valueIn } from './number-values.ts'
import type { Known } from './numbers.ts'
import type { Cell, Sheet, SheetRow } from './read.ts'
import { matchTitles } from './titles.ts'

const headerWithin = 15
const numberTitles = ['数值', '分子', '分母', '节点']
const wanted = ['单位', '指标', '数值', '日期', '分子', '分母', '节点', '上级']

type Indicator = Known['indicators'][number]

export interface Long {
  sheet: Sheet
  grid: Grid
  header: Header
  columns: Map<string, number>
}

/** @returns whether the sheet is such a table; then it has been read */
export async function longTable(sheet: Sheet, grid: Grid, reader: Reader): Promise<boolean> {
  const table = longIn(sheet, grid)
  if (!table) return false
  const { header } = table
  const usual = dayOf(sheet, grid, header.to, reader)
  const sums: number[] = []
  for await (const rows of inPortions(grid.rows.slice(header.to + 1))) {
    if (reader.findings.isFull()) break
    for (const row of rows) readRow(table, row, { reader, usual, sums })
  }
  if (sums.length > 0)
    reader.findings.notes.push(`「${sheet.name}」${rowList(sums)}是街道或区的数，由系统汇总，没有取`)
  return true
}

/** Where its titles are; undefined = it is no such table. */
export function longIn(sheet: Sheet, grid: Grid): Long | undefined {
  for (let from = 0; from < Math.min(headerWithin, grid.rows.length); from++) {
    const header = headerAt(grid, from, 1)
    if (!header) continue
    const { columns } = matchTitles(
      header.paths.map((path) => path[0] ?? ''),
      wanted,
    )
    const isOne = columns.has('单位') && columns.has('指标')
    if (isOne && ['数值', '分子', '节点'].some((title) => columns.has(title)))
      return { sheet, grid, header, columns }
  }
  return undefined
}

interface How {
  reader: Reader
  usual: string
  sums: number[]
}

function readRow(table: Long, row: SheetRow, how: How): void {
  const line: Line = { table, row, reader: how.reader }
  const said = numberTitles.filter((title) => !saysNothing(own(line, title)))
  if (said.length === 0) return
  const unit = unitOf(line, how)
  const indicator = unit && indicatorOf(line)
  const asOf = indicator && dayOfRow(line, how)
  if (!unit || !indicator || !asOf) return
  const column = columnOf(indicator.kind, said)
  const reading = readingOf(line, { indicator, column })
  if ('wrong' in reading) wrong(line, column, reading.wrong)
  else
    how.reader.findings.add({
      ...{ sheet: table.sheet.name, row: row.row, column: titleOf(table, column), at: at(table, column) },
      ...{ unit: unit.id, indicator: indicator.id, asOf, ...reading.measured },
    })
}

interface Line {
  table: Long
  row: SheetRow
  reader: Reader
}

const at = ({ columns }: Long, title: string): number => columns.get(title) ?? -1
const titleOf = (table: Long, title: string): string => table.header.paths[at(table, title)]?.at(-1) ?? title
const own = ({ table, row }: Line, title: string): Cell => row.cells[at(table, title)] ?? null
/** Of a merged cell, what all of it says. */
const cell = ({ table, row }: Line, title: string): Cell => table.grid.at(row, at(table, title))
const text = (line: Line, title: string): string => String(cell(line, title) ?? '').trim()

function wrong({ table, row, reader }: Line, title: string, message: string): undefined {
  reader.findings.problem({
    ...{ sheet: table.sheet.name, row: row.row, column: titleOf(table, title), message },
    ...(table.columns.has(title) && { at: at(table, title) }),
  })
}

function unitOf(line: Line, { reader, sums }: How) {
  if (text(line, '单位') === '') return wrong(line, '单位', '不能空着，请写单位名称')
  const found = reader.units.find(
    text(line, '单位'),
    text(line, '上级') || line.table.sheet.name,
    titleOf(line.table, '单位'),
  )
  if ('wrong' in found) return wrong(line, '单位', found.wrong)
  if (found.unit.level === 'community' || found.unit.level === 'village') return found.unit
  sums.push(line.row.row)
  return undefined
}

function indicatorOf(line: Line) {
  const { indicators } = line.reader
  const said = text(line, '指标')
  if (said === '') return wrong(line, '指标', '不能空着，请写指标名称')
  const named = indicators.within(said)
  if (named) return named.indicator
  if (named === null) return wrong(line, '指标', `「${quoted(said)}」里有几个指标，请只写一个`)
  const names = indicators.all.flatMap(({ name, aliases }) => [name, ...aliases])
  return wrong(line, '指标', `没有「${quoted(said)}」这个指标${suggest(said, names)}`)
}

function dayOfRow(line: Line, { reader, usual }: How): string | undefined {
  const said = cell(line, '日期')
  if (said === null || saysNothing(said)) return usual
  const parsed = reader.span.day(said)
  if ('wrong' in parsed) return wrong(line, '日期', parsed.wrong)
  const refused = reader.span.wrong(parsed.value)
  return refused === '' ? parsed.value : wrong(line, '日期', refused)
}

/** Where the number of such an indicator stands. */
function columnOf(kind: Indicator['kind'], said: string[]): string {
  if (kind === 'ratio' && (said.includes('分子') || said.includes('分母'))) return '分子'
  return kind === 'milestone' && said.includes('节点') ? '节点' : '数值'
}

function readingOf(line: Line, { indicator, column }: { indicator: Indicator; column: string }): Reading {
  const { table, row } = line
  const merge = table.grid.merge(row.row, at(table, column))
  if (merge && merge.bottom > merge.top) return { wrong: '是合并单元格，分不清是哪一行的数，请拆开分别填' }
  if (column === '分子') return partsOf(own(line, '分子'), own(line, '分母'))
  const said = own(line, column)
  return said === null || saysNothing(said) ? { wrong: '不能空着' } : valueIn(said, indicator)
}
