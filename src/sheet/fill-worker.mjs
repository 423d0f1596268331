// Puts numbers and lamps into a workbook, in a thread of its own. Plain JavaScript for the same reason as worker.mjs.
import { parentPort, workerData } from 'node:worker_threads'
import { openXlsx, readXls, saveXlsx, writeXlsx } from 'hucre/xlsx'

const { bytes, kind, changes, renamed, lampCells } = workerData
const tints = new Set(Object.values(lampCells).flatMap(({ tint }) => tint ?? []))
const marks = Object.values(lampCells)
  .map(({ mark }) => mark)
  .join('')
/** A lamp's mark stands behind the number, as part of its format: the number stays one. */
const oursInFormat = new RegExp(`"\\s[${marks}]"`, 'g')

function fill(sheets) {
  const byName = new Map(sheets.map((sheet) => [sheet.name, sheet]))
  for (const change of changes) {
    const sheet = byName.get(change.sheet)
    if (sheet) apply(sheet, change)
  }
  // What was worked out from the old numbers is worked out anew by whoever opens the file.
  for (const sheet of sheets)
    for (const [place, cell] of sheet.cells ?? [])
      if (cell.formula !== undefined) sheet.cells.set(place, { ...cell, formulaResult: undefined })
  const formulas = sheets.flatMap((sheet) =>
    [...(sheet.cells?.values() ?? [])].flatMap(({ formula }) => formula ?? []),
  )
  for (const { from, to } of renamed) {
    const sheet = byName.get(from)
    if (sheet && !formulas.some((formula) => formula.includes(from))) sheet.name = to
  }
}

function apply(sheet, { row, at, lamp, isShare, isDay, ...change }) {
  const place = `${row - 1},${at}`
  for (let index = sheet.rows.length; index < row; index++) sheet.rows[index] = []
  const cells = sheet.rows[row - 1] ?? []
  while (cells.length <= at) cells.push(null)
  sheet.rows[row - 1] = cells
  sheet.cells ??= new Map()
  const old = sheet.cells.get(place) ?? { value: cells[at], type: typeOf(cells[at]) }
  const format = (old.style?.numFmt ?? '').replaceAll(oursInFormat, '')
  const isFormula = old.formula !== undefined
  let { value } = old
  let numFmt = format
  if ('value' in change && !isFormula) {
    value = change.value
    if (isDay && value !== null && old.value instanceof Date) value = new Date(value)
    if (isShare && value !== null) {
      const isPlain = !format.includes('%') && typeof old.value === 'number' && old.value > 1
      if (isPlain) value = Number((value * 100).toPrecision(12))
      else if (!format.includes('%')) numFmt = '0.00%'
    }
    cells[at] = value
  }
  const { fill: before, ...style } = old.style ?? {}
  const isOurs = before?.fgColor?.rgb && tints.has(before.fgColor.rgb.slice(-6))
  const { tint, mark } = lamp ? lampCells[lamp] : { tint: null, mark: '' }
  const paint = tint
    ? { type: 'pattern', pattern: 'solid', fgColor: { rgb: tint } }
    : isOurs
      ? undefined
      : before
  const shown = mark && value !== null ? marked(numFmt, mark, typeof value === 'string') : numFmt
  sheet.cells.set(place, {
    ...old,
    ...(!isFormula && { value, type: typeOf(value) }),
    style: {
      ...style,
      ...(paint && { fill: paint }),
      ...(shown ? { numFmt: shown } : { numFmt: undefined }),
    },
  })
}

/** The format with the mark behind every section. */
function marked(format, mark, isText) {
  if (isText) return `@" ${mark}"`
  const base = format === '' || format === '@' ? 'General' : format
  return base
    .split(';')
    .map((section) => (section.includes('@') ? section : `${section}" ${mark}"`))
    .join(';')
}

function typeOf(value) {
  if (value === null || value === undefined) return 'empty'
  return value instanceof Date ? 'date' : typeof value
}

async function filled() {
  if (kind === 'xls') {
    const { sheets } = await readXls(bytes)
    for (const sheet of sheets)
      sheet.rows = Array.from(sheet.rows, (row) => Array.from(row ?? [], (cell) => cell ?? null))
    fill(sheets)
    return writeXlsx({ sheets })
  }
  const workbook = await openXlsx(bytes, { readStyles: true })
  fill(workbook.sheets)
  return saveXlsx(workbook)
}

parentPort.postMessage(await filled())
