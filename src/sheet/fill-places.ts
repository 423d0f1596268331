// Where in a clerk's wide table the number of a unit and indicator stands, or would stand: also in cells that are empty.
import { type Grid, gridOf } from './grid.ts'
import { indicatorsOf, type Role } from './number-columns.ts'
import { dayIn } from './number-dates.ts'
import { dayOf, findingsOf, type Reader, spanOf } from './number-rows.ts'
import { unitsOf } from './number-units.ts'
import { isMarked, type Measured, partsOf, saysNothing, valueIn } from './number-values.ts'
import { bestHeader, isTitleAgain, saidIn, total, type Wide } from './number-wide.ts'
import type { Known } from './numbers.ts'
import type { Cell, Sheet, SheetRow } from './read.ts'

export type What = 'value' | 'num' | 'den' | { step: string }

/** Rows as the sheet shows them, columns from 0. */
export interface Place {
  sheet: string
  row: number
  at: number
  unit: number
  indicator: number
  what: What
  /** What stands there. */
  cell: Cell
  /** What that means, together with its other parts; undefined = nothing that can be read. */
  says?: Measured
}

/** A text that names the day of a table. */
export interface Dated {
  sheet: string
  /** Absent = it is the sheet's own name. */
  row?: number
  at?: number
  text: string
}

export interface Places {
  places: Place[]
  /** Texts and cells that say of which day the numbers are. */
  dated: Dated[]
  /** Cells of a column of dates, by unit. */
  days: { sheet: string; row: number; at: number; unit: number }[]
  /** Every unit that is named, also those with sums. */
  units: Set<number>
}

export function placesIn(
  sheets: Sheet[],
  known: Known,
  { today, fileName }: { today: string; fileName: string },
): Places {
  const found: Places = { places: [], dated: [], days: [], units: new Set() }
  const reader: Reader = {
    ...{ known, fileName, findings: findingsOf() },
    ...{ units: unitsOf(known.units), indicators: indicatorsOf(known.indicators) },
    span: spanOf(known, today),
  }
  for (const sheet of sheets) {
    const grid = gridOf(sheet)
    const header = bestHeader(sheet, grid, reader)
    if (typeof header === 'string') continue
    const wide: Wide = { sheet, grid, ...header, title: () => '' }
    found.dated.push(...datedIn(sheet, grid, header.header.to, reader))
    for (const row of grid.rows.slice(header.header.to + 1)) rowPlaces(wide, row, reader, found)
  }
  return found
}

/** The text that `dayOf` goes by. */
function datedIn(sheet: Sheet, grid: Grid, headerEnd: number, reader: Reader): Dated[] {
  const day = dayOf(sheet, grid, headerEnd, reader)
  for (const { row, cells } of grid.rows.slice(0, headerEnd))
    for (const [at, cell] of cells.entries())
      if (typeof cell === 'string' && dayIn(cell, reader.span) === day)
        return [{ sheet: sheet.name, row, at, text: cell }]
  return dayIn(sheet.name, reader.span) === undefined ? [] : [{ sheet: sheet.name, text: sheet.name }]
}

function rowPlaces(wide: Wide, row: SheetRow, reader: Reader, found: Places): void {
  const { grid, roles, sheet } = wide
  const said = saidIn(wide, row)
  const isTotal = [said.name, said.street].some((text) => total.test(text.replace(/\s+/g, '')))
  if ((said.name === '' && said.code === '') || isTotal || isTitleAgain(wide, row)) return
  const within = said.street === '' ? sheet.name : said.street
  const unit = said.code === '' ? reader.units.find(said.name, within) : reader.units.find(said.code)
  if ('wrong' in unit) return
  const { id, level } = unit.unit
  found.units.add(id)
  if (level !== 'community' && level !== 'village') return
  const place = { sheet: sheet.name, row: row.row, unit: id }
  for (const [at, role] of roles.entries()) {
    if (isJoint(grid, row.row, at)) continue
    if (role.kind === 'date') found.days.push({ ...place, at })
    const what = whatOf(role)
    if (!what || !('indicator' in role)) continue
    const says = saysOf(row, roles, at, role)
    const cell = row.cells[at] ?? null
    found.places.push({ ...place, at, indicator: role.indicator.id, what, cell, ...(says && { says }) })
  }
}

/** One cell for several rows or columns, or a part of one: it is not clear what would go there. */
const isJoint = (grid: Grid, row: number, at: number): boolean => {
  const merge = grid.merge(row, at)
  return merge !== undefined && (merge.bottom > merge.top || merge.left !== at)
}

const whatOf = (role: Role): What | undefined =>
  role.kind === 'step'
    ? { step: role.step }
    : role.kind === 'value' || role.kind === 'num' || role.kind === 'den'
      ? role.kind
      : undefined

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
