// Where in a clerk's table the number of a unit and indicator stands, or would stand: also in cells that are empty.
import { inPortions } from '../breathe.ts'
import { beginTable, isNumbering, keep, type Places } from './fill-found.ts'
import { longPlaces } from './fill-places-long.ts'
import { derivedIn, sumsIn, type TotalRow, totalIn } from './fill-sums.ts'
import { whatOf } from './fill-what.ts'
import { type Grid, gridOf } from './grid.ts'
import { indicatorsOf, type Role } from './number-columns.ts'
import { findingsOf, type Reader, spanOf } from './number-rows.ts'
import { unitsOf } from './number-units.ts'
import { isMarked, type Measured, partsOf, saysNothing, valueIn } from './number-values.ts'
import { bestHeader, isTitleAgain, saidIn, type Wide } from './number-wide.ts'
import type { Known } from './numbers.ts'
import type { Sheet, SheetRow } from './read.ts'

export async function placesIn(
  sheets: Sheet[],
  known: Known,
  { today, fileName }: { today: string; fileName: string },
): Promise<Places> {
  const found: Places = {
    ...{ places: [], sums: [], dated: [], days: [], sheets: [], kept: [] },
  }
  const reader: Reader = {
    ...{ known, fileName, findings: findingsOf() },
    ...{ units: unitsOf(known.units), indicators: indicatorsOf(known.indicators) },
    span: spanOf(known, today),
  }
  for (const sheet of sheets) {
    const grid = gridOf(sheet)
    if (await longPlaces(sheet, grid, reader, found)) continue
    const header = bestHeader(sheet, grid, reader)
    if (typeof header !== 'string')
      await widePlaces({ sheet, grid, ...header, title: titleIn(header.header.paths) }, reader, found)
  }
  return found
}

const titleIn = (paths: string[][]) => (column: number) => (paths[column] ?? []).slice(-2).join('')

async function widePlaces(wide: Wide, reader: Reader, found: Places): Promise<void> {
  const body = beginTable(wide, reader, found)
  const first = found.places.length
  const totals: TotalRow[] = []
  for await (const rows of inPortions(body))
    for (const row of rows) totals.push(...rowPlaces(wide, row, reader, found))
  found.sums.push(...sumsIn(wide, totals, found.places.slice(first), reader.known))
  found.sums.push(...derivedIn(wide, body, found.places.slice(first), totals, reader))
}

const telling = new Set<Role['kind']>(['unit', 'street', 'code'])

/** @returns it, if it is a row whose numbers are of several units */
function rowPlaces(wide: Wide, row: SheetRow, reader: Reader, found: Places): TotalRow[] {
  const { grid, roles, sheet, header } = wide
  if (isTitleAgain(wide, row)) {
    keep(sheet, row, row.cells.keys(), found)
    return []
  }
  const said = saidIn(wide, row)
  const names = [...roles.keys()].filter(
    (at) => telling.has(roles[at]?.kind ?? 'skip') || isNumbering(header.paths[at], row.cells[at] ?? null),
  )
  const word = totalIn(wide, row, said)
  if (word) {
    keep(sheet, row, [...names, word.at], found)
    return [{ row, word: word.text }]
  }
  if (said.name === '' && said.code === '') return []
  const within = said.street === '' ? sheet.name : said.street
  const unit = said.code === '' ? reader.units.find(said.name, within) : reader.units.find(said.code)
  if ('wrong' in unit) return []
  const { id, level } = unit.unit
  keep(sheet, row, names, found)
  if (level !== 'community' && level !== 'village') return [{ row, unit: id }]
  const place = { sheet: sheet.name, row: row.row, unit: id }
  for (const [at, role] of roles.entries()) {
    if (isJoint(grid, row.row, at)) continue
    if (role.kind === 'date') found.days.push({ sheet: sheet.name, row: row.row, at })
    const what = whatOf(role)
    if (!what || !('indicator' in role)) continue
    const says = saysOf(row, roles, at, role)
    const cell = row.cells[at] ?? null
    found.places.push({ ...place, at, indicator: role.indicator.id, what, cell, ...(says && { says }) })
  }
  return []
}

/** One cell for several rows or columns, or a part of one: it is not clear what would go there. */
const isJoint = (grid: Grid, row: number, at: number): boolean => {
  const merge = grid.merge(row, at)
  return merge !== undefined && (merge.bottom > merge.top || merge.left !== at)
}

function saysOf(
  row: SheetRow,
  roles: Role[],
  at: number,
  role: Role & { indicator: unknown },
): Measured | undefined {
  const cell = row.cells[at] ?? null
  if (cell === null || saysNothing(cell)) return undefined
  if (role.kind === 'step') {
    const isReached = isMarked(cell) === true
    return { value: isReached ? '1' : '0', num: null, den: null, step: role.step }
  }
  if (role.kind === 'value') {
    const reading = valueIn(cell, role.indicator)
    return 'measured' in reading ? reading.measured : undefined
  }
  const part = (kind: 'num' | 'den') =>
    row.cells[
      roles.findIndex((one) => one.kind === kind && 'indicator' in one && one.indicator === role.indicator)
    ] ?? null
  const reading = partsOf(part('num'), part('den'))
  return 'measured' in reading ? reading.measured : undefined
}
