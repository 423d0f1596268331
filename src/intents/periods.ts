// Stretches of time as slots: both days included, weeks from Monday to Sunday (`domain.md` C7).
import { findPeriod, type Looking } from '../language/periods.ts'
import type { Heard, Slots } from './intent.ts'

/** `period` of a sentence; a single past day of a look-up is its `as_of`. */
export function periodSlot({ meaning, today }: Heard, looking: Looking): Slots {
  const found = findPeriod(meaning.text, today, looking)
  return found ? { period: found.period } : {}
}
