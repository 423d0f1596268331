// Numbers that count something else than the indicator: 红色物业3分, 红色物业3人. Pure.
import type { Named } from './lexicon.ts'
import { type Item, isNumber, type Said } from './pairing.ts'

/** 红色物业3分, 监督员3次: so many of something else. 全部完成，还差1个 is not all. */
export function misfits(text: string, items: Item[]): string[] {
  const numbers = items.flatMap(({ amount, added }) => [amount, added]).filter((one) => one && isNumber(one))
  // 其中 without the number of which it is a part.
  if (numbers.length === 1 && text.includes('其中')) return ['其中']
  return items.flatMap(({ indicator, amount }) => {
    if (!amount || !indicator) return []
    if (amount.kind === 'whole') return text.slice(amount.end).match(/[差缺欠剩没未][^,，。;；]*/) ?? []
    const isOther = indicator.candidates.every(
      ({ measure }) =>
        amount.kind === 'number' &&
        ((measure === 'count' && /^(?:分|次|万?元)$/.test(amount.uom)) ||
          ((measure === 'amount' || measure === 'score') && /^[个家人名户条项栋座所位]$/.test(amount.uom))),
    )
    return isOther || countsOthers(indicator.candidates, amount) ? [text.slice(amount.start, amount.end)] : []
  })
}

const people = /^[人名位]$/
const places = /^[户栋座条]$/
/** 红色物业3人, 监督员3户: people are no offices, and houses are neither. */
const countsOthers = (indicators: Named[], amount: Said): boolean =>
  amount.kind === 'number' &&
  indicators.every(
    ({ measure, uom = '' }) =>
      measure === 'count' &&
      ((people.test(amount.uom) && !people.test(uom)) || (places.test(amount.uom) && !places.test(uom))),
  )
