// A clerk's table with one row a unit, and columns for the indicators.
import { inPortions } from '../breathe.ts'
import { type Grid, type Header, headerAt } from './grid.ts'
import { quoted } from './near.ts'
import { type Indicator, type Indicators, nearestIndicator, type Role, rolesOf } from './number-columns.ts'
import { dayOf, type Reader, rowList } from './number-rows.ts'
import { saysNothing } from './number-values.ts'
import { readCells } from './number-wide-cells.ts'
import type { Cell, Sheet, SheetRow } from './read.ts'

export interface Wide {
  sheet: Sheet
  grid: Grid
  header: Header
  roles: Role[]
  /** The titles of a column as a message shows them. */
  title(column: number): string
}

const headerWithin = 15
const mostSpan = 3
/** Named in a note. */
const mostColumns = 12
export const total = /^(?:合计|小计|总计|共计|总数|总和|平均|平均值|均值)|(?:合计|小计|总计)$/

/** @returns undefined when the sheet has been read, else why it is no such table */
export async function wideTable(sheet: Sheet, grid: Grid, reader: Reader): Promise<string | undefined> {
  const found = bestHeader(sheet, grid, reader)
  if (typeof found === 'string') return found
  const { header, roles } = found
  const title = (column: number) => (header.paths[column] ?? []).slice(-2).map(quoted).join(' ')
  const wide: Wide = { sheet, grid, header, roles, title }
  const day = dayOf(sheet, grid, header.to, reader)
  noteColumns(wide, reader)
  const left = { totals: [] as number[], sums: [] as number[] }
  for await (const rows of inPortions(grid.rows.slice(header.to + 1))) {
    if (reader.findings.isFull()) break
    for (const row of rows) readRow(wide, row, { reader, day, left })
  }
  const { notes } = reader.findings
  if (left.totals.length > 0) notes.push(`「${sheet.name}」${rowList(left.totals)}是合计，没有取`)
  if (left.sums.length > 0)
    notes.push(`「${sheet.name}」${rowList(left.sums)}是街道或区的数，由系统汇总，没有取`)
  return undefined
}

/** The rows of titles that name the most indicators, beside a column of units. */
export function bestHeader(
  sheet: Sheet,
  grid: Grid,
  reader: Reader,
): { header: Header; roles: Role[] } | string {
  const { indicators, fileName } = reader
  const context = indicators.within(sheet.name)?.indicator ?? indicators.within(fileName)?.indicator
  let best: { header: Header; roles: Role[]; score: number } | undefined
  for (let from = 0; from < Math.min(headerWithin, grid.rows.length); from++)
    for (let span = 1; span <= mostSpan; span++) {
      const header = headerAt(grid, from, span)
      if (!header) break
      const own = rolesOf(header.paths, indicators)
      const isNamed = own.some(indicatorOf)
      const roles = isNamed ? own : rolesOf(header.paths, indicators, context)
      const named = new Set(roles.flatMap((role) => indicatorOf(role) ?? []))
      if (named.size === 0) continue
      const unit = roles.findIndex(({ kind }) => kind === 'unit' || kind === 'code')
      const place = unit >= 0 ? unit : placeColumn(grid, header, roles, reader)
      // A lone 「完成」 that only a name outside explains may have another title above it.
      if (place === undefined || (unit < 0 && !isNamed)) continue
      if (unit < 0) roles[place] = { kind: 'unit' }
      // 「目标 完成 完成率」 in the last row are titles, not numbers.
      const labels = roles.filter(({ kind }, at) => kind !== 'unknown' && isOwnTitle(grid, header, at)).length
      // Two columns of one number: the row below says which of them is the target.
      const doubled = roles.filter(({ kind }) => kind === 'value').length - valuesIn(roles).size
      const detail = Math.min(2 * labels, 400) - 3 * Math.min(doubled, 30)
      const score = named.size * 1000 + (unit >= 0 ? 500 : 0) + detail - span
      if (!best || score > best.score) best = { header, roles, score }
    }
  return best ?? whyNone(grid, reader)
}

const valuesIn = (roles: Role[]) =>
  new Set(roles.flatMap((role) => (role.kind === 'value' ? role.indicator : [])))

const indicatorOf = (role: Role) =>
  'indicator' in role ? role.indicator : role.kind === 'wrong' ? role.of : undefined

/** Whether the last row of the titles says something of its own about a column that is read or knowingly left out. */
function isOwnTitle(grid: Grid, { to, paths }: Header, column: number): boolean {
  const cell = grid.rows[to]?.cells[column] ?? null
  return cell !== null && (paths[column]?.length ?? 0) > 0
}

/** The column without a title that has names of units in most of its cells. */
function placeColumn(grid: Grid, { to }: Header, roles: Role[], { units }: Reader): number | undefined {
  const sample = grid.rows.slice(to + 1, to + 60)
  const counts = roles.map(({ kind }, column) => {
    if (kind !== 'skip' && kind !== 'unknown') return 0
    const cells = sample.flatMap(({ cells }) =>
      typeof cells[column] === 'string' ? String(cells[column]) : [],
    )
    const known = cells.filter((said) => units.exactly(said)).length
    return known * 2 > cells.length ? known : 0
  })
  const most = Math.max(0, ...counts)
  return most > 0 ? counts.indexOf(most) : undefined
}

function whyNone(grid: Grid, { indicators }: Reader): string {
  const titles = grid.rows
    .slice(0, headerWithin)
    .flatMap(({ cells }) => cells.filter((cell) => typeof cell === 'string'))
  const named = titles.find((title) => indicators.within(title))
  if (named !== undefined) return `找到了指标「${quoted(named)}」，没找到单位那一列，请把它的标题写成「单位」`
  const near = titles
    .map((title) => ({ title, near: nearestIndicator([title], indicators) }))
    .find((one) => one.near)
  const hint = near ? `；最接近的是「${quoted(near.title)}」，是不是「${near.near?.name}」？` : ''
  const shown =
    titles.length > 0 ? `（看到的是：${[...new Set(titles.map(quoted))].slice(0, 6).join('、')}）` : ''
  return `没找到标题行：要有一列单位，和用指标名称作标题的列${hint || shown}`
}

/** Columns with numbers in them that are not taken are named; a slip of the pen is a mistake to be mended. */
function noteColumns({ sheet, grid, header, roles, title }: Wide, { findings, indicators }: Reader): void {
  const body = grid.rows.slice(header.to + 1)
  const row = grid.rows[header.to]?.row ?? 0
  const taken = new Set(roles.flatMap((role) => ('indicator' in role ? role.indicator : [])))
  const left: string[] = []
  for (const [at, role] of roles.entries()) {
    if (!['unknown', 'skip', 'wrong'].includes(role.kind) || title(at) === '') continue
    if (!body.some(({ cells }) => isNumber(cells[at] ?? null))) continue
    const message = mistakeIn(role, header.paths[at] ?? [], taken, indicators)
    if (message) findings.problem({ sheet: sheet.name, row, column: title(at), at, message })
    else left.push(title(at))
  }
  const more = left.length > mostColumns ? ` 等 ${left.length} 列` : ''
  if (left.length > 0)
    findings.notes.push(`「${sheet.name}」没有取这些列：${left.slice(0, mostColumns).join('、')}${more}`)
}

/** Also one that is kept as text. */
const isNumber = (cell: Cell): boolean =>
  typeof cell === 'number' || (typeof cell === 'string' && /^\s*\d/.test(cell))

/** @param taken the indicators that have a column: another one beside it may be anything */
function mistakeIn(
  role: Role,
  path: string[],
  taken: Set<Indicator>,
  indicators: Indicators,
): string | undefined {
  if (role.kind === 'wrong') return role.message
  if (role.kind !== 'unknown') return undefined
  const near = role.of ?? nearestIndicator(path, indicators)
  if (!near || taken.has(near)) return undefined
  return role.of
    ? `看不出是不是「${near.name}」的完成数，是就把标题改成「${near.name}」，不是就删掉这一列`
    : `没有这个指标，是不是「${near.name}」？`
}

interface How {
  reader: Reader
  day: string
  left: { totals: number[]; sums: number[] }
}

function readRow(wide: Wide, row: SheetRow, how: How): void {
  const { grid, roles } = wide
  const valued = roles.flatMap((role, at) => ('indicator' in role ? at : []))
  if (valued.every((at) => saysNothing(grid.at(row, at))) || isTitleAgain(wide, row)) return
  const said = saidIn(wide, row)
  const before = row.cells.slice(0, valued[0]).filter((cell) => typeof cell === 'string')
  if ([said.name, said.street, ...before].some((text) => total.test(text.replace(/\s+/g, '')))) {
    how.left.totals.push(row.row)
    return
  }
  const unit = unitOf(wide, row, said, how)
  const asOf = unit && dayOfRow(wide, row, how)
  if (unit && asOf) readCells(wide, row, { unit: unit.id, asOf, findings: how.reader.findings })
}

interface Said {
  name: string
  code: string
  street: string
}

const columnOf = ({ roles }: Wide, kind: Role['kind']): number =>
  roles.findIndex((role) => role.kind === kind)

export function saidIn(wide: Wide, row: SheetRow): Said {
  const textOf = (kind: Role['kind']) => {
    const column = columnOf(wide, kind)
    return column < 0 ? '' : String(wide.grid.at(row, column) ?? '').trim()
  }
  return { name: textOf('unit'), code: textOf('code'), street: textOf('street') }
}

/** @returns undefined when it is not clear, or is one whose numbers are sums */
function unitOf(wide: Wide, row: SheetRow, { name, code, street }: Said, { reader, left }: How) {
  const { units, findings } = reader
  const at = columnOf(wide, columnOf(wide, 'unit') < 0 || (name === '' && code !== '') ? 'code' : 'unit')
  const wrong = (message: string) => {
    findings.problem({ sheet: wide.sheet.name, row: row.row, column: wide.title(at), at, message })
    return undefined
  }
  if (name === '' && code === '') return wrong('不能空着，请写单位名称')
  const within = street === '' ? wide.sheet.name : street
  const title = wide.title(columnOf(wide, 'unit'))
  const found = code === '' ? units.find(name, within, title) : units.find(code)
  if ('wrong' in found) return wrong(found.wrong)
  const named = code === '' || name === '' ? found : units.find(name, within, title)
  if ('unit' in named && named.unit !== found.unit)
    return wrong(`「${quoted(name)}」与编码「${quoted(code)}」不是同一个单位`)
  const { unit } = found
  if (unit.level === 'community' || unit.level === 'village') return unit
  left.sums.push(row.row)
  return undefined
}

function dayOfRow(wide: Wide, row: SheetRow, { reader, day }: How): string | undefined {
  const at = columnOf(wide, 'date')
  const cell = at < 0 ? null : wide.grid.at(row, at)
  if (cell === null || saysNothing(cell)) return day
  const parsed = reader.span.day(cell)
  const wrong = 'wrong' in parsed ? parsed.wrong : reader.span.wrong(parsed.value)
  if ('value' in parsed && wrong === '') return parsed.value
  reader.findings.problem({
    ...{ sheet: wide.sheet.name, row: row.row, column: wide.title(at), at },
    message: wrong,
  })
  return undefined
}

/** Titles are printed again on every page. */
export function isTitleAgain({ header, roles }: Wide, { cells }: SheetRow): boolean {
  const unit = roles.findIndex(({ kind }) => kind === 'unit' || kind === 'code')
  return cells[unit] !== null && cells[unit] === header.paths[unit]?.at(-1)
}
