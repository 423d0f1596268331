// What reading a clerk's tables brings together: numbers, what is wrong, what was left out.
import type { Grid } from './grid.ts'
import { kept } from './kept.ts'
import type { Indicators } from './number-columns.ts'
import { dayCell, dayIn, type Span } from './number-dates.ts'
import type { Units } from './number-units.ts'
import type { Known, NumberEntry } from './numbers.ts'
import type { Problem } from './problems.ts'
import type { Cell, Sheet } from './read.ts'
import type { Parsed } from './values.ts'

/** What every table is read with. */
export interface Reader {
  known: Known
  units: Units
  indicators: Indicators
  fileName: string
  span: Days
  findings: Findings
}

export interface Days extends Span {
  /** The day in a cell. */
  day(cell: NonNullable<Cell>): Parsed<string>
  /** Why no number may be of this day; '' when it may. */
  wrong(day: string): string
}

/** Nobody reads more, and a hostile file could make millions. */
const mostProblems = 2000
/** Every number of a district for a quarter, week by week; while they are written, everybody else waits. */
const mostNumbers = 30_000

export function spanOf({ starts, ends }: Known, today: string): Days {
  const span = { starts, today }
  return {
    ...span,
    day: kept((cell: NonNullable<Cell>) => dayCell(cell, span)),
    wrong(day) {
      if (day > today) return `${day} 晚于今天（${today}），日期不能晚于今天`
      return day < starts || day > ends ? `${day} 不在活动期间（${starts} 至 ${ends}）` : ''
    },
  }
}

const tooManyNumbers = `到这一行已经超过 ${mostNumbers.toLocaleString('en')} 个数，请按月份分成几个文件`

export interface Findings {
  problems: Problem[]
  notes: string[]
  isFull(): boolean
  problem(problem: Problem): void
  /** Twice the same number counts once; two different ones cannot both be right. */
  add(entry: NumberEntry): void
  numbers(): NumberEntry[]
}

export function findingsOf(): Findings {
  const problems: Problem[] = []
  const entries = new Map<string, NumberEntry>()
  const isFull = () => problems.length >= mostProblems || entries.size > mostNumbers
  const problem = (one: Problem) => {
    if (!isFull()) problems.push(one)
  }
  return {
    ...{ problems, notes: [], isFull, problem, numbers: () => [...entries.values()] },
    add(entry) {
      const place = `${entry.unit}/${entry.indicator}/${entry.asOf}`
      const first = entries.get(place)
      if (!first) entries.set(place, entry)
      if (!first && entries.size === mostNumbers + 1)
        problems.push({ sheet: entry.sheet, row: entry.row, message: tooManyNumbers })
      if (!first || said(first) === said(entry)) return
      const { sheet, row, column, at } = entry
      const where = first.sheet === sheet ? `第${first.row}行` : `「${first.sheet}」第${first.row}行`
      const both = `${said(first)} 和 ${said(entry)}`
      const message = `与${where}「${first.column}」不一致：同一单位、指标、日期有两个数（${both}），请只留一个`
      problem({ sheet, row, column, at, message })
    },
  }
}

export function noteHidden({ name, hidden, hiddenRows = [] }: Sheet, { notes }: Findings): void {
  if (hidden) notes.push(`工作表「${name}」是隐藏的，也读了`)
  if (hiddenRows.length > 0) notes.push(`「${name}」${rowList(hiddenRows)}是隐藏的，也算数`)
}

const said = ({ value, num, den, step }: NumberEntry): string =>
  step ?? (num === null ? (value ?? '') : `${num}/${den}`)

/** 第3、5行; of many the first five. */
export function rowList(rows: number[]): string {
  const some = `第${rows.slice(0, 5).join('、')}行`
  return rows.length > 5 ? `${some}等 ${rows.length} 行` : some
}

/**
 * The day of a table without a column for it: as its headline says, the name of the sheet or that of the file; else today.
 * A day on which no number can be is noted as wrong.
 */
export function dayOf(sheet: Sheet, grid: Grid, headerEnd: number, reader: Reader): string {
  const { span, findings, fileName } = reader
  const found = headlines(grid, headerEnd)
    .map(({ row, text }) => ({ row, text, day: dayIn(text, span) }))
    .find(({ day }) => day !== undefined)
  const bySheet = dayIn(sheet.name, span)
  const byFile = dayIn(fileName.replace(/\.[a-z]{2,5}$/i, ''), span)
  const day = found?.day ?? bySheet ?? byFile
  if (day === undefined) return span.today
  const source = found ? '标题' : bySheet ? '表名' : '文件名'
  const wrong = span.wrong(day)
  if (wrong !== '')
    findings.problem({ sheet: sheet.name, row: found?.row ?? 0, message: `${source}里的日期 ${wrong}` })
  else findings.notes.push(`「${sheet.name}」的数按${source}算作 ${inWords(day)} 的`)
  return day
}

/** Texts above the table, in rows that have little else: a group of titles may name a deadline. */
function headlines({ rows }: Grid, headerEnd: number): { row: number; text: string }[] {
  return rows.slice(0, headerEnd).flatMap(({ row, cells }) => {
    const texts = cells.filter((cell) => typeof cell === 'string')
    return texts.length <= 3 ? texts.map((text) => ({ row, text })) : []
  })
}

/** 2026-11-20 → 2026年11月20日 */
const inWords = (date: string) => date.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')
