// What a person typed, in one form: full-width and half-width alike, no invisible characters, no mention of the bot.

/** What lies further behind does not decide what is meant: nobody says a sentence of two thousand characters. */
export const longestReadable = 2_000
/** A pasted list may be longer than a sentence; what is longer than this is cut. */
export const longestKept = 12_000

/**
 * @param botName without @; the mention may stand anywhere and end in any space a platform uses
 * @returns trimmed text in NFKC, without control characters and lone surrogates; `，：（）％` become ASCII
 */
export function normalize(text: string, botName: string): string {
  return (
    text
      .slice(0, longestKept)
      // ①金苑3②汝河小区8 must not become 32: what numbers a line stays apart from the line before.
      .replace(
        /[\u2460-\u2473\u2474-\u2487\u2488-\u249b]/g,
        (one) => ` ${one.normalize('NFKC').replace(/^\d+$/, '$&.')}`,
      )
      .normalize('NFKC')
      .replace(/\p{Cs}|\p{Cf}|\p{Co}/gu, '')
      .replaceAll(`@${botName}`, ' ')
      .replace(/[^\S\n]+/g, ' ')
      .replace(/[^\P{Cc}\n]/gu, '')
      .replace(/ *\n\s*/g, '\n')
      .trim()
  )
}
