// A platform as the playground plays it: it tells the bot what people say, and gets what the bot answers.
import { randomUUID } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import { PlatformError } from '../../errors.ts'
import type { Answer } from '../../http.ts'
import type { Platform } from '../../platform.ts'
import type { ChannelSettings } from '../channels.ts'
import type { Directory } from './directory.ts'
import type { Media } from './media.ts'

/** A message on its way to the bot. */
export interface Said {
  /** The conversation's key in the playground. */
  chat: string
  /** Absent in one-to-one chats. */
  group?: { id: string; title: string }
  person: { id: string; name: string }
  text: string
  /** A file instead of words, by its id. */
  file?: { id: string; name: string }
}

/** What reached a chat, as the platform was given it. */
export type Arrived = (answered: Said, payload: unknown, quote?: string) => void

/** What a platform needs to take what the bot says by itself. */
export interface PushTools {
  ways: ChannelSettings
  book: Directory
  media: Media
  /** Real time. */
  clock: Clock
  /** @param chat the conversation's key in the playground */
  show(chat: string, payload: unknown): void
}

export interface Side extends Pick<Platform, 'listen'> {
  /** Delivers a callback. @throws PlatformError when the bot does not take it */
  deliver(said: Said): Promise<void>
}

export const taken = { errcode: 0, errmsg: 'ok' }

/** @throws PlatformError unless the callback was taken */
export function mustBeTaken({ status }: Answer): void {
  if (status !== 200) throw new PlatformError(`the bot answered a callback with ${status}`, status)
}

/** Addresses under which a message can be answered: unguessable, and gone after a while. */
export function returnWays(clock: Clock, lifetimeMs: number) {
  const open = new Map<string, { said: Said; until: number }>()
  const now = () => clock.now().getTime()
  return {
    /** @returns the secret part of the address */
    add(said: Said): string {
      for (const [id, { until }] of open) if (until <= now()) open.delete(id)
      const id = randomUUID()
      open.set(id, { said, until: now() + lifetimeMs })
      return id
    },
    find(id: string | undefined): Said | undefined {
      const way = open.get(id ?? '')
      return way && way.until > now() ? way.said : undefined
    },
    close(id: string | undefined): void {
      open.delete(id ?? '')
    },
  }
}
