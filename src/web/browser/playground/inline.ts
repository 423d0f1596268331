// What stands within a line of markdown: bold, italic, links, code, mentions.
import { make } from './dom.ts'

/** What a platform's messages may hold. */
export interface Dialect {
  tables: boolean
  /** Inline and fenced. */
  code: boolean
  rules: boolean
  nestedLists: boolean
  quoteDepth: number
  /** Account ids that are mentioned, and the names that are shown for them. */
  names: Map<string, string>
}

const patterns = [
  String.raw`\\(?<escaped>[!-/:-@[-\x60{-~])`,
  String.raw`\x60(?<code>[^\x60\n]+)\x60`,
  String.raw`\*\*(?<bold>(?:\\.|[^*\\]|\*(?!\*))+)\*\*`,
  String.raw`\*(?<italic>(?:\\.|[^*\\])+)\*`,
  String.raw`\[(?<label>(?:\\.|[^\]\\])*)\]\((?<target>[^()\s]*)\)`,
  String.raw`(?<address>https?://[\w\-./?%&=#:~+,;!$]*[\w/=%&#~+$-])`,
  String.raw`@(?<mention>[\p{L}\p{N}_.-]{1,64})`,
  '(?<check>✔)',
]
const pieces = new RegExp(patterns.join('|'), 'gu')

export function inline(text: string, dialect: Dialect): Node[] {
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
  const { escaped, code, bold, italic, label, target, address, mention, check } = groups
  if (escaped !== undefined) return new Text(escaped)
  if (code !== undefined) return dialect.code ? make('code', {}, code) : undefined
  if (bold !== undefined) return make('strong', {}, ...inline(bold, dialect))
  if (italic !== undefined) return make('em', {}, ...inline(italic, dialect))
  if (label !== undefined && target !== undefined) return link(target, inline(label, dialect))
  if (address !== undefined) return link(address, [new Text(address)])
  // Many Chinese fonts have none, and phones make a coloured picture of it: the style sheet draws it.
  if (check !== undefined) return make('span', { class: 'check' }, check)
  const name = dialect.names.get(mention ?? '')
  return name === undefined ? undefined : make('span', { class: 'at' }, `@${name}`)
}

/** Nothing but web addresses can be followed; what else stands there stays visible. */
function link(target: string, shown: Node[]): Node {
  if (!/^https?:\/\//i.test(target)) return make('span', {}, ...shown, ` (${target})`)
  return make('a', { href: target, target: '_blank', rel: 'noopener' }, ...shown)
}
