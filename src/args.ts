// How commands read their arguments: from what was said, else from who says it where, else by asking.
import type { Arg } from './command.ts'
import { type Indicator, isActive, type Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import { isGuess, type Spot } from './language/lexicon.ts'
import { Question } from './question.ts'
import { ownUnit, type Sentence, scopeOf } from './turn.ts'

/**
 * The unit that is meant. When none is said (`domain.md` C3.9): `mine` = the sender's; `chat` = the group's, but the
 * sender's with 我们, and the sender's in private.
 */
export function unit(fallback: 'mine' | 'chat'): Arg<Unit> {
  return (turn) => {
    const [spot] = turn.meaning.units
    if (spot) return pickUnit(turn, spot)
    const own = ourUnit(turn)
    const mine = fallback === 'mine' || !turn.chatUnit || ours.test(turn.meaning.text)
    const meant = (mine ? own : turn.chatUnit) ?? (turn.person && !own ? turn.roster.root : undefined)
    if (meant) return meant
    if (!turn.person && turn.message.chat.kind === 'single') throw new UserError(strangerInPrivate)
    if (!turn.person && fallback === 'mine') throw new UserError(strangerInGroup)
    throw new UserError('这个群还没有绑定单位。请街道组织委员或区专班 @我 发“绑定 街道名称”。')
  }
}

/** 我们, 咱村, 本单位; 我们街道 is the street of who says it, and 发我一份 or 我看看 says nothing of whose. */
export const ours =
  /(?:(?:(?<![发给让帮替])[我俺](?![看瞅瞧想问查听])|[我俺](?=们?(?:社区|村|街道|街办|办事处|单位|这))|咱)们?|本(?=单位|社区|村|街道))(街道|街办|办事处)?/

/** The unit that 我们 means, or 街道红色物业 without a name; undefined for who has none. */
export function ourUnit(turn: Sentence): Unit | undefined {
  const own = ownUnit(turn)
  const { text, units, indicators } = turn.meaning
  if (/(?:咱|[我俺]们)们?全?区(?![别分域])/.test(text)) return turn.roster.root
  const isBare = units.length === 0 && /街道的?\s*$/.test(text.slice(0, indicators[0]?.start ?? 0))
  const isStreet = isBare || ours.exec(text)?.[1] !== undefined
  if (!own || !isStreet || own.parent === null || own.level === 'street') return own
  return turn.roster.units.get(own.parent)
}

/** The indicator that is asked about, if any is said. @throws UserError for one that is switched off */
export function indicator(): Arg<Indicator | undefined> {
  return (turn) => {
    const [spot] = turn.meaning.indicators
    const found = spot ? pickIndicator(turn, spot) : undefined
    if (found && !(found instanceof Question)) demandActive(found)
    return found
  }
}

/** @throws UserError when the indicator is switched off: there is nothing to be asked of it */
export function demandActive(indicator: Indicator): void {
  if (isActive(indicator)) return
  const { name } = indicator
  throw new UserError(`“${name}”这项已停用，不计分，也不用报。报过的数都留着，要看请问“${name}谁报的”。`)
}

/**
 * The one unit a spot means: of several, those of this chat first; still several = ask.
 * @param level the only one that fits: 莲湖 beside 柳湖, which is a street
 */
export function pickUnit(turn: Sentence, spot: Spot, level?: Unit['level']): Unit | Question {
  const scope = scopeOf(turn)
  // In the district's group nobody can tell 金苑 from 锦苑 by ear, nor what the keyboard heard (`domain.md` C3.9, N2).
  const alike =
    turn.chatUnit?.id === turn.roster.root.id && !turn.chosen
      ? turn.roster.lexicon.soundsLike(turn.meaning.text.slice(spot.start, spot.end), 'unit')
      : []
  const named = new Set([...spot.candidates, ...alike].map(({ id }) => id))
  const all = [...named]
    .flatMap((id) => turn.roster.units.get(id) ?? [])
    .filter((one) => !level || one.level === level)
  const here = all.filter(({ id }) => turn.roster.isWithin(id, scope.id))
  return choose(turn, spot, here.length > 0 ? here : all, '您说的是哪个单位？')
}

export function pickIndicator(turn: Sentence, spot: Spot): Indicator | Question {
  const all = spot.candidates.flatMap(({ id }) => turn.roster.indicators.get(id) ?? [])
  return choose(turn, spot, all, '您说的是哪一项？')
}

/** For what only compares names with what is there: the question about one that is guessed. */
export function guessed(turn: Sentence): Question | undefined {
  const { units, indicators } = turn.meaning
  const picked = [
    ...units.filter(isGuess).map((spot) => pickUnit(turn, spot)),
    ...indicators.filter(isGuess).map((spot) => pickIndicator(turn, spot)),
  ]
  return picked.find((one) => one instanceof Question)
}

/**
 * Every choice is the sentence as the person said it, with the full name in place of the short one. A guess is asked
 * about where something comes of it; the answer to a look-up tells the name anyway (`domain.md` C3.1, N2).
 */
function choose<T extends { name: string }>(
  turn: Sentence,
  spot: Spot,
  candidates: T[],
  asking: string,
): T | Question {
  const [only] = candidates
  if (only && candidates.length === 1)
    return isGuess(spot) && !turn.looksUp ? askGuesses(turn, spot, only.name) : only
  const { text } = turn.meaning
  const options = candidates.map(({ name }) => ({
    label: name,
    words: `${text.slice(0, spot.start)}${name}${text.slice(spot.end)}`,
  }))
  return new Question(asking, options)
}

/** All that is guessed in the sentence, in one question: 您说的是汝河小区社区、红色物业吗？ */
function askGuesses({ meaning: { text, units, indicators } }: Sentence, asked: Spot, name: string): Question {
  const others = [...units, ...indicators].filter((spot) => isGuess(spot) && spot.start !== asked.start)
  const guessed = [asked, ...others.filter(({ candidates }) => candidates.length === 1)].sort(
    (a, b) => a.start - b.start,
  )
  const nameOf = (spot: Spot) => (spot === asked ? name : (spot.candidates[0]?.name ?? ''))
  const words = guessed.reduceRight(
    (said, spot) => `${said.slice(0, spot.start)}${nameOf(spot)}${said.slice(spot.end)}`,
    text,
  )
  const names = guessed.map(nameOf).join('、')
  return new Question(`您说的是${names}吗？`, [{ label: names, words }], { yes: true })
}

export const strangerInPrivate =
  '我还不认识您。请发“绑定 手机号”（名册里登记的手机号），或“绑定 姓名”请街道、区专班确认。'
export const strangerInGroup =
  '我还不认识您。请 @我 发“绑定 姓名”，由街道或区专班确认；或私聊我发“绑定 手机号”。'
