// How many messages of the bot have come in chats that are not open. What was read is kept for the tab, over reloads.

const storedAs = 'guatu-read'

export interface Unread {
  /** How many have come in every chat so far, by `platform/chat`; counted anew when the server began anew. */
  counts(counts: Record<string, number>): void
  came(chat: string): void
  /** This chat is looked at from now on. */
  open(chat: string): void
  of(chat: string): number
}

/** @param changed is called, at most once a frame, when something came */
export function unread(changed: () => void): Unread {
  const all = new Map<string, number>()
  const read = new Map<string, number>(stored())
  let looked = ''
  let isPlanned = false

  const update = () => {
    const count = all.get(looked) ?? 0
    if (read.get(looked) !== count) {
      read.set(looked, count)
      store([...read])
    }
    if (isPlanned) return
    isPlanned = true
    requestAnimationFrame(() => {
      isPlanned = false
      changed()
    })
  }

  return {
    counts(counts) {
      all.clear()
      for (const [chat, count] of Object.entries(counts)) all.set(chat, count)
      for (const [chat, count] of read) if (count > (all.get(chat) ?? 0)) read.delete(chat)
      update()
    },
    came(chat) {
      all.set(chat, (all.get(chat) ?? 0) + 1)
      update()
    },
    open(chat) {
      looked = chat
      update()
    },
    of: (chat) => (chat === looked ? 0 : (all.get(chat) ?? 0) - (read.get(chat) ?? 0)),
  }
}

function stored(): [string, number][] {
  try {
    return JSON.parse(sessionStorage.getItem(storedAs) ?? '[]') as [string, number][]
  } catch {
    return []
  }
}

function store(read: [string, number][]): void {
  try {
    sessionStorage.setItem(storedAs, JSON.stringify(read))
  } catch {
    // A browser that keeps nothing: after a reload everything is news.
  }
}
