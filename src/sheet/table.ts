// A sheet as a table: columns found by their titles, cells read by parsers, everything wrong noted and read on.
import { type Grid, gridOf, type Header, headerAt } from './grid.ts'
import { nearest } from './near.ts'
import type { Problem } from './problems.ts'
import type { Cell, Sheet, SheetRow } from './read.ts'
import { type Columns, matchTitles, plainTitle } from './titles.ts'
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
/** Titles may stand in two rows, one a group's. */
const mostSpan = 2
/** A number in a merged cell could be of each row or of all together; what else stands there is of each. */
const numbers = new Set(['目标', '基数', '数值', '分子', '分母', '权重', '分值'])

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
  const grid = gridOf(sheet)
  const found = headerOf(grid, { required, optional })
  const { row, titles, columns } = found
  for (const message of wrongTitles(found, required)) problems.push({ sheet: name, row, message })
  if (required.some((title) => !columns.has(title))) return []
  const places = [...columns.values()]
  const shown = new Map([...columns].map(([title, at]) => [title, titles[at] ?? title]))
  return grid.rows
    .filter(({ row, cells }) => row > found.last && places.some((at) => (cells[at] ?? null) !== null))
    .map((one) => reader(name, one, { grid, columns, shown }, problems))
}

export const sheetNamed = (sheets: Sheet[], name: string): Sheet | undefined =>
  sheets.find((candidate) => key(candidate.name) === key(name))

interface Found extends Columns {
  /** The number of the titles' first row, and of their last. */
  row: number
  last: number
  titles: string[]
}

/** The rows that have most of the titles. */
function headerOf(
  grid: Grid,
  { required, optional }: Pick<Required<TableForm>, 'required' | 'optional'>,
): Found {
  const wanted = [...required, ...optional]
  const first = grid.rows[0]?.row ?? 1
  let best: { header: Header; columns: Columns; score: number } | undefined
  for (let from = 0; from < Math.min(headerWithin, grid.rows.length); from++)
    for (let span = 1; span <= mostSpan; span++) {
      const header = headerAt(grid, from, span)
      if (!header) continue
      const columns = matchTitles(titlesOf(header), wanted)
      const score = columns.columns.size + columns.several.size
      if (!best || score > best.score) best = { header, columns, score }
    }
  if (!best) return { row: first, last: first, titles: [], columns: new Map(), several: new Map() }
  const { header } = best
  const titles = titlesOf(header)
  const [row = first, last = first] = [header.from, header.to].map((at) => grid.rows[at]?.row ?? first)
  const { columns, several } = matchTitles(titles, wanted, required)
  // The same title twice is one mistake: what stands below the first says whether there are more.
  for (const [title, [at]] of several)
    if (at !== undefined && key(titles[at] ?? '') === key(title)) columns.set(title, at)
  return { row, last, titles, columns, several }
}

const titlesOf = ({ paths }: Header): string[] => paths.map((path) => path.at(-1) ?? '')

function wrongTitles({ titles, columns, several }: Found, required: readonly string[]): string[] {
  const taken = new Set([...columns.values(), ...[...several.values()].flat()])
  const free = titles.filter((title, at) => title !== '' && !taken.has(at))
  const unclear = [...several].map(([title, places]) => {
    const said = places.map((at) => `「${titles[at]}」`)
    return places.every((at) => key(titles[at] ?? '') === key(title))
      ? `有 ${places.length} 个「${title}」列`
      : `有 ${places.length} 列可能是「${title}」：${said.join('、')}，请把其中一列的标题改成「${title}」`
  })
  const missing = required.filter((title) => !columns.has(title) && !several.has(title))
  return [
    ...unclear,
    ...missing.map((title) => {
      const [near] = nearest(title, free.map(plainTitle), { most: 1, least: 0.4 })
      const shown = free.find((one) => plainTitle(one) === near)
      return `缺少「${title}」列${shown === undefined ? '' : `，最接近的是「${shown}」，请改成「${title}」`}`
    }),
  ]
}

function reader(
  sheet: string,
  line: SheetRow,
  { grid, columns, shown }: { grid: Grid; columns: Map<string, number>; shown: Map<string, string> },
  problems: Problem[],
): Row {
  const { row } = line
  const problem = (column: string, message: string) => {
    const at = columns.get(column)
    problems.push({
      sheet,
      row,
      column: shown.get(column) ?? column,
      message,
      ...(at !== undefined && { at }),
    })
  }
  for (const column of numbers) {
    const merge = grid.merge(row, columns.get(column) ?? -1)
    if (merge && merge.top === row && merge.bottom > row)
      problem(column, `合并单元格跨了 ${merge.bottom - row + 1} 行，请拆开，每行各填一个数`)
  }
  const cellOf = (column: string): Cell => {
    const at = columns.get(column) ?? -1
    return numbers.has(column) ? (line.cells[at] ?? null) : grid.at(line, at)
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
