// The completions of one unit, one for each indicator of the scheme, and the total that they make (`domain.md` C4.5).
import type Fraction from 'fraction.js'
import { known } from './decimal.ts'
import { totalOf } from './ranking.ts'
import { weighed } from './standing.ts'

/** The exact completion; 'na' = 不涉及; undefined = the indicator is not for units of this level. */
export type Share = Fraction | 'na' | undefined

/** Weight and cap of an indicator. */
export interface Weight {
  weight: string
  cap: string
}

/** The total that is shown: two decimals; null = 未参评. @param net points added or taken off by document */
export function totalFrom(indicators: Weight[], shares: Share[], net = '0'): string | null {
  const parts = indicators.flatMap(({ weight, cap }, at) => {
    const share = shares[at]
    return share === undefined ? [] : [{ weight, cap, share }]
  })
  return totalOf(weighed(parts), net)
}

/** As they are stored: exact, in the order of the scheme, `3/4,1,-,` for ¾, done, 不涉及 and none. */
export const sharesText = (shares: Share[]): string => shares.map(shareText).join(',')

export const shareText = (share: Share): string =>
  share === undefined ? '' : share === 'na' ? '-' : share.toFraction()

export const sharesFrom = (text: string): Share[] =>
  text.split(',').map((one) => (one === '' ? undefined : one === '-' ? 'na' : known(one)))

/** Hundredths of a total or of a per cent, as they are ranked: 84.03 → 8403. */
export const hundredths = (total: string | null): number | null =>
  total === null ? null : Math.round(Number(total.replace('.', '')))

/** 8403 → 84.03 */
export const decimal = (cents: number): string =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
