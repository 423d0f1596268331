// A reply as DingTalk shows it: pure functions from Reply to request bodies (`protocols/dingtalk.md` §6.3, §6.6, §7, §8.4).
import { type Block, everyone, type Reply } from '../../message.ts'
import { oncePerReply } from '../once-per-reply.ts'
import { fileLine, fileLinkName, filePrivately, pageAddress, pageName, pictureLine } from '../page-address.ts'
import { atLineStart, inline, oneLine, plain } from './markdown.ts'
import { chop, jsonBytes, shorten } from './text.ts'

/**
 * JSON bytes of text in one message. The webhooks take bodies of 20,000 bytes, the OpenAPI takes parameters of 15,000;
 * one limit for both lets an answer that began on one way go on on the other.
 */
const maxTextBytes = 13_000
/** Characters in one line and in its name: at four bytes each, the worst line fits into a message. */
const maxLine = 3_000
const maxName = 200
const maxListTitle = 40
/** §6.4 allows 50 people; their ids stand in the body twice. */
const maxMentioned = 50
const maxMentionBytes = 1_500

/** One message: what the conversation list shows, and what the bubble shows. */
export interface Part {
  title: string
  text: string
  markdown: boolean
}

/** A body for any of the webhooks. */
export type WebhookBody = (
  | { msgtype: 'text'; text: { content: string } }
  | { msgtype: 'markdown'; markdown: { title: string; text: string } }
) & { at?: { atUserIds: string[]; isAtAll: boolean } }

/** What the OpenAPI wants to be told of a message; `msgParam` is JSON. */
export interface ApiMessage {
  msgKey: 'sampleText' | 'sampleMarkdown' | 'sampleImageMsg' | 'sampleFile'
  msgParam: string
}

/** The messages a reply needs, in order; none when it says nothing. Split between blocks where possible. */
export const parts = oncePerReply((reply: Reply): Part[] => {
  const title = oneLine(reply.title ?? '')
  const page = pageAddress(reply.link)
  const blocks = reply.blocks.map(linesOf).filter((lines) => lines.length > 0)
  const start = blocks[0]?.[0]
  const listTitle = shorten(title || (start ? spoken(start) : '') || (page ? pageName : ''), maxListTitle)
  if (
    !title &&
    !page &&
    start &&
    !start.name &&
    !start.markup &&
    blocks.length === 1 &&
    blocks[0]?.length === 1
  )
    return [{ title: listTitle, text: start.text, markdown: false }]
  const heading = title ? [`#### ${inline(shorten(title, maxName))}`] : []
  // Two spaces make a line break, an empty line a gap between blocks.
  const chunks = blocks.flatMap((lines) => pack(lines.map(written), '  \n'))
  const link = page ? [`[${pageName}](${page})`] : []
  return pack([...heading, ...chunks, ...link], '\n\n').map((text) => ({
    title: listTitle,
    text,
    markdown: true,
  }))
})

/** Bodies for a webhook; the people mentioned are notified by the first. */
export function webhookBodies(reply: Reply): WebhookBody[] {
  return parts(reply).map((part, i) => webhookBody(part, i === 0 ? reply.mention : []))
}

/** @param mention user ids: each must stand in the text as well, or nobody is notified (§6.4); `everyone` = isAtAll */
export function webhookBody(part: Part, mention: string[] = []): WebhookBody {
  const isAtAll = mention.includes(everyone)
  const atUserIds = mentionable(mention)
  const call = [...(isAtAll ? ['@所有人'] : []), ...atUserIds.map((userId) => `@${userId}`)].join(' ')
  const at = call && { at: { atUserIds, isAtAll } }
  if (!part.markdown) return { msgtype: 'text', text: { content: `${call} ${part.text}`.trim() }, ...at }
  const text = call ? `${call}\n\n${part.text}` : part.text
  return { msgtype: 'markdown', markdown: { title: part.title, text }, ...at }
}

/** For groupMessages and oToMessages, which cannot mention anybody (§8.2). */
export function apiMessage({ title, text, markdown }: Part): ApiMessage {
  return markdown
    ? { msgKey: 'sampleMarkdown', msgParam: JSON.stringify({ title, text }) }
    : { msgKey: 'sampleText', msgParam: JSON.stringify({ content: text }) }
}

/** A line before it is escaped; the name is shown bold. */
interface Line {
  name: string
  glue: '：' | ' ' | ''
  text: string
  /** Shown in the place of the text, or behind it: markdown. */
  markup?: { instead?: string; behind?: string }
}

function linesOf(block: Block): Line[] {
  if (block.kind === 'text')
    return plain(block.text)
      .trim()
      .split('\n')
      .flatMap((text) => named('', '', text.trim()))
  if (block.kind === 'image' || block.kind === 'file') return attached(block)
  if (block.kind === 'fields')
    return block.fields.flatMap(([label, value]) => named(label, '：', oneLine(value)))
  // Tables are not part of DingTalk's markdown, and too wide for a phone: one line a row.
  return block.rows.flatMap(([name = '', ...cells]) => {
    const told = cells
      .map(oneLine)
      .flatMap((cell, i) => (cell ? [`${oneLine(block.head[i + 1] ?? '')} ${cell}`.trim()] : []))
    return named(name, ' ', told.join(' · '))
  })
}

/** A picture is shown from its address (§7), a file led to; without one they are only named. */
function attached(block: Extract<Block, { kind: 'image' | 'file' }>): Line[] {
  const url = pageAddress(block.url)
  const line = { name: '', glue: '' as const }
  if (block.kind === 'image') {
    const text = shorten(oneLine(pictureLine(block.alt)), maxName)
    return [{ ...line, text, ...(url && { markup: { instead: `![${inline(text)}](${url})` } }) }]
  }
  const text = shorten(oneLine(fileLine(block.name)), maxName)
  if (!url) return [{ ...line, text: `${text}${filePrivately}` }]
  return [{ ...line, text, markup: { behind: ` [${fileLinkName}](${url})` } }]
}

/** An overlong text goes on in lines without a name. */
function named(label: string, glue: Line['glue'], text: string): Line[] {
  const name = shorten(oneLine(label), maxName)
  const [start = '', ...rest] = chop(text, maxLine)
  if (!name && !start) return []
  return [
    { name, glue: name ? glue : '', text: start },
    ...rest.map((more) => ({ name: '', glue: '' as const, text: more })),
  ]
}

const spoken = ({ name, glue, text }: Line): string => `${name}${glue}${text}`.trim()

const written = ({ name, glue, text, markup }: Line): string =>
  markup
    ? (markup.instead ?? `${atLineStart(inline(text))}${markup.behind ?? ''}`)
    : name
      ? `**${inline(name)}**${glue}${inline(text)}`.trimEnd()
      : atLineStart(inline(text))

/** Joins neighbours as long as they fit into one message together. */
function pack(pieces: string[], glue: string): string[] {
  const packed: { text: string; bytes: number }[] = []
  for (const piece of pieces) {
    const last = packed.at(-1)
    const bytes = jsonBytes(piece)
    const together = (last?.bytes ?? 0) + jsonBytes(glue) + bytes
    if (!last || together > maxTextBytes) packed.push({ text: piece, bytes })
    else {
      last.text += glue + piece
      last.bytes = together
    }
  }
  return packed.map(({ text }) => text)
}

/** Ids that can stand in the text as they are. The opaque ids of outsiders (`$:LWCP…`) cannot be mentioned. */
function mentionable(mention: string[]): string[] {
  const kept: string[] = []
  for (const userId of new Set(mention)) {
    if (userId === everyone || !/^[\p{L}\p{N}_.@-]{1,64}$/u.test(userId)) continue
    if (kept.length === maxMentioned || jsonBytes([...kept, userId].join()) > maxMentionBytes) break
    kept.push(userId)
  }
  return kept
}
