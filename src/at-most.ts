// So much at a time: what is more waits for its turn, in order.

/**
 * @param most how much work may wait, and the error for what comes beyond that
 * @returns a function that does some work as soon as less than `count` of it is under way
 */
export function atMost(
  count: number,
  most?: { waiting: number; beyond: () => Error },
): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let free = count
  return async (work) => {
    if (free > 0) free--
    else if (most && waiting.length >= most.waiting) throw most.beyond()
    else await new Promise<void>((begin) => waiting.push(begin))
    try {
      return await work()
    } finally {
      const begin = waiting.shift()
      if (begin) begin()
      else free++
    }
  }
}
