// Texts of a clerk's table that say of which day its numbers are, and the same texts with another day in them.
import { dayIn, type Span } from './number-dates.ts'
import type { Wide } from './number-wide.ts'
import type { Cell } from './read.ts'

/** A text that names the day of a table. */
export interface Text {
  sheet: string
  /** Absent = it is the sheet's own name. */
  row?: number
  at?: number
  text: string
  /** A column goes by it: it cannot be emptied. */
  isTitle?: true
}

/** 截至11月底, and 1-11月 above a column of numbers. */
const untilMonth = /(截\s*[至止到]\s*到?\s*(?:20\d\d\s*年)?\s*)(\d{1,2})(\s*月)(?!\s*\d)\s*(?:底|末|份)?/
const toMonth = /(?<!\d)(1\d?|[2-9])(\s*[-—–~至]\s*)(\d{1,2})(\s*月)(?!\s*\d)/

/**
 * Texts around the table that name its very day; and titles of columns of numbers that say up to when they are.
 * @param day as `dayOf` has found it
 */
export function datedIn(
  { sheet, grid, header, roles }: Omit<Wide, 'title'>,
  day: string,
  span: Span,
): Text[] {
  const found: Text[] = []
  const unit = roles.findIndex(({ kind }) => kind === 'unit' || kind === 'code')
  for (const [index, { row, cells }] of grid.rows.entries())
    for (const [at, cell] of cells.entries()) {
      const isTitle = index >= header.from && index <= header.to
      // What stands behind the name of a unit is hers to say.
      const isData = index > header.to && at > unit && (cells[unit] ?? null) !== null
      if (typeof cell !== 'string' || isData) continue
      const named = dayIn(cell, span)
      const isOfNumbers = !isTitle || 'indicator' in (roles[at] ?? {})
      if (named === day || (isOfNumbers && (says(cell, named) || (isTitle && toMonth.test(cell)))))
        found.push({ sheet: sheet.name, row, at, text: cell, ...(isTitle && { isTitle }) })
    }
  if (dayIn(sheet.name, span) !== undefined) found.push({ sheet: sheet.name, text: sheet.name })
  return found
}

const says = (text: string, day: string | undefined): boolean =>
  untilMonth.test(text) || (day !== undefined && /截\s*[至止到]/.test(text))

/** @returns undefined when it is not clear where the day stands */
export function redated(text: string, day: string, span: Span): string | undefined {
  if (isDay(text)) return day
  if (dayIn(text, span) !== undefined) {
    const now = withDay(text, day)
    return now !== undefined && dayIn(now, span) === day ? now : undefined
  }
  const [, month = '', date = ''] = day.split('-').map((part) => String(Number(part)))
  if (untilMonth.test(text)) return text.replace(untilMonth, `$1${month}$3${date}日`)
  return toMonth.test(text) ? text.replace(toMonth, `$1$2${month}$4`) : undefined
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

/** A date of Excel itself comes as its day and nothing else. */
export const isDay = (cell: Cell): boolean => typeof cell === 'string' && /^\d{4}-\d\d-\d\d$/.test(cell)
