// Writes answers into a workbook, in a thread of its own. Plain JavaScript for the same reason as worker.mjs.
import { parentPort, workerData } from 'node:worker_threads'
import { openXlsx, readXls, saveXlsx, writeXlsx } from 'hucre/xlsx'

const { bytes, kind, problems, answerTitle, answerMark } = workerData
const titlesWithin = 15
const width = 48
/** Of one cell; Excel takes 32,767 characters. */
const longest = 2000
const red = { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFC7CE' } }
const answerStyle = { font: { color: { rgb: '9C0006' } }, alignment: { wrapText: true, vertical: 'top' } }
const titleStyle = { ...answerStyle, font: { ...answerStyle.font, bold: true }, fill: red }

/** As `key` in values.ts compares names. */
const keyOf = (name) =>
  name
    .normalize('NFKC')
    .replace(/[\s\u200b*]+/g, '')
    .toLowerCase()

function answer(sheets) {
  const names = new Set(sheets.map(({ name }) => keyOf(name)))
  for (const [at, sheet] of sheets.entries()) {
    const own = problems.filter(({ key }) => key === keyOf(sheet.name))
    // A sheet that is missing is told on the first one.
    const lost = at > 0 ? [] : problems.filter(({ key }) => !names.has(key))
    const strange = lost.map((one) => ({ row: 0, message: `${one.sheet}：${one.message}` }))
    if (own.length + strange.length > 0) write(sheet, [...own, ...strange])
    else clear(sheet)
  }
}

function write(sheet, found) {
  const column = clear(sheet) ?? Math.max(1, ...sheet.rows.map((row) => row?.length ?? 0))
  const header = headerOf(sheet.rows)
  const messages = new Map([[header, []]])
  for (const { row, at, column: title, message } of found) {
    const index = row > 0 ? row - 1 : header
    const said = title === undefined ? message : `「${title}」${message}`
    messages.set(index, [...(messages.get(index) ?? []), said])
    if (row > 0 && at !== undefined) style(sheet, index, at, { fill: red })
  }
  for (const [index, lines] of messages) {
    const text = lines.join('；').slice(0, longest)
    // Above the rows of data a message says that it is no title.
    const shown = index > header ? text : text === '' ? answerTitle : answerMark + text
    put(sheet, index, column, shown)
    style(sheet, index, column, index === header ? titleStyle : answerStyle)
  }
  sheet.columns = Array.from({ length: Math.max(column + 1, sheet.columns?.length ?? 0) }, (_, at) =>
    at === column ? { ...sheet.columns?.[at], width } : (sheet.columns?.[at] ?? {}),
  )
}

/** Takes away what an earlier answer left. @returns the column that it was in */
function clear(sheet) {
  const isOurs = (cell, row, column) =>
    (cell === answerTitle || (typeof cell === 'string' && cell.startsWith(answerMark))) &&
    isRed(sheet.cells?.get(`${row},${column}`))
  let column
  for (const [row, cells] of sheet.rows.slice(0, titlesWithin).entries())
    for (const [at, cell] of (cells ?? []).entries()) if (isOurs(cell, row, at)) column = at
  if (column === undefined) return undefined
  for (const [row, cells] of sheet.rows.entries()) if (cells && column in cells) put(sheet, row, column, null)
  for (const [place, cell] of sheet.cells ?? [])
    if (isRed(cell)) sheet.cells.set(place, { ...cell, style: { ...cell.style, fill: undefined } })
  return column
}

const isRed = (cell) => cell?.style?.fill?.fgColor?.rgb?.endsWith(red.fgColor.rgb) ?? false

/** The row near the top that has the most text in it, or the first one. */
function headerOf(rows) {
  const texts = rows
    .slice(0, titlesWithin)
    .map((cells) => (cells ?? []).filter((cell) => typeof cell === 'string' && cell.trim() !== '').length)
  return Math.max(0, texts.indexOf(Math.max(...texts)))
}

function put(sheet, row, column, value) {
  for (let at = sheet.rows.length; at <= row; at++) sheet.rows[at] = []
  const cells = sheet.rows[row] ?? []
  while (cells.length < column) cells.push(null)
  cells[column] = value
  sheet.rows[row] = cells
  sheet.cells ??= new Map()
  // Always a text: what begins with = is no formula.
  if (value === null) sheet.cells.delete(`${row},${column}`)
  else sheet.cells.set(`${row},${column}`, { value, type: 'string' })
}

function style(sheet, row, column, more) {
  sheet.cells ??= new Map()
  const value = sheet.rows[row]?.[column] ?? null
  const cell = sheet.cells.get(`${row},${column}`) ?? { value, type: typeOf(value) }
  sheet.cells.set(`${row},${column}`, { ...cell, style: { ...cell.style, ...more } })
}

function typeOf(value) {
  if (value === null) return 'empty'
  return value instanceof Date ? 'date' : typeof value
}

async function annotated() {
  if (kind === 'xls') {
    const { sheets } = await readXls(bytes)
    for (const sheet of sheets)
      sheet.rows = Array.from(sheet.rows, (row) => Array.from(row ?? [], (cell) => cell ?? null))
    answer(sheets)
    return writeXlsx({ sheets })
  }
  const workbook = await openXlsx(bytes, { readStyles: true })
  answer(workbook.sheets)
  return saveXlsx(workbook)
}

parentPort.postMessage(await annotated())
