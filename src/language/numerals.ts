// Numbers as Chinese people write and dictate them: 3, 1,200, 三, 俩, 十八万五, 3.5万, 二〇二六.
import Fraction from 'fraction.js'

export interface NumberSpan {
  start: number
  end: number
  /** Decimal string in plain units: 十八万五 → `185000`. */
  value: string
  /** Written with 万 or 亿, so it does not mean a bare count of 万; 八千 may. */
  scaled: boolean
}

const digits: Record<string, number> = {
  ...{ 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 俩: 2, 三: 3, 仨: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
}
const small: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }
const large: Record<string, number> = { 万: 10_000, 亿: 100_000_000 }
const arabic = '\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?'
/** 15万一共: 一 is part of the word behind it. */
const han = '[零〇二两俩三仨四五六七八九十百千万亿点]|一(?![共直定样般切])'
const pattern = new RegExp(`(${arabic})([万亿])?|(?:${han})+`, 'g')
/** Digits of both kinds in one number, as speech is written down: 15万5千6百, 15万零五百. */
const mixed = new RegExp(`(?:${arabic}|${han})+`, 'g')

/** Every number in the text, from left to right. */
export function findNumbers(text: string): NumberSpan[] {
  return [...text.matchAll(mixed)].flatMap(({ index, 0: whole }) => {
    const value = /\d/.test(whole) ? readMixed(whole, text.slice(index + whole.length)) : undefined
    if (value === undefined) return separate(whole, index)
    return [{ start: index, end: index + whole.length, value, scaled: /[万亿]/.test(whole) }]
  })
}

function separate(text: string, offset: number): NumberSpan[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [whole, plain, scale] = match
    const value = plain
      ? new Fraction(plain.replaceAll(',', '')).mul(large[scale ?? ''] ?? 1).toString()
      : readChinese(whole)
    if (value === undefined) return []
    const scaled = plain ? scale !== undefined : /[万亿]/.test(whole)
    const start = offset + match.index
    return [{ start, end: start + whole.length, value, scaled }]
  })
}

/**
 * @param behind what follows; 15万3个 are two numbers, 15万3 and 15万3元 are one
 * @returns undefined when it is not plainly one number
 */
function readMixed(text: string, behind: string): string | undefined {
  const [, whole, decimals, scale = ''] = text.match(/^(\d+)[.点](\d+)([千万亿])$/) ?? []
  if (whole !== undefined) return new Fraction(`${whole}.${decimals}`).mul(unitOf(scale)).toString()
  // 5千, 15万5千6百, and at the end 5 for 5千, or all places: 零500, 5000.
  const parts = text.match(/^(?:(?:\d{1,4}|[一二两三四五六七八九]|[零〇](?=.))[十百千万亿]*)+$/)
  const tail = text.match(/([十百千万亿])([零〇]?)(\d+|[一二两三四五六七八九])$/)
  if (!parts || !/[十百千万亿]/.test(text) || /\d[一二两三四五六七八九]|[一二两三四五六七八九]\d/.test(text))
    return undefined
  if (tail) {
    const [, unit = '', zero = '', last = ''] = tail
    const isWhole = zero !== '' || (last.length > 1 && 10 ** last.length === unitOf(unit))
    if (!isWhole && last.length > 1) return undefined
    if (!isWhole && /^(?!元|块|了)\p{Script=Han}/u.test(behind)) return undefined
    if (isWhole) {
      const head = readWhole(tokens(text.slice(0, -last.length).replace(/[零〇]$/, '')))
      return head === undefined ? undefined : String(head + (digits[last] ?? Number(last)))
    }
  }
  const value = readWhole(tokens(text))
  return value === undefined ? undefined : String(value)
}

const tokens = (text: string): string[] => text.match(/\d+|./gu) ?? []
const unitOf = (character: string) => small[character] ?? large[character] ?? 1

/** @returns the decimal string, or undefined when the characters are no number (万 alone, 点点) */
function readChinese(text: string): string | undefined {
  const [whole = '', decimals, ...more] = text.split('点')
  if (more.length > 0 || decimals === '') return undefined
  // 十五点五万
  const scale = decimals?.match(/[千万亿]$/)?.[0] ?? ''
  const tail = decimals === undefined ? '' : readDigits(decimals.slice(0, decimals.length - scale.length))
  const head = whole === '' ? undefined : readHan(whole)
  if (head === undefined || tail === undefined || (decimals !== undefined && tail === '')) return undefined
  if (decimals === undefined) return String(head)
  return scale === '' ? `${head}.${tail}` : new Fraction(`${head}.${tail}`).mul(unitOf(scale)).toString()
}

function readDigits(text: string): string | undefined {
  const found = [...text].map((character) => digits[character])
  return found.includes(undefined) ? undefined : found.join('')
}

function readHan(text: string): number | undefined {
  // 七八个, 二三十个, 十七八个: about so many is no number. 二〇二六 and 一九四九 are digits one after another.
  if (/[一二两俩三仨四五六七八九]{2}/.test(text) && !/^[零〇一二三四五六七八九]{4,}$/.test(text))
    return undefined
  if (text.length > 1 && !/[十百千万亿]/.test(text)) {
    const plain = readDigits(text)
    return plain === undefined ? undefined : Number(plain)
  }
  return readWhole([...text])
}

function readWhole([first = '', ...more]: string[]): number | undefined {
  if (/^[百千万亿]/.test(first)) return undefined
  let total = 0
  let section = 0
  let digit: number | undefined
  let unit = 1
  let lastSmall = 10_000
  for (const token of [first, ...more]) {
    const value = digits[token] ?? (/^\d/.test(token) ? Number(token) : undefined)
    if (value !== undefined) {
      digit = value
      if (value === 0) unit = 1
    } else if (token in small) {
      unit = small[token] ?? 1
      // 一百五十千: of what is before it, there are so many thousands.
      section = unit > lastSmall ? (section + (digit ?? 0)) * unit : section + (digit ?? 1) * unit
      lastSmall = unit
      digit = undefined
    } else {
      const scale = large[token] ?? 1
      total = (total + section + (digit ?? 0)) * scale
      section = 0
      digit = undefined
      unit = scale
      lastSmall = 10_000
    }
  }
  // 十八万五 and 一百二: the last digit counts tenths of the unit before it.
  const rest = digit === undefined ? 0 : unit > 10 ? digit * (unit / 10) : digit
  return total + section + rest
}
