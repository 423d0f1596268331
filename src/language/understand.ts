// A sentence becomes a meaning: which command, which names, which amounts belong to which indicator. Pure.
import { type Amount, findAmounts } from './amounts.ts'
import { type DaySpan, findDays } from './days.ts'
import type { Lexicon, Named, Spot } from './lexicon.ts'
import { type Leftover, leftovers, type matcher, type SlotName, skeleton } from './phrases.ts'

/** 初验, 验收: a step of a milestone indicator. */
export type StepAmount = { kind: 'step'; step: string; indicators: number[]; start: number; end: number }

/** One number of a report, as said. Indicator or amount may be missing. */
export interface Item {
  unit?: Spot
  indicator?: Spot
  amount?: Amount | StepAmount
  /** Said as an increment: 新增, 又, 再, 多了, +N. */
  add: boolean
}

export interface Meaning {
  /** The normalised sentence. */
  text: string
  /** Index of the selected command in the matcher's list. */
  command?: number
  /** How much of a phrase was there: under 4, only names and numbers. */
  score: number
  units: Spot[]
  indicators: Spot[]
  people: Spot[]
  items: Item[]
  /** 今天没有新进展. */
  nothingNew: boolean
  day?: string
  /** 「编号12」: the report or request that is meant. */
  number?: number
  /** What nobody could explain; empty when all of the sentence was understood. */
  rest: string
}

export interface Understanding {
  lexicon: Lexicon
  match: ReturnType<typeof matcher>
  /** Whether a unit may be meant by its sound: only those of this chat may (`domain.md` C3.9). */
  inScope: (unit: number) => boolean
  today: string
}

const addWords = /新增|新签|又|再|多了|增加|\+/
const nothingNewWords = /(?:没有?|无|暂无)(?:什么)?(?:新)?(?:进展|变化|新增)|零报告/
const numbered = /编号\s?(\d{1,12})/

export function understand(text: string, { lexicon, match, inScope, today }: Understanding): Meaning {
  const counts = (named: Named) => named.kind === 'indicator' || (named.kind === 'unit' && inScope(named.id))
  const number = text.match(numbered)
  const days = findDays(text, today)
  const read = (spots: Spot[]) => {
    const covered = [...spots, ...days, ...(number ? [span(number)] : [])]
    const overlaps = (start: number, end: number) =>
      covered.some((other) => start < other.end && end > other.start)
    const amounts = [...findAmounts(text, overlaps), ...spots.filter(isStep).map(stepAmount)].sort(byStart)
    const tokens = [...spots.flatMap(slotOf), ...slots('amount', amounts), ...slots('day', days)].sort(
      byStart,
    )
    const chosen = match(skeleton(text, tokens).replaceAll(' ', ''))
    const rest = leftovers(text, [...tokens, ...covered], chosen?.explained ?? [])
    return { spots, amounts, chosen, rest }
  }
  const first = read(lexicon.spot(text, counts))
  // What is left may be the short form of a name: then the sentence is read once more with it.
  const short = first.rest.flatMap((left) => shortSpots(left, lexicon.shortFor(left.text, counts)))
  const { spots, amounts, chosen, rest } =
    short.length > 0 ? read([...first.spots, ...short].sort(byStart)) : first
  const of = (kind: Named['kind']) => spots.filter((spot) => spot.kind === kind)
  const day = days[0]?.date
  return {
    text,
    ...(chosen && { command: chosen.index }),
    score: chosen?.score ?? 0,
    units: of('unit'),
    indicators: of('indicator'),
    people: of('person'),
    items: pair(text, of('unit'), of('indicator'), amounts),
    nothingNew: nothingNewWords.test(text),
    ...(day !== undefined && { day }),
    ...(number?.[1] && { number: Number(number[1]) }),
    rest: rest.map((left) => left.text).join(''),
  }
}

/** A short form stands for units or for indicators; what could be both is left unexplained. */
function shortSpots({ start, end }: Leftover, candidates: Named[]): Spot[] {
  const [first] = candidates
  if (!first || candidates.some(({ kind }) => kind !== first.kind)) return []
  return [{ kind: first.kind, how: 'short', start, end, candidates }]
}

/** To each indicator the first amount behind it, else the nearest before it: 红色物业3个, 新签了一个红色物业. */
function pair(text: string, units: Spot[], indicators: Spot[], amounts: (Amount | StepAmount)[]): Item[] {
  const free = new Set(amounts)
  const from = (start: number, end: number) =>
    [...free].filter((amount) => amount.start >= start && amount.start < end)
  const items = indicators.map((indicator, at): Item => {
    const before = indicators[at - 1]?.end ?? 0
    const next = indicators[at + 1]?.start ?? text.length
    const amount = nearest(from(indicator.end, next)) ?? nearest(from(before, indicator.start).reverse())
    if (amount) free.delete(amount)
    const said = text.slice(Math.min(indicator.start, amount?.start ?? indicator.start, before), next)
    return { ...ownUnit(units, indicator), indicator, ...(amount && { amount }), add: isAdd(said, amount) }
  })
  if (items.length > 0) return items
  const [only] = amounts
  const unit = units[0]
  return only ? [{ ...(unit && { unit }), amount: only, add: isAdd(text, only) }] : []
}

/** The unit named last before the indicator, else the first one named at all. */
function ownUnit(units: Spot[], { start }: Spot): { unit?: Spot } {
  const unit = units.findLast((one) => one.start < start) ?? units[0]
  return unit ? { unit } : {}
}

const isAdd = (said: string, amount: Item['amount']) =>
  amount?.kind === 'number' && (amount.plus || addWords.test(said))
/** A number tells more than 完成: 红色物业完成3个. */
const nearest = (amounts: (Amount | StepAmount)[]) =>
  amounts.find(({ kind }) => !['yes', 'no', 'whole'].includes(kind)) ?? amounts[0]
const slotOf = ({ kind, start, end }: Spot) => (kind === 'step' ? [] : slots(kind, [{ start, end }]))
const isStep = (spot: Spot) => spot.kind === 'step'
const stepAmount = ({ start, end, candidates }: Spot): StepAmount => ({
  ...{ kind: 'step', start, end, step: candidates[0]?.name ?? '' },
  indicators: candidates.map(({ id }) => id),
})
const slots = (slot: SlotName, spans: { start: number; end: number }[]) =>
  spans.map(({ start, end }) => ({ slot, start, end }))
const byStart = (a: { start: number }, b: { start: number }) => a.start - b.start
const span = (match: RegExpMatchArray): DaySpan => {
  const start = match.index ?? 0
  return { start, end: start + match[0].length, date: '' }
}
