// One at a time per key, first come first served, within this process.

export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>

/** A promise chain per key; a key is forgotten when its last waiter is done. */
export function inTurn(): InTurn {
  const tails = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const mine = (tails.get(key) ?? Promise.resolve()).then(work, work)
    const tail = mine.then(ignore, ignore)
    tails.set(key, tail)
    void tail.then(() => tails.get(key) === tail && tails.delete(key))
    return mine
  }
}

/** Whoever started the work hears of its failure; the next in line does not care. */
function ignore(): void {}
