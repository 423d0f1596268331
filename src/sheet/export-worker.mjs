// Writes an export in a thread of its own. Plain JavaScript for the same reason as worker.mjs.
import { parentPort, workerData } from 'node:worker_threads'
import { writeXlsx } from 'hucre/xlsx'

const { lampCells } = workerData
const sheets = []
const font = { name: '等线', size: 11 }
const line = { style: 'thin', color: { rgb: 'E5E7EB' } }
const border = { top: line, right: line, bottom: line, left: line }
const solid = (rgb) => ({ type: 'pattern', pattern: 'solid', fgColor: { rgb } })
const headStyle = {
  ...{ font: { ...font, bold: true, color: { rgb: 'FFFFFF' } }, fill: solid('B3261E'), border },
  alignment: { vertical: 'center', wrapText: true },
}
const formats = {
  ...{ date: 'yyyy-mm-dd', moment: 'yyyy-mm-dd hh:mm', percent: '0.00%', two: '0.00', text: '@' },
  plain: undefined,
}
/** One object for each look: the writer tells styles apart by what is in them, and this is less to compare. */
const looks = new Map()

function styleOf(format, lamp) {
  const name = `${format}/${lamp}`
  const known = looks.get(name)
  if (known) return known
  const numFmt = formats[format]
  const { tint, ink } = lampCells[lamp]
  const style = {
    ...(numFmt && { numFmt }),
    ...{ font: { ...font, color: { rgb: ink } }, border },
    ...(tint && { fill: solid(tint) }),
  }
  looks.set(name, style)
  return style
}

function sheetOf({ name, columns, rows, frozen = 0, letter = false }) {
  const cells = new Map()
  const head = letter ? [] : [columns.map(({ title }) => title)]
  for (const [column, value] of (head[0] ?? []).entries())
    cells.set(`0,${column}`, { value, type: 'string', style: headStyle })
  const plain = rows.map((row, at) =>
    columns.map(({ format = 'plain' }, column) => {
      const cell = row[column] ?? null
      // Ordinary cells look as their column does; what has a lamp looks like it.
      if (cell === null || typeof cell !== 'object' || cell instanceof Date) return cell
      cells.set(`${at + head.length},${column}`, { value: cell.value, style: styleOf(format, cell.lamp) })
      return cell.value
    }),
  )
  const last = letterOf(columns.length - 1)
  return {
    ...{ name, rows: [...head, ...plain], cells },
    columns: columns.map(({ width, format = 'plain' }) => ({
      ...{ width, ...(formats[format] && { style: { numFmt: formats[format] } }) },
      ...(letter && { style: { alignment: { wrapText: true, vertical: 'top' } } }),
    })),
    ...(!letter && {
      freezePane: { rows: 1, ...(frozen > 0 && { columns: frozen }) },
      autoFilter: { range: `A1:${last}${Math.max(1, rows.length) + 1}` },
      rowDefs: new Map([[0, { height: 32 }]]),
    }),
    pageSetup: {
      ...{ paperSize: 'a4', orientation: letter ? 'portrait' : 'landscape' },
      ...{ fitToPage: true, fitToWidth: 1, fitToHeight: 0, ...(!letter && { printTitlesRow: '$1:$1' }) },
    },
    headerFooter: { oddFooter: '&C第 &P 页，共 &N 页' },
    view: { showGridLines: !letter },
  }
}

function letterOf(column) {
  const rest = Math.floor(column / 26)
  return (rest > 0 ? letterOf(rest - 1) : '') + String.fromCharCode(65 + (column % 26))
}

async function write({ title, made }) {
  parentPort.postMessage(
    await writeXlsx({
      sheets: sheets.map(sheetOf),
      properties: { title, created: made, modified: made },
      defaultFont: font,
    }),
  )
}

parentPort.on('message', ({ sheet, rows, finish }) => {
  if (sheet) sheets.push({ ...sheet, rows: [] })
  if (rows) sheets.at(-1).rows.push(...rows)
  if (finish) void write(finish)
})
