// PostgreSQL through pg, with the same JavaScript values as the embedded database.
import { PostgresDialect } from 'kysely'
import pg from 'pg'

const { builtins, getTypeParser } = pg.types
const asIs = (value: string) => value

/**
 * A pool of connections. Connecting and statements have time limits, so that a database that hangs is noticed in
 * time for a callback to be refused and delivered again.
 * @param onError told of broken idle connections; the pool replaces them by itself
 */
export function postgresDialect(url: string, onError: (error: Error) => void): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: 16,
    connectionTimeoutMillis: 450,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 15_000,
    application_name: 'guatu',
    types: { getTypeParser: parserOf },
  })
  pool.on('error', onError)
  // A connection that breaks under a statement says so on itself: unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', onError))
  return new PostgresDialect({ pool })
}

function parserOf(oid: number, format?: 'text' | 'binary') {
  if (oid === builtins.INT8) return Number
  if (oid === builtins.NUMERIC || oid === builtins.DATE) return asIs
  return format === 'binary' ? getTypeParser(oid, 'binary') : getTypeParser(oid, 'text')
}
