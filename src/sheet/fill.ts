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

/**
 * @param bytes a file that `readSheets` has read
 * @param renamed sheets that get another name; not those that a formula speaks of
 * @returns .xlsx; of an old .xls only its cells and merged cells. Formulas are worked out anew when it is opened
 * @throws UserError when the file cannot be read
 */
export async function fill(
  bytes: Uint8Array,
  { changes, renamed = [] }: { changes: Change[]; renamed?: { from: string; to: string }[] },
): Promise<Buffer> {
  const { kind } = await checkWorkbook(bytes)
  const data = { bytes, kind, changes, renamed, lampCells }
  return inThread('./fill-worker.mjs', data, bounds, (filled: Uint8Array) => Buffer.from(filled))
}

/** A text with another day in the place of the last one it names, written in the same way; undefined if it names none. */
export function withDay(text: string, day: string): string | undefined {
  const [year = '', month = '', date = ''] = day.split('-')
  const like = (sample: string, number: string) => (sample.startsWith('0') ? number : String(Number(number)))
  const last = (pattern: RegExp) => [...text.matchAll(pattern)].at(-1)
  const put = (match: RegExpMatchArray, words: string) =>
    text.slice(0, match.index) + words + text.slice((match.index ?? 0) + match[0].length)
  const full = last(/(20\d\d)(\s*[-/.年]\s*)(\d{1,2})(\s*[-/.月]\s*)(\d{1,2})(?!\d)/g)
  if (full) {
    const [, , a = '', m = '', b = '', d = ''] = full
    return put(full, `${year}${a}${like(m, month)}${b}${like(d, date)}`)
  }
  const plain = last(/(?<!\d)20\d\d\d\d\d\d(?!\d)/g)
  if (plain) return put(plain, `${year}${month}${date}`)
  const short = last(/(?<!\d)(\d{1,2})(\s*月\s*)(\d{1,2})(?=\s*[日号])/g)
  const dotted = short ?? last(/(?<![\d.])(\d{1,2})([./-])(\d{1,2})(?![\d.])/g)
  if (!dotted) return undefined
  const [, m = '', a = '', d = ''] = dotted
  return put(dotted, `${like(m, month)}${a}${like(d, date)}`)
}
