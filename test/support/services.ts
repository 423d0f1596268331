// Before all tests: one Redis and one PostgreSQL, real ones, brought along. Test files make their own corners in them.
import type {} from 'vitest'
import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres-server.ts'
import { startRedis } from './redis-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    redisUrl: string
    postgresUrl: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = { redis: process.env['REDIS_TEST_URL'], postgres: process.env['POSTGRES_TEST_URL'] }
  const redis = given.redis ? undefined : await startRedis()
  const postgres = given.postgres ? undefined : await startPostgres()
  project.provide('redisUrl', given.redis ?? redis?.url ?? '')
  project.provide('postgresUrl', given.postgres ?? postgres?.url ?? '')
  return async () => {
    await redis?.stop()
    await postgres?.stop()
  }
}
