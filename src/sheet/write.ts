// Rows become an .xlsx that a clerk likes to work in: bold frozen header, widths, choices to pick from.
import { type CellValue, type DataValidation, type WriteSheet, writeXlsx } from 'hucre/xlsx'

export interface Column {
  title: string
  width: number
  /** Offered as a drop-down list. */
  choices?: readonly string[]
}

export interface Page {
  name: string
  columns: Column[]
  /** A `Date` is written as a calendar date (its UTC day). */
  rows: CellValue[][]
}

const choiceRows = 2000
const font = { name: '等线', size: 11 }
const headerStyle = {
  font: { ...font, bold: true, color: { rgb: 'FFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'B3261E' } },
  alignment: { vertical: 'center' },
} as const

/** @param modified written into the file's properties: the same rows and time give the same bytes */
export function writeWorkbook(pages: Page[], modified: Date): Promise<Uint8Array> {
  return writeXlsx({
    sheets: pages.map(toSheet),
    properties: { title: '挂图 活动工作簿', created: modified, modified },
    defaultFont: font,
  })
}

function toSheet({ name, columns, rows }: Page): WriteSheet {
  const titles = columns.map((column) => column.title)
  const header = titles.map((value, column) => [`0,${column}`, { value, style: headerStyle }] as const)
  return {
    name,
    columns: columns.map(({ width }, index) => ({
      width,
      ...(isDates(rows, index) && { numFmt: 'yyyy-mm-dd' }),
    })),
    rows: [titles, ...rows],
    cells: new Map(header),
    freezePane: { rows: 1 },
    dataValidations: columns.flatMap(toValidation),
  }
}

function isDates(rows: CellValue[][], column: number): boolean {
  const filled = rows.map((row) => row[column] ?? null).filter((cell) => cell !== null)
  return filled.length > 0 && filled.every((cell) => cell instanceof Date)
}

function toValidation({ choices }: Column, column: number): DataValidation[] {
  if (!choices) return []
  const letter = String.fromCharCode(65 + column)
  return [
    { type: 'list', values: [...choices], range: `${letter}2:${letter}${choiceRows}`, allowBlank: true },
  ]
}
