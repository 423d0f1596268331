// A sentence becomes a meaning: which command, which names, which amounts belong to which indicator. Pure.
import { type Amount, findAmounts } from './amounts.ts'
import { type DaySpan, findDays } from './days.ts'
import { type Lexicon, type Named, type Spot, saysNothing } from './lexicon.ts'
import { type Leftover, leftovers, type matcher, type SlotName, skeleton } from './phrases.ts'
import { findReason, type Reason } from './reason.ts'

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
  /** Why, in the person's words; what stands in it is no part of the rest. */
  reason?: Reason
  /** Several units and several numbers, of which it cannot be told which belong together. */
  isTangled: boolean
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

const addWords = /新增|新签|新建|又|再|多了|增加?(?!加?[到至])|\+/
const nothingNewWords =
  /(?:没有?|无|暂无)(?:什么|啥子?)?新?(?:进展|变化|新增|动静|进度)|零报|[没无]变动|照旧|老样子|没动$/
const separator = /[,;。!\n、]/
const numbered = /编号\s?(\d{1,12})/

export function understand(said: string, { lexicon, match, inScope, today }: Understanding): Meaning {
  const reason = findReason(said)
  const text = reason
    ? said.slice(0, reason.start) + ' '.repeat(reason.end - reason.start) + said.slice(reason.end)
    : said
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
  const items = pair(text, of('unit'), of('indicator'), amounts)
  const [noNumber, noUnit] = [
    unusedUnits(text, of('unit'), items),
    unusedAmounts([...spots, ...amounts], items),
  ]
  const unused = [...noNumber, ...noUnit]
  const day = days[0]?.date
  return {
    text: said,
    ...(chosen && { command: chosen.index }),
    score: chosen?.score ?? 0,
    units: of('unit'),
    indicators: of('indicator'),
    people: of('person'),
    items,
    nothingNew: nothingNewWords.test(text),
    ...(day !== undefined && { day }),
    ...(number?.[1] && { number: Number(number[1]) }),
    ...(reason && { reason }),
    isTangled: noNumber.length > 0 && noUnit.length > 0,
    rest: [
      ...rest
        .filter((left) => !saysNothing(left.text) && !unused.some((span) => isWithin(left, span)))
        .map((left) => withContext(text, left)),
      ...unused.map(({ start, end }) => text.slice(start, end)),
    ].join(''),
  }
}

/** 没到3个, 约3个: one character that turns a number into something else must not be overlooked. */
function withContext(text: string, left: Leftover): string {
  return /^[没不未无别约近超逾]$/.test(left.text) ? text.slice(left.start, left.end + 1) : left.text
}

/** A short form stands for units or for indicators; what could be both is left unexplained. */
function shortSpots({ start, end }: Leftover, candidates: Named[]): Spot[] {
  const [first] = candidates
  if (!first || candidates.some(({ kind }) => kind !== first.kind)) return []
  return [{ kind: first.kind, how: 'short', start, end, candidates }]
}

/**
 * To each indicator an amount: the first behind it, else the nearest before it (红色物业3个, 新签了一个红色物业); the
 * other way round in a sentence that begins with a number and ends with a name (8个指导员、9个监督员).
 */
function pair(text: string, units: Spot[], indicators: Spot[], amounts: (Amount | StepAmount)[]): Item[] {
  const [first] = indicators
  const last = indicators.at(-1)
  if (!first || !last) {
    const [only] = amounts
    const unit = units[0]
    return only ? [{ ...(unit && { unit }), amount: only, add: isAdd(text, only) }] : []
  }
  const free = new Set(amounts)
  const from = (start: number, end: number) =>
    [...free].filter((amount) => amount.start >= start && amount.start < end)
  const behind = (at: number) =>
    nearest(from(indicators[at]?.end ?? 0, indicators[at + 1]?.start ?? text.length))
  const ahead = (at: number) =>
    nearest(from(indicators[at - 1]?.end ?? 0, indicators[at]?.start ?? 0).reverse())
  const numbersFirst = from(0, first.start).length > 0 && from(last.end, text.length).length === 0
  const taken = new Map<number, Amount | StepAmount>()
  for (const look of numbersFirst ? [ahead, behind] : [behind, ahead])
    for (const at of indicators.keys()) {
      const amount = taken.has(at) ? undefined : look(at)
      if (amount) taken.set(at, amount)
      if (amount) free.delete(amount)
    }
  const spans = indicators.map((indicator, at) => around(indicator, taken.get(at) ?? indicator))
  return indicators.map((indicator, at): Item => {
    const amount = taken.get(at)
    const said = clause(text, spans[at - 1], spans[at] ?? indicator, spans[at + 1])
    return { ...ownUnit(units, indicator), indicator, ...(amount && { amount }), add: isAdd(said, amount) }
  })
}

interface Span {
  start: number
  end: number
}
const isWithin = (inner: Span, outer: Span) => inner.start >= outer.start && inner.end <= outer.end
const around = (a: Span, b: Span): Span => ({
  start: Math.min(a.start, b.start),
  end: Math.max(a.end, b.end),
})

/** What is said of one number: a word between two numbers belongs to the later one unless a comma is behind it. */
function clause(
  text: string,
  before: Span | undefined,
  { start, end }: Span,
  after: Span | undefined,
): string {
  const between = before ? text.slice(before.end, start) : text.slice(0, start)
  const comma = between.search(separator)
  const tail = after ? (text.slice(end, after.start).match(separator)?.index ?? 0) : text.length - end
  return (before && comma >= 0 ? between.slice(comma) : between) + text.slice(start, end + tail)
}

/** 红色物业6→7: a number that belongs to no item is not passed over in silence. It is shown with what is before it. */
function unusedAmounts(tokens: (Spot | Amount | StepAmount)[], items: Item[]): Span[] {
  const used = new Set<unknown>(items.map(({ amount }) => amount))
  return tokens
    .filter((token) => (isNumber(token) || token.kind === 'no') && !used.has(token))
    .map((token) => {
      const previous = tokens.filter(({ end }) => end <= token.start).sort(byStart)
      return around(previous.at(-1) ?? { start: 0, end: 0 }, token)
    })
}

/** 金苑、汝河小区红色物业3个: the number would go to the last one only. 汝河路街道金苑社区 is one place. */
function unusedUnits(text: string, units: Spot[], items: Item[]): Span[] {
  if (items.length === 0) return []
  const used = new Set(items.map(({ unit }) => unit))
  return units.filter((unit, at) => {
    const next = units[at + 1]
    const isPrefix = next && /^\s*$/.test(text.slice(unit.end, next.start))
    return !used.has(unit) && !isPrefix
  })
}

/** The unit named last before the indicator, else the first one named at all. */
function ownUnit(units: Spot[], { start }: Spot): { unit?: Spot } {
  const unit = units.findLast((one) => one.start < start) ?? units[0]
  return unit ? { unit } : {}
}

const isAdd = (said: string, amount: Item['amount']) =>
  amount?.kind === 'number' && (amount.plus || addWords.test(said))
const isNumber = ({ kind }: { kind: string }) => ['number', 'ratio', 'percent'].includes(kind)
/** A number tells more than 完成: 红色物业完成3个. */
const nearest = (amounts: (Amount | StepAmount)[]) =>
  amounts.find(({ kind }) => isNumber({ kind }) || kind === 'step') ?? amounts[0]
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
