// XML of the self-built app, in and out, strictly (protocols/wecom.md §2.1, §2.4, §2.5).
import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** Not well formed, or formed in a way WeCom never uses. */
export class XmlError extends Error {
  override name = 'XmlError'
}

/** The largest callback (a vote with 20 options) has far fewer; a body of empty tags would keep the parser busy. */
const maxTags = 1_000
// Without these, the user id 007 becomes the number 7 and " 1e3 " becomes 1000, even inside CDATA.
const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  ignoreAttributes: true,
})

/**
 * Reads some elements directly under `<xml>`.
 * @returns their text; an element that is absent is absent here too
 * @throws XmlError for a DOCTYPE, an entity, a comment or an attribute, for what is not well formed, and for one of
 * `names` standing there twice or holding elements: it would be unclear which value was meant
 */
export function readXml<Name extends string>(
  text: string,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  refuseUnusualMarkup(text)
  if (XMLValidator.validate(text) !== true) throw new XmlError('not well formed')
  const root = rootOf(text)
  const found: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const value = Object.hasOwn(root, name) ? root[name] : undefined
    if (value === undefined) continue
    if (typeof value !== 'string') throw new XmlError(`${name} is not one text`)
    found[name] = value
  }
  return found
}

/** `<xml>` with one element a field: strings in CDATA, numbers bare. */
export function writeXml(fields: Record<string, string | number>): string {
  const elements = Object.entries(fields).map(
    ([name, value]) => `<${name}>${typeof value === 'number' ? value : cdata(value)}</${name}>`,
  )
  return `<xml>${elements.join('')}</xml>`
}

/** A `]]>` inside would end the section: it is spread over two. */
function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

function rootOf(text: string): Record<string, unknown> {
  try {
    const { xml } = parser.parse(text) as { xml?: unknown }
    // An empty <xml/> is the empty string.
    if (xml === '') return {}
    if (typeof xml === 'object' && xml !== null && !Array.isArray(xml)) return xml as Record<string, unknown>
  } catch {
    // Reserved names, nesting without end: the library throws plain errors for them.
  }
  throw new XmlError('not one <xml> element')
}

/** Nothing but plain tags may stand outside CDATA; inside it, people may type anything, `<!DOCTYPE` included. */
function refuseUnusualMarkup(text: string): void {
  const markup = withoutCdata(text).replace(/^\s*<\?xml [^<>?]*\?>/, '')
  const tags = markup.split('<').slice(1)
  if (tags.length > maxTags) throw new XmlError('too many elements')
  for (const tag of tags)
    if (!/^\/?[A-Za-z_][\w.-]*\s*\/?>/.test(tag))
      throw new XmlError('unusual markup: only plain tags are read')
}

/** By hand instead of by pattern: a pattern would take quadratic time on sections that are opened and never closed. */
function withoutCdata(text: string): string {
  const kept: string[] = []
  for (let at = 0; ; ) {
    const open = text.indexOf('<![CDATA[', at)
    if (open < 0) return kept.join('') + text.slice(at)
    const close = text.indexOf(']]>', open)
    if (close < 0) throw new XmlError('CDATA without end')
    kept.push(text.slice(at, open))
    at = close + 3
  }
}
