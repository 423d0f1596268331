// Opens the book of record: PostgreSQL when DATABASE_URL is set, else the embedded PGlite in DATA_DIR.
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely, type Transaction } from 'kysely'
import { lockDirectory } from './lock.ts'
import { migrate } from './migrate.ts'
import { postgresDialect } from './postgres.ts'
import { keepOldCampaigns } from './rebuild.ts'
import type { Database } from './schema.ts'

export type Db = Kysely<Database>
/** A query function takes this: inside a transaction or not, it is the same to it. */
export type Executor = Db | Transaction<Database>

export interface Store {
  db: Db
  /** Where it is, without credentials, for logs and people. */
  place: string
  close(): Promise<void>
}

/**
 * Opens and migrates the database.
 * @throws Error when it cannot be reached, or when another process uses the data directory
 */
export async function openDatabase(
  at: { DATABASE_URL: string; DATA_DIR: string },
  onError: (error: Error) => void = () => undefined,
): Promise<Store> {
  return at.DATABASE_URL ? openPostgres(at.DATABASE_URL, onError) : openEmbedded(at.DATA_DIR)
}

/** An embedded database that is forgotten when it is closed: for the terminal and for tests. */
export async function openInMemory(): Promise<Store> {
  const db = await embedded('')
  return ready({ db, place: 'memory', close: () => db.destroy() })
}

async function openPostgres(url: string, onError: (error: Error) => void): Promise<Store> {
  const { hostname, port, pathname } = new URL(url)
  const db = new Kysely<Database>({ dialect: postgresDialect(url, onError) })
  return ready({ db, place: `PostgreSQL ${hostname}:${port || 5432}${pathname}`, close: () => db.destroy() })
}

async function openEmbedded(directory: string): Promise<Store> {
  const files = join(directory, 'pglite')
  // PGlite's files take the umask's mode: the directory itself keeps others out.
  mkdirSync(files, { recursive: true, mode: 0o700 })
  chmodSync(directory, 0o700)
  chmodSync(files, 0o700)
  const unlock = await lockDirectory(directory)
  try {
    const db = await embedded(files)
    return await ready({ db, place: directory, close: () => db.destroy().finally(unlock) })
  } catch (error) {
    unlock()
    throw error
  }
}

/** PGlite is only read from disk where it is used: on PostgreSQL it would cost memory for nothing. */
async function embedded(files: string): Promise<Db> {
  const { openPglite, PgliteDialect } = await import('./pglite.ts')
  return new Kysely<Database>({ dialect: new PgliteDialect(await openPglite(files)) })
}

async function ready(store: Store): Promise<Store> {
  try {
    await migrate(store.db)
    await keepOldCampaigns(store.db)
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}
