// What hucre's row stream leaves out of a worksheet: merged cells, hidden rows, which numbers are shown as per cent, and
// which formulas were never worked out. Plain JavaScript, as it runs in the worker.
import { inflateRawSync } from 'node:zlib'

const mostMerges = 20_000
const percent = /%(?=(?:[^"]*"[^"]*")*[^"]*$)/
const attribute = (name) => new RegExp(`(?:^|\\s)${name}=["']([^"']*)["']`)
const [idOf, codeOf, formatOf, refOf, styleOf, rowOf, typeOf] = [
  ...['numFmtId', 'formatCode', 'numFmtId', 'ref', 's', 'r', 't'],
].map(attribute)
const relation = { id: attribute('Id'), target: attribute('Target') }
const sheetId = /\s\w+:id=["']([^"']*)["']/

/**
 * @param bytes the file
 * @param parts its zip directory
 * @returns for each sheet, in the order of the workbook, a function that reads its layout
 */
export function layouts(bytes, parts) {
  const text = (name) => {
    const part = parts.find((one) => one.name === name)
    if (!part) return ''
    const packed = bytes.subarray(part.start, part.end)
    // All that matters is ASCII, and one byte a character is half the memory.
    return Buffer.from(part.method === 0 ? packed : inflateRawSync(packed)).toString('latin1')
  }
  const targets = new Map()
  for (const [tag] of text('xl/_rels/workbook.xml.rels').matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g))
    targets.set(relation.id.exec(tag)?.[1], relation.target.exec(tag)?.[1])
  const percentStyles = percentStylesIn(text('xl/styles.xml'))
  return [...text('xl/workbook.xml').matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)].map(([tag]) => () => {
    const target = targets.get(sheetId.exec(tag)?.[1]) ?? ''
    return layoutOf(text(target.startsWith('/') ? target.slice(1) : `xl/${target}`), percentStyles)
  })
}

/** The numbers of the cell styles that show a number as per cent. */
function percentStylesIn(xml) {
  const formats = new Set(['9', '10'])
  for (const [tag] of xml.matchAll(/<(?:\w+:)?numFmt\s[^>]*>/g))
    if (percent.test((codeOf.exec(tag)?.[1] ?? '').replaceAll('&quot;', '"')))
      formats.add(idOf.exec(tag)?.[1])
  const styles = /<(?:\w+:)?cellXfs[\s>][\s\S]*?<\/(?:\w+:)?cellXfs>/.exec(xml)?.[0] ?? ''
  const all = [...styles.matchAll(/<(?:\w+:)?xf\s[^>]*>/g)].map(([tag]) => formatOf.exec(tag)?.[1])
  return new Set(all.flatMap((format, at) => (formats.has(format) ? String(at) : [])))
}

function layoutOf(xml, percentStyles) {
  return {
    merges: mergesIn(xml),
    hiddenRows: /<(?:\w+:)?row\s[^>]*\shidden=["'](?:1|true)["']/.test(xml) ? hiddenIn(xml) : [],
    percents:
      percentStyles.size > 0 ? placesIn(xml, (tag) => percentStyles.has(styleOf.exec(tag)?.[1])) : null,
    unworked: /<(?:\w+:)?f[\s/>]/.test(xml) ? unworkedIn(xml) : null,
  }
}

/** Rows as the sheet shows them, columns from 0. */
function mergesIn(xml) {
  const merges = []
  for (const [tag] of xml.matchAll(/<(?:\w+:)?mergeCell\s[^>]*>/g)) {
    const ends = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(refOf.exec(tag)?.[1] ?? '')
    if (!ends || merges.length >= mostMerges) continue
    const [, left, top, right, bottom] = ends
    merges.push({ top: Number(top), left: columnOf(left), bottom: Number(bottom), right: columnOf(right) })
  }
  return merges
}

function hiddenIn(xml) {
  const rows = [...xml.matchAll(/<(?:\w+:)?row\s[^>]*\shidden=["'](?:1|true)["'][^>]*>/g)]
  return rows.flatMap(([tag]) => rowOf.exec(tag)?.[1] ?? []).map(Number)
}

/** @returns the references of the cells, such as B12 */
function placesIn(xml, wanted) {
  const places = new Set()
  for (const [tag] of xml.matchAll(/<(?:\w+:)?c\s[^>]*>/g)) if (wanted(tag)) places.add(rowOf.exec(tag)?.[1])
  return places
}

/** Formulas that no program has worked out yet; one whose result is an empty text has a type that says so. */
function unworkedIn(xml) {
  const places = new Set()
  const cells =
    /<((?:\w+:)?c\s[^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:\/>|>[^<]*<\/(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*\/>\s*|<(?:\w+:)?v>\s*<\/(?:\w+:)?v>\s*)?<\/(?:\w+:)?c>/g
  for (const [, tag] of xml.matchAll(cells))
    if (typeOf.exec(tag)?.[1] !== 'str') places.add(rowOf.exec(tag)?.[1])
  return places
}

/** A → 0, AA → 26. */
const columnOf = (letters) => [...letters].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0) - 1
