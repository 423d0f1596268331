// A workbook's bytes become rows of plain cells. Whatever is in the file, the answer comes in bounded time and memory.
import { Worker } from 'node:worker_threads'
import { UserError } from '../errors.ts'
import { checkWorkbook } from './guard.ts'

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

const limits = { maxSheets: 50, maxRows: 50_000, maxColumns: 200 }
const defaults = { timeMs: 20_000, memoryMb: 512 }

type Answer = { sheets: Sheet[] } | { over: 'sheets' } | { over: 'rows' | 'columns'; sheet: string }

/**
 * Reads all sheets of a .xlsx workbook.
 * @throws UserError when it is not a workbook, or one too large to be read safely
 */
export async function readSheets(
  bytes: Uint8Array,
  { timeMs, memoryMb }: { timeMs: number; memoryMb: number } = defaults,
): Promise<Sheet[]> {
  checkWorkbook(bytes)
  const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
    workerData: { bytes, ...limits },
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  })
  let timer: NodeJS.Timeout | undefined
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', (cause: NodeJS.ErrnoException) => reject(inWords(cause)))
      worker.once('exit', () => reject(inWords()))
      timer = setTimeout(() => reject(new UserError('文件读取超时。请把内容分成几个文件再发。')), timeMs)
    })
    if ('sheets' in answer) return answer.sheets
    throw new UserError(tooMany(answer))
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

function tooMany(answer: Exclude<Answer, { sheets: Sheet[] }>): string {
  if (answer.over === 'sheets') return `工作表太多（超过 ${limits.maxSheets} 个）。请只保留需要的工作表。`
  const most =
    answer.over === 'rows' ? `${limits.maxRows.toLocaleString('en')} 行` : `${limits.maxColumns} 列`
  return `工作表「${answer.sheet}」太大，最多 ${most}。请拆成几个文件，或删掉多余的内容。`
}

function inWords(cause?: NodeJS.ErrnoException): UserError {
  const full = cause?.code === 'ERR_WORKER_OUT_OF_MEMORY'
  const words = full
    ? '文件内容太多，读不下。请把内容分成几个文件再发。'
    : '文件打不开。请用 Excel 或 WPS 打开，另存为新的 .xlsx 再发。'
  return Object.assign(new UserError(words), { cause })
}
