// Links to the board, as they are given in a chat: what they show is what the group, or the person, may see.

import type { Unit } from './database/roster.ts'
import { boundChat } from './database/viewers.ts'
import type { Turn } from './turn.ts'

/** A link from a chat opens for so long; a screen's is renewed whenever it is looked at. */
export const linkMinutes = 10
const linkMs = linkMinutes * 60_000
/** So long a screen may be opened, once. */
export const screenLinkHours = 24

/** @returns undefined where there are no pages, or the place is known to nobody */
export async function boardLink(turn: Turn, unit: Unit): Promise<string | undefined> {
  const { links, roster, message, person, db } = turn
  if (!links) return undefined
  const pass = { use: 'board' as const, campaign: roster.campaign.id, unit: unit.id }
  if (message.chat.kind === 'single')
    return person && links.make('/board/', { ...pass, person: person.id }, linkMs)
  const chat = await boundChat(db, message.platform, message.chat.id)
  return chat === undefined ? undefined : links.make('/board/', { ...pass, chat }, linkMs)
}

/** The address that opens a screen, once; after that the screen keeps a token of its own. */
export const screenLink = ({ links, roster }: Turn, screen: number): string | undefined =>
  links?.make('/board/', { use: 'opening', campaign: roster.campaign.id, screen }, screenLinkHours * 3600_000)
