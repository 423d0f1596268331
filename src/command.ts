// What a command is: one plain object whose words are the help text, the permission check and the way it is found.
import type { Action } from './campaign/permissions.ts'
import type { IntentReader } from './intents/intent.ts'
import type { Reply } from './message.ts'
import type { Question } from './question.ts'
import type { Turn } from './turn.ts'

/** Reads one argument from the turn. @throws UserError; @returns a Question when it cannot be known without asking */
export type Arg<T> = (turn: Turn) => T | Question

export interface Command<A extends Record<string, unknown> = Record<string, unknown>> {
  name: string
  /** Other words for the name; they select the command at the head of a sentence. */
  aliases?: string[]
  /** One line for 帮助. */
  summary: string
  /** Sentences that work as they stand; the first is shown in 帮助. */
  examples: string[]
  /** What it does in the table of permissions. */
  action: Action
  /** Phrases that select it (`language/phrases.ts`). */
  phrases: string[]
  unless?: string[]
  decisive?: string[]
  despite?: string[]
  /** Its words are everyday words: it needs a name of ours in the sentence, or nothing in it left unexplained. */
  whole?: true | RegExp
  /** Numbers in its sentences are its own: 「红色物业3个，属实」 is not a report and something else. */
  numbers?: true
  /** It reads more than the beginning of a long text. */
  long?: true
  /** It only looks something up: a question that waits for its answer goes on waiting. */
  reads?: true
  /** Needed seldom: 帮助 only names it. */
  seldom?: true
  /** Understood, but not done by this version: 帮助 does not list it, and its `run` says what to do instead. */
  later?: true
  /** Read in this order; the first that has to be asked for is asked for. */
  args: { [Name in keyof A]: Arg<A[Name]> }
  /** What a sentence that selects it asks for, in the terms of `domain.md` §1. */
  intent?: IntentReader
  run(args: A, turn: Turn): Promise<Reply | Question>
}

/** Keeps the argument types of one command together; lists of commands do not care about them. */
export function command<A extends Record<string, unknown>>(definition: Command<A>): Command {
  return definition as unknown as Command
}
