// Why a score is what it is: what each indicator costs of a hundred points, to the last cent (`domain.md` N20, C4.5). Pure.
import Fraction from 'fraction.js'

/** One indicator of a unit. */
export interface Counted {
  share: Fraction | 'na'
  weight: string
  cap: string
  /** The completion that one more piece would bring. */
  next?: Fraction | undefined
}

export interface Loss<T> {
  of: T
  /** Points out of a hundred that are missing; negative where over-fulfilment pays. */
  lost: Fraction
  /** Points that it may bring at most, and those that it brings. */
  most: Fraction
  earned: Fraction
  /** Points that one more piece would bring. */
  gain?: Fraction
}

/** `total` + Σ `lost` = 100 + `adjustment` + `cut`, exactly. */
export interface Explanation<T> {
  /** Not rounded yet. */
  total: Fraction
  /** Of the indicators that are not 不涉及, in the order given. */
  losses: Loss<T>[]
  adjustment: Fraction
  /** What keeping the total between 0 and 110 gave or, negative, took. */
  cut: Fraction
}

const hundred = new Fraction(100)
const zero = new Fraction(0)
const highest = 110

/**
 * Takes a score apart. What does not apply is left out, above and below the line.
 * @param adjustment points given and taken by document, as far as they count (`netOf`)
 * @returns undefined when nothing applies: 未参评
 */
export function explain<T extends Counted>(parts: T[], adjustment = zero): Explanation<T> | undefined {
  const counting = parts.filter(({ share }) => share !== 'na')
  const weights = sum(counting.map(({ weight }) => new Fraction(weight)))
  if (weights.equals(0)) return undefined
  const losses = counting.map((of): Loss<T> => {
    const most = hundred.mul(of.weight).div(weights)
    const reached = capped(of.share === 'na' ? zero : of.share, of.cap)
    const earned = most.mul(reached)
    const gain = of.next && most.mul(capped(of.next, of.cap).sub(reached))
    return { of, most, earned, lost: most.sub(earned), ...(gain?.gt(0) && { gain }) }
  })
  const before = sum(losses.map(({ earned }) => earned)).add(adjustment)
  const total = before.lt(0) ? zero : before.gt(highest) ? new Fraction(highest) : before
  return { total, losses, adjustment, cut: total.sub(before) }
}

/** Half-up, as totals are. */
export const hundredthsOf = (points: Fraction): number => points.mul(hundred).round().valueOf()

const capped = (share: Fraction, cap: string) => (share.gt(cap) ? new Fraction(cap) : share)
const sum = (numbers: Fraction[]): Fraction => numbers.reduce((total, one) => total.add(one), zero)
