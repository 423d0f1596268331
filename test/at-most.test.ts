// Work that must not all be done at once.
import { describe, expect, it } from 'vitest'
import { atMost } from '../src/at-most.ts'

describe('atMost', () => {
  it('begins no more than that, in order, and goes on when some of it fails', async () => {
    const inTurn = atMost(2)
    const ends: (() => void)[] = []
    const begun: number[] = []
    const work = (at: number) =>
      inTurn(async () => {
        begun.push(at)
        await new Promise<void>((end, fail) => ends.push(at === 1 ? () => fail(new Error('no')) : end))
        return at
      })
    const all = Promise.allSettled([0, 1, 2, 3].map(work))
    const settled = () => new Promise<void>((done) => setImmediate(done))
    await settled()
    expect(begun).toEqual([0, 1])
    ends[1]?.()
    await settled()
    expect(begun).toEqual([0, 1, 2])
    ends[0]?.()
    await settled()
    expect(begun).toEqual([0, 1, 2, 3])
    for (const end of ends) end()
    expect((await all).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ])
  })
})
