// What the parts of the bench stand on: databases with the example, a platform that takes what is said, where to print.
import { keyring } from '../src/crypt.ts'
import { type Db, openDatabase } from '../src/database/connection.ts'
import { exampleBeginning, loadExample } from '../src/example.ts'
import { onServer } from '../test/support/databases.ts'
import { startRedis } from '../test/support/redis-server.ts'
import { startSink } from './load.ts'

export const secret = 'bench-client-secret'
export const secretKey = 'bench secret key, long enough to be taken'
/** As `npm start` has it. */
export const memory = ['--max-semi-space-size=8', '--max-old-space-size=512']
export const out = (line: string) => process.stdout.write(`${line}\n`)

/** With Redis and a platform that takes what is said; both end with the work. */
export async function withSink(
  server: string,
  work: (shared: Record<string, string>, sink: Awaited<ReturnType<typeof startSink>>) => Promise<void>,
): Promise<void> {
  const redis = await startRedis()
  const sink = await startSink()
  try {
    await work(
      {
        ...{ DATABASE_URL: server, REDIS_URL: redis.url, SECRET_KEY: secretKey, LOG_LEVEL: 'info' },
        ...{ DINGTALK_CLIENT_ID: 'bench', DINGTALK_CLIENT_SECRET: secret, NODE_ENV: 'production' },
        ...{ DINGTALK_API_BASE: sink.base, DINGTALK_OAPI_BASE: sink.base },
      },
      sink,
    )
  } finally {
    await sink.stop()
    await redis.stop()
  }
}

/** With a database of its own that has the example campaign. */
export async function withExample<T>(
  server: string,
  name: string,
  work: (db: Db, url: string) => Promise<T>,
): Promise<T> {
  await onServer(server, `create database ${name}`)
  const url = server.replace(/\/[^/]*$/, `/${name}`)
  const store = await openDatabase({ DATABASE_URL: url, DATA_DIR: '' })
  try {
    await loadExample(store.db, keyring(secretKey), new Date(exampleBeginning))
    return await work(store.db, url)
  } finally {
    await store.close()
    await onServer(server, `drop database ${name} with (force)`)
  }
}
