// The parser's own thread: a workbook that makes it run wild takes neither the bot's memory nor its time.
// Plain JavaScript, because a worker is started from the file itself, in the sources and in dist alike.
import { parentPort, workerData } from 'node:worker_threads'
import { readXlsx, streamXlsxRows } from 'hucre/xlsx'

const { bytes, maxSheets, maxRows, maxColumns } = workerData

/** Dates as `YYYY-MM-DD`: the calendar day that the sheet shows, in no time zone. */
function plain(value) {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10)
  return typeof value === 'string' && value.trim() === '' ? null : value
}

async function sheetNames() {
  const names = []
  await readXlsx(bytes, {
    sheets: ({ name }) => {
      names.push(name)
      return false
    },
  })
  return names
}

/** Rows with something in them; rows that are only formatted do not count. */
async function readRows(sheet) {
  const rows = []
  for await (const { index, values } of streamXlsxRows(bytes, { sheet })) {
    const last = values.findLastIndex((value) => plain(value) !== null)
    if (last < 0) continue
    if (last >= maxColumns) return { over: 'columns' }
    if (rows.length >= maxRows) return { over: 'rows' }
    rows.push({ row: index + 1, cells: values.slice(0, last + 1).map(plain) })
  }
  return { rows }
}

async function read() {
  const names = await sheetNames()
  if (names.length > maxSheets) return { over: 'sheets' }
  const sheets = []
  for (const [index, name] of names.entries()) {
    const { rows, over } = await readRows(index)
    if (over) return { over, sheet: name }
    sheets.push({ name, rows })
  }
  return { sheets }
}

parentPort.postMessage(await read())
