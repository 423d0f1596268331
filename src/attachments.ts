// Pictures and files of what is pushed, for those who cannot be sent them: an address each, signed, for a while.
import type { Waiting } from './database/outbox.ts'
import type { Links } from './links.ts'
import type { Block, Reply } from './message.ts'

const hourMs = 3_600_000
/** As `fileLinkName` says. */
export const fileForMs = 24 * hourMs
/** A picture in a group is looked at again for weeks. */
export const pictureForMs = 30 * 24 * hourMs

type Message = Pick<Waiting, 'id' | 'campaign_id' | 'person_id' | 'reply'>

/** The same message with an address at every picture and file, where there are links at all. */
export function withAddresses<M extends Message>(message: M, links: Links | undefined): M {
  const { reply } = message
  if (!links || !reply.blocks.some(isAttached)) return message
  const blocks = reply.blocks.map((block, at) =>
    isAttached(block) ? { ...block, url: addressOf(message, at, block.kind, links) } : block,
  )
  return { ...message, reply: { ...reply, blocks } }
}

/** @param at which block of the message it is */
export function addressOf(
  { id, campaign_id: campaign, person_id: person }: Omit<Message, 'reply'>,
  at: number,
  kind: 'image' | 'file',
  links: Links,
): string {
  if (kind === 'image')
    return links.make(`/pictures/${at}`, { use: 'picture', campaign, message: id }, pictureForMs)
  const pass = { use: 'file' as const, campaign, file: id, ...(person !== null && { person }) }
  return links.make(`/files/${at}`, pass, fileForMs)
}

/** The block of a message that an address leads to. */
export const attachedAt = <Kind extends 'image' | 'file'>(
  { blocks }: Reply,
  at: number,
  kind: Kind,
): Extract<Block, { kind: Kind }> | undefined => {
  const block = blocks[at]
  return block?.kind === kind ? (block as Extract<Block, { kind: Kind }>) : undefined
}

const isAttached = (block: Block) => block.kind === 'image' || block.kind === 'file'
