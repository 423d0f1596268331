// One database of the example that two replicas have open, for all tests of a file.
import { afterAll, beforeAll, beforeEach, inject } from 'vitest'
import type { Db, Store } from '../../src/database/connection.ts'
import type { Database } from '../../src/database/schema.ts'
import { openTestPostgres } from './databases.ts'

/** Hands both replicas over before the first test, and empties `tables` before each. */
export function twoReplicas(tables: (keyof Database)[], take: (db: Db, other: Store) => void): void {
  let store: Awaited<ReturnType<typeof openTestPostgres>>
  let other: Store
  beforeAll(async () => {
    store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
    other = await store.twin()
    take(store.db, other)
  })
  afterAll(async () => {
    await other.close()
    await store.close()
  })
  beforeEach(async () => {
    for (const table of tables) await store.db.deleteFrom(table).execute()
  })
}
