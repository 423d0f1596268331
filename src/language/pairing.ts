// To each indicator of a sentence its unit and its number (`domain.md` C3.5). Pure.
import { type Adding, isTotal, type Span } from './adding.ts'
import type { Amount } from './amounts.ts'
import type { Spot } from './lexicon.ts'

/** 初验, 验收: a step of a milestone indicator. */
export type StepAmount = { kind: 'step'; step: string; indicators: number[]; start: number; end: number }
export type Said = Amount | StepAmount

/** One number of a report, as said. Indicator or amount may be missing. */
export interface Item {
  unit?: Spot
  indicator?: Spot
  amount?: Said
  /** Said as an increment: 新增, 又, 再, 多了, +N. */
  add: boolean
  /** What of it is new, where all there is was said: 累计3个，新增1个; 0 of 没有新增. */
  added?: Said
}

/**
 * To each indicator an amount: the first behind it, else the nearest before it (红色物业3个, 新签了一个红色物业); the
 * other way round in a sentence that begins with a number and ends with a name (8个指导员、9个监督员).
 */
export function pair(
  text: string,
  { units, indicators, amounts }: { units: Spot[]; indicators: Spot[]; amounts: Said[] },
  { increments, noMore }: Adding<Said>,
): Item[] {
  const [first] = indicators
  const last = indicators.at(-1)
  const free = new Set(amounts)
  const from = (start: number, end: number) =>
    [...free].filter((amount) => amount.start >= start && amount.start < end)
  const nearest = (some: Said[]) => nearestOf(text, some, increments)
  const itemOf = (said: { unit?: Spot; indicator?: Spot; amount?: Said }, region: Span): Item => {
    const { amount } = said
    const isAdd = amount !== undefined && increments.has(amount)
    const added = amount && !isAdd ? from(region.start, region.end).filter((one) => increments.has(one)) : []
    const [more] = added.sort((a, b) => distance(a, said) - distance(b, said))
    if (more) free.delete(more)
    return { ...said, add: isAdd, ...(more && { added: more }) }
  }
  if (!first || !last) {
    const only = nearest(amounts)
    if (!only) return []
    free.delete(only)
    const [unit] = units
    const item = itemOf({ ...(unit && { unit }), amount: only }, { start: 0, end: text.length })
    return withoutMore(text, [item], units, noMore)
  }
  const behind = (at: number) =>
    nearest(from(indicators[at]?.end ?? 0, indicators[at + 1]?.start ?? text.length))
  const ahead = (at: number) =>
    nearest(from(indicators[at - 1]?.end ?? 0, indicators[at]?.start ?? 0).reverse())
  const numbersFirst = from(0, first.start).length > 0 && from(last.end, text.length).length === 0
  const taken = new Map<number, Said>()
  for (const look of numbersFirst ? [ahead, behind] : [behind, ahead])
    for (const at of indicators.keys()) {
      const amount = taken.has(at) ? undefined : look(at)
      if (amount) taken.set(at, amount)
      if (amount) free.delete(amount)
    }
  const items = indicators.map((indicator, at) => {
    const amount = taken.get(at)
    const said = { ...ownUnit(units, indicator), indicator, ...(amount && { amount }) }
    const start = indicators[at - 1]?.end ?? 0
    return itemOf(said, { start, end: indicators[at + 1]?.start ?? text.length })
  })
  return withoutMore(text, items, [...units, ...indicators], noMore)
}

/** A number tells more than 完成: 红色物业完成3个. What there is in all is reported: 新增1个，累计3个. */
function nearestOf(text: string, some: Said[], increments: Set<Said>): Said | undefined {
  const first = some.find(({ kind }) => isNumber({ kind }) || kind === 'step') ?? some[0]
  if (!first || !increments.has(first)) return first
  return some.find((one) => isNumber(one) && !increments.has(one) && isTotal(text, one)) ?? first
}

/** 没有新增 is said of the number before it, 都没有新增 of all before it; of the one behind it when there is none. */
function withoutMore(text: string, items: Item[], names: Spot[], noMore: Span[]): Item[] {
  const added = new Map<Item, Item['added']>()
  for (const words of noMore) {
    const none = { kind: 'number', value: '0', scaled: false, plus: false, uom: '', ...words } as const
    const placed = items.filter(({ amount }) => amount !== undefined)
    const before = placed.filter(({ amount }) => (amount?.end ?? 0) <= words.start)
    const isAll = /[都均]/.test(text.slice(words.start, words.end))
    const meant = isAll ? before : before.slice(-1)
    for (const item of meant.length > 0 ? meant : placed.slice(0, 1)) {
      const { start, end } = spanOf(item)
      const isOthers = names.some((name) => name.start >= end && name.end <= words.start)
      if (!isOthers && start !== undefined && !item.add) added.set(item, none)
    }
  }
  return items.map((item) => {
    const none = item.added ?? added.get(item)
    return none ? { ...item, added: none } : item
  })
}

/** The unit named last before the indicator, else the first one named at all. */
function ownUnit(units: Spot[], { start }: Spot): { unit?: Spot } {
  const unit = units.findLast((one) => one.start < start) ?? units[0]
  return unit ? { unit } : {}
}

const spanOf = ({ indicator, amount }: Pick<Item, 'indicator' | 'amount'>): Span => {
  const [a, b] = [indicator ?? amount, amount ?? indicator]
  return {
    start: Math.min(a?.start ?? 0, b?.start ?? 0),
    end: Math.max(a?.end ?? 0, b?.end ?? 0),
  }
}
const distance = (one: Span, item: Pick<Item, 'indicator' | 'amount'>) => {
  const { start, end } = spanOf(item)
  return Math.max(0, start - one.end, one.start - end)
}
export const isNumber = ({ kind }: { kind: string }) => ['number', 'ratio', 'percent'].includes(kind)
