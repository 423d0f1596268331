// Points given and taken by document (加减分), and what a veto does (`domain.md` C4.5, C4.6). Pure.
import Fraction from 'fraction.js'

/** As much as all of a unit's items of one sign count for, and as much as one of them may say. */
export const limits = { plus: 10, minus: 20 } as const

/** What a veto does, as people write it. */
export const effectNames = { no_award: '不评先', indicator_zero: '该项得0分', rank_last: '排名末位' } as const

export interface Net {
  /** What was given, and what was taken as a positive number: exact decimals. */
  plus: string
  minus: string
  /** plus − minus, to be added to the total before it is kept between 0 and 110. */
  net: string
}

/**
 * What a unit's items come to: plus ≤ 10, minus ≤ 20, whatever order they came in.
 * @param items points as signed decimals
 */
export function netOf(items: { points: string }[]): Net {
  const sums = sumsOf(items)
  const plus = least(sums.plus, limits.plus)
  const minus = least(sums.minus, limits.minus)
  return { plus: plus.toString(), minus: minus.toString(), net: plus.sub(minus).toString() }
}

/** What documents do to a unit's line. */
export interface Decision {
  /** Points to be added to the total. */
  net: string
  /** Indicators that count as nothing done. */
  zeroed: ReadonlySet<number>
  /** Ranked behind everybody. */
  isLast: boolean
}

export const undecided: Decision = { net: '0', zeroed: new Set(), isLast: false }

/** @param vetoes those that are in force */
export function decide(
  items: { points: string }[],
  vetoes: { indicator: number | null; effect: keyof typeof effectNames }[],
): Decision {
  // So it is with almost every unit.
  if (items.length === 0 && vetoes.length === 0) return undecided
  const zeroing = vetoes.filter(({ effect }) => effect === 'indicator_zero')
  return {
    net: netOf(items).net,
    zeroed: new Set(zeroing.flatMap(({ indicator }) => indicator ?? [])),
    isLast: vetoes.some(({ effect }) => effect === 'rank_last'),
  }
}

/** What was given or taken beyond what counts, in words for the clerk; empty when all of it counts. */
export function beyondLimits(items: { points: string }[]): string[] {
  const { plus, minus } = sumsOf(items)
  return [
    ...(plus.gt(limits.plus) ? [`加分合计 ${plus}，只计 ${limits.plus}`] : []),
    ...(minus.gt(limits.minus) ? [`减分合计 ${minus}，只计 ${limits.minus}`] : []),
  ]
}

function sumsOf(items: { points: string }[]): { plus: Fraction; minus: Fraction } {
  let [plus, minus] = [new Fraction(0), new Fraction(0)]
  for (const { points } of items) {
    const one = new Fraction(points)
    if (one.gt(0)) plus = plus.add(one)
    else minus = minus.sub(one)
  }
  return { plus, minus }
}

const least = (sum: Fraction, limit: number): Fraction => (sum.gt(limit) ? new Fraction(limit) : sum)
