// The day that numbers are of: from a cell, or from a title, a sheet's or a file's name such as 「截至11月20日」.
import type { Cell } from './read.ts'
import { date, key, type Parsed } from './values.ts'

/** Within these a day without a year has to be. */
export interface Span {
  starts: string
  today: string
}

const full = /(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)|(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)/g
const short = /(?<!\d)(\d{1,2})月(\d{1,2})(?:日|号)/g
/** Without 月 only where it is clear that it is a day: in brackets, or at the end of a file's name. */
const dotted = /[((](\d{1,2})[./-](\d{1,2})[))]|(?<![\d.])(\d{1,2})\.(\d{1,2})(?=$|\.[a-z]{3,4}$)/gi

/** A cell of a column of dates; also 11月20日 and 11.20, of the latest year that fits. */
export function dayCell(cell: NonNullable<Cell>, span: Span): Parsed<string> {
  const said = key(String(cell))
  const parts = /^(\d{1,2})[月/.-](\d{1,2})(?:日|号)?$/.exec(said)
  if (!parts || typeof cell === 'number') return date(cell)
  const day = latest(Number(parts[1]), Number(parts[2]), span)
  return day === undefined ? { wrong: `没有「${said}」这一天` } : { value: day }
}

/**
 * @returns the day that a text names, of several the last: a report of 「3月1日至11月20日」 is of the second; undefined
 * when it names none
 */
export function dayIn(text: string, span: Span): string | undefined {
  const said = text.normalize('NFKC').replace(/\s+/g, '')
  const days: { at: number; day: string }[] = []
  for (const match of said.matchAll(full)) {
    const [year, month, day] = match[1] ? match.slice(1, 4) : match.slice(4, 7)
    const parsed = date(`${year}-${month}-${day}`)
    if ('value' in parsed) days.push({ at: match.index, day: parsed.value })
  }
  // A day with its year leaves nothing to be guessed.
  if (days.length === 0)
    for (const pattern of [short, dotted])
      for (const match of said.matchAll(pattern)) {
        const day = latest(Number(match[1] ?? match[3]), Number(match[2] ?? match[4]), span)
        if (day !== undefined) days.push({ at: match.index, day })
      }
  return days.sort((a, b) => a.at - b.at).at(-1)?.day
}

/** The last such day that is not in the future; where that is before the beginning, the first one after it. */
function latest(month: number, day: number, { starts, today }: Span): string | undefined {
  const years: number[] = []
  for (let year = Number(today.slice(0, 4)); year >= Number(starts.slice(0, 4)); year--) years.push(year)
  const days = years.flatMap((year) => {
    const parsed = date(`${year}-${month}-${day}`)
    return 'value' in parsed ? parsed.value : []
  })
  return days.find((one) => one <= today && one >= starts) ?? days[0]
}
