// What became of every message on a fake platform, when, by the platform's clock; and how a platform counts.
import type { Clock } from '../../src/clock.ts'
import type { Json, Mood } from './fake-server.ts'

export interface Arrival {
  /**
   * `taken` = people see it; `repeated` = recognised as a resend, answered like one that was taken; `dropped` = the
   * same answer, and nobody sees it.
   */
  kind: 'taken' | 'repeated' | 'dropped'
  /** Milliseconds since 1970. */
  at: number
  via: string
  /** A robot's token or key, a conversation, or a person. */
  to: string
  /** What the reader sees. */
  text: string
  /** Who is notified; `@all` for everybody. */
  mentions: string[]
  body: Json
}

export interface Refusal {
  kind: 'refused'
  at: number
  via: string
  to: string
  /** The platform's code; what the script did, where it did not answer. */
  code: string
}

export type Entry = Arrival | Refusal

export interface Timeline {
  entries: Entry[]
  arrive(arrival: Omit<Arrival, 'at'>): void
  refuse(refusal: Omit<Refusal, 'at' | 'kind'>): void
}

export function startTimeline(clock: Clock): Timeline {
  const entries: Entry[] = []
  const at = () => clock.now().getTime()
  return {
    entries,
    arrive: (arrival) => void entries.push({ ...arrival, at: at() }),
    refuse: (refusal) => void entries.push({ kind: 'refused', ...refusal, at: at() }),
  }
}

/** How a scripted answer is called in the timeline. */
export function codeOf(mood: Mood): string {
  if (typeof mood === 'string') return mood
  const json = 'json' in mood ? (mood.json as Json) : {}
  return String(json['errcode'] ?? json['code'] ?? json['Code'] ?? `http-${mood.status ?? 200}`)
}

/**
 * At most `most` messages in any `windowMs`; one more, and nothing is taken for `blockMs` (without: until the window
 * has moved on).
 */
export function counting(clock: Clock, most: number, windowMs: number, blockMs = 0) {
  const taken = new Map<string, number[]>()
  const blocked = new Map<string, number>()
  const now = () => clock.now().getTime()
  return {
    isOver(key: string): boolean {
      if (now() < (blocked.get(key) ?? Number.NEGATIVE_INFINITY)) return true
      const recent = (taken.get(key) ?? []).filter((at) => at > now() - windowMs)
      taken.set(key, recent)
      if (recent.length < most) return false
      if (blockMs > 0) blocked.set(key, now() + blockMs)
      return true
    },
    count(key: string): void {
      taken.set(key, [...(taken.get(key) ?? []), now()])
    },
  }
}
