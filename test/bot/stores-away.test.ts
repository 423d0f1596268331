// The database or the state goes away in the middle of things: the platform is told to deliver again, nothing is half-done.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { commands } from '../../handlers/index.ts'
import { type Command, command } from '../../src/command.ts'
import { openDatabase, type Store } from '../../src/database/connection.ts'
import { StoreDown } from '../../src/errors.ts'
import { type Hear, line, type Message } from '../../src/message.ts'
import { memoryState } from '../../src/state/memory.ts'
import { redisState } from '../../src/state/redis.ts'
import type { State } from '../../src/state/state.ts'
import { botOn } from '../support/example.ts'
import { startWire, through, type Wire } from '../support/proxy.ts'
import { eventsIn, message, numberOf, type Talk, talk, words } from './harness.ts'

let talking: Talk
let wire: Wire
let store: Store
let hear: Hear
/** Told of a connection that broke while nobody used it. */
let lost: () => void = () => undefined
let duringWork: () => Promise<void> | void = () => undefined

/** A command that is interrupted while it works. */
const interrupted: Command = command<Record<string, never>>({
  ...{ name: '打断', summary: '', examples: [], action: 'help', phrases: ['(打断)'], args: {} },
  async run() {
    await duringWork()
    return line('办完了')
  },
})

beforeAll(async () => {
  talking = await talk()
  wire = await startWire(Number(new URL(talking.store.url).port))
  const DATABASE_URL = through(talking.store.url, wire)
  store = await openDatabase({ DATABASE_URL, DATA_DIR: '' }, () => lost())
  const state = memoryState(talking.clock)
  hear = botOn(store, { clock: talking.clock, state, commands: [...commands, interrupted] })
})
afterAll(async () => {
  await store.close()
  await wire.close()
  await talking.close()
})
beforeEach(() => talking.clock.pass(700))
afterEach(async () => {
  await wire.mend()
  await back(hear, message('我是谁'))
})

/** Ends all connections, and waits until the bot has noticed. */
async function cut(): Promise<void> {
  const noticed = new Promise<void>((resolve) => {
    lost = resolve
  })
  await wire.cut()
  await noticed
  await new Promise((resolve) => setImmediate(resolve))
}

async function downInTime(said: Message, limitMs = 1_000): Promise<void> {
  const from = performance.now()
  await expect(hear(said)).rejects.toBeInstanceOf(StoreDown)
  expect(performance.now() - from).toBeLessThan(limitMs)
}

/** Delivers until it is taken, as a platform does. */
async function back(to: Hear, said: Message): Promise<string> {
  for (let tries = 0; ; tries++)
    try {
      return words(await to(said))
    } catch (error) {
      if (!(error instanceof StoreDown) || tries > 20) throw error
    }
}

describe.each([
  ['refuses connections', cut],
  ['does not answer', () => wire.hang()],
])('when the database %s', (_how, away) => {
  it('a message is given back in time, and is dealt with once when it comes again', async () => {
    const said = message('居民自治组织新增1个')
    const before = await eventsIn(talking.db)
    await away()
    await downInTime(said)
    expect(await eventsIn(talking.db)).toBe(before)
    await wire.mend()
    expect(await back(hear, said)).toContain('已记')
    expect(words(await hear(said))).toBe('（不回话）')
    expect(await eventsIn(talking.db)).toBe(before + 1)
  })

  it('a question that waits can still be answered afterwards, by the very message that failed', async () => {
    const before = Number(await numberOf(talking.db, '金苑社区', '红色物业'))
    await hear(message(`红色物业${before + 300}个`))
    const yes = message('1')
    await away()
    await downInTime(yes)
    expect(await numberOf(talking.db, '金苑社区', '红色物业')).toBe(String(before))
    await wire.mend()
    expect(await back(hear, yes)).toContain(`${before}→${before + 300}`)
    await hear(message('撤回'))
  })

  it('several messages at once are all given back in time', async () => {
    await away()
    await Promise.all(
      [1, 2, 3].map((n) => downInTime(message('进度', { chat: { id: `c${n}`, kind: 'group' } }))),
    )
  })
})

describe('when the database goes while a message is dealt with', () => {
  it('after the work and before it is noted: the message is given back', async () => {
    duringWork = cut
    await expect(hear(message('打断'))).rejects.toBeInstanceOf(StoreDown)
  })

  it('connections that the server ends by itself are replaced, and nobody notices', async () => {
    await back(hear, message('我是谁'))
    const noticed = new Promise<void>((resolve) => {
      lost = resolve
    })
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(talking.db)
    await noticed
    await new Promise((resolve) => setImmediate(resolve))
    expect(words(await hear(message('我是谁')))).toContain('您是张建国')
  })

  it('a connection that breaks under a statement does not end the process', async () => {
    const listeners = process.listeners('uncaughtException')
    const uncaught: unknown[] = []
    process.removeAllListeners('uncaughtException')
    process.on('uncaughtException', (error) => uncaught.push(error))
    const slow = sql`select pg_sleep(20)`.execute(store.db).catch((error: Error) => error)
    // Once the statement is seen by the server it is under way.
    const running = sql<{
      n: number
    }>`select count(*) as n from pg_stat_activity where query like 'select pg_sleep%'
      and datname = current_database()`
    while ((await running.execute(talking.db)).rows[0]?.n !== 1);
    await wire.cut()
    await slow
    await new Promise((resolve) => setImmediate(resolve))
    process.removeAllListeners('uncaughtException')
    for (const listener of listeners) process.on('uncaughtException', listener)
    expect(uncaught).toEqual([])
  })
})

describe('when the state goes', () => {
  let stateWire: Wire
  let state: State
  beforeAll(async () => {
    const url = inject('redisUrl')
    stateWire = await startWire(Number(new URL(url).port))
    state = redisState(through(url, stateWire), () => undefined, `test-${randomUUID()}:`)
    await state.ping()
  })
  afterAll(async () => {
    await state.close()
    await stateWire.close()
  })

  it.each([
    ['refuses connections', () => stateWire.cut()],
    ['does not answer', () => stateWire.hang()],
  ])('it %s: nothing is written, and the message succeeds once when it comes again', async (_how, away) => {
    const bot = botOn(store, { clock: talking.clock, state })
    await back(bot, message('我是谁'))
    const said = message('居民自治组织新增1个')
    const before = await eventsIn(talking.db)
    await away()
    const from = performance.now()
    await expect(bot(said)).rejects.toBeInstanceOf(StoreDown)
    expect(performance.now() - from).toBeLessThan(1_500)
    expect(await eventsIn(talking.db)).toBe(before)
    await stateWire.cut()
    await stateWire.mend()
    expect(await back(bot, said)).toContain('已记')
    expect(words(await bot(said))).toBe('（不回话）')
    expect(await eventsIn(talking.db)).toBe(before + 1)
  })

  it('in the middle of the work: the message is given back and comes to one report', async () => {
    const bot = botOn(store, { clock: talking.clock, state, commands: [...commands, interrupted] })
    await back(bot, message('我是谁'))
    duringWork = () => stateWire.cut()
    const said = message('打断')
    expect(words(await bot(said))).toBe('办完了')
    await stateWire.mend()
    expect(await back(bot, message('我是谁'))).toContain('您是张建国')
  })
})
