// HTML as text that cannot be broken by what is put into it: every value is escaped unless it is HTML itself.

/** HTML that may stand as it is. */
export interface Html {
  readonly html: string
}
type Value = Html | Html[] | string | number | false | null | undefined

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Marks that turn the direction of text round, or cannot be seen: names need none of them. */
const unseen = /(?!\n)[\p{Cc}\p{Cf}]/gu

const escaped = (text: string): string =>
  text.replace(unseen, '').replace(/[&<>"']/g, (sign) => signs[sign] ?? '')

/** A template whose values are escaped; lists are joined, and what is false, null or undefined is left out. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return { html: parts.reduce((whole, part, at) => `${whole}${textOf(values[at - 1])}${part}`) }
}

function textOf(value: Value): string {
  if (value === false || value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map((one) => one.html).join('')
  return typeof value === 'object' ? value.html : escaped(String(value))
}
