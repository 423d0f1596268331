// What is found in a clerk's tables before they are filled.
import { datedIn, type Text } from './fill-dates.ts'
import type { Sum } from './fill-sums.ts'
import type { Place, Spot } from './fill-what.ts'
import { dayIn } from './number-dates.ts'
import { dayOf, type Reader } from './number-rows.ts'
import type { Wide } from './number-wide.ts'
import type { Cell, Sheet, SheetRow } from './read.ts'

export interface Places {
  places: Place[]
  /** Numbers that follow from those of the places. */
  sums: Sum[]
  /** Texts that say of which day the numbers are. */
  dated: Text[]
  /** Cells that say of which day the numbers of their row are. */
  days: Spot[]
  /** The tables of numbers, each with the day that it names. */
  sheets: { name: string; day?: string }[]
  /** Titles, and what tells rows apart. All cells that are in none of these lists say what nobody has recognised. */
  kept: (Spot & { cell: Cell })[]
}

/** Notes its titles and the day that it names. @returns the rows below the titles */
export function beginTable(table: Omit<Wide, 'title'>, reader: Reader, found: Places): SheetRow[] {
  const { sheet, grid, header } = table
  const day = dayOf(sheet, grid, header.to, reader)
  const dated = datedIn(table, day, reader.span)
  const isNamed = dated.some(({ text }) => dayIn(text, reader.span) === day)
  found.dated.push(...dated)
  found.sheets.push({ name: sheet.name, ...(isNamed && { day }) })
  for (const row of grid.rows.slice(0, header.to + 1)) keep(sheet, row, row.cells.keys(), found)
  return grid.rows.slice(header.to + 1)
}

export function keep(
  sheet: Sheet,
  { row, cells }: SheetRow,
  columns: Iterable<number>,
  { kept }: Places,
): void {
  for (const at of columns)
    if (cells[at] != null) kept.push({ sheet: sheet.name, row, at, cell: cells[at] ?? null })
}

/** 1, 2, 3 below 序号 */
export const isNumbering = (path: string[] | undefined, cell: Cell): boolean =>
  typeof cell === 'number' && cell < 10_000 && /^(?:序\s*号|编号|No\.?)$/i.test(path?.at(-1) ?? '')
