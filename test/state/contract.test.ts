// One suite for both states: what the bot relies on holds in one process and on a real Redis alike.
import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { memoryState } from '../../src/state/memory.ts'
import { redisState } from '../../src/state/redis.ts'
import type { State } from '../../src/state/state.ts'
import { stillClock } from '../support/example.ts'

interface Place {
  state: State
  /** The same store as another replica sees it; in one process there is no other. */
  other: State
  /** Makes what is kept under the key run out now. */
  expire(key: string): Promise<void>
  close(): Promise<void>
}

async function inProcess(): Promise<Place> {
  const clock = stillClock()
  const state = memoryState(clock)
  return { state, other: state, expire: async () => clock.pass(3_600), close: () => state.close() }
}

async function onRedis(): Promise<Place> {
  const prefix = `test-${randomUUID()}:`
  const url = inject('redisUrl')
  const [state, other] = [redisState(url, () => undefined, prefix), redisState(url, () => undefined, prefix)]
  const raw = new Redis(url)
  return {
    ...{ state, other },
    expire: async (key) => void (await raw.pexpire(prefix + key, 0)),
    async close() {
      await state.close()
      await other.close()
      raw.disconnect()
    },
  }
}

describe.each([
  ['in process', inProcess],
  ['on Redis', onRedis],
])('state %s', (_name, open) => {
  let place: Place
  let state: State
  beforeAll(async () => {
    place = await open()
    state = place.state
  })
  afterAll(() => place.close())

  it('answers', async () => {
    await state.ping()
  })

  it('remembers what was put, for everybody', async () => {
    await state.put('put', '值', 60)
    expect(await state.get('put')).toBe('值')
    expect(await place.other.get('put')).toBe('值')
    await state.put('put', 'another', 60)
    expect(await state.get('put')).toBe('another')
  })

  it('knows nothing of what nobody put', async () => {
    expect(await state.get('nothing')).toBeUndefined()
    expect(await state.take('nothing')).toBeUndefined()
  })

  it('keeps an empty text, which is not nothing', async () => {
    await state.put('empty', '', 60)
    expect(await state.get('empty')).toBe('')
    expect(await state.take('empty')).toBe('')
  })

  it('forgets what is taken', async () => {
    await state.put('take', 'once', 60)
    expect(await state.take('take')).toBe('once')
    expect(await state.take('take')).toBeUndefined()
    expect(await state.get('take')).toBeUndefined()
  })

  it('gives a thing to one of two takers', async () => {
    for (let round = 0; round < 20; round++) {
      await state.put('both', 'one', 60)
      const taken = await Promise.all([state.take('both'), place.other.take('both')])
      expect(taken.filter((one) => one === 'one')).toHaveLength(1)
    }
  })

  it('lets one of many claim', async () => {
    const claims = Array.from({ length: 20 }, (_, n) =>
      (n % 2 ? state : place.other).claim('claim', `${n}`, 60),
    )
    const won = (await Promise.all(claims)).flatMap((did, n) => (did ? [String(n)] : []))
    expect(won).toHaveLength(1)
    expect(await state.get('claim')).toBe(won[0])
    expect(await state.claim('claim', 'late', 60)).toBe(false)
  })

  it('does not claim over what was put', async () => {
    await state.put('there', 'put', 60)
    expect(await state.claim('there', 'claimed', 60)).toBe(false)
    expect(await state.get('there')).toBe('put')
  })

  it('forgets when the time is over, and then it may be claimed again', async () => {
    await state.put('gone', 'soon', 60)
    await place.expire('gone')
    expect(await state.get('gone')).toBeUndefined()
    await state.put('gone', 'soon', 60)
    await place.expire('gone')
    expect(await state.take('gone')).toBeUndefined()
    expect(await state.claim('gone', 'first', 60)).toBe(true)
    await place.expire('gone')
    expect(await state.claim('gone', 'second', 60)).toBe(true)
    expect(await state.get('gone')).toBe('second')
  })

  it('keeps long keys and texts of any characters', async () => {
    const key = `ask:dingtalk:${'长'.repeat(200)}:换\n行`
    await state.put(key, '👌"引号"\u0000', 60)
    expect(await state.take(key)).toBe('👌"引号"\u0000')
  })

  it('serves those who wait for one key in the order in which they came', async () => {
    const order: number[] = []
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => state.exclusively('order', async () => void order.push(n))),
    )
    expect(order).toEqual(Array.from({ length: 20 }, (_, n) => n))
  })

  it('never runs two pieces of work under one key, not even of two replicas', async () => {
    let inside = 0
    let most = 0
    const work = async (from: State) => {
      most = Math.max(most, ++inside)
      await from.get('nothing')
      inside--
    }
    const all = Array.from({ length: 30 }, (_, n) => (n % 3 ? state : place.other))
    await Promise.all(all.map((from) => from.exclusively('alone', () => work(from))))
    expect(most).toBe(1)
  })

  it('runs work under other keys meanwhile', async () => {
    let release = (): void => undefined
    const held = state.exclusively('busy', () => new Promise<void>((resolve) => (release = resolve)))
    expect(await state.exclusively('free', async () => 'done')).toBe('done')
    release()
    await held
  })

  it('hands back what the work gives, and what it throws; the next one runs all the same', async () => {
    const failing = state.exclusively('fails', async () => {
      throw new Error('mine')
    })
    const next = state.exclusively('fails', async () => 'next')
    await expect(failing).rejects.toThrow('mine')
    expect(await next).toBe('next')
  })

  it('may work under another key within the work', async () => {
    const inner = () => state.exclusively('inner', async () => 'both')
    expect(await state.exclusively('outer', inner)).toBe('both')
  })
})
