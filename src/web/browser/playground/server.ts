// What the page asks of the server, and what it is told by it.
import type { Entry, Look, World } from '../../../platforms/playground/entry.ts'

/** Milliseconds until a lost server is asked again. */
const againMs = 2_000

/** Asks until there is an answer. @param onAway is called after every failure */
export async function fetchWorld(onAway: () => void): Promise<World> {
  for (;;) {
    try {
      const response = await fetch('/playground/world')
      if (response.ok) return (await response.json()) as World
    } catch {
      // The same as an error answer: the server is starting, or away.
    }
    onAway()
    await new Promise((resolve) => setTimeout(resolve, againMs))
  }
}

export interface Saying {
  platform: Look
  chat: string
  person: string
  text: string
}

/** @returns what to tell the person when it did not work */
export async function say(saying: Saying): Promise<string | undefined> {
  try {
    const headers = { 'Content-Type': 'application/json' }
    const response = await fetch('/playground/say', { method: 'POST', headers, body: JSON.stringify(saying) })
    if (response.ok) return undefined
    const { message } = (await response.json()) as { message?: string }
    return message ?? '没有发出去，请再发一次。'
  } catch {
    return '没有发出去：服务器没有回应。'
  }
}

/** @returns what to tell the person when it did not work */
export async function sendFile(place: Omit<Saying, 'text'>, file: File): Promise<string | undefined> {
  try {
    const query = new URLSearchParams({ ...place, name: file.name })
    const headers = { 'Content-Type': 'application/octet-stream' }
    const response = await fetch(`/playground/file?${query}`, { method: 'POST', headers, body: file })
    if (response.ok) return undefined
    const { message } = (await response.json()) as { message?: string }
    return message ?? '文件没有发出去，请再发一次。'
  } catch {
    return '文件没有发出去：服务器没有回应，或者文件超过了 20 MB。'
  }
}

export interface Moved {
  now: string
  /** Which jobs ran on the way, for which moments. */
  ran: { job: string; slot: string }[]
}

/** Lets time pass until `now`. @returns what to tell the person when it did not work */
export async function moveClock(now: string): Promise<Moved | string> {
  try {
    const headers = { 'Content-Type': 'application/json' }
    const response = await fetch('/demo/clock', { method: 'POST', headers, body: JSON.stringify({ now }) })
    const answer: unknown = await response.json().catch(() => undefined)
    if (response.ok) return answer as Moved
    return (answer as { message?: string } | undefined)?.message ?? '时间没有拨动，请再试一次。'
  } catch {
    return '时间没有拨动：服务器没有回应。'
  }
}

export interface Follower {
  connected(isConnected: boolean): void
  /** Everything so far, also after a lost connection. */
  log(entries: Entry[]): void
  entry(entry: Entry): void
  thinking(isThinking: boolean): void
  clock(now: string): void
  /** How many messages of the bot have come in every chat, by `platform/chat`. */
  counts(counts: Record<string, number>): void
  /** One more has, in this chat. */
  came(chat: string): void
}

/** Follows a chat, over lost connections. @returns stops */
export function follow(platform: Look, chat: string, follower: Follower): () => void {
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined

  const on = <T>(event: string, act: (data: T) => void) =>
    source.addEventListener(event, ({ data }) => act(JSON.parse(data)))
  const open = () => {
    source = new EventSource(`/playground/events?${new URLSearchParams({ platform, chat })}`)
    on('log', follower.log)
    on('entry', follower.entry)
    on('thinking', follower.thinking)
    on('clock', follower.clock)
    on('counts', follower.counts)
    on('came', follower.came)
    source.addEventListener('open', () => follower.connected(true))
    source.addEventListener('error', () => {
      follower.connected(false)
      // A browser comes back by itself after a broken connection, but not after an error answer.
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, againMs)
    })
  }
  open()
  return () => {
    clearTimeout(timer)
    source.close()
  }
}
