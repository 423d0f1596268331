// Units and indicators as slots: the full name, or the names among which it has to be asked.
import { ours, ourUnit, pickIndicator, pickUnit } from '../args.ts'
import type { Indicator, Unit } from '../database/roster.ts'
import type { Spot } from '../language/lexicon.ts'
import { Question } from '../question.ts'
import { ownUnit } from '../turn.ts'
import type { Heard, Slots } from './intent.ts'

export interface Picked<T> {
  one?: T
  /** What the question is about, when there are several. */
  slots: Slots
}

/** The unit a spot means, as slot `unit`, or `ambiguous` with its candidates. */
export function pickedUnit(heard: Heard, spot: Spot): Picked<Unit> {
  return picked(pickUnit(heard, spot), 'unit')
}

export function pickedIndicator(heard: Heard, spot: Spot): Picked<Indicator> {
  return picked(pickIndicator(heard, spot), 'indicator')
}

function picked<T extends { name: string }>(found: T | Question, kind: 'unit' | 'indicator'): Picked<T> {
  if (!(found instanceof Question)) return { one: found, slots: { [kind]: found.name } }
  const candidates = found.options.map(({ label }) => label)
  const [only, ...others] = candidates
  // A guess with one candidate is echoed and asked.
  if (only !== undefined && others.length === 0) return { slots: { [kind]: only, needs_confirm: true } }
  return { slots: { ambiguous: kind, candidates } }
}

/** `unit` of a sentence: said, else by `domain.md` C3.9. */
export function unitSlot(heard: Heard, fallback: 'mine' | 'chat'): Slots {
  const [spot] = heard.meaning.units
  if (spot) return pickedUnit(heard, spot).slots
  const unit = unsaidUnit(heard, fallback)
  return unit ? { unit: unit.name } : {}
}

/** In a group queries mean its unit; with 我们, in private and in reports the sender's is meant. */
export function unsaidUnit(heard: Heard, fallback: 'mine' | 'chat'): Unit | undefined {
  const isOurs = ours.test(heard.meaning.text)
  if (fallback === 'chat' && heard.chatUnit && !isOurs) return heard.chatUnit
  return ourUnit(heard) ?? ownUnit(heard) ?? heard.chatUnit
}

export function indicatorSlot(heard: Heard): Slots {
  const [spot] = heard.meaning.indicators
  return spot ? pickedIndicator(heard, spot).slots : {}
}
