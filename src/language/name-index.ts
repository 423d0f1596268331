// Names by a text that stands for them: their characters, their sound. Finding them costs what the text is long. Pure.
import type { Named } from './lexicon.ts'

export interface NameIndex {
  /**
   * All keys of a name are added before the next name.
   * @param only the name in a list of its own, which may be shared between indexes
   */
  add(key: string, named: Named, only: Named[]): void
  get(key: string): Named[]
  /** Every stretch of a text that is a key, from left to right, the longest first. */
  stretches(text: string, shortest: number): { start: number; end: number; named: Named[] }[]
}

const none: Named[] = []

export function nameIndex(): NameIndex {
  const names = new Map<string, Named[]>()
  /** The longest key that begins with a character: where none begins, there is nothing to look for. */
  const reach = new Map<string, number>()
  return {
    add(key, named, only) {
      const there = names.get(key)
      if (!there) {
        names.set(key, only)
        const first = key.charAt(0)
        reach.set(first, Math.max(reach.get(first) ?? 0, key.length))
      } else if (there.at(-1) === named) return
      else if (there.length === 1) names.set(key, [...there, named])
      else there.push(named)
    },
    get: (key) => names.get(key) ?? none,
    stretches(text, shortest) {
      const found = []
      for (let start = 0; start + shortest <= text.length; start++) {
        const most = Math.min(text.length, start + (reach.get(text.charAt(start)) ?? 0))
        for (let end = most; end >= start + shortest; end--) {
          const named = names.get(text.slice(start, end))
          if (named) found.push({ start, end, named })
        }
      }
      return found
    },
  }
}
