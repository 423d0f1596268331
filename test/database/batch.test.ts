import { describe, expect, it } from 'vitest'
import { batched } from '../../src/database/batch.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Statements that are answered when the test says so. */
function statements(limits?: { most: number; outstanding: number }) {
  const open: { asked: number[]; answer(): void; fail(why: string): void }[] = []
  const ask = batched<number, string>(
    (asked) =>
      new Promise((resolve, reject) => {
        const answer = () => resolve(asked.map((one) => `answer ${one}`))
        open.push({ asked, answer, fail: (why) => reject(new Error(why)) })
      }),
    limits,
  )
  return { ask, open }
}

describe('questions of one moment', () => {
  it('go together in one statement, in their order', async () => {
    const { ask, open } = statements()
    const answers = [3, 1, 2].map(ask)
    expect(open).toHaveLength(0)
    await turn()
    expect(open.map(({ asked }) => asked)).toEqual([[3, 1, 2]])
    open[0]?.answer()
    expect(await Promise.all(answers)).toEqual(['answer 3', 'answer 1', 'answer 2'])
  })

  it('do not wait for company: a single one goes at once', async () => {
    const { ask, open } = statements()
    const answer = ask(1)
    await turn()
    open[0]?.answer()
    expect(await answer).toBe('answer 1')
  })

  it('share a failure: everybody of the statement hears of it, nobody else', async () => {
    const { ask, open } = statements()
    const failing = [1, 2].map((one) => ask(one).catch((error: Error) => error.message))
    await turn()
    const fine = ask(3)
    await turn()
    open[0]?.fail('gone')
    open[1]?.answer()
    expect(await Promise.all(failing)).toEqual(['gone', 'gone'])
    expect(await fine).toBe('answer 3')
  })

  it('may be asked again after a failure', async () => {
    const { ask, open } = statements({ most: 10, outstanding: 1 })
    const failing = expect(ask(1)).rejects.toThrow('gone')
    await turn()
    open[0]?.fail('gone')
    await failing
    const again = ask(1)
    await turn()
    open[1]?.answer()
    expect(await again).toBe('answer 1')
  })
})

describe('more questions than one statement takes', () => {
  it('go in several statements, as many at a time as are allowed; the rest waits and goes together', async () => {
    const { ask, open } = statements({ most: 2, outstanding: 2 })
    const answers = Promise.all([1, 2, 3, 4, 5, 6, 7].map(ask))
    await turn()
    expect(open.map(({ asked }) => asked)).toEqual([
      [1, 2],
      [3, 4],
    ])
    open[0]?.answer()
    await turn()
    await turn()
    expect(open.map(({ asked }) => asked)).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ])
    open[1]?.answer()
    open[2]?.answer()
    await turn()
    await turn()
    expect(open.at(-1)?.asked).toEqual([7])
    open[3]?.answer()
    expect(await answers).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `answer ${n}`))
  })

  it('that come while all are busy grow into one statement', async () => {
    const { ask, open } = statements({ most: 100, outstanding: 1 })
    const first = ask(0)
    await turn()
    const later = Promise.all(Array.from({ length: 50 }, (_, n) => ask(n + 1)))
    await turn()
    expect(open).toHaveLength(1)
    open[0]?.answer()
    await first
    await turn()
    await turn()
    expect(open[1]?.asked).toHaveLength(50)
    open[1]?.answer()
    expect(await later).toHaveLength(50)
  })

  it('a statement that throws at once is a failure like any other', async () => {
    const ask = batched<number, number>(() => {
      throw new Error('at once')
    })
    await expect(ask(1)).rejects.toThrow('at once')
    await expect(ask(2)).rejects.toThrow('at once')
  })
})
