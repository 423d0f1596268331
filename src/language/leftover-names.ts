// Short forms inside what nobody explained: 监督员写成, 非公指导员配, 汝小红物. Pure.
import { everydayIn } from './everyday.ts'
import type { Lexicon, Named, Spot } from './lexicon.ts'
import type { Leftover } from './phrases.ts'

/** A stretch longer than this is a story and no name. */
const longestRead = 40
const longestShort = 12
/** Shorter ones have to begin as the name does: 红物, 汝小, 非公. */
const surelyShort = 3

/** @returns what the stretch, or parts of it, are short for; a part that could be a unit and an indicator is neither */
export function namesIn(left: Leftover, lexicon: Lexicon, counts: (named: Named) => boolean): Spot[] {
  const found = piecesIn(left, lexicon, counts)
  const covered = found.reduce((sum, { start, end }) => sum + end - start, 0)
  // 汝河南 is a place that nobody knows, and not 汝河.
  return covered === left.text.length ? found : found.filter(({ kind }) => kind !== 'unit')
}

/** 柿园村 村集体收入: 村 is a word by itself, and belongs to the short form behind it. */
export function widenShort(
  text: string,
  spot: Spot,
  lexicon: Lexicon,
  counts: (named: Named) => boolean,
): Spot {
  if (spot.how !== 'short' || spot.kind !== 'indicator') return spot
  // 各村集体收入: the word before it tells which level.
  if (/[各每几些有]$/.test(text.slice(0, spot.start - 1))) return spot
  const before = lexicon.shortFor(text.slice(spot.start - 1, spot.end), counts)
  const same = spot.candidates.filter((one) => before.includes(one))
  return spot.start > 0 && same.length > 0 ? { ...spot, start: spot.start - 1, candidates: same } : spot
}

function piecesIn(left: Leftover, lexicon: Lexicon, counts: (named: Named) => boolean): Spot[] {
  const { start, end, text } = left
  const whole = lexicon.standsFor(text, counts)
  const spot = whole && spotOf(start, end, whole)
  if (spot) return [spot]
  if (text.length > longestRead) return []
  const words = everydayIn(text)
  for (let length = Math.min(text.length - 1, longestShort); length >= 2; length--)
    for (let at = 0; at + length <= text.length; at++) {
      const part = text.slice(at, at + length)
      if (words.some((word) => cuts(word, at, at + length))) continue
      const found = partOf(part, lexicon, counts)
      const inner = found && spotOf(start + at, start + at + length, found)
      if (!inner) continue
      const rest = [piece(left, 0, at), piece(left, at + length, text.length)]
      return [inner, ...rest.flatMap((one) => (one.text.length >= 2 ? piecesIn(one, lexicon, counts) : []))]
    }
  return []
}

/** 组织 within 自治组织 is part of the name, 监督 of 监督检查 is not. */
const cuts = (word: { start: number; end: number }, from: number, to: number) =>
  word.start < to &&
  word.end > from &&
  (word.start < from || word.end > to || (word.start === from && word.end === to))

function partOf(
  part: string,
  lexicon: Lexicon,
  counts: (named: Named) => boolean,
): ReturnType<Lexicon['standsFor']> {
  if (part.length >= surelyShort) {
    const found = lexicon.standsFor(part, counts)
    return found?.how === 'fuzzy' ? undefined : found
  }
  const candidates = lexicon.shortFor(part, counts).filter(({ name }) => name[0] === part[0])
  return candidates.length > 0 ? { candidates, how: 'short' } : undefined
}

const piece = ({ start, text }: Leftover, from: number, to: number): Leftover => ({
  ...{ start: start + from, end: start + to, text: text.slice(from, to) },
})

function spotOf(
  start: number,
  end: number,
  { candidates, how }: NonNullable<ReturnType<Lexicon['standsFor']>>,
): Spot | undefined {
  const [first] = candidates
  if (!first || candidates.some(({ kind }) => kind !== first.kind)) return undefined
  return { kind: first.kind, how, start, end, candidates }
}
