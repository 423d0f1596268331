// One way in which the bot can speak first: a group's robot, or an app that writes to groups and people.
import type { PlatformName, Reply } from './message.ts'

/** Credentials of a chat's own push robot, as its binding keeps them. */
export type Robot = { token: string; secret?: string } | { key: string }

/** Whom a push reaches: the chat with its robot, or a person's account. */
export type Address =
  | { kind: 'group'; platform: PlatformName; chatId: string; robot?: Robot }
  | { kind: 'person'; platform: PlatformName; userid: string }

/** A message of the platform, ready to be sent: what `Channel.parts` made of a reply. JSON. */
export type Part = unknown

export interface Channel {
  /** Least time between two messages in the same lane, in milliseconds. */
  gapMs: number
  /** The platform's messages that a reply needs, in order; a reply that fits is one. Pure. */
  parts(reply: Reply): Part[]
  /**
   * Sends one.
   * @param uuid the same for a message and its resend, where the platform can tell them apart (DingTalk's `msgUuid`)
   * @throws PlatformError whose `kind` says what to do
   */
  send(part: Part, uuid: string): Promise<void>
}

/** @returns undefined when nothing that is configured reaches the address */
export type Channels = (address: Address) => Channel | undefined
