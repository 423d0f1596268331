// The markdown of the two platforms, drawn as elements: headings, quotes, lists, paragraphs, and where known the rest.
import { make } from './dom.ts'
import { type Dialect, inline } from './inline.ts'
import { readTable, startsTable } from './table.ts'

/** What was read, and how many lines it took. */
type Block = { node: Node | undefined; lines: number }
type Reader = (lines: string[], dialect: Dialect) => Block | undefined

export function markdown(text: string, dialect: Dialect): DocumentFragment {
  const drawn = document.createDocumentFragment()
  for (let rest = text.split(/\r?\n/); rest.length > 0; ) {
    const block = readers.map((read) => read(rest, dialect)).find((one) => one !== undefined)
    if (!block) break
    if (block.node) drawn.append(block.node)
    rest = rest.slice(block.lines)
  }
  return drawn
}

const listItem = /^(\s*)(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/
const startsBlock = (lines: string[], dialect: Dialect): boolean =>
  readers.slice(0, -1).some((read) => read(lines, dialect) !== undefined)
const count = (lines: string[], wanted: (line: string) => boolean): number => {
  const end = lines.findIndex((line) => !wanted(line))
  return end < 0 ? lines.length : end
}

const blank: Reader = ([line = '']) => (line.trim() === '' ? { node: undefined, lines: 1 } : undefined)

const fence: Reader = ([first = '', ...rest], { code, tables }) => {
  if (!code || !tables || !first.startsWith('```')) return undefined
  const length = count(rest, (line) => !line.startsWith('```'))
  return { node: make('pre', {}, rest.slice(0, length).join('\n')), lines: length + 2 }
}

const rule: Reader = ([line = ''], { rules }) =>
  rules && /^-{3,}\s*$/.test(line) ? { node: make('hr', {}), lines: 1 } : undefined

const heading: Reader = ([line = ''], dialect) => {
  const [, marks, words] = line.match(/^(#{1,6})\s+(.*)$/) ?? []
  if (marks === undefined || words === undefined) return undefined
  // The page has headings of its own: those in a message only look like some.
  return { node: make('p', { class: `h${marks.length}` }, ...inline(words, dialect)), lines: 1 }
}

const table: Reader = (lines, dialect) =>
  dialect.tables && startsTable(lines) ? readTable(lines, dialect) : undefined

const quote: Reader = (lines, dialect) => {
  const length = count(lines, (line) => line.startsWith('>'))
  if (length === 0 || dialect.quoteDepth === 0) return undefined
  const inner = lines.slice(0, length).map((line) => line.replace(/^>\s?/, ''))
  const deeper = { ...dialect, quoteDepth: dialect.quoteDepth - 1 }
  return { node: make('blockquote', {}, markdown(inner.join('\n'), deeper)), lines: length }
}

const list: Reader = (lines, dialect) => {
  const [, indent = '', number] = lines[0]?.match(listItem) ?? []
  const length = count(lines, (line) => listItem.test(line))
  if (length === 0 || !dialect.lists) return undefined
  const node = number === undefined ? make('ul', {}) : make('ol', { start: number })
  for (let rest = lines.slice(0, length); rest.length > 0; ) {
    const [, , , words = ''] = rest[0]?.match(listItem) ?? []
    const isDeeper = (line: string) => (line.match(listItem)?.[1]?.length ?? 0) >= indent.length + 2
    const nested = dialect.nestedLists ? rest.slice(1, 1 + count(rest.slice(1), isDeeper)) : []
    node.append(make('li', {}, ...inline(words, dialect), markdown(nested.join('\n'), dialect)))
    rest = rest.slice(1 + nested.length)
  }
  return { node, lines: length }
}

const paragraph: Reader = (lines, dialect) => {
  const node = make('p', {})
  let length = 0
  for (const line of lines) {
    if (length > 0 && startsBlock(lines.slice(length), dialect)) break
    // Two spaces at the end break the line; a bare line feed is mostly shown as a space.
    const isBroken = dialect.breaks || lines[length - 1]?.endsWith('  ')
    if (length > 0) node.append(isBroken ? make('br', {}) : ' ')
    node.append(...inline(line.trim(), dialect))
    length++
  }
  return { node, lines: length }
}

const readers: Reader[] = [blank, fence, rule, heading, table, quote, list, paragraph]
