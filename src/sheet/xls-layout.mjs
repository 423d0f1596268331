// The same for an old .xls: which sheets and rows are hidden, and which numbers are shown as per cent.
const records = { eof: 0x0a, format: 0x041e, xf: 0xe0, sheet: 0x85, row: 0x208 }
/** Records of one number, and where several stand in one. */
const numbers = new Set([0x203, 0x27e, 0x06])
const severalNumbers = 0xbd
const percent = /%(?=(?:[^"]*"[^"]*")*[^"]*$)/

/** @param bytes the records of the workbook @returns for each sheet what `layouts` gives, with places as row,column */
export function xlsLayouts(bytes) {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const formats = new Set([9, 10])
  const styles = []
  const sheets = []
  for (const { id, data } of recordsFrom(all, 0)) {
    if (id === records.format && percent.test(formatText(data))) formats.add(data.readUInt16LE(0))
    if (id === records.xf) styles.push(data.readUInt16LE(2))
    if (id === records.sheet) sheets.push({ at: data.readUInt32LE(0), hidden: (data[4] & 3) !== 0 })
  }
  const percentStyles = new Set(styles.flatMap((format, at) => (formats.has(format) ? at : [])))
  return sheets.map(({ at, hidden }) => ({ hidden, ...sheetLayout(all, at, percentStyles) }))
}

function sheetLayout(all, from, percentStyles) {
  const hiddenRows = []
  const percents = new Set()
  for (const { id, data } of recordsFrom(all, from)) {
    if (id === records.row && data.length >= 16 && data.readUInt16LE(12) & 0x20)
      hiddenRows.push(data.readUInt16LE(0) + 1)
    if (numbers.has(id) && data.length >= 6 && percentStyles.has(data.readUInt16LE(4)))
      percents.add(`${data.readUInt16LE(0)},${data.readUInt16LE(2)}`)
    if (id === severalNumbers)
      for (let n = 0; 4 + n * 6 + 8 <= data.length; n++)
        if (percentStyles.has(data.readUInt16LE(4 + n * 6)))
          percents.add(`${data.readUInt16LE(0)},${data.readUInt16LE(2) + n}`)
  }
  return { hiddenRows, percents }
}

function* recordsFrom(all, from) {
  for (let at = from; at + 4 <= all.length; ) {
    const id = all.readUInt16LE(at)
    const end = at + 4 + all.readUInt16LE(at + 2)
    if (id === records.eof || end > all.length) return
    yield { id, data: all.subarray(at + 4, end) }
    at = end
  }
}

/** The signs of a number format are ASCII, with one byte each or two. */
const formatText = (data) => data.toString((data[4] ?? 0) & 1 ? 'utf16le' : 'latin1', 5)
