// Work that goes on after somebody has turned to something else, so that a stop can wait for it.

export function outstanding() {
  const going = new Set<Promise<unknown>>()
  return {
    add(work: Promise<unknown>) {
      const done = () => going.delete(work)
      going.add(work)
      void work.then(done, done)
    },
    async settled() {
      await Promise.allSettled(going)
    },
  }
}
