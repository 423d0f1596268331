// Long work in portions: between two of them everything else that waits gets its turn.

/** How many rows, or as small things, are dealt with at a time: some milliseconds. */
export const portion = 250

/** Ends when everything that waited has had its turn. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** The same rows, with a breath after each portion. */
export async function* inPortions<T>(rows: T[]): AsyncGenerator<T[]> {
  for (let from = 0; from < rows.length; from += portion) {
    if (from > 0) await breathe()
    yield rows.slice(from, from + portion)
  }
}
