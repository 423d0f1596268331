// The clerk's own table: a workbook without 方案 is a file of numbers for a campaign that exists.
import type { Kind } from '../campaign/completion.ts'
import type { Level } from '../database/schema.ts'
import { gridOf } from './grid.ts'
import { quoted } from './near.ts'
import { indicatorsOf } from './number-columns.ts'
import { longTable } from './number-long.ts'
import { findingsOf, noteHidden, type Reader, spanOf } from './number-rows.ts'
import { unitsOf } from './number-units.ts'
import { wideTable } from './number-wide.ts'
import type { Problem } from './problems.ts'
import type { Sheet } from './read.ts'
import { sheetNamed } from './table.ts'

/** The units and indicators of the campaign, as its roster has them. */
export interface Known {
  units: { id: number; code: string; name: string; aliases: string[]; level: Level; parent: number | null }[]
  indicators: {
    id: number
    name: string
    code: string
    aliases: string[]
    kind: Kind
    uom: string
    steps: Record<string, number>
  }[]
  starts: string
  ends: string
}

/** A cumulative number, and the cell that says it. */
export interface NumberEntry {
  sheet: string
  row: number
  /** The title as it is shown. */
  column: string
  /** The column's index, from 0. */
  at: number
  unit: number
  indicator: number
  asOf: string
  value: string | null
  num: string | null
  den: string | null
  step: string | null
}

export type Numbers =
  | { numbers: NumberEntry[]; asOf: string; notes: string[]; problems?: never }
  | { problems: Problem[] }

/** Whether a file is a whole campaign, to be read by `readCampaign`, or one of numbers. */
export const isCampaignWorkbook = (sheets: Sheet[]): boolean => sheetNamed(sheets, '方案') !== undefined

/**
 * Reads tables with one row a unit and a column an indicator, and those with one row a number, from any number of sheets.
 * @param today in Asia/Shanghai; the numbers are of this day when neither the table nor a name says another
 * @param fileName may say the day, and which indicator a table is about
 * @returns all numbers, of which day the latest are, and what was left out; or all that is wrong, and then nothing counts
 */
export async function readNumbers(
  sheets: Sheet[],
  known: Known,
  { today, fileName }: { today: string; fileName: string },
): Promise<Numbers> {
  const findings = findingsOf()
  const reader: Reader = {
    ...{ known, fileName, findings, units: unitsOf(known.units), indicators: indicatorsOf(known.indicators) },
    span: spanOf(known, today),
  }
  const strange: { sheet: Sheet; why: string }[] = []
  for (const sheet of sheets) {
    if (sheet.rows.length === 0) continue
    const grid = gridOf(sheet)
    const why = (await longTable(sheet, grid, reader)) ? undefined : await wideTable(sheet, grid, reader)
    if (why === undefined) noteHidden(sheet, findings)
    else strange.push({ sheet, why })
  }
  for (const { sheet, why } of strange)
    if (strange.length === sheets.filter(({ rows }) => rows.length > 0).length)
      findings.problems.push({ sheet: sheet.name, row: 0, message: why })
    else findings.notes.push(`工作表「${quoted(sheet.name)}」没有读：${why}`)
  if (sheets.every(({ rows }) => rows.length === 0))
    return { problems: [{ sheet: sheets[0]?.name ?? '工作表', row: 0, message: '是空的，没有可以读的内容' }] }
  const { problems, notes } = findings
  const numbers = findings.numbers()
  if (problems.length === 0 && numbers.length === 0)
    problems.push({ sheet: sheets[0]?.name ?? '工作表', row: 0, message: nothingRead(notes) })
  if (problems.length > 0) return { problems }
  return { numbers, asOf: numbers.map(({ asOf }) => asOf).reduce((a, b) => (a > b ? a : b)), notes }
}

/** Why there is nothing to write. */
export const nothingRead = (notes: string[]): string =>
  `没有读到一个可以登记的数${notes.length > 0 ? `（${notes.join('；')}）` : ''}。请检查「完成」列是否填了数`
