// Databases for tests: every caller gets one of its own, so test files run in parallel.
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openDatabase, type Store } from '../../src/database/connection.ts'

/** An empty database of its own on the test server, or a copy of `template`. */
export async function newDatabase(
  server: string,
  template?: string,
): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `guatu_${randomBytes(6).toString('hex')}`
  await onServer(server, `create database ${name}${template ? ` template ${template}` : ''}`)
  return {
    url: server.replace(/\/[^/]*$/, `/${name}`),
    drop: () => onServer(server, `drop database if exists ${name} with (force)`),
  }
}

/** A new database, open. `twin` opens the same one again, as a second replica would. */
export async function openTestPostgres(
  server: string,
  { template }: { template?: string } = {},
): Promise<Store & { url: string; twin(): Promise<Store> }> {
  const { url, drop } = await newDatabase(server, template)
  const open = () => openDatabase({ DATABASE_URL: url, DATA_DIR: '' })
  const store = await open()
  return {
    ...store,
    url,
    twin: open,
    async close() {
      await store.close()
      await drop()
    },
  }
}

export async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
