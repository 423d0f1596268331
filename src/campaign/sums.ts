// What the communities of a street, or of the district, add up to for one indicator: sums to which one community can
// be added, or taken away again, without looking at the others (`domain.md` C4.7).
import Fraction from 'fraction.js'
import { completion, type Measure, type Measured } from './completion.ts'
import { known } from './decimal.ts'

export interface Part extends Measure, Measured {
  /** False = 不涉及, with a reason and an approver. */
  applies: boolean
  reported: boolean
}

/** All of them over the parts that apply. */
export interface Sums {
  applicable: Fraction
  reported: Fraction
  /** Count and amount, what was not reported standing at its baseline; yes_no: how many are done. */
  value: Fraction
  target: Fraction
  baseline: Fraction
  /** Ratios that were reported with their parts, and how many those are. */
  num: Fraction
  den: Fraction
  parted: Fraction
  /** Ratios that were reported as a bare percentage, added up. */
  bare: Fraction
  /** Completions, each by itself, added up: for what is no sum but a mean. */
  shares: Fraction
}

/** As they are stored: exact, and what is 0 left out. */
export type SumsText = Partial<Record<keyof Sums, string>>

const names = [
  ...(['applicable', 'reported', 'value', 'target', 'baseline'] as const),
  ...(['num', 'den', 'parted', 'bare', 'shares'] as const),
]
const zero = new Fraction(0)
const one = new Fraction(1)

export const noSums = (): Sums => ({
  applicable: zero,
  reported: zero,
  value: zero,
  target: zero,
  baseline: zero,
  num: zero,
  den: zero,
  parted: zero,
  bare: zero,
  shares: zero,
})

/** What one community adds; nothing when the indicator does not apply to it. */
export function sumsOf(part: Part): Sums {
  const share = part.applies ? completion(part, part) : 'na'
  if (share === 'na') return noSums()
  const isRatio = part.kind === 'ratio'
  const isParted = isRatio && part.reported && part.num !== null && part.den !== null
  const isSum = part.kind === 'count' || part.kind === 'amount'
  return {
    applicable: one,
    reported: part.reported ? one : zero,
    value: known(isSum ? (part.value ?? part.baseline) : part.kind === 'yes_no' ? (part.value ?? '0') : '0'),
    target: known(isSum ? (part.target ?? '0') : isRatio ? (part.target ?? '100') : '0'),
    baseline: isSum ? known(part.baseline) : zero,
    num: isParted ? known(part.num ?? '0') : zero,
    den: isParted ? known(part.den ?? '0') : zero,
    parted: isParted ? one : zero,
    bare: isRatio && part.reported && !isParted ? known(part.value ?? '0') : zero,
    shares: isSum || isRatio ? zero : share,
  }
}

// Most of the ten are nothing, or do not change.
export const plus = (a: Sums, b: Sums): Sums =>
  each((name) => (b[name].n === 0n ? a[name] : a[name].add(b[name])))
export const minus = (a: Sums, b: Sums): Sums =>
  each((name) => (a[name].equals(b[name]) ? zero : a[name].sub(b[name])))

export function sumsText(sums: Sums): SumsText {
  return Object.fromEntries(
    names.flatMap((name) => (sums[name].equals(0) ? [] : [[name, sums[name].toFraction()]])),
  )
}

export const sumsFrom = (text: SumsText): Sums =>
  each((name) => (text[name] === undefined ? zero : new Fraction(text[name])))

function each(of: (name: keyof Sums) => Fraction): Sums {
  const sums = noSums()
  for (const name of names) sums[name] = of(name)
  return sums
}
