// A clerk's table with one row a number: 单位, 指标, 数值 and perhaps 日期, like the sheet 数据.
import { type Grid, type Header, headerAt } from './grid.ts'
import { quoted, suggest } from './near.ts'
import { dayCell } from './number-dates.ts'
import { dayOf, type Reader, rowList } from './number-rows.ts'
import { partsOf, type Reading, saysNothing, valueIn } from './number-values.ts'
import type { Known } from './numbers.ts'
import type { Cell, Merge, Sheet, SheetRow } from './read.ts'
import { matchTitles } from './titles.ts'

const headerWithin = 15
const wanted = ['单位', '指标', '数值', '日期', '分子', '分母', '节点', '上级']

type Indicator = Known['indicators'][number]

interface Long {
  sheet: Sheet
  grid: Grid
  header: Header
  columns: Map<string, number>
}

/** @returns whether the sheet is such a table; then it has been read */
export function longTable(sheet: Sheet, grid: Grid, reader: Reader): boolean {
  const table = find(sheet, grid)
  if (!table) return false
  const { header } = table
  const usual = dayOf(sheet, grid, header.to, reader)
  const sums: number[] = []
  for (const row of grid.rows.slice(header.to + 1)) {
    if (reader.findings.isFull()) break
    readRow(table, row, { reader, usual, sums })
  }
  if (sums.length > 0)
    reader.findings.notes.push(`「${sheet.name}」${rowList(sums)}是街道或区的数，由系统汇总，没有取`)
  return true
}

function find(sheet: Sheet, grid: Grid): Long | undefined {
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
  const cells = cellsOf(table, row, how.reader)
  const said = ['数值', '分子', '分母', '节点'].filter((title) => !saysNothing(cells.own(title)))
  if (said.length === 0) return
  const unit = unitOf(cells, table.sheet, how)
  const indicator = unit && indicatorOf(cells, how.reader)
  const asOf = indicator && dayOfRow(cells, how)
  if (!unit || !indicator || !asOf) return
  const column = columnOf(indicator.kind, said)
  const reading = readingOf(cells, table.grid.merge(row.row, cells.at(column)), { indicator, column })
  if ('wrong' in reading) cells.wrong(column, reading.wrong)
  else
    how.reader.findings.add({
      ...{ sheet: table.sheet.name, row: row.row, column: cells.title(column), at: cells.at(column) },
      ...{ unit: unit.id, indicator: indicator.id, asOf, ...reading.measured },
    })
}

type Cells = ReturnType<typeof cellsOf>

function cellsOf({ sheet, grid, header, columns }: Long, row: SheetRow, { findings }: Reader) {
  const at = (title: string) => columns.get(title) ?? -1
  const title = (wanted: string) => header.paths[at(wanted)]?.at(-1) ?? wanted
  /** Of a merged cell, what all of it says. */
  const cell = (wanted: string): Cell => (columns.has(wanted) ? grid.at(row, at(wanted)) : null)
  return {
    ...{ row: row.row, at, title, cell },
    own: (wanted: string): Cell => row.cells[at(wanted)] ?? null,
    text: (wanted: string) => String(cell(wanted) ?? '').trim(),
    wrong(wanted: string, message: string): undefined {
      findings.problem({
        ...{ sheet: sheet.name, row: row.row, column: title(wanted), message },
        ...(columns.has(wanted) && { at: at(wanted) }),
      })
    },
  }
}

function unitOf(cells: Cells, { name }: Sheet, { reader, sums }: How) {
  if (cells.text('单位') === '') return cells.wrong('单位', '不能空着')
  const found = reader.units.find(cells.text('单位'), cells.text('上级') || name)
  if ('wrong' in found) return cells.wrong('单位', found.wrong)
  if (found.unit.level === 'community' || found.unit.level === 'village') return found.unit
  sums.push(cells.row)
  return undefined
}

function indicatorOf(cells: Cells, { indicators }: Reader) {
  const said = cells.text('指标')
  if (said === '') return cells.wrong('指标', '不能空着')
  const named = indicators.within(said)
  if (named) return named.indicator
  if (named === null) return cells.wrong('指标', `「${quoted(said)}」里有几个指标，请只写一个`)
  const names = indicators.all.flatMap(({ name, aliases }) => [name, ...aliases])
  return cells.wrong('指标', `没有「${quoted(said)}」这个指标${suggest(said, names)}`)
}

function dayOfRow(cells: Cells, { reader, usual }: How): string | undefined {
  const cell = cells.cell('日期')
  if (cell === null || saysNothing(cell)) return usual
  const parsed = dayCell(cell, reader.span)
  if ('wrong' in parsed) return cells.wrong('日期', parsed.wrong)
  const refused = reader.span.wrong(parsed.value)
  return refused === '' ? parsed.value : cells.wrong('日期', refused)
}

/** Where the number of such an indicator stands. */
function columnOf(kind: Indicator['kind'], said: string[]): string {
  if (kind === 'ratio' && (said.includes('分子') || said.includes('分母'))) return '分子'
  return kind === 'milestone' && said.includes('节点') ? '节点' : '数值'
}

function readingOf(
  cells: Cells,
  merge: Merge | undefined,
  { indicator, column }: { indicator: Indicator; column: string },
): Reading {
  if (merge && merge.bottom > merge.top) return { wrong: '是合并单元格，分不清是哪一行的数，请拆开分别填' }
  if (column === '分子') return partsOf(cells.own('分子'), cells.own('分母'))
  const cell = cells.own(column)
  return cell === null || saysNothing(cell) ? { wrong: '不能空着' } : valueIn(cell, indicator)
}
