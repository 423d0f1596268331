// Whether a sentence that the bot would put into somebody's mouth is understood from end to end. Whoever speaks may tell
// stories around a number; what is offered may not.
import type { Command } from './command.ts'
import { findAmounts } from './language/amounts.ts'
import { findDays } from './language/days.ts'
import { saysNothing } from './language/lexicon.ts'
import { leftovers } from './language/phrases.ts'
import { plainly } from './language/spoken.ts'
import type { Meaning } from './language/understand.ts'
import type { Turn } from './turn.ts'

/** Names of commands, and the words of their phrases. */
export const commandWords = (commands: Command[]): string[] =>
  commands.flatMap(({ name, aliases = [], phrases }) => [
    ...[name, ...aliases],
    ...phrases.flatMap((phrase) => phrase.match(/\p{Script=Han}{2,}/gu) ?? []),
  ])

/** @returns what the sentence means, with the command it selects; undefined when anything in it is left over */
export function explained(
  { read, commands, today }: Pick<Turn, 'read' | 'commands' | 'today'>,
  sentence: string,
): { meaning: Meaning; command: Command } | undefined {
  const meaning = read(sentence)
  const command = commands[meaning.command ?? -1]
  if (!command || meaning.rest !== '') return undefined
  const { units, indicators, people } = meaning
  const names = [...units, ...indicators, ...people]
  const isName = (start: number, end: number) => names.some((span) => start < span.end && end > span.start)
  const spots = [...names, ...findDays(sentence, today), ...findAmounts(sentence, isName)]
  const own = command.phrases.flatMap((phrase) => phrase.match(/\p{Script=Han}+/gu) ?? [])
  const left = leftovers(plainly(sentence), spots, [...commandWords(commands), ...own])
  return left.every(({ text }) => saysNothing(text)) ? { meaning, command } : undefined
}
