// Plain text in, DingTalk markdown out that reads the same (`protocols/dingtalk.md` §7). Pure.
import { wellFormed } from './text.ts'

/** An address in running text. No parentheses and no @: they end one more often than they belong to it. */
const address = /(https?:\/\/[\w\-./?%&=#:~+,;!*$]*[\w/=%&#~+$-])/

/**
 * Text as the reader may see it: one kind of line break, no control characters, nothing that turns the direction of
 * writing, and no 「@」 that could pass for a mention (the wide 「＠」 looks alike and is inert).
 */
export function plain(text: string): string {
  return wellFormed(text)
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/(?!\n)[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '')
    .replaceAll('@', '＠')
}

/** `plain`, on one line and without space around it. */
export function oneLine(text: string): string {
  return plain(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim()
}

/**
 * Escapes what has a meaning inside a line. `!`, `(` and `)` have none once `[` is escaped, `{` and `}` have none in
 * messages, and `#`, `>`, `-` have one only at the start of a line (`atLineStart`). Addresses become links to
 * themselves, for escaping would break them.
 */
export function inline(text: string): string {
  return text
    .split(address)
    .map((piece, i) => (i % 2 === 1 ? `[${escaped(piece)}](${piece})` : escaped(piece)))
    .join('')
}

/** Takes the meaning from what starts an escaped line: a heading, quote, rule, or list whose numbers would be redone. */
export function atLineStart(line: string): string {
  return line.replace(/^([-+]|\d{1,9}[.)])\s/, '$1\u00A0').replace(/^(?=[#>=]|-(-|$)|\+$)/, '\\')
}

const escaped = (text: string): string =>
  text.replace(/[\\`*_[\]~|<]/g, '\\$&').replace(/&(?=#?\w+;)/g, '\\&')
