// Long work in slices, so that whoever else waits gets a turn in between.
import { setImmediate as turn } from 'node:timers/promises'

/** In milliseconds. */
const slice = 8

/** `items.map(map)`, but other work gets a turn every few milliseconds. */
export async function inSlices<T, R>(items: Iterable<T>, map: (item: T, at: number) => R): Promise<R[]> {
  const made: R[] = []
  let from = performance.now()
  for (const item of items) {
    made.push(map(item, made.length))
    if (performance.now() - from < slice) continue
    await turn()
    from = performance.now()
  }
  return made
}
