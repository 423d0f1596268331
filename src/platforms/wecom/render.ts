// A Reply in two of WeCom's languages: markdown_v2 for the smart robot, plain text for the app (protocols/wecom.md §4.4).
// Neither can mention anybody (§3.9), so `mention` is not looked at.
import type { Block, Reply } from '../../message.ts'
import { fileLine, fileLinkName, pageAddress, pageName, pictureLine } from '../page-address.ts'
import { fitted, inParts } from './bytes.ts'
import { markdownCell, markdownText, plainText } from './escape.ts'

/** Most bytes of a smart robot's answer (§3.5). */
export const markdownBytes = 20_480
/** Most bytes of an app's text message (§2.4, §5.2). */
export const textBytes = 2_048
/** A person gets at most 30 messages a minute from an app, and WeCom drops the rest silently (§5.5). */
export const mostParts = 10
export const cutNote = '（内容太长，只显示了前面一部分，请缩小范围再查。）'

/** Breaks a line within a paragraph: a bare line feed may be read as a space. */
const lineBreak = '  \n'
const paragraph = '\n\n'

/** For the smart robot. Only one message can answer: what is over `max` bytes is left out, with a note that says so. */
export function renderMarkdown({ title, blocks, link }: Reply, max = markdownBytes): string {
  const parts = title ? [`**${markdownCell(title)}**`] : []
  let apart = true
  for (const block of blocks) {
    const table = block.kind === 'table'
    const [first, ...more] = markdownLines(block)
    if (first === undefined) continue
    const gap = table || apart ? paragraph : lineBreak
    parts.push((parts.length > 0 ? gap : '') + first)
    for (const next of more) parts.push((table ? '\n' : lineBreak) + next)
    apart = table
  }
  const page = pageAddress(link)
  if (page) parts.push(`${parts.length > 0 ? paragraph : ''}[${pageName}](${page})`)
  return fitted(parts, max, paragraph + cutNote)
}

/** For the app, in messages of at most `max` bytes; the last says so when even `most` messages are not enough. */
export function renderText({ title, blocks, link }: Reply, max = textBytes, most = mostParts): string[] {
  const page = pageAddress(link)
  const lines = [
    ...(title ? [plainText(title)] : []),
    ...blocks.flatMap(textLines),
    ...(page ? [`${pageName}：${page}`] : []),
  ]
  return atMost(most, lines.join('\n').trim(), max)
}

/** Messages of at most `max` bytes; the last says so when even `most` messages are not enough. */
export function atMost(most: number, text: string, max: number): string[] {
  const parts = inParts(text, max)
  if (parts.length <= most) return parts
  const rest = parts.slice(most - 1).join('\n')
  return [...parts.slice(0, most - 1), fitted(rest.split(/(?<=\n)/), max, `\n${cutNote}`)]
}

/** The pieces between which an answer may be cut. */
function markdownLines(block: Block): string[] {
  if (block.kind === 'text') return [markdownText(block.text).replaceAll('\n', lineBreak)]
  if (block.kind === 'image') return [markdownCell(pictureLine(block.alt))]
  if (block.kind === 'file') {
    const page = pageAddress(block.url)
    return [`${markdownCell(fileLine(block.name))}${page ? ` [${fileLinkName}](${page})` : ''}`]
  }
  if (block.kind === 'fields')
    return block.fields.map(([label, value]) => `${markdownCell(label)}：${markdownCell(value)}`)
  const width = block.rows.reduce((most, row) => Math.max(most, row.length), block.head.length)
  if (width === 0) return []
  const line = (cells: string[]) =>
    `| ${Array.from({ length: width }, (_, at) => markdownCell(cells[at] ?? '')).join(' | ')} |`
  const [first, ...more] = block.rows.map(line)
  // A head without rows would be an empty table: it stays with the first row.
  const top = [line(block.head), `|${' --- |'.repeat(width)}`, ...(first ? [first] : [])]
  return [top.join('\n'), ...more]
}

function textLines(block: Block): string[] {
  if (block.kind === 'text') return [plainText(block.text)]
  if (block.kind === 'image') return [plainText(pictureLine(block.alt))]
  if (block.kind === 'file') {
    const page = pageAddress(block.url)
    return [`${plainText(fileLine(block.name))}${page ? ` ${fileLinkName}：${page}` : ''}`]
  }
  if (block.kind === 'fields')
    return block.fields.map(([label, value]) => `${plainText(label)}：${plainText(value)}`)
  return block.rows.map((row) => rowAsLine(block.head, row))
}

/** 「金苑社区：完成率 80%，排名 3」: every value carries its column's name, as there are no columns to look up. */
export function rowAsLine(head: string[], row: string[], write = plainText): string {
  const [name = '', ...values] = row.map(write)
  const named = values.map((value, at) => (value ? `${write(head[at + 1] ?? '')} ${value}`.trim() : ''))
  return [name, named.filter(Boolean).join('，')].filter(Boolean).join('：')
}
