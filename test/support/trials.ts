// A database on which everything is tried and nothing is kept: what the bot commits is a savepoint in a transaction that
// is taken back, so that every trial starts from the same campaign.
import { CompiledQuery, type DatabaseConnection, type Driver, Kysely, sql } from 'kysely'
import type { Db } from '../../src/database/connection.ts'
import { postgresDialect } from '../../src/database/postgres.ts'
import type { Database } from '../../src/database/schema.ts'

export interface Trials {
  db: Db
  /** Does the work, then takes it back. Trials may be inside each other. */
  trial<T>(work: () => Promise<T>): Promise<T>
  /** How many rows were written in the outermost trial so far, also those that were taken back: it only grows. */
  written(): Promise<number>
  close(): Promise<void>
}

/** What is noted of every message, whoever says it, and is nobody's book. */
const bookkeeping = ['heard', 'pace', 'job_run']

export async function openTrials(url: string): Promise<Trials> {
  const dialect = postgresDialect(url, () => undefined)
  const pool = dialect.createDriver()
  await pool.init()
  const connection = await pool.acquireConnection()
  const run = (statement: string, on: DatabaseConnection = connection) =>
    on.executeQuery(CompiledQuery.raw(statement))
  const driver: Driver = {
    init: async () => undefined,
    acquireConnection: async () => connection,
    releaseConnection: async () => undefined,
    beginTransaction: async (on) => void (await run('savepoint bot', on)),
    commitTransaction: async (on) => void (await run('release savepoint bot', on)),
    rollbackTransaction: async (on) => void (await run('rollback to savepoint bot', on)),
    destroy: async () => {
      await pool.releaseConnection(connection)
      await pool.destroy()
    },
  }
  const db = new Kysely<Database>({
    dialect: {
      createDriver: () => driver,
      createQueryCompiler: () => dialect.createQueryCompiler(),
      createAdapter: () => dialect.createAdapter(),
      createIntrospector: (of) => dialect.createIntrospector(of),
    },
  })
  let depth = 0
  return {
    db,
    async trial(work) {
      const name = `trial_${++depth}`
      await run(depth === 1 ? 'begin' : `savepoint ${name}`)
      try {
        return await work()
      } finally {
        await run(depth === 1 ? 'rollback' : `rollback to savepoint ${name}`)
        depth--
      }
    },
    async written() {
      const { rows } = await sql<{ n: number }>`
        select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint as n from pg_stat_xact_user_tables
        where not relname = any(${bookkeeping})`.execute(db)
      return rows[0]?.n ?? 0
    },
    close: () => db.destroy(),
  }
}
