// Before all tests: one Redis and one PostgreSQL, real ones, brought along. Test files make their own corners in them.
import type {} from 'vitest'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../src/database/connection.ts'
import { exampleBeginning, loadExample } from '../../src/example.ts'
import { onServer } from './databases.ts'
import { testKeys } from './keys.ts'
import { startPostgres } from './postgres-server.ts'
import { startRedis } from './redis-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    redisUrl: string
    postgresUrl: string
    /** A database with the example campaign, to be copied. */
    template: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = { redis: process.env['REDIS_TEST_URL'], postgres: process.env['POSTGRES_TEST_URL'] }
  const redis = given.redis ? undefined : await startRedis()
  const postgres = given.postgres ? undefined : await startPostgres()
  project.provide('redisUrl', given.redis ?? redis?.url ?? '')
  project.provide('postgresUrl', given.postgres ?? postgres?.url ?? '')
  const server = given.postgres ?? postgres?.url ?? ''
  const template = `guatu_example_${process.pid}`
  await onServer(server, `create database ${template}`)
  const store = await openDatabase({ DATABASE_URL: server.replace(/\/[^/]*$/, `/${template}`), DATA_DIR: '' })
  await loadExample(store.db, testKeys, new Date(exampleBeginning))
  await store.close()
  project.provide('template', template)
  return async () => {
    await onServer(server, `drop database ${template}`)
    await redis?.stop()
    await postgres?.stop()
  }
}
