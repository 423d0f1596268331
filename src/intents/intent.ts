// What a sentence asks for, in the terms of `domain.md` §1: an intent with its slots. Read before anything is done.
import type { Calendar } from '../campaign/calendar.ts'
import type { Sentence, Turn } from '../turn.ts'

/** The 36 intents of `domain.md` §1. */
export type IntentName =
  | 'help'
  | `progress.${'query' | 'report'}`
  | `report.${'correct' | 'undo' | 'verify' | 'missing'}`
  | `ranking.${'query' | 'compare'}`
  | `deadline.${'query' | 'extend'}`
  | `reminder.${'create' | 'update' | 'cancel' | 'list'}`
  | `responsible.query`
  | `policy.search`
  | `quiz.${'start' | 'answer' | 'query'}`
  | `supervision.${'report' | 'resolve' | 'query'}`
  | `register.${'query' | 'update'}`
  | 'board.show'
  | 'bulletin.create'
  | 'export.file'
  | 'award.query'
  | 'admin.bind'
  | 'mute'
  | 'confirm'
  | 'deny'
  | 'ack'
  | 'abuse'
  | 'unknown'

/** By name; what was not said is left out. Dates `YYYY-MM-DD`, moments ISO 8601 with `+08:00`. */
export type Slots = Record<string, unknown>

export interface Intent {
  intent: IntentName
  slots: Slots
  /** Whether the person is asked before anything is done. */
  ask: boolean
}

/** A sentence in its place: who says it, where and when. Everything that understanding may look at. */
export type Heard = Sentence & {
  /** All commands. */
  commands: Turn['commands']
  now: Date
  /** Calendar date in Asia/Shanghai. */
  today: string
  read: Turn['read']
  calendar: Calendar
  /** What stands in the book; undefined where nothing is known of it. */
  standing(unit: number, indicator: number): { value: string; target: string | null } | undefined
  /** Findings that are open; absent where nothing is known of any. */
  findings?: OpenFinding[]
}

/** What an inspection found and nobody has closed yet (`domain.md` C9). */
export interface OpenFinding {
  id: number
  unit: number
  text: string
}

/** How a command reads its intent. */
export type IntentReader = (heard: Heard) => Intent

/** Slots that are undefined are left out; `ambiguous` and `missing` are questions (`test/exam/slots.md`). */
export function intent(name: IntentName, slots: Slots, asks = false): Intent {
  const said = Object.fromEntries(Object.entries(slots).filter(([, value]) => value !== undefined))
  const ask = asks || ['needs_confirm', 'ambiguous', 'missing'].some((slot) => slot in said)
  return { intent: name, slots: said, ask }
}
