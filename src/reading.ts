// How the words of one message are read: names and numbers of one campaign, phrases of all commands.
import type { Command } from './command.ts'
import type { Roster, Unit } from './database/roster.ts'
import { longestReadable } from './language/normalize.ts'
import { matcher } from './language/phrases.ts'
import { type Meaning, understand } from './language/understand.ts'

export type Match = ReturnType<typeof matcher>

/** The phrases of all commands; a command's names at the head of a sentence are phrases too. */
export function phrasingsOf(commands: Command[]): Match {
  const known = compiled.get(commands)
  if (known) return known
  const match = matcher(
    commands.map(({ name, aliases = [], phrases, unless, decisive, despite }) => ({
      phrases: [`^(${[name, ...aliases].join('|')})`, ...phrases],
      ...{ ...(unless && { unless }), ...(decisive && { decisive }), ...(despite && { despite }) },
    })),
  )
  compiled.set(commands, match)
  return match
}

/** Thousands of patterns are dear to hold: every bot of a process that has the same commands shares them. */
const compiled = new WeakMap<Command[], Match>()

/** @param scope the unit within which names may be meant by sound (`domain.md` C3.9) */
export function reading(
  { lexicon, isWithin }: Roster,
  match: Match,
  scope: Unit,
  today: string,
  words: string,
): Meaning {
  const inScope = (unit: number) => isWithin(unit, scope.id)
  return understand(words.slice(0, longestReadable), { lexicon, match, inScope, isWithin, today })
}

/** A phrase of five characters is no accident. */
const telling = 10

/**
 * 今天天气咋样: it sounds like a command, but nothing in it belongs to us, and something belongs to somebody else.
 * @param whole what the command says of it; words of ours (排名) make the whole sentence ours
 */
export const isOffTopic = (
  { units, indicators, people, items, rest, text, score }: Meaning,
  whole: Command['whole'],
): boolean =>
  whole !== undefined &&
  score < telling &&
  !(whole instanceof RegExp && whole.test(text)) &&
  [units, indicators, people, items].every((found) => found.length === 0) &&
  /\p{Script=Han}{2,}/u.test(rest)
