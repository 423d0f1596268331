// Why a file cannot be read, in words that say what to do instead.

export const maxInflated = 64 << 20
export const maxOld = 5 << 20

const saveAgain = '请用 Excel 或 WPS 打开，另存为 .xlsx 再发。'

export const notExcel = `这不是 Excel 文件（.xlsx 或 .xls）。${saveAgain}`
export const locked = '文件加了密码，打不开。请用 Excel 或 WPS 打开，去掉密码，保存后再发。'
export const binary = `这是 .xlsb 文件，读不了。${saveAgain}`
export const damaged = '文件不完整或已损坏，打不开。请用 Excel 打开，另存为新的 .xlsx 再发。'
export const tooLarge = `文件解开后太大（超过 ${maxInflated >> 20} MB）。请只保留需要的工作表，删掉图片，再发。`
export const unusual = '文件的压缩方式不支持。请用 Excel 或 WPS 打开，另存为新的 .xlsx 再发。'
export const oldTooLarge = `旧版 Excel 文件（.xls）太大，最多 ${maxOld >> 20} MB。${saveAgain}`
const empty = '文件是空的，可能没有传完。请重新发一次。'
const word = '这是 Word 文档，不是表格。请把表格复制到 Excel，另存为 .xlsx 再发。'
const slides = '这是演示文稿，不是表格。请把表格复制到 Excel，另存为 .xlsx 再发。'
const openDocument = `这是 .ods 文件，读不了。${saveAgain}`
const page = `这是网页格式的表（有些系统导出的 .xls 其实是网页）。${saveAgain}`
const xml = `这是 XML 格式的表，读不了。${saveAgain}`
const text = `这是文本文件（如 .csv），不是 Excel 文件。${saveAgain}`
const pdf = '这是 PDF，不是表格。请发原来的 Excel 文件。'
const picture = '这是图片，不是表格。请发原来的 Excel 文件。'
const packed = '这是压缩包。请解压，发里面的 Excel 文件。'

const beginnings: [bytes: string, words: string][] = [
  ['%PDF', pdf],
  ['\x89PNG', picture],
  ['\xff\xd8\xff', picture],
  ['GIF8', picture],
  ['Rar!', packed],
  ['7z\xbc\xaf', packed],
]

/** What a file is that neither Excel wrote. */
export function otherFile(file: Buffer): string {
  if (file.length === 0) return empty
  const start = file.toString('latin1', 0, 1024).replace(/^\xef\xbb\xbf/, '')
  const known = beginnings.find(([bytes]) => start.startsWith(bytes))
  if (known) return known[1]
  if (/<html|<!doctype html/i.test(start)) return page
  if (/^\s*<\?xml/.test(start)) return xml
  if (/<table/i.test(start)) return page
  return isText(start) ? text : notExcel
}

/** What a zip file holds that is no workbook. */
export function otherZip(names: string[]): string {
  if (names.includes('xl/workbook.bin')) return binary
  if (names.includes('word/document.xml')) return word
  if (names.includes('ppt/presentation.xml')) return slides
  if (names.includes('content.xml')) return openDocument
  return names.length > 0 && !names.includes('[Content_Types].xml') ? packed : notExcel
}

/** What an OLE2 container holds that is no workbook. */
export function otherOle(names: string[]): string {
  if (names.includes('WordDocument')) return word
  return names.includes('PowerPoint Document') ? slides : notExcel
}

/** Text has no control characters but those for lines and tabs. */
const isText = (start: string): boolean =>
  start.length > 1 && ![...start].some((one) => one < ' ' && !'\t\r\n\f'.includes(one))
