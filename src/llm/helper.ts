// The helper for what the rules cannot read: a language model, off unless it is configured. It proposes a sentence; our
// own rules read that sentence, and the person is asked. It decides nothing and writes nothing.
import type { Logger } from 'pino'
import { type Clock, realClock } from '../clock.ts'
import { PlatformError } from '../errors.ts'
import { call } from '../http.ts'
import { isChatter } from '../language/chatter.ts'
import { unnumbered } from '../language/unnumbered.ts'
import type { Turn } from '../turn.ts'
import { checked } from './checked.ts'
import { conversation } from './prompt.ts'
import { readProposal } from './proposal.ts'

/** @returns a sentence that may have been meant, which our rules understand; undefined = no idea. Never rejects. */
export type Helper = (turn: Turn) => Promise<string | undefined>

export interface HelperSettings {
  /** Of an OpenAI-compatible service, up to and without `/chat/completions`. */
  address: string
  /** Empty = none is sent. */
  apiKey: string
  model: string
  log: Logger
  clock?: Clock
  /** Everything together: connecting, waiting, reading. */
  timeoutMs?: number
  onOutcome?: (outcome: Outcome) => void
}

/** `offered`; `dropped` = what it proposed did not stand our rules; `nothing` = it had no idea; `failed`; `skipped`. */
export type Outcome = 'offered' | 'dropped' | 'nothing' | 'failed' | 'skipped'

const mostAtOnce = 4
const mostBytes = 64 << 10
/** Whoever does not answer is left in peace for a while: people wait for it. */
const restMs = 60_000
const quietMs = 10 * 60_000
const [shortest, longest] = [4, 200]

/** In a chat there is one call at a time: a conversation is dealt with message by message (`state.exclusively`). */
export function createHelper({
  address,
  apiKey,
  model,
  log,
  clock = realClock,
  timeoutMs = 3_000,
  onOutcome = () => undefined,
}: HelperSettings): Helper {
  let busy = 0
  let restingUntil = 0
  let quietUntil = 0

  /** Said once in ten minutes, and never what was asked. */
  const note = (reason: string) => {
    const now = clock.now().getTime()
    if (now >= quietUntil) log.warn({ reason }, 'the language model was of no help')
    if (now >= quietUntil) quietUntil = now + quietMs
  }

  const ask = async (turn: Turn): Promise<{ sentence?: string; outcome: Outcome }> => {
    try {
      const { status, json } = await call(
        `${address}/chat/completions`,
        {
          ...{ model, temperature: 0, max_tokens: 200, stream: false },
          response_format: { type: 'json_object' },
          messages: conversation(turn, unnumbered(turn.meaning.text)),
        },
        {
          headers: apiKey ? { authorization: `Bearer ${apiKey}` } : {},
          ...{ timeoutMs, mostBytes, signal: AbortSignal.timeout(timeoutMs) },
        },
      )
      if (status !== 200) throw new PlatformError('refused', status)
      const proposal = readProposal(json, turn.commands)
      if (!proposal) {
        note('garbage')
        return { outcome: 'failed' }
      }
      if (proposal.command === null) return { outcome: 'nothing' }
      const sentence = checked(turn, proposal)
      return sentence === undefined ? { outcome: 'dropped' } : { sentence, outcome: 'offered' }
    } catch (error) {
      restingUntil = clock.now().getTime() + restMs
      note(error instanceof PlatformError ? error.code : 'error')
      return { outcome: 'failed' }
    }
  }

  return async (turn) => {
    if (!isWorthAsking(turn)) return undefined
    if (busy >= mostAtOnce || clock.now().getTime() < restingUntil) {
      onOutcome('skipped')
      return undefined
    }
    busy++
    try {
      const { sentence, outcome } = await ask(turn)
      onOutcome(outcome)
      return sentence
    } finally {
      busy--
    }
  }
}

/** A sentence, not a word, a novel, small talk or abuse. */
function isWorthAsking({ meaning: { text, units, indicators, people, items } }: Turn): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const namesOurs = units.length + indicators.length + people.length + items.length > 0
  return letters >= shortest && text.length <= longest && !isChatter(text, namesOurs)
}
