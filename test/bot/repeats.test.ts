// Platforms deliver a message again and again, to any replica: one report, one answer.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Message } from '../../src/message.ts'
import { eventsIn, group, message, numberOf, replicas, type Talk, talk, words } from './harness.ts'

let talking: Talk
beforeAll(async () => {
  talking = await talk()
})
afterAll(() => talking.close())

const forget = ({ id = '' }: Message) => sql`delete from heard where message_id = ${id}`.execute(talking.db)
const added = async (work: () => Promise<void>) => {
  const before = await eventsIn(talking.db)
  await work()
  return (await eventsIn(talking.db)) - before
}

describe('the same message again', () => {
  it('is answered once, however often it comes', async () => {
    const said = message('居民自治组织新增1个')
    const replies: string[] = []
    const events = await added(async () => {
      for (let n = 0; n < 5; n++) replies.push(words(await talking.hear(said)))
    })
    expect(events).toBe(1)
    expect(replies).toEqual([expect.stringContaining('已记 金苑'), ...Array(4).fill('（不回话）')])
  })

  it('is answered once when it comes many times at once', async () => {
    const said = message('居民自治组织新增1个', { chat: { ...group, id: 'another group' } })
    const before = Number(await numberOf(talking.db, '金苑社区', '居民自治组织组建'))
    talking.clock.pass(700)
    const replies = await Promise.all(Array.from({ length: 8 }, () => talking.hear(said)))
    expect(replies.filter(Boolean)).toHaveLength(1)
    expect(Number(await numberOf(talking.db, '金苑社区', '居民自治组织组建'))).toBe(before + 1)
  })

  it('is answered once by two replicas, ten times over', async () => {
    const { bots, close } = await replicas(talking)
    for (let round = 0; round < 10; round++) {
      talking.clock.pass(700)
      const said = message('居民自治组织新增1个')
      const before = Number(await numberOf(talking.db, '金苑社区', '居民自治组织组建'))
      const events = await added(async () => {
        const replies = await Promise.all([0, 1, 0, 1].map((at) => bots[at]?.(said)))
        expect(replies.filter(Boolean)).toHaveLength(1)
      })
      expect(events).toBe(1)
      expect(Number(await numberOf(talking.db, '金苑社区', '居民自治组织组建'))).toBe(before + 1)
    }
    await close()
  })

  it('is answered once even by replicas that do not see each other’s locks', async () => {
    const { bots: one, close } = await replicas(talking)
    const { bots: other, close: closeOther } = await replicas(talking)
    for (let round = 0; round < 5; round++) {
      talking.clock.pass(700)
      const said = message('居民自治组织新增1个')
      const events = await added(async () => {
        const replies = await Promise.all([one[0]?.(said), other[0]?.(said)])
        expect(replies.filter(Boolean)).toHaveLength(1)
      })
      expect(events).toBe(1)
    }
    await close()
    await closeOther()
  })
})

describe('another message', () => {
  it('is one that another robot heard under the same id', async () => {
    const said = message('我是谁')
    expect(words(await talking.hear(said))).toContain('您是张建国')
    expect(words(await talking.hear({ ...said, robot: 'robot-2' }))).toContain('您是张建国')
    expect(words(await talking.hear({ ...said, platform: 'wecom' }))).toContain('您是张建国')
  })

  it('without an id is let through every time', async () => {
    const { id: _none, ...said } = message('我是谁')
    expect(words(await talking.hear(said))).toContain('您是张建国')
    expect(words(await talking.hear(said))).toContain('您是张建国')
  })

  it('without an id can report: the number is asked for by its words alone', async () => {
    const { id: _none, ...said } = message('居民自治组织新增3个')
    talking.clock.pass(700)
    expect(await added(async () => void (await talking.hear(said)))).toBe(1)
    expect(words(await talking.hear(said))).toContain('刚才已记过')
  })
})

describe('a message whose answer was lost in a crash', () => {
  it('gets the same receipt and writes nothing twice', async () => {
    talking.clock.pass(700)
    const said = message('居民自治组织新增2个')
    const receipt = words(await talking.hear(said))
    await forget(said)
    const events = await added(async () => {
      expect(words(await talking.hear(said))).toBe(receipt)
    })
    expect(events).toBe(0)
  })

  it('gets the same question about a doubted number', async () => {
    const said = message('红色物业300个')
    const question = words(await talking.hear(said))
    await forget(said)
    expect(await added(async () => expect(words(await talking.hear(said))).toBe(question))).toBe(0)
    expect(await talking.say('0')).toBe('好，没有记。')
  })

  it('keeps several numbers together', async () => {
    talking.clock.pass(700)
    const said = message('共建项目2个，监督员3人')
    const receipt = words(await talking.hear(said))
    expect(receipt.split('\n')).toHaveLength(2)
    await forget(said)
    expect(await added(async () => expect(words(await talking.hear(said))).toBe(receipt))).toBe(0)
  })

  it('gets the receipt of then, even when something was reported since', async () => {
    talking.clock.pass(700)
    const said = message('老旧小区改造9个')
    const receipt = words(await talking.hear(said))
    expect(receipt).toContain('8→9')
    talking.clock.pass(700)
    await talking.say('老旧小区改造10个')
    await forget(said)
    expect(words(await talking.hear(said))).toContain('8→9')
    expect(await numberOf(talking.db, '金苑社区', '老旧小区改造')).toBe('10')
  })
})

describe('messages of one chat', () => {
  it('are dealt with in the order in which they came', async () => {
    talking.clock.pass(700)
    const chat = { ...group, id: 'in order' }
    const counts = [1, 2, 3, 4]
    const replies = await Promise.all(counts.map((n) => talking.say(`居民自治组织新增${n}个`, { chat })))
    const shown = replies.map((reply) =>
      reply
        .match(/(\d+)→(\d+)/)
        ?.slice(1)
        .map(Number),
    )
    expect(shown.slice(1).map((pair) => pair?.[0])).toEqual(shown.slice(0, -1).map((pair) => pair?.[1]))
  })
})
