// Puts numbers and lamps into a workbook, in a thread of its own. Plain JavaScript for the same reason as worker.mjs.
import { parentPort, workerData } from 'node:worker_threads'
import { openXlsx, readXls, saveXlsx, writeXlsx } from 'hucre/xlsx'

const { bytes, kind, changes, renamed, only, lampCells } = workerData
const tints = new Set(Object.values(lampCells).flatMap(({ tint }) => tint ?? []))
const marks = Object.values(lampCells)
  .map(({ mark }) => mark)
  .join('')
/** A lamp's mark stands behind the number, as part of its format: the number stays one. */
const oursInFormat = new RegExp(`"\\s[${marks}]"`, 'g')

function fill(sheets) {
  const byName = new Map(sheets.map((sheet) => [sheet.name, sheet]))
  const untouched = []
  for (const [at, change] of changes.entries()) {
    const sheet = byName.get(change.sheet)
    if (sheet && !apply(sheet, change)) untouched.push(at)
  }
  // What was worked out from the old numbers is worked out anew by whoever opens the file.
  for (const sheet of sheets)
    for (const [place, cell] of sheet.cells ?? [])
      if (cell.formula !== undefined) sheet.cells.set(place, { ...cell, formulaResult: undefined })
  const formulas = sheets.flatMap((sheet) =>
    [...(sheet.cells?.values() ?? [])].flatMap(({ formula }) => formula ?? []),
  )
  const unnamed = []
  for (const { from, to } of renamed) {
    const sheet = byName.get(from)
    if (!sheet || formulas.some((formula) => formula.includes(from)) || byName.has(to)) unnamed.push(from)
    else sheet.name = to
  }
  return { formulas: untouched, unnamed }
}

/** What is left of a sheet for others than who made it: a comment, a picture or a rule may say anything. */
function stripped({ name, rows, cells = new Map(), columns, merges, rowDefs, freezePane }) {
  const shown = only.get(name)
  const isShown = (row, at) => shown.has(`${row + 1}/${at}`)
  const plain = new Map()
  for (const [place, { value, style }] of cells) {
    const [row, at] = place.split(',').map(Number)
    const left = isShown(row, at) ? value : null
    plain.set(place, { value: left, type: typeOf(left), ...(style && { style: looks(style) }) })
  }
  return {
    ...{ name, merges, rowDefs, freezePane, cells: plain },
    rows: rows.map((row, at) => row.map((value, column) => (isShown(at, column) ? value : null))),
    columns: columns?.map(({ width, hidden }) => ({ width, hidden })),
  }
}

/** A format may have words in it: 年, 月 and marks may stay. */
const looks = ({ numFmt, ...style }) => ({
  ...style,
  ...(numFmt && !/"[^"]{3,}"/.test(numFmt) && { numFmt }),
})

/** @returns whether what should stand there does */
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
  return !('value' in change && isFormula)
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
  const workbook = kind === 'xls' ? await readXls(bytes) : await openXlsx(bytes, { readStyles: true })
  if (kind === 'xls')
    for (const sheet of workbook.sheets)
      sheet.rows = Array.from(sheet.rows, (row) => Array.from(row ?? [], (cell) => cell ?? null))
  if (only) workbook.sheets = workbook.sheets.filter(({ name }) => only.has(name)).map(stripped)
  const left = fill(workbook.sheets)
  // Only what is written anew is sure to have nothing else in it.
  const isAnew = only || kind === 'xls'
  return {
    ...left,
    bytes: isAnew ? await writeXlsx({ sheets: workbook.sheets }) : await saveXlsx(workbook),
  }
}

parentPort.postMessage(await filled())
