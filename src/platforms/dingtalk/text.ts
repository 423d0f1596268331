// Text that can be stored, shown and counted: no half characters, no invisible tricks.

/** Replaces halves of surrogate pairs, which have no UTF-8 form. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD')
}

/** The first `most` characters (code points). */
export function first(text: string, most: number): string {
  // A character has at most two units, so this copies no more of an overlong text than it must.
  return [...text.slice(0, 2 * most)].slice(0, most).join('')
}

/** The whole text, or its beginning with 「…」 when it has more than `most` characters. */
export function shorten(text: string, most: number): string {
  const beginning = first(text, most)
  return beginning === text ? text : `${first(text, most - 1)}…`
}

/** Pieces of at most `most` characters; none for an empty text. */
export function chop(text: string, most: number): string[] {
  if (text.length <= most) return text === '' ? [] : [text]
  const characters = [...text]
  const pieces: string[] = []
  for (let from = 0; from < characters.length; from += most)
    pieces.push(characters.slice(from, from + most).join(''))
  return pieces
}

/** What the text takes in a JSON body: UTF-8 bytes between the quotes. */
export function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2
}
