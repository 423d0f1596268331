// Numbers as Chinese people write and dictate them: 3, 1,200, 三, 俩, 十八万五, 3.5万, 二〇二六.
import Fraction from 'fraction.js'

export interface NumberSpan {
  start: number
  end: number
  /** Decimal string in plain units: 十八万五 → `185000`. */
  value: string
  /** Written with 万 or 亿, so it does not mean a bare count of 万. */
  scaled: boolean
}

const digits: Record<string, number> = {
  ...{ 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 俩: 2, 三: 3, 仨: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
}
const small: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }
const large: Record<string, number> = { 万: 10_000, 亿: 100_000_000 }
const arabic = '\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?'
const pattern = new RegExp(`(${arabic})([万亿])?|[零〇一二两俩三仨四五六七八九十百千万亿点]+`, 'g')

/** Every number in the text, from left to right. */
export function findNumbers(text: string): NumberSpan[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [whole, plain, scale] = match
    const value = plain
      ? new Fraction(plain.replaceAll(',', '')).mul(large[scale ?? ''] ?? 1).toString()
      : readChinese(whole)
    if (value === undefined) return []
    const scaled = plain ? scale !== undefined : /[万亿]/.test(whole)
    return [{ start: match.index, end: match.index + whole.length, value, scaled }]
  })
}

/** @returns the decimal string, or undefined when the characters are no number (万 alone, 点点) */
function readChinese(text: string): string | undefined {
  const [whole = '', decimals, ...more] = text.split('点')
  if (more.length > 0 || decimals === '') return undefined
  const tail = decimals === undefined ? '' : readDigits(decimals)
  const head = whole === '' ? undefined : readWhole(whole)
  if (head === undefined || tail === undefined) return undefined
  return decimals === undefined ? String(head) : `${head}.${tail}`
}

function readDigits(text: string): string | undefined {
  const found = [...text].map((character) => digits[character])
  return found.includes(undefined) ? undefined : found.join('')
}

function readWhole(text: string): number | undefined {
  // 七八个, 二三十个, 十七八个: about so many is no number. 二〇二六 and 一九四九 are digits one after another.
  if (/[一二两俩三仨四五六七八九]{2}/.test(text) && !/^[零〇一二三四五六七八九]{4,}$/.test(text))
    return undefined
  if (text.length > 1 && !/[十百千万亿]/.test(text)) {
    const plain = readDigits(text)
    return plain === undefined ? undefined : Number(plain)
  }
  if (/^[百千万亿]/.test(text)) return undefined
  let total = 0
  let section = 0
  let digit: number | undefined
  let unit = 1
  for (const character of text) {
    const value = digits[character]
    if (value !== undefined) {
      digit = value
      if (value === 0) unit = 1
    } else if (character in small) {
      unit = small[character] ?? 1
      section += (digit ?? 1) * unit
      digit = undefined
    } else {
      const scale = large[character] ?? 1
      total = (total + section + (digit ?? 0)) * scale
      section = 0
      digit = undefined
      unit = scale
    }
  }
  // 十八万五 and 一百二: the last digit counts tenths of the unit before it.
  const rest = digit === undefined ? 0 : unit > 10 ? digit * (unit / 10) : digit
  return total + section + rest
}
