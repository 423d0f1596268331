// What only Redis can do to us: hang, go away, come back, forget a lock; and its other two shapes.
import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { StoreDown } from '../../src/errors.ts'
import { openState } from '../../src/state/open.ts'
import { redisState } from '../../src/state/redis.ts'
import type { State } from '../../src/state/state.ts'
import { startWire, through, type Wire } from '../support/proxy.ts'
import { startRedis } from '../support/redis-server.ts'
import { type Spawned, startCluster, startSentinel } from './redis-kinds.ts'

const quiet = () => undefined
/** At most this long until a platform can be told to deliver again. */
const patienceMs = 1_500

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

describe('a lock on Redis', () => {
  const prefix = `test-${randomUUID()}:`
  const url = inject('redisUrl')
  const states = [redisState(url, quiet, prefix), redisState(url, quiet, prefix)]
  const [mine, theirs] = states as [State, State]
  const raw = new Redis(url)
  afterAll(async () => {
    for (const state of states) await state.close()
    raw.disconnect()
  })

  it('of a replica that died is taken over when it runs out', async () => {
    await raw.set(`${prefix}lock:chat`, 'of the dead', 'PX', 6_000)
    const waiting = mine.exclusively('chat', async () => 'mine')
    await raw.pexpire(`${prefix}lock:chat`, 0)
    expect(await waiting).toBe('mine')
  })

  it('that was lost meanwhile is not taken from the one who has it now', async () => {
    await mine.exclusively('lost', async () => {
      await raw.set(`${prefix}lock:lost`, 'of another', 'PX', 60_000)
    })
    // What was let go went over the same connection before this does.
    await mine.ping()
    expect(await raw.get(`${prefix}lock:lost`)).toBe('of another')
    await raw.del(`${prefix}lock:lost`)
  })

  it('is given back at once, so that the other replica need not wait for it to run out', async () => {
    await mine.exclusively('quick', async () => undefined)
    await mine.ping()
    expect(await elapsed(() => theirs.exclusively('quick', async () => undefined))).toBeLessThan(1_000)
  })

  it('runs out by itself when its holder dies, and lives in the name of the installation', async () => {
    await mine.exclusively('named', async () => {
      expect(await raw.pttl(`${prefix}lock:named`)).toBeGreaterThan(1_000)
    })
  })
})

describe('when Redis goes', () => {
  let wire: Wire
  let state: State
  beforeAll(async () => {
    wire = await startWire(Number(new URL(inject('redisUrl')).port))
    state = redisState(through(inject('redisUrl'), wire), quiet, `test-${randomUUID()}:`)
    await state.ping()
  })
  afterEach(() => wire.mend())
  afterAll(async () => {
    await state.close()
    await wire.close()
  })

  const questions: [string, (state: State) => Promise<unknown>][] = [
    ['put', (one) => one.put('key', 'value', 60)],
    ['get', (one) => one.get('key')],
    ['take', (one) => one.take('key')],
    ['claim', (one) => one.claim('key', 'value', 60)],
    ['exclusively', (one) => one.exclusively('key', async () => 'never')],
    ['ping', (one) => one.ping()],
  ]

  it.each(questions)('%s says so in time when connections are refused', async (_name, ask) => {
    await wire.cut()
    const took = await elapsed(() => expect(ask(state)).rejects.toBeInstanceOf(StoreDown))
    expect(took).toBeLessThan(patienceMs)
  })

  it.each(questions.slice(3, 5))('%s says so in time when nothing is answered', async (_name, ask) => {
    await until(() => state.ping())
    wire.hang()
    const took = await elapsed(() => expect(ask(state)).rejects.toBeInstanceOf(StoreDown))
    expect(took).toBeLessThan(patienceMs)
    await wire.cut()
  })

  it('work that was not begun is not done later', async () => {
    await until(() => state.ping())
    await wire.cut()
    let ran = false
    const work = async () => {
      ran = true
    }
    await expect(state.exclusively('late', work)).rejects.toBeInstanceOf(StoreDown)
    await wire.mend()
    await until(() => state.ping())
    expect(ran).toBe(false)
  })

  it('everything works again when it is back', async () => {
    await until(() => state.ping())
    await wire.cut()
    await expect(state.ping()).rejects.toBeInstanceOf(StoreDown)
    await wire.mend()
    await until(() => state.ping())
    await state.put('back', 'again', 60)
    expect(await state.take('back')).toBe('again')
    expect(await state.exclusively('back', async () => 'work')).toBe('work')
  })

  it('a server that was stopped and started again on its port is found again', async () => {
    const server = await startRedis()
    const mine = openState({ REDIS_URL: server.url }, quiet)
    await mine.put('before', 'x', 60)
    await server.stop()
    await expect(mine.get('before')).rejects.toBeInstanceOf(StoreDown)
    const again = await startRedis(server.port)
    await until(() => mine.ping())
    expect(await mine.get('before')).toBeUndefined()
    await mine.close()
    await again.stop()
  })

  it('a server that is not there from the beginning is told in time', async () => {
    const nobody = redisState('redis://127.0.0.1:1', quiet)
    const took = await elapsed(() => expect(nobody.ping()).rejects.toBeInstanceOf(StoreDown))
    expect(took).toBeLessThan(patienceMs)
    await nobody.close()
  })
})

describe.each([
  ['Sentinel', startSentinel],
  ['Cluster', startCluster],
])('on a %s', (_name, start) => {
  let server: Spawned
  let state: State
  beforeAll(async () => {
    server = await start()
    state = openState({ REDIS_URL: server.url }, quiet)
    await until(() => state.ping())
  })
  afterAll(async () => {
    await state.close()
    await server.stop()
  })

  it('keeps, claims, takes and locks', async () => {
    await state.put('汝河路', '1', 60)
    expect(await state.get('汝河路')).toBe('1')
    expect(await state.claim('汝河路', '2', 60)).toBe(false)
    expect(await state.take('汝河路')).toBe('1')
    const order: number[] = []
    await Promise.all([1, 2, 3].map((n) => state.exclusively('chat', async () => void order.push(n))))
    expect(order).toEqual([1, 2, 3])
  })

  it('takes many keys at once, wherever they are kept', async () => {
    const keys = Array.from({ length: 50 }, (_, n) => `key ${n}`)
    await Promise.all(keys.map((key) => state.put(key, key, 60)))
    expect(await Promise.all(keys.map((key) => state.take(key)))).toEqual(keys)
  })

  it('says in time when it is gone', async () => {
    await server.stop()
    const took = await elapsed(() => expect(state.get('key')).rejects.toBeInstanceOf(StoreDown))
    expect(took).toBeLessThan(patienceMs)
  })
})

/** Asks until it succeeds; each attempt waits for the store by itself. */
async function until(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries++)
    try {
      await work()
      return
    } catch (error) {
      if (tries > 200) throw error
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
}
