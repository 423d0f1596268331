// A workbook's bytes become rows of plain cells. Whatever is in the file, the answer comes in bounded time and memory.
import { UserError } from '../errors.ts'
import { checkWorkbook } from './guard.ts'
import { type Bounds, bounds, inThread, tooFull } from './thread.ts'

/** What a cell holds: dates come as `YYYY-MM-DD` text, formulas as their last result, empty text as null. */
export type Cell = string | number | boolean | null

export interface SheetRow {
  /** The row's number as the sheet shows it, from 1. */
  row: number
  cells: Cell[]
}

/** A merged cell: rows as the sheet shows them, columns from 0, all included. */
export interface Merge {
  top: number
  left: number
  bottom: number
  right: number
}

export interface Sheet {
  name: string
  /** Only the rows that have something in them. */
  rows: SheetRow[]
  merges?: Merge[]
  hidden?: boolean
  /** The numbers of the rows that are not shown. */
  hiddenRows?: number[]
}

const limits = { maxSheets: 50, maxRows: 50_000, maxColumns: 200, maxText: 32 << 20 }

type TooMuch = { over: 'sheets' } | { over: 'rows' | 'columns' | 'text'; of: string }
type Message = { sheet: Omit<Sheet, 'rows'> } | { rows: SheetRow[] } | { done: true } | TooMuch

/**
 * Reads all sheets of a .xlsx or .xls workbook.
 * @throws UserError when it is not a workbook, or one too large to be read safely
 */
export async function readSheets(bytes: Uint8Array, within: Bounds = bounds): Promise<Sheet[]> {
  const workbook = await checkWorkbook(bytes)
  const sheets: Sheet[] = []
  return inThread('./worker.mjs', { bytes, ...workbook, ...limits }, within, (message: Message) => {
    if ('over' in message) throw new UserError(tooMany(message))
    if ('sheet' in message) sheets.push({ ...message.sheet, rows: [] })
    else if ('rows' in message) sheets.at(-1)?.rows.push(...message.rows)
    else return sheets
    return undefined
  })
}

function tooMany(answer: TooMuch): string {
  if (answer.over === 'sheets') return `工作表太多（超过 ${limits.maxSheets} 个）。请只保留需要的工作表。`
  if (answer.over === 'text') return tooFull
  const most =
    answer.over === 'rows' ? `${limits.maxRows.toLocaleString('en')} 行` : `${limits.maxColumns} 列`
  return `工作表「${answer.of}」太大，最多 ${most}。请拆成几个文件，或删掉多余的内容。`
}
