// Without Redis there may be one process only: a second one on the same PostgreSQL refuses to start.
import pg from 'pg'

/** Any number that nobody else uses as an advisory lock in this database. */
const lockNumber = 4_720_418

/**
 * Holds the database for this process for as long as it lives.
 * @param onLost the connection that held it broke: another process may have it now
 * @returns a function that lets go
 * @throws Error in words for the administrator when another process holds it
 */
export async function holdAlone(url: string, onLost: () => void): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url, application_name: 'guatu alone', keepAlive: true })
  await client.connect()
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [
    lockNumber,
  ])
  if (!rows[0]?.held) {
    await client.end()
    throw new Error(
      '另一个挂图进程正在使用这个数据库。要同时运行多个进程，请设置 REDIS_URL。 / Another process uses this database; set REDIS_URL to run several.',
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
