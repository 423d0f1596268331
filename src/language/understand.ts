// A sentence becomes a meaning: which command, which names, which amounts belong to which indicator. Pure.
import { addingIn, type Span, sinceWhen } from './adding.ts'
import { findAmounts, impliedYes } from './amounts.ts'
import { isAside, isWeighty, mayBeName, stretchAround } from './aside.ts'
import { type DaySpan, findDays } from './days.ts'
import { withoutFrame } from './frame.ts'
import { harmlessCharacters, harmlessWords, withoutHarmless } from './harmless.ts'
import { hedgesIn, othersIn } from './hedges.ts'
import { withoutGone, withoutPast } from './leaving.ts'
import { namesIn, widenShort } from './leftover-names.ts'
import { withLevel } from './level.ts'
import { type Lexicon, type Named, type Spot, saysNothing } from './lexicon.ts'
import { misfits } from './misfits.ts'
import { nested } from './nested.ts'
import { type Item, isNumber, pair, type Said, type StepAmount } from './pairing.ts'
import { joinParts, withoutEcho } from './parts.ts'
import { isFiller, type Leftover, leftovers, type matcher, type SlotName, skeleton } from './phrases.ts'
import { findReason, type Reason } from './reason.ts'
import { plainly, quotedIn } from './spoken.ts'

export type { Item, StepAmount } from './pairing.ts'

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
  /** Another day that is named as well: whose number is of which? */
  otherDay?: string
  /** 「编号12」: the report or request that is meant. */
  number?: number
  /** Why, in the person's words; what stands in it is no part of the rest. */
  reason?: Reason
  /** Several units and several numbers, of which it cannot be told which belong together. */
  isTangled: boolean
  /** What nobody could explain; empty when all of the sentence was understood. */
  rest: string
  /** Of that, what may change a number: an unknown name, a denial, a guess. */
  unclear: string
}

export interface Understanding {
  lexicon: Lexicon
  match: ReturnType<typeof matcher>
  /** Whether a unit may be meant by its sound: only those of this chat may (`domain.md` C3.9). */
  inScope: (unit: number) => boolean
  /** Whether a unit is part of another one, or the same. */
  isWithin: (unit: number, other: number) => boolean
  today: string
}

const nothingNewWords =
  /(?:没有?|无|未|暂无|不再)(?:什么|啥子?)?新?(?:进展|变化|新增|动静|进度|情况)|零报|[没无]变动|照旧|老样子|没动$/
const harmless = { words: harmlessWords, characters: harmlessCharacters }
/** What is wanted is said at the head; phrases cost more than a text is long. */
const longestMatched = 240
/** 金苑金苑金苑…, five hundred times: five tell as much. */
const again = /(.{1,8}?)\1{5,}/gu
const head = (text: string): string =>
  text
    .replaceAll(' ', '')
    .slice(0, 2 * longestMatched)
    .replaceAll(again, '$1$1$1$1$1')
    .slice(0, longestMatched)
const numbered = /编号\s?(\d{1,12})/

export function understand(said: string, known: Understanding): Meaning {
  const { lexicon, match, inScope, today } = known
  const reason = findReason(said)
  const quoted = quotedIn(said)
  const counts = (named: Named) => named.kind === 'indicator' || (named.kind === 'unit' && inScope(named.id))
  const namesOf = (some: string) =>
    lexicon.spot(some, counts).filter(({ how }) => how === 'exact' || how === 'sound')
  const text = withoutFrame(plainly(without(without(said, reason), { start: 0, end: quoted })), namesOf)
  const number = text.match(numbered)
  const since = sinceWhen(text)
  const isSince = ({ start, end }: Span) => since.some((words) => start < words.end && end > words.start)
  const days = findDays(text, today).filter((day) => !isSince(day))
  const read = (spots: Spot[]) => {
    const covered = [...spots, ...days, ...(number ? [span(number)] : [])]
    const overlaps = (start: number, end: number) =>
      covered.some((other) => start < other.end && end > other.start)
    const indicators = spots.filter(({ kind }) => kind === 'indicator')
    const implied = spots.flatMap((spot) => impliedYes(text, spot))
    const counted = [
      ...findAmounts(text, overlaps).filter((one) => !implied.some((yes) => isWithin(yes, one))),
      ...[...spots.filter(isStep).map(stepAmount), ...implied],
    ].sort(byStart)
    const amounts = joinParts(
      text,
      indicators,
      withoutEcho(text, withoutPast(text, withoutGone(text, counted))),
    ).sort(byStart)
    const tokens = [...spots.flatMap(slotOf), ...slots('amount', amounts), ...slots('day', days)].sort(
      byStart,
    )
    const adding = addingIn<Said>(text, amounts.filter(isNumber), indicators)
    const chosen = match(head(skeleton(text, tokens)))
    const found = [...tokens, ...covered, ...since, ...adding.noMore]
    const left = (idle?: typeof harmless) => leftovers(text, found, chosen?.explained ?? [], idle)
    return { spots, amounts, adding, chosen, left, tokens }
  }
  const named = nested(text, lexicon.spot(text, counts), known.isWithin)
  const first = read([
    ...quotedNames(named, quoted > 0 ? lexicon.spot(said.slice(0, quoted), counts) : []),
    ...named,
  ])
  // What is left may be the short form of a name: then the sentence is read once more with it.
  const heard = first
    .left()
    .flatMap((left) => namesIn(left, lexicon, counts))
    .map((spot) => withLevel(text, widenShort(text, spot, lexicon, counts)))
  const short = heard.filter(
    (spot, at) => spot.candidates.length === 1 || !isSaidAgain(spot, [...named, ...heard.slice(0, at)]),
  )
  const saidAgain = heard.filter((spot) => !short.includes(spot))
  const { spots, amounts, adding, chosen, left, tokens } =
    short.length > 0 ? read([...first.spots, ...short].sort(byStart)) : first
  const of = (kind: Named['kind']) => spots.filter((spot) => spot.kind === kind)
  const items = pair(text, { units: of('unit'), indicators: of('indicator'), amounts }, adding)
  const [noNumber, noUnit] = [
    unusedUnits(of('unit'), items).map((unit) => withWords(text, unit, adding.noMore)),
    unusedAmounts([...spots, ...amounts], items),
  ]
  const unused = [...noNumber, ...noUnit, ...adding.unclear]
  const names = tokens.filter(({ slot }) => slot !== 'day')
  const open = (one: Leftover) =>
    !saysNothing(one.text) && ![...saidAgain, ...unused].some((span) => isWithin(one, span))
  const wordsOf = (some: Leftover[]) =>
    [
      ...some.map((one) => withContext(text, one)),
      ...unused.map(({ start, end }) => text.slice(start, end)),
    ].join('')
  const unexplained = left().filter(open)
  const weighs = left(harmless).filter(
    (one) => !isAside(text, one, names) && mayMatter(text, one, { tokens, amounts }),
  )
  const day = days[0]?.date
  const otherDay = days.find(({ date }) => date !== day)?.date
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
    ...(otherDay !== undefined && { otherDay }),
    ...(number?.[1] && { number: Number(number[1]) }),
    ...(reason && { reason }),
    isTangled: noNumber.length > 0 && noUnit.length > 0,
    rest: wordsOf(unexplained),
    unclear: together(wordsOf(unexplained.filter((one) => weighs.some((part) => isWithin(part, one)))), [
      ...hedgesIn(withoutSteps(text, tokens, amounts, items), text, saysNoName),
      ...misfits(text, items),
      ...(nothingNewWords.test(text) && amounts.length === 0 ? othersIn(text) : []),
    ]),
  }
}

const without = (text: string, span: Span | undefined): string =>
  span ? text.slice(0, span.start) + ' '.repeat(span.end - span.start) + text.slice(span.end) : text

/** 「金苑共建项目1个」这个数是谁报的: what is answered tells what is spoken of, where the answer does not. */
function quotedNames(named: Spot[], quoted: Spot[]): Spot[] {
  const has = (kind: Spot['kind']) => named.some((spot) => spot.kind === kind)
  return quoted.filter(({ kind }) => (kind === 'unit' || kind === 'indicator') && !has(kind))
}

/** A short form that could mean several says nothing new where one of them is named: 非公企业63家，建了党组织的65家. */
const isSaidAgain = ({ kind, candidates }: Spot, named: Spot[]): boolean =>
  named.some(
    (other) =>
      other.kind === kind &&
      other.candidates.length === 1 &&
      (kind === 'indicator' || candidates.some(({ id }) => id === other.candidates[0]?.id)),
  )

/**
 * In the clause of the number, and before it, whatever is no word of doing and telling may change it: 翠竹红色物业3个,
 * 监督员3人离职了. In clauses behind the last number only what weighs does.
 */
function mayMatter(
  text: string,
  left: Leftover,
  { tokens, amounts }: { tokens: Span[]; amounts: Said[] },
): boolean {
  const isBehind =
    amounts.length > 0 &&
    amounts.every(({ end }) => end <= left.start && /[,，。;；!！()（）\n]/.test(text.slice(end, left.start)))
  // 书记，… and 领导我们…: at the head it is who is spoken to.
  if (text.slice(0, left.start).trim() === '' && spokenTo.test(left.text)) return false
  const stretch = stretchAround(text, left, tokens)
  return !isBehind || isWeighty(stretch) || mayBeName(stretch)
}

const spokenTo = /^(?:各位|尊敬的)*(?:领导|书记|主任|老师|同志)们?[您你]?好?$/

/** What was not understood and what is hedged; nothing twice. */
function together(left: string, hedged: string[]): string {
  const unheard = hedged.some((words) => words.includes(left)) ? '' : left
  return [unheard, ...hedged.filter((words) => !unheard.includes(words))].filter(Boolean).join(' ')
}

/** Words of doing and telling, whose 社区 is no name: 报一下社区红色物业3个. */
const saysNoName = (words: string): boolean => withoutHarmless(words) === '' || isFiller(words)

/** The sentence for hedges: a step of another indicator is a word like any other, 申报红色物业3个. */
function withoutSteps(
  text: string,
  tokens: { slot: SlotName; start: number; end: number }[],
  amounts: Said[],
  items: Item[],
): string {
  const used = new Set(items.map(({ amount }) => amount))
  const steps = amounts.filter((one) => one.kind === 'step' && !used.has(one))
  const marked = tokens.filter(({ start }) => !steps.some((step) => step.start === start))
  return amounts.length > 0 ? skeleton(text, marked).replaceAll(' ', '') : ''
}

/** 没到3个, 约3个: one character that turns a number into something else must not be overlooked. */
function withContext(text: string, left: Leftover): string {
  return /^[没不未无别约近超逾]$/.test(left.text) ? text.slice(left.start, left.end + 1) : left.text
}

const isWithin = (inner: Span, outer: Span) => inner.start >= outer.start && inner.end <= outer.end
const around = (a: Span, b: Span): Span => ({
  start: Math.min(a.start, b.start),
  end: Math.max(a.end, b.end),
})

/** 汝河小区无新增: the words behind a place are said of it. */
const withWords = (text: string, unit: Span, words: Span[]): Span =>
  around(
    unit,
    words.find(({ start }) => start >= unit.end && text.slice(unit.end, start).trim() === '') ?? unit,
  )

/** 红色物业6→7: a number that belongs to no item is not passed over in silence. It is shown with what is before it. */
function unusedAmounts(tokens: (Spot | Said)[], items: Item[]): Span[] {
  const used = new Set<unknown>(items.flatMap(({ amount, added }) => [amount, added]))
  const stepped = items.flatMap(({ amount }) => (amount?.kind === 'step' ? amount.indicators : []))
  const isOtherStep = (token: Spot | Said) =>
    'indicators' in token && token.indicators.some((id) => stepped.includes(id))
  return tokens
    .filter((token) => (isNumber(token) || token.kind === 'no' || isOtherStep(token)) && !used.has(token))
    .map((token) => {
      const previous = tokens.filter(({ end }) => end <= token.start).sort(byStart)
      return around(previous.at(-1) ?? { start: 0, end: 0 }, token)
    })
}

/** 金苑、汝河小区红色物业3个: the number would go to the last one only. 汝河路街道金苑社区 is one place already. */
function unusedUnits(units: Spot[], items: Item[]): Span[] {
  if (items.length === 0) return []
  const used = new Set(items.map(({ unit }) => unit))
  return units.filter((unit) => !used.has(unit))
}

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
