// What waits for the same chat goes out as one message when it fits, with its number (`domain.md` R4, R6).
import type { Channel } from './channel.ts'
import type { Waiting } from './database/outbox.ts'
import type { Block, Reply } from './message.ts'

type Message = Pick<Waiting, 'id' | 'reply' | 'batch' | 'parts_sent' | 'state' | 'unknowns'>

/**
 * Of what waits for one target, what goes out next as one: what went out together before, else the first and as many
 * of those behind it as still fit into one message of the platform.
 */
export function together<M extends Message>(waiting: M[], channel: Pick<Channel, 'parts'> | undefined): M[] {
  const [first, ...rest] = waiting
  if (!first) return []
  if (first.batch !== null) return waiting.filter(({ batch }) => batch === first.batch)
  const group = [first]
  for (const next of rest) {
    // A message has one link, and calls people over all that it says: what differs in that goes alone.
    if (next.batch !== null || next.reply.link || callOf(next) !== callOf(first) || !channel) break
    if (channel.parts(compose([...group, next])).length > 1) break
    group.push(next)
  }
  return group
}

/**
 * One reply of several, each under its title; at the end the number by which it can be asked for. A resend after an
 * unknown outcome has the same number and says that it may be a repeat.
 */
export function compose(group: Message[]): Reply {
  const [first, ...rest] = group
  if (!first) return { blocks: [] }
  const isRepeat = first.unknowns > 0 || first.state === 'sending'
  const number = `编号${first.batch ?? first.id}${isRepeat ? '（可能重复）' : ''}`
  const { title, link } = first.reply
  const more = rest.flatMap(({ reply }): Block[] => [
    ...(reply.title ? [{ kind: 'text' as const, text: `【${reply.title}】` }] : []),
    ...reply.blocks,
  ])
  const blocks = [...first.reply.blocks, ...more]
  const { mention = [] } = first.reply
  return {
    ...(title && { title }),
    blocks: numbered(blocks, number, title === undefined),
    ...(mention.length > 0 && { mention }),
    ...(link && { link }),
  }
}

const callOf = ({ reply: { mention = [] } }: Message) => mention.toSorted().join()

/** A single line keeps its number in the line. */
function numbered(blocks: Block[], number: string, untitled: boolean): Block[] {
  const [only] = blocks
  if (untitled && blocks.length === 1 && only?.kind === 'text' && !only.text.includes('\n'))
    return [{ kind: 'text', text: `${only.text} ${number}` }]
  return [...blocks, { kind: 'text', text: number }]
}
