// How far a unit was in a snapshot, without points by document: those are in its total, and are no completion. Pure.
import Fraction from 'fraction.js'
import { hundredths } from './shares.ts'
import { overall } from './standing.ts'

/** What a snapshot kept: hundredths of a per cent as far as they count, by unit and indicator; undefined = nothing. */
export type KeptShares = (unit: number, indicator: number) => number | undefined

/**
 * The completion that kept shares come to. As they are rounded, so is what they come to: to the cent it is the one of the
 * candidates that is as good as the same.
 * @param candidates what it may have been exactly, the likeliest first: the total, where no points were in it
 * @returns two decimals; null = 未参评
 */
export function keptCompletion(
  indicators: Iterable<{ id: number; weight: string; cap: string }>,
  kept: (indicator: number) => number | undefined,
  candidates: (string | null | undefined)[],
): string | null {
  const share = overall(
    [...indicators].map(({ id, weight, cap }) => {
      const cents = kept(id)
      return { weight, cap, share: cents === undefined ? 'na' : new Fraction(cents, 10_000) }
    }),
  )
  if (share === undefined) return null
  const rounded = share.mul(100).round(2).valueOf().toFixed(2)
  const isSame = (one: string) => Math.abs((hundredths(one) ?? 0) - (hundredths(rounded) ?? 0)) <= 1
  return candidates.find((one): one is string => one != null && isSame(one)) ?? rounded
}
