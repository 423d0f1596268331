// Numbers as text: read exactly, however they were written, and shown with two decimals.
import Fraction from 'fraction.js'

const written = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$/
const longest = 400

/**
 * The exact plain decimal of a number: 0.1 is a tenth, 1e-7 is 0.0000001. A JavaScript number is taken by its shortest
 * decimal text, so that nothing is computed in binary.
 * @returns undefined for what is no number, is infinite, or is longer than 400 characters
 */
export function decimalText(number: number | string): string | undefined {
  const text = String(number)
  const [, sign = '', whole = '', part = '', exponent = '0'] = text.match(written) ?? []
  const digits = whole + part
  if (digits === '' || text.length > longest) return undefined
  const minus = sign === '-' ? '-' : ''
  const places = part.length - Number(exponent)
  if (places <= 0) return minus + digits + '0'.repeat(-places)
  const padded = digits.padStart(places + 1, '0')
  return `${minus}${padded.slice(0, -places)}.${padded.slice(-places)}`
}

/** Exact, where `new Fraction(0.123456789)` would be the nearest simple fraction. */
export function exactly(number: number | string): Fraction {
  const text = decimalText(number)
  if (text === undefined) throw new RangeError(`${number} is no number`)
  return new Fraction(text)
}

/** Half-up to two decimals, both always written: `84.03`, `7.50`. */
export function twoPlaces(number: Fraction): string {
  const { s, n } = number.mul(100).round()
  const digits = String(n).padStart(3, '0')
  return `${s < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

// The same few texts come again and again: weights, caps, and shares such as 3/4.
const parsed = new Map<string, Fraction>()
const parsedAtMost = 5_000

/** The number that a stored text stands for, `0.75` or `3/4`: read once, as long as it is among the last thousands. */
export function known(text: string): Fraction {
  const before = parsed.get(text)
  if (before) return before
  if (parsed.size >= parsedAtMost) parsed.clear()
  const fraction = new Fraction(text)
  parsed.set(text, fraction)
  return fraction
}
