// Sheets that are made here become an .xlsx: lamps in colour and with marks, real numbers and dates, ready to be printed.
import { setImmediate as turn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { type LampMark, lampCells } from './lamps.ts'

/** How a column's numbers look; a `Date` carries its calendar day, and its time, in UTC. */
export type Format = 'date' | 'moment' | 'percent' | 'two' | 'text' | 'plain'

export type ExportValue = string | number | boolean | Date | null
export type ExportCell = ExportValue | { value: ExportValue; lamp: LampMark }

export interface ExportSheet {
  name: string
  columns: { title: string; width: number; format?: Format }[]
  /** Text is stored as text whatever it begins with. Gone through once: many rows are better made when they are wanted. */
  rows: Iterable<ExportCell[]>
  /** Columns that stay when the others are moved; the titles always do. */
  frozen?: number
  /** Text that is read like a letter: without titles and filter. */
  letter?: true
}

/** Rows that are handed over at a time: they are made and copied in one go. */
const rowsAtOnce = 200
const mostMs = 60_000

/**
 * @param sheets made while the writer starts
 * @param made written into the file's properties
 */
export async function writeExport(
  sheets: ExportSheet[] | Promise<ExportSheet[]>,
  { title, made }: { title: string; made: Date },
): Promise<Buffer> {
  const worker = new Worker(new URL('./export-worker.mjs', import.meta.url), { workerData: { lampCells } })
  let timer: NodeJS.Timeout | undefined
  const written = new Promise<Buffer>((resolve, reject) => {
    worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)))
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the writer of workbooks ended')))
    timer = setTimeout(() => reject(new Error('a workbook took too long to be written')), mostMs)
  })
  // Told of below, or of no interest any more.
  written.catch(() => undefined)
  try {
    await Promise.race([handOver(worker, await sheets), written])
    worker.postMessage({ finish: { title, made } })
    return await written
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

async function handOver(worker: Worker, sheets: ExportSheet[]): Promise<void> {
  for (const { rows, ...sheet } of sheets) {
    worker.postMessage({ sheet })
    let some: ExportCell[][] = []
    for (const row of rows) {
      some.push(row)
      if (some.length < rowsAtOnce) continue
      worker.postMessage({ rows: some })
      some = []
      await turn()
    }
    worker.postMessage({ rows: some })
  }
}
