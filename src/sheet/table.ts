// A sheet as a table: columns found by their titles, cells read by parsers, everything wrong noted and read on.
import type { Problem } from './problems.ts'
import type { Cell, Sheet, SheetRow } from './read.ts'
import { key, type Parser, text } from './values.ts'

export interface Row {
  row: number
  /** The parsed cell; null when it is empty, or wrong (then a problem has been noted). */
  read<T>(column: string, parser: Parser<T>): T | null
  /** The same, but an empty cell is a problem too. */
  need<T>(column: string, parser: Parser<T>): T | null
  /** The cell as text; '' when it is empty. */
  text(column: string): string
  problem(column: string, message: string): void
}

export interface TableForm {
  sheet: string
  required: readonly string[]
  optional?: readonly string[]
  /** The sheet itself may be missing. */
  mayBeAbsent?: boolean
}

/** A title line, or a remark above the titles, is tolerated. */
const headerWithin = 10

/** The rows below the titles that have something in a known column. Unknown columns are ignored. */
export function tableRows(
  sheets: Sheet[],
  { sheet: name, required, optional = [], mayBeAbsent }: TableForm,
  problems: Problem[],
): Row[] {
  const sheet = sheetNamed(sheets, name)
  if (!sheet) {
    if (!mayBeAbsent) problems.push({ sheet: name, row: 0, message: '缺少这个工作表' })
    return []
  }
  const header = headerOf(sheet, [...required, ...optional])
  const columns = new Map<string, number>()
  for (const title of [...required, ...optional]) {
    const places = positions(header, title)
    if (places[0] !== undefined) columns.set(title, places[0])
    if (places.length > 1)
      problems.push({ sheet: name, row: header.row, message: `有 ${places.length} 个「${title}」列` })
    if (places.length === 0 && required.includes(title))
      problems.push({ sheet: name, row: header.row, message: `缺少「${title}」列` })
  }
  if (required.some((title) => !columns.has(title))) return []
  const filled = ({ cells }: SheetRow) =>
    [...columns.values()].some((index) => (cells[index] ?? null) !== null)
  const body = sheet.rows.filter(({ row }) => row > header.row)
  return body.filter(filled).map((row) => reader(name, row, columns, problems))
}

export const sheetNamed = (sheets: Sheet[], name: string): Sheet | undefined =>
  sheets.find((candidate) => key(candidate.name) === key(name))

function headerOf(sheet: Sheet, titles: string[]): SheetRow {
  const matches = (row: SheetRow) => titles.filter((title) => positions(row, title).length > 0).length
  const candidates = sheet.rows.slice(0, headerWithin)
  const empty: SheetRow = { row: 1, cells: [] }
  return candidates.reduce((best, row) => (matches(row) > matches(best) ? row : best), candidates[0] ?? empty)
}

const positions = ({ cells }: SheetRow, title: string) =>
  cells.flatMap((cell, index) => (key(String(cell ?? '')) === key(title) ? index : []))

function reader(
  sheet: string,
  { row, cells }: SheetRow,
  columns: Map<string, number>,
  problems: Problem[],
): Row {
  const cellOf = (column: string): Cell => cells[columns.get(column) ?? -1] ?? null
  const problem = (column: string, message: string) => {
    problems.push({ sheet, row, column, message })
  }
  const read = <T>(column: string, parser: Parser<T>): T | null => {
    const cell = cellOf(column)
    if (cell === null) return null
    const parsed = parser(cell)
    if ('value' in parsed) return parsed.value
    problem(column, parsed.wrong)
    return null
  }
  return {
    row,
    read,
    need: (column, parser) => {
      if (cellOf(column) === null) problem(column, '不能空着')
      return read(column, parser)
    },
    text: (column) => read(column, text) ?? '',
    problem,
  }
}
