// The embedded database: PGlite under Kysely, one connection, really written to disk.
import { fsyncSync } from 'node:fs'
import { PGlite, type PGliteOptions, types } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'

/** The same JavaScript values as `postgres.ts` gives: whole numbers, decimal strings, dates as text. */
const parsers = { [types.INT8]: Number, [types.NUMERIC]: String, [types.DATE]: String }

/** Opens a directory that is already locked (`lock.ts`); an empty `directory` means memory only. */
export async function openPglite(directory: string, from?: Blob): Promise<PGlite> {
  const options: PGliteOptions = { parsers, ...(from && { loadDataDir: from }) }
  if (directory === '') return PGlite.create(options)
  return PGlite.create({ ...options, fs: new DurableNodeFS(directory), startParams: durable })
}

// PGlite starts PostgreSQL with fsync off, and its file system ignores fsync. Both are put right here, so that an
// answered 已记 survives a power cut.
const durable = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  '-c',
  'fsync=on',
  '-c',
  'wal_sync_method=fsync',
]

class DurableNodeFS extends NodeFS {
  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const made = await super.init(...args)
    made.emscriptenOpts.preRun?.push((module: unknown) => {
      const { NODEFS } = module as { NODEFS: { stream_ops: Record<string, unknown> } }
      NODEFS.stream_ops['fsync'] = (stream: { nfd?: number }) => {
        if (stream.nfd !== undefined) fsyncSync(stream.nfd)
        return 0
      }
    })
    return made
  }
}

export class PgliteDialect implements Dialect {
  readonly #db: PGlite
  constructor(db: PGlite) {
    this.#db = db
  }
  createAdapter = () => new PostgresAdapter()
  createDriver = () => new PgliteDriver(this.#db)
  createIntrospector = (db: Kysely<unknown>) => new PostgresIntrospector(db)
  createQueryCompiler = () => new PostgresQueryCompiler()
}

/** One connection, handed out in turn: a transaction keeps it until it ends. */
class PgliteDriver implements Driver {
  readonly #db: PGlite
  readonly #connection: Connection
  #turn: Promise<void> = Promise.resolve()
  #release: () => void = () => undefined

  constructor(db: PGlite) {
    this.#db = db
    this.#connection = new Connection(db)
  }
  async init() {
    await this.#db.waitReady
  }
  async acquireConnection() {
    const previous = this.#turn
    let release: () => void = () => undefined
    this.#turn = new Promise((resolve) => {
      release = resolve
    })
    await previous
    this.#release = release
    return this.#connection
  }
  async releaseConnection() {
    this.#release()
  }
  beginTransaction = (connection: DatabaseConnection) => run(connection, 'begin')
  commitTransaction = (connection: DatabaseConnection) => run(connection, 'commit')
  rollbackTransaction = (connection: DatabaseConnection) => run(connection, 'rollback')
  destroy = () => this.#db.close()
}

class Connection implements DatabaseConnection {
  readonly #db: PGlite
  constructor(db: PGlite) {
    this.#db = db
  }
  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    // `query` takes one statement; several in one text (migrations) need `exec`.
    const result = parameters.length
      ? await this.#db.query<R>(sql, [...parameters])
      : (await this.#db.exec(sql)).at(-1)
    const affected = result?.affectedRows
    return {
      rows: (result?.rows ?? []) as R[],
      ...(affected !== undefined && { numAffectedRows: BigInt(affected) }),
    }
  }
  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query)
  }
}

async function run(connection: DatabaseConnection, statement: string): Promise<void> {
  await connection.executeQuery(CompiledQuery.raw(statement))
}
