// Databases for tests: every caller gets one of its own, so test files run in parallel.
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openDatabase, type Store } from '../../src/database/connection.ts'

/** A database of its own on the test server. `twin` opens the same one again, as a second replica would. */
export async function openTestPostgres(
  server: string,
  options: { template?: string; empty?: boolean } = {},
): Promise<Store & { url: string; twin(): Promise<Store> }> {
  const name = `guatu_${randomBytes(6).toString('hex')}`
  await onServer(server, `create database ${name}${options.template ? ` template ${options.template}` : ''}`)
  const url = server.replace(/\/[^/]*$/, `/${name}`)
  const open = () => openDatabase({ DATABASE_URL: url, DATA_DIR: '' })
  const store = await open()
  return {
    ...store,
    url,
    twin: open,
    async close() {
      await store.close()
      await onServer(server, `drop database if exists ${name} with (force)`)
    },
  }
}

export async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
