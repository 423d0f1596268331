// A clerk's own workbook with other numbers in it: everything else stays as she made it.
import { checkWorkbook } from './guard.ts'
import { type LampMark, lampCells } from './lamps.ts'
import { bounds, inThread } from './thread.ts'

/** Rows as the sheet shows them, columns from 0. */
export interface Change {
  sheet: string
  row: number
  at: number
  /** Absent = what stands there stays. */
  value?: string | number | null
  /** `value` is a share of the whole, to be written as the cell writes percentages. */
  isShare?: true
  /** `value` is a calendar date, written as the cell has it: a date, or text. */
  isDay?: true
  /** Absent = no colour. */
  lamp?: LampMark
}

export interface Filling {
  changes: Change[]
  /** Sheets that get another name; not those that a formula speaks of. */
  renamed: { from: string; to: string }[]
  /**
   * For others than who made it: of these sheets these cells (`row/at`) and those that are changed, as plain values with
   * their looks. Absent = all that is in the file.
   */
  only?: Map<string, Set<string>>
}

export interface Filled {
  bytes: Buffer
  /** The changes that were not made, because a formula stands there. */
  formulas: Set<Change>
  /** Sheets that kept their name. */
  unnamed: string[]
}

/**
 * @param bytes a file that `readSheets` has read
 * @returns .xlsx; of an old .xls only its cells and merged cells. Formulas are worked out anew when it is opened
 * @throws UserError when the file cannot be read
 */
export async function fill(bytes: Uint8Array, { changes, renamed, only }: Filling): Promise<Filled> {
  const { kind } = await checkWorkbook(bytes)
  const data = { bytes, kind, changes, renamed, only, lampCells }
  type Answer = { bytes: Uint8Array; formulas: number[]; unnamed: string[] }
  return inThread('./fill-worker.mjs', data, bounds, ({ bytes, formulas, unnamed }: Answer) => ({
    bytes: Buffer.from(bytes),
    formulas: new Set(formulas.flatMap((at) => changes[at] ?? [])),
    unnamed,
  }))
}
