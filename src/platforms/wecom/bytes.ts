// WeCom counts UTF-8 bytes and cuts what is longer without a word: cutting is done here, visibly.

export const bytes = (text: string) => Buffer.byteLength(text)

/** The longest beginning of `text` that has at most `max` bytes and does not end within a character. */
export function cut(text: string, max: number): string {
  if (bytes(text) <= max) return text
  const buffer = Buffer.from(text)
  let end = Math.max(0, max)
  // 10xxxxxx continues a character: step back to where one begins.
  while (end > 0 && ((buffer[end] ?? 0) & 0xc0) === 0x80) end--
  return buffer.toString('utf8', 0, end)
}

/** Pieces of at most `max` bytes (at least 4, the size of one character) that joined give back `text`. */
function chopped(text: string, max: number): string[] {
  const pieces: string[] = []
  for (let rest = text; rest !== ''; ) {
    const piece = cut(rest, max)
    pieces.push(piece)
    rest = rest.slice(piece.length)
  }
  return pieces
}

/**
 * Joins parts until `max` bytes are full. What does not fit is left out whole, and `note` says so at the end; a part
 * that alone would take more than half of the room is cut within instead.
 */
export function fitted(parts: string[], max: number, note: string): string {
  const whole = parts.join('')
  if (bytes(whole) <= max) return whole
  const room = max - bytes(note)
  let kept = ''
  for (const part of parts) {
    const left = room - bytes(kept)
    if (bytes(part) > left) {
      if (bytes(part) > room / 2) kept += cut(part, left)
      break
    }
    kept += part
  }
  return kept.trimEnd() + note
}

/** Several texts of at most `max` bytes, parted at line edges; only a line that is too long by itself is cut within. */
export function inParts(text: string, max: number): string[] {
  const parts: string[] = []
  let part = ''
  for (const line of text.split('\n').flatMap((whole) => (whole === '' ? [''] : chopped(whole, max)))) {
    const longer = part === '' ? line : `${part}\n${line}`
    if (bytes(longer) <= max) {
      part = longer
      continue
    }
    parts.push(part)
    part = line
  }
  return [...parts, part].filter((text) => text.trim() !== '')
}
