// The parser's own thread: a workbook that makes it run wild takes neither the bot's memory nor its time.
// Plain JavaScript, because a worker is started from the file itself, in the sources and in dist alike.
import { parentPort, workerData } from 'node:worker_threads'
import { readXls, readXlsx, streamXlsxRows } from 'hucre/xlsx'
import { layouts } from './layout.mjs'
import { xlsLayouts } from './xls-layout.mjs'

const { bytes, kind, parts, records, maxSheets, maxRows, maxColumns, maxText } = workerData
/** Rows go over in portions, so that taking them in never holds the other thread for long. */
const portion = 500

/** Dates as `YYYY-MM-DD`: the calendar day that the sheet shows, in no time zone. */
function plain(value) {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10)
  return value === undefined || (typeof value === 'string' && value.trim() === '') ? null : value
}

const perCent = (value) => `${Number((value * 100).toPrecision(15))}%`

/** A text that is kept once in the file may be in a million cells. */
let textLeft = maxText

/** Takes in rows, keeps those with something in them, and sends them on. */
function collector(cell) {
  let rows = []
  let count = 0
  const send = () => {
    if (rows.length > 0) parentPort.postMessage({ rows })
    rows = []
  }
  return {
    /** @returns what there is too much of */
    take(index, values) {
      const cells = Array.from(values, (value, column) => cell(plain(value), index, column))
      const last = cells.findLastIndex((value) => value !== null)
      if (last < 0) return undefined
      if (last >= maxColumns) return 'columns'
      if (count >= maxRows) return 'rows'
      for (const value of cells) if (typeof value === 'string') textLeft -= value.length
      if (textLeft < 0) return 'text'
      count++
      rows.push({ row: index + 1, cells: cells.slice(0, last + 1) })
      if (rows.length >= portion) send()
      return undefined
    },
    send,
  }
}

async function readNew() {
  const infos = []
  await readXlsx(bytes, {
    sheets: (info) => {
      infos.push(info)
      return false
    },
  })
  if (infos.length > maxSheets) return { over: 'sheets' }
  const all = layouts(bytes, parts)
  for (const { name, index, hidden, veryHidden } of infos) {
    const { merges = [], hiddenRows = [], percents, unworked } = all[index]?.() ?? {}
    parentPort.postMessage({ sheet: sheetOf(name, { merges, hiddenRows, hidden: hidden || veryHidden }) })
    const rows = collector((value, row, column) => {
      if (percents && typeof value === 'number' && percents.has(reference(row, column))) return perCent(value)
      return unworked && value === null && unworked.has(reference(row, column)) ? '#CALC!' : value
    })
    for await (const { index: row, values } of streamXlsxRows(bytes, { sheet: index })) {
      const over = rows.take(row, values)
      if (over) return { over, of: name }
    }
    rows.send()
  }
  return { done: true }
}

async function readOld() {
  const { sheets } = await readXls(bytes)
  if (sheets.length > maxSheets) return { over: 'sheets' }
  const all = xlsLayouts(records)
  for (const [at, { name, rows: values, merges = [] }] of sheets.entries()) {
    const { hidden, hiddenRows, percents } = all[at] ?? { hiddenRows: [], percents: new Set() }
    const shown = merges.map(({ startRow, startCol, endRow, endCol }) => ({
      ...{ top: startRow + 1, left: startCol, bottom: endRow + 1, right: endCol },
    }))
    parentPort.postMessage({ sheet: sheetOf(name, { merges: shown, hiddenRows, hidden }) })
    const rows = collector((value, row, column) =>
      typeof value === 'number' && percents.has(`${row},${column}`) ? perCent(value) : value,
    )
    for (const [row, cells] of values.entries()) {
      const over = cells && rows.take(row, cells)
      if (over) return { over, of: name }
    }
    rows.send()
  }
  return { done: true }
}

/** What is not there is left out. */
const sheetOf = (name, { merges, hiddenRows, hidden }) => ({
  name,
  ...(merges.length > 0 && { merges }),
  ...(hidden && { hidden: true }),
  ...(hiddenRows.length > 0 && { hiddenRows }),
})

const letters = []
/** A1 for the first row and column. */
function reference(row, column) {
  letters[column] ??=
    (column >= 26 ? String.fromCharCode(64 + Math.floor(column / 26)) : '') +
    String.fromCharCode(65 + (column % 26))
  return letters[column] + (row + 1)
}

parentPort.postMessage(kind === 'xls' ? await readOld() : await readNew())
