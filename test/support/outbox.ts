// Tests of the outbox: the same suite on both databases, each test with a clock and a scripted way out of its own.
import { afterAll, afterEach, beforeAll, beforeEach, describe, inject } from 'vitest'
import { openInMemory, type Store } from '../../src/database/connection.ts'
import { loadExample } from '../../src/example.ts'
import { openTestPostgres } from './databases.ts'
import { stillClock } from './example.ts'
import { testKeys } from './keys.ts'
import { dispatchOn, scriptedWay, wallClock } from './pushes.ts'

async function openPglite(): Promise<Store> {
  const store = await openInMemory()
  await loadExample(store.db, testKeys, stillClock().now())
  return store
}

export function outboxOnBothDatabases(suite: (tools: ReturnType<typeof toolsFor>) => void): void {
  describe.each([
    ['PGlite', openPglite],
    ['PostgreSQL', () => openTestPostgres(inject('postgresUrl'), { template: inject('template') })],
  ])('the outbox on %s', (_name, open) => {
    let store: Store
    let current: ReturnType<typeof anew>
    beforeAll(async () => {
      store = await open()
    })
    afterAll(() => store.close())
    beforeEach(() => {
      current = anew(store)
    })
    afterEach(async () => {
      await store.db.deleteFrom('outbox').execute()
      await store.db.deleteFrom('pace').execute()
      await store.db.updateTable('chat').set({ push_off_at: null, push_off_why: null }).execute()
    })
    suite(toolsFor(() => current))
  })
}

function anew(store: Store) {
  const time = wallClock()
  const way = scriptedWay(time.clock)
  return { store, time, way, out: dispatchOn(store.db, time, way.channels) }
}

/** What tests use; each of these is the current test's own whenever it is looked at. */
function toolsFor(current: () => ReturnType<typeof anew>) {
  const store = {
    get db() {
      return current().store.db
    },
  }
  const time: ReturnType<typeof wallClock> = {
    get clock() {
      return current().time.clock
    },
    get real() {
      return current().time.real
    },
  }
  const way = {
    get sent() {
      return current().way.sent
    },
    get moods() {
      return current().way.moods
    },
  }
  const out: ReturnType<typeof dispatchOn> = {
    get outbox() {
      return current().out.outbox
    },
    get push() {
      return current().out.push
    },
  }
  const now = () => time.clock.now()
  const texts = () => way.sent.map(({ text }) => text.replace(/编号\d+/, '编号N'))
  /** Sends whatever may be sent, step by step. */
  const passing = async (seconds: number, step = 1) => {
    for (let passed = 0; passed < seconds; passed += step) {
      while ((await out.outbox.sendDue()) > 0);
      time.clock.pass(step)
    }
  }
  return { store, time, way, out, now, texts, passing }
}
