// Whether a proposed sentence may be offered: our own rules must read it from end to end, and it may say no number, no
// person and no milestone that the person did not say.
import { explained } from '../explained.ts'
import type { Span } from '../language/adding.ts'
import { findAmounts } from '../language/amounts.ts'
import { normalize } from '../language/normalize.ts'
import { findNumbers } from '../language/numerals.ts'
import type { Meaning } from '../language/understand.ts'
import { mayEver, type Turn } from '../turn.ts'

/** @returns the sentence as it is read, or undefined */
export function checked(turn: Turn, proposed: { command: string; sentence: string }): string | undefined {
  const sentence = normalize(proposed.sentence, '')
  if (sentence.includes('\n') || sentence === turn.meaning.text) return undefined
  const found = explained(turn, sentence)
  if (found?.command.name !== proposed.command || !mayEver(turn, found.command.action)) return undefined
  const { meaning } = found
  if (meaning.isTangled || meaning.reason) return undefined
  const names = namesIn(meaning)
  if (names.some(({ how, candidates }) => how !== 'exact' || candidates.length !== 1)) return undefined
  const { text } = turn.meaning
  if (meaning.people.some(({ start, end }) => !text.includes(sentence.slice(start, end)))) return undefined
  return addsNothing(meaning, turn.meaning) ? sentence : undefined
}

const namesIn = ({ units, indicators, people }: Meaning) => [...units, ...indicators, ...people]

/** Every number is one that was said, as a number; so is 全部完成, and a milestone. */
function addsNothing(proposed: Meaning, said: Meaning): boolean {
  const known = new Set(numbersOf(said))
  if (numbersOf(proposed).some((value) => !known.has(value))) return false
  const amounts = proposed.items.flatMap(({ amount }) => amount ?? [])
  const wholes = amounts.some(({ kind }) => kind === 'whole')
  if (wholes && !findAmounts(said.text, () => false).some(({ kind }) => kind === 'whole')) return false
  return amounts.every((amount) => amount.kind !== 'step' || said.text.includes(amount.step))
}

const figure = /[\d零〇一二两俩三仨四五六七八九十百千万亿半]/g

/** Values outside names; what only looks like part of a number stands for itself: 七八, 半. */
function numbersOf(meaning: Meaning): string[] {
  const text = blank(meaning.text, namesIn(meaning))
  const numbers = findNumbers(text)
  const amounts = findAmounts(text, () => false).flatMap((amount) =>
    amount.kind === 'percent' || amount.kind === 'number' ? amount.value.replace(/^-/, '') : [],
  )
  return [
    ...numbers.map(({ value }) => value),
    ...amounts,
    ...(blank(text, numbers).match(figure) ?? []),
    ...(/-\s?\d|负/.test(text) ? ['-'] : []),
  ]
}

const blank = (text: string, spans: Span[]) =>
  spans.reduce(
    (left, { start, end }) => left.slice(0, start) + ' '.repeat(end - start) + left.slice(end),
    text,
  )
