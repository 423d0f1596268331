// What people put into cells, read exactly: numbers, dates, percentages and lists in the ways that they write them.
import Fraction from 'fraction.js'
import type { Cell } from './read.ts'

type Filled = NonNullable<Cell>
export type Parsed<T> = { value: T } | { wrong: string }
/** Reads a cell that is not empty. */
export type Parser<T> = (cell: Filled) => Parsed<T>

const mostDigits = 12
const mostDecimals = 15
const mostText = 100
const longestDate = 60

/** For comparing what people typed: full-width as half-width, without spaces, in small letters. */
export function key(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u200b*]+/g, '')
    .toLowerCase()
}

export const text: Parser<string> = (cell) => {
  const value = String(cell).replace(/\s+/g, ' ').trim()
  return value.length > mostText ? { wrong: `太长，最多 ${mostText} 个字` } : { value }
}

/** Names separated by 、 or a comma or a semicolon. */
export const list: Parser<string[]> = (cell) => {
  const parts = String(cell).split(/[、，,；;\n]/)
  return { value: [...new Set(parts.map((part) => part.trim()).filter(Boolean))] }
}

/** A number that is not negative, as a plain decimal: `1,234.50` → `1234.5`. */
export const decimal: Parser<string> = (cell) => {
  // Excel keeps 15 digits: the rest of a binary float is noise.
  const said = typeof cell === 'number' ? String(Number(cell.toPrecision(15))) : key(String(cell))
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(said) ? said.replaceAll(',', '') : said
  const digits = /^(-?)(\d+)(?:\.(\d+))?$/.exec(plain)
  if (typeof cell === 'boolean' || !digits) return { wrong: `「${cell}」不是数字` }
  if (digits[1]) return { wrong: `${said} 是负数` }
  if ((digits[2] ?? '').length > mostDigits || (digits[3] ?? '').length > mostDecimals)
    return { wrong: `${said} 太大或小数位太多` }
  return { value: new Fraction(plain).toString() }
}

/** Points given or taken, as a signed decimal: `2`, `+2`, 加2分; `-1.5`, 减1.5, 扣1.5分. Without a sign they are given. */
export const signed: Parser<string> = (cell) => {
  const said = typeof cell === 'string' ? /^([-+−–加减扣]?)(\d.*?)分?$/.exec(key(cell)) : null
  const number = decimal(said?.[2] ?? (typeof cell === 'number' ? Math.abs(cell) : cell))
  if ('wrong' in number) return number
  const isTaken = said ? /^[-−–减扣]/.test(said[1] ?? '') : Number(cell) < 0
  return isTaken && number.value !== '0' ? { value: `-${number.value}` } : number
}

export const whole: Parser<string> = (cell) => {
  const number = decimal(cell)
  return 'value' in number && number.value.includes('.') ? { wrong: `${number.value} 不是整数` } : number
}

/**
 * Per cent as a number 0…100. A number below 1 is a cell formatted as a percentage (95% is stored as 0.95); a bare 1
 * could be 1% or 100%, so it is refused.
 */
export const percent: Parser<string> = (cell) => {
  if (typeof cell === 'string' && /[%％]\s*$/.test(cell))
    return upTo100(decimal(cell.replace(/[%％]\s*$/, '')))
  const number = decimal(cell)
  if ('wrong' in number) return number
  if (number.value === '1') return { wrong: '分不清是 1% 还是 100%，请用文本写「100%」，或改填分子和分母' }
  const share = new Fraction(number.value)
  return share.lt(1) ? { value: share.mul(100).toString() } : upTo100(number)
}

/** A share of the whole 0…1, written 40%, 0.4 or 40. A plan of one per cent makes no sense, so 1 is the whole. */
export const share: Parser<string> = (cell) => {
  if (key(String(cell)) === '1') return { value: '1' }
  const whole = percent(cell)
  return 'wrong' in whole ? whole : { value: new Fraction(whole.value).div(100).toString() }
}

function upTo100(number: Parsed<string>): Parsed<string> {
  return 'value' in number && new Fraction(number.value).gt(100)
    ? { wrong: `${number.value} 超过 100%` }
    : number
}

/** 2026-03-01, 2026/3/1 8:30, 2026.3.1, 2026年3月1日, 20260301, or Excel's number of days. */
export const date: Parser<string> = (cell) => {
  if (String(cell).length > longestDate) return { wrong: '太长，不是日期，请写成 2026-03-01' }
  const said = key(String(cell).replace(/(?:\s+|T)\d{1,2}[:：]\d{2}\S*\s*$/, ''))
  const parts =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(said) ?? /^(20\d\d)(\d\d)(\d\d)$/.exec(said)
  if (parts) {
    const [year = '', month = '', day = ''] = parts.slice(1)
    return calendarDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, said)
  }
  // Serial numbers of the years 2000 to 2099.
  const days = typeof cell === 'number' ? Math.floor(cell) : 0
  if (days >= 36_526 && days <= 73_050) return { value: isoDate((days - 25_569) * 86_400_000) }
  return { wrong: `「${cell}」不是日期，请写成 2026-03-01` }
}

const isoDate = (ms: number) => new Date(ms).toISOString().slice(0, 10)

function calendarDate(iso: string, said: string): Parsed<string> {
  const ms = Date.parse(iso)
  const exists = !Number.isNaN(ms) && isoDate(ms) === iso
  return exists ? { value: iso } : { wrong: `没有「${said}」这一天` }
}

/** 是/否, √/×, 1/0. */
export const yesNo: Parser<string> = (cell) => {
  const said = key(String(cell))
  if (['是', '√', '✓', '✔', '1', 'true', '已完成', '完成'].includes(said)) return { value: '1' }
  if (['否', '×', '✗', '0', 'false', '未完成'].includes(said)) return { value: '0' }
  return { wrong: `「${cell}」看不懂，请写「是」或「否」` }
}

/** One of a fixed set of words. */
export function word<T>(words: Record<string, T>): Parser<T> {
  const known = new Map(Object.entries(words).map(([said, value]) => [key(said), value]))
  return (cell) => {
    const value = known.get(key(String(cell)))
    return value === undefined
      ? { wrong: `「${cell}」不在可选范围：${Object.keys(words).join('、')}` }
      : { value }
  }
}

/** A mobile number: 11 digits, as typed with spaces or dashes too. */
export const phone: Parser<string> = (cell) => {
  const digits = key(String(cell))
    .replace(/^\+?86(?=1\d{10}$)/, '')
    .replaceAll('-', '')
  return /^1\d{10}$/.test(digits) ? { value: digits } : { wrong: `「${cell}」不是 11 位手机号` }
}
