// Without Redis there may be one process only: a second one on the same PostgreSQL refuses to start.
import pg from 'pg'

/** Any number that nobody else uses as an advisory lock in this database. */
const lockNumber = 4_720_418

/**
 * Holds the database for this process alone, for as long as it lives.
 * @param onLost the connection that held it broke: another process may have it now
 * @returns a function that lets go
 * @throws Error in words for the administrator when another process holds it
 */
export function holdAlone(url: string, onLost: () => void): Promise<() => Promise<void>> {
  return hold(url, 'pg_try_advisory_lock', onLost)
}

/** Holds it together with others that share their state in Redis: one without Redis is kept out. */
export function holdTogether(url: string): Promise<() => Promise<void>> {
  return hold(url, 'pg_try_advisory_lock_shared', () => undefined)
}

async function hold(url: string, lock: string, onLost: () => void): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url, application_name: 'guatu place', keepAlive: true })
  await client.connect()
  const { rows } = await client.query<{ held: boolean }>(`select ${lock}($1) as held`, [lockNumber])
  if (!rows[0]?.held) {
    await client.end()
    throw new Error(
      '另一个挂图进程正在使用这个数据库。要同时运行多个进程，请给每个进程设置 REDIS_URL。 / Another process uses this database; to run several, set REDIS_URL for every one.',
    )
  }
  let letGo = false
  // An 'error' without a listener would end the process without a word; 'end' follows it.
  client.on('error', () => client.emit('end'))
  client.once('end', () => letGo || onLost())
  return async () => {
    letGo = true
    await client.end()
  }
}
