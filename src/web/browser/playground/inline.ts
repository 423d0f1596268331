// What stands within a line: bold, italic, links, code, colours, mentions.
import { make } from './dom.ts'

/** What a platform's messages may hold. */
export interface Dialect {
  tables: boolean
  /** Inline, and where there are tables fenced. */
  code: boolean
  rules: boolean
  lists: boolean
  nestedLists: boolean
  italics: boolean
  quoteDepth: number
  /** A line feed alone breaks the line. */
  breaks: boolean
  /** `<font color="info">…</font>` */
  colours: boolean
  /** `@zhangsan`, `<@zhangsan>`, or nobody can be called. */
  mentions: 'bare' | 'tags' | 'none'
  /** Account ids that may be mentioned, and the names that are shown for them. */
  names: Map<string, string>
  /** The account that sees it: a mention of it stands out. */
  me: string
}

const address = String.raw`(?<address>https?://[\w\-./?%&=#:~+,;!$]*[\w/=%&#~+$-])`
const spoken = [
  address,
  String.raw`<@(?<tagged>[^<>\s]{1,64})>`,
  String.raw`@(?<mention>[\p{L}\p{N}_.-]{1,64})`,
  '(?<check>✔)',
]
const marked = [
  String.raw`\\(?<escaped>[!-/:-@[-\x60{-~])`,
  String.raw`\x60(?<code>[^\x60\n]+)\x60`,
  String.raw`\*\*(?<bold>(?:\\.|[^*\\]|\*(?!\*))+)\*\*`,
  String.raw`\*(?<italic>(?:\\.|[^*\\])+)\*`,
  String.raw`\[(?<label>(?:\\.|[^\]\\])*)\]\((?<target>[^()\s]*)\)`,
  '<font color="(?<colour>info|comment|warning)">(?<coloured>.*?)</font>',
]
const inText = new RegExp(spoken.join('|'), 'gu')
const inMarkdown = new RegExp([...marked, ...spoken].join('|'), 'gu')

/** A line of markdown. */
export const inline = (text: string, dialect: Dialect): Node[] => cut(text, inMarkdown, dialect)

/** A text: only addresses and mentions are more than they look. */
export const typed = (text: string, dialect: Dialect): Node[] => cut(text, inText, dialect)

/** 「@张三」, which stands out for whom it means. */
export function mention(id: string, { names, me }: Pick<Dialect, 'names' | 'me'>): HTMLElement {
  return make('span', { class: id === me || id === '所有人' ? 'at me' : 'at' }, `@${names.get(id) ?? id}`)
}

function cut(text: string, pieces: RegExp, dialect: Dialect): Node[] {
  const nodes: Node[] = []
  let from = 0
  for (const match of text.matchAll(pieces)) {
    if (match.index > from) nodes.push(new Text(text.slice(from, match.index)))
    nodes.push(piece(match, dialect) ?? new Text(match[0]))
    from = match.index + match[0].length
  }
  if (from < text.length) nodes.push(new Text(text.slice(from)))
  return nodes
}

/** @returns undefined for what is to be shown as typed */
function piece({ groups = {} }: RegExpMatchArray, dialect: Dialect): Node | undefined {
  const { escaped, code, bold, italic, label, target, address, tagged, check } = groups
  if (escaped !== undefined) return new Text(escaped)
  if (code !== undefined) return dialect.code ? make('code', {}, code) : undefined
  if (bold !== undefined) return make('strong', {}, ...inline(bold, dialect))
  if (italic !== undefined)
    return dialect.italics ? make('em', {}, ...inline(italic, dialect)) : asTyped('*', italic, dialect)
  if (label !== undefined && target !== undefined) return link(target, inline(label, dialect))
  if (groups['colour'] && groups['coloured'] !== undefined)
    return dialect.colours
      ? make('span', { class: groups['colour'] }, ...inline(groups['coloured'], dialect))
      : undefined
  if (address !== undefined) return link(address, [new Text(address)])
  // Many Chinese fonts have none, and phones make a coloured picture of it: the style sheet draws it.
  if (check !== undefined) return make('span', { class: 'check' }, check)
  if (tagged !== undefined) return dialect.mentions === 'tags' ? mention(tagged, dialect) : undefined
  const called = groups['mention'] ?? ''
  return dialect.mentions === 'bare' && dialect.names.has(called) ? mention(called, dialect) : undefined
}

/** Marks that mean nothing here, around something that may. */
function asTyped(mark: string, text: string, dialect: Dialect): Node {
  return make('span', {}, mark, ...inline(text, dialect), mark)
}

/** Nothing but web addresses can be followed; what else stands there stays visible. */
export function link(target: string, shown: Node[]): Node {
  if (!/^https?:\/\//i.test(target)) return make('span', {}, ...shown, ` (${target})`)
  return make('a', { href: target, target: '_blank', rel: 'noopener' }, ...shown)
}
