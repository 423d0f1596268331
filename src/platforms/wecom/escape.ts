// Text from people made harmless for WeCom: it reads the same, and nothing in it is interpreted (protocols/wecom.md §7).
// Full-width twins instead of backslashes: no page says that WeCom knows backslashes, and they would show where it does not.

/** Controls, and marks that turn the direction of reading, are dropped; half characters become U+FFFD. */
function tidy(text: string): string {
  return wellFormed(text)
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/gu, '')
}

/** Half of an emoji makes WeCom refuse the whole call (40033), and is not UTF-8 at all. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD')
}

/** For the text messages of an app: no links (`<a href>`), no mentions. */
export function plainText(text: string): string {
  return tidy(text)
    .replace(/<(?=[a-z/@!])/gi, '＜')
    .replace(/@(?=all|所有人)/gi, '＠')
}

/** For markdown_v2: no markup, tags, mentions, entities, lists or tables; addresses go on working as links. */
export function markdownText(text: string): string {
  return tidy(text)
    .split('\n')
    .map((line) =>
      lineStart(
        line
          .split(address)
          .map((part, at) => (at % 2 ? inAddress(part) : inText(part)))
          .join(''),
      ),
    )
    .join('\n')
}

/** One cell of a table. */
export function markdownCell(text: string): string {
  const lines = text.split(/[\r\n\u2028\u2029]+/).map((line) => line.trim())
  return markdownText(lines.filter(Boolean).join(' ')).trim()
}

/** Split by this, every second part is an address. */
const address = /(https?:\/\/[\w./?=&%#:+,;-]+)/
const twins: Record<string, string> = Object.fromEntries(
  [...'\\`*[]<>|~'].map((sign) => [sign, String.fromCodePoint(sign.charCodeAt(0) + 0xfee0)]),
)
/** Within a word an underscore is only an underscore: account ids and codes keep it. */
const bareUnderscore = /(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g

function inText(text: string): string {
  return text
    .replace(/[\\`*[\]<>|~]/g, (sign) => twins[sign] ?? '')
    .replace(bareUnderscore, '＿')
    .replace(/@(?=\w|所有人)/g, '＠')
    .replace(/&(?=#?\w+;)/g, '＆')
}

function inAddress(url: string): string {
  return url.replace(bareUnderscore, '%5F')
}

/** What is markup only at the start of a line: indents, headings, list marks, rules. */
function lineStart(line: string): string {
  return line
    .replace(/^[ \t]+/, (indent) => '\u3000'.repeat(Math.ceil(indent.length / 2)))
    .replace(/^(\u3000*)(#+)(?=\s|$)/, (_, indent, signs) => indent + '＃'.repeat(signs.length))
    .replace(/^(\u3000*)-(?=[\s-]|$)/, '$1－')
    .replace(/^(\u3000*)\+(?=\s|$)/, '$1＋')
    .replace(/^(\u3000*)=(?==*\s*$)/, '$1＝')
    .replace(/^(\u3000*\d+)\.(?=\s|$)/, '$1．')
    .replace(/^(\u3000*\d+)\)(?=\s|$)/, '$1）')
}
