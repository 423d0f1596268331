// A reply as a group webhook's messages (protocols/wecom.md §4.1, §4.4, §3.10): text, markdown, card, picture, file. Pure.
import { type Block, everyone, type Reply } from '../../message.ts'
import { fileLine, fileLinkName, isSendable, pageAddress, pageName, wordsOf } from '../page-address.ts'
import { bytes } from './bytes.ts'
import { markdownCell, markdownText, plainText } from './escape.ts'
import { atMost, mostParts, renderText, rowAsLine } from './render.ts'

const markdownBytes = 4_096
/** Of the calls in the first message, so that there is room for what it says. */
const maxMentionBytes = 2_000
/** Lengths up to which a card shows its texts whole, in characters (§3.10). */
const card = { title: 26, text: 112, fields: 6, label: 5, value: 26 }

export type WebhookPart =
  | { msgtype: 'text'; text: { content: string; mentioned_list?: string[] } }
  | { msgtype: 'markdown'; markdown: { content: string } }
  | { msgtype: 'image'; image: { base64: string } }
  | { msgtype: 'file'; file: { name: string; data: string } }
  | { msgtype: 'template_card'; template_card: TextNotice }

interface TextNotice {
  card_type: 'text_notice'
  main_title: { title: string }
  sub_title_text?: string
  horizontal_content_list?: { keyname: string; value: string }[]
  card_action: { type: 1; url: string }
}

/**
 * The messages a reply needs, in order; pictures and files come last. A short reply with a page is a card; a plain one is a
 * text, which notifies by its list; everything else is markdown, which notifies by `<@userid>`. Everybody can only be
 * called by a text: the whole reply, or when it is too long for one, its title.
 */
export function webhookParts(reply: Reply): WebhookPart[] {
  const beside = reply.blocks.flatMap((block): WebhookPart[] => {
    if (block.kind === 'image') return [{ msgtype: 'image', image: { base64: block.png } }]
    if (block.kind !== 'file' || !isSendable(block)) return []
    return [{ msgtype: 'file', file: { name: block.name, data: block.data } }]
  })
  return [...inWords(wordsOf(reply)), ...beside]
}

function inWords(reply: Reply): WebhookPart[] {
  const { title, blocks, mention = [] } = reply
  const people = mentionable(mention)
  const all = mention.includes(everyone)
  const notice = people.length === 0 && !all && textNotice(reply)
  if (notice) return [{ msgtype: 'template_card', template_card: notice }]
  const list = [...(all ? [everyone] : []), ...people]
  const isPlain = !title && !reply.link && blocks.every(({ kind }) => kind === 'text')
  if (isPlain || all) {
    const [content, ...more] = renderText(reply)
    if (content === undefined) return []
    if (more.length === 0) return [text(content, list)]
  }
  const calling = people.map((userid) => `<@${userid}>`).join(' ')
  if (!all) return markdown([...(calling ? [calling] : []), ...markdownLines(reply)])
  const [call = '请大家看下面的消息'] = renderText({ blocks: [{ kind: 'text', text: title ?? '' }] })
  return [text(call, list), ...markdown(markdownLines(reply))]
}

function text(content: string, list: string[]): WebhookPart {
  return { msgtype: 'text', text: { content, ...(list.length > 0 && { mentioned_list: list }) } }
}

function markdown(lines: string[]): WebhookPart[] {
  const parts = atMost(mostParts, lines.join('\n').trim(), markdownBytes)
  return parts.map((content) => ({ msgtype: 'markdown', markdown: { content } }))
}

/** This dialect breaks at every line feed, and has no tables: a row is a line. */
function markdownLines({ title, blocks, link }: Reply): string[] {
  const page = pageAddress(link)
  return [
    ...(title ? [bold(markdownCell(title))] : []),
    ...blocks.flatMap(linesOf),
    ...(page ? [`[${pageName}](${page})`] : []),
  ]
}

function linesOf(block: Block): string[] {
  if (block.kind === 'text') return [markdownText(block.text)]
  if (block.kind === 'fields')
    return block.fields.map(([label, value]) => `${markdownCell(label)}：${markdownCell(value)}`)
  if (block.kind === 'table') return block.rows.map((row) => rowAsLine(block.head, row, markdownCell))
  const page = block.kind === 'file' ? pageAddress(block.url) : undefined
  return block.kind === 'file' && page
    ? [`${markdownCell(fileLine(block.name))} [${fileLinkName}](${page})`]
    : []
}

/** What is so long that it may be cut within stays thin: half a mark would show. */
const bold = (words: string): string => (bytes(words) < 1_000 && words !== '' ? `**${words}**` : words)

/** @returns undefined when the reply has no page or no title, or would not be shown whole */
function textNotice({ title = '', blocks, link }: Reply): TextNotice | undefined {
  const url = pageAddress(link)
  const heading = oneLine(title)
  const fields = blocks.flatMap((block) => (block.kind === 'fields' ? block.fields : []))
  const sub = blocks
    .flatMap((block) => (block.kind === 'text' ? plainText(block.text).trim() : []))
    .join('\n')
  const list = fields.map(([label, value]) => ({ keyname: oneLine(label), value: oneLine(value) || '—' }))
  const isShort =
    within(heading, card.title) &&
    within(sub, card.text) &&
    list.length <= card.fields &&
    list.every(({ keyname, value }) => keyname && within(keyname, card.label) && within(value, card.value))
  if (!url || !heading || !isShort || blocks.some(({ kind }) => kind === 'table' || kind === 'file'))
    return undefined
  return {
    card_type: 'text_notice',
    main_title: { title: heading },
    ...(sub && { sub_title_text: sub }),
    ...(list.length > 0 && { horizontal_content_list: list }),
    card_action: { type: 1, url },
  }
}

const within = (words: string, most: number): boolean => [...words].length <= most
const oneLine = (words: string): string =>
  plainText(words)
    .replace(/\s*\n\s*/g, ' ')
    .trim()

/** Ids that can stand in a mention as they are. */
function mentionable(mention: string[]): string[] {
  const ids = [...new Set(mention)].filter((id) => id !== everyone && /^[\w.@-]{1,64}$/.test(id))
  let room = maxMentionBytes
  return ids.filter((id) => {
    room -= id.length + '<@> '.length
    return room >= 0
  })
}
