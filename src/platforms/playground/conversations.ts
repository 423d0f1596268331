// What has been said in every chat of the playground, and who is watching. In memory: a restart begins anew.
import type { Clock } from '../../clock.ts'
import type { Entry, SaidByBot, SaidByPerson } from './entry.ts'

/** The one-to-one chat with the bot is named after the person. */
export const privateChat = (person: string): string => `single:${person}`

/** Entries a chat keeps. */
const mostEntries = 200

/**
 * Is told of `entry` (an Entry) and `thinking` (whether the bot is working on an answer) in its chat, and of `came` (a
 * chat's key) for every message of the bot in any chat.
 */
export type Watcher = (event: 'entry' | 'thinking' | 'came', data: unknown) => void

export interface Conversations {
  entries(chat: string): Entry[]
  isThinking(chat: string): boolean
  /** How many messages of the bot have come in every chat, also those that are not kept any more. */
  counts(): Record<string, number>
  add(chat: string, said: SaidByPerson | SaidByBot): void
  /** Shows that the bot is at work until `work` is done. @returns what `work` gives */
  whileThinking<T>(chat: string, work: () => Promise<T>): Promise<T>
  /** @returns stops watching */
  watch(chat: string, watcher: Watcher): () => void
}

/** @param clock the bot's */
export function conversations(clock: Clock): Conversations {
  const logs = new Map<string, Entry[]>()
  const watching = new Set<{ chat: string; watcher: Watcher }>()
  const counts = new Map<string, number>()
  const thinking = new Map<string, number>()
  let n = 0

  const tell: (chat: string, ...news: Parameters<Watcher>) => void = (chat, ...news) => {
    for (const one of watching) if (one.chat === chat) one.watcher(...news)
  }
  const think = (chat: string, change: 1 | -1) => {
    const count = (thinking.get(chat) ?? 0) + change
    if (count > 0) thinking.set(chat, count)
    else thinking.delete(chat)
    tell(chat, 'thinking', count > 0)
  }

  return {
    entries: (chat) => logs.get(chat) ?? [],
    isThinking: (chat) => thinking.has(chat),
    counts: () => Object.fromEntries(counts),
    add(chat, said) {
      const entry: Entry = { n: ++n, at: clock.now().toISOString(), ...said }
      logs.set(chat, [...(logs.get(chat) ?? []), entry].slice(-mostEntries))
      tell(chat, 'entry', entry)
      if (said.kind !== 'bot') return
      counts.set(chat, (counts.get(chat) ?? 0) + 1)
      for (const { watcher } of watching) watcher('came', chat)
    },
    async whileThinking(chat, work) {
      think(chat, 1)
      try {
        return await work()
      } finally {
        think(chat, -1)
      }
    },
    watch(chat, watcher) {
      const one = { chat, watcher }
      watching.add(one)
      return () => void watching.delete(one)
    },
  }
}
