// The files that people sent: kept as they came, with what became of them.
import { sql } from 'kysely'
import type { Db, Executor } from './connection.ts'
import type { Database } from './schema.ts'

export interface WorkbookRow {
  id: number
  campaign: number | null
  person: number | null
  fileName: string
  layout: 'campaign' | 'numbers'
  state: 'offered' | 'loaded' | 'dropped' | 'undone'
  summary: string[]
  print: string
  madeAt: Date
  madeBy: string
  loadedAt: Date | null
  loadedBy: string | null
  undoneAt: Date | null
  undoneBy: string | null
  /** Its reports, by id; null = it brought none. */
  reports: [first: number, last: number] | null
  /** The rows it changed are kept: it can be undone. */
  isKept: boolean
}

export interface NewWorkbook {
  campaign: number | null
  person: number | null
  fileName: string
  bytes: Buffer
  layout: WorkbookRow['layout']
  summary: string[]
  print: string
  at: Date
  by: string
}

/** Files that came to nothing are forgotten after so many days. */
const forgottenAfter = 30

/** Keeps a file until it is decided on; one and the same file of a person that waits already keeps its number. */
export async function keepOffer(db: Db, offer: NewWorkbook): Promise<number> {
  const { campaign, person, fileName, bytes, layout, summary, print, at, by } = offer
  const words = { summary: JSON.stringify(summary), print, file_name: fileName }
  return db.transaction().execute(async (tx) => {
    await forgetOld(tx, at)
    const waiting = await tx
      .selectFrom('workbook')
      .where('person_id', 'is not distinct from', person)
      .where('campaign_id', 'is not distinct from', campaign)
      .where('state', '=', 'offered')
      .where('created_by', '=', by)
      .where(sql<boolean>`sha256(bytes) = sha256(${bytes}::bytea)`)
      .select('id')
      .forUpdate()
      .executeTakeFirst()
    if (waiting) {
      // What it says of today it says of this day now.
      const anew = tx.updateTable('workbook').set({ ...words, created_at: at })
      await anew.where('id', '=', waiting.id).execute()
      return waiting.id
    }
    const made = { created_at: at, created_by: by }
    const row = { campaign_id: campaign, person_id: person, bytes, layout, ...words, ...made }
    return (await tx.insertInto('workbook').values(row).returning('id').executeTakeFirstOrThrow()).id
  })
}

/** Keeps a file that changes nothing, for its looks, unless this person has loaded the very same before. */
export async function keepAsIs(db: Db, { campaign, person, fileName, ...file }: NewWorkbook): Promise<void> {
  const known = await db
    .selectFrom('workbook')
    .where('person_id', 'is not distinct from', person)
    .where('campaign_id', 'is not distinct from', campaign)
    .where('state', '=', 'loaded')
    .where(sql<boolean>`sha256(bytes) = sha256(${file.bytes}::bytea)`)
    .select('id')
    .executeTakeFirst()
  if (known) return
  const { bytes, layout, print, at, by } = file
  const loaded = { state: 'loaded' as const, loaded_at: at, loaded_by: by, created_at: at, created_by: by }
  const row = { campaign_id: campaign, person_id: person, file_name: fileName, bytes, layout, print }
  await db
    .insertInto('workbook')
    .values({ ...row, ...loaded, summary: JSON.stringify(file.summary) })
    .execute()
}

function forgetOld(tx: Executor, now: Date) {
  return tx
    .deleteFrom('workbook')
    .where('state', 'in', ['offered', 'dropped'])
    .where('created_at', '<', new Date(now.getTime() - forgottenAfter * 24 * 3600_000))
    .execute()
}

function rowsOf(db: Executor) {
  return db
    .selectFrom('workbook')
    .select(['id', 'campaign_id as campaign', 'person_id as person', 'file_name as fileName'])
    .select(['layout', 'state', 'summary', 'print', 'created_at as madeAt', 'created_by as madeBy'])
    .select(['loaded_at as loadedAt', 'loaded_by as loadedBy'])
    .select(['undone_at as undoneAt', 'undone_by as undoneBy'])
    .select([
      sql<[number, number] | null>`case when first_report is not null
        then jsonb_build_array(first_report, last_report) end`.as('reports'),
      sql<boolean>`rows_changed is not null`.as('isKept'),
    ])
}

/** One of them, without its bytes. `lock`: nobody else decides on it until the transaction ends. */
export function workbookOf(
  db: Executor,
  id: number,
  { lock = false }: { lock?: boolean } = {},
): Promise<WorkbookRow | undefined> {
  return rowsOf(db)
    .where('id', '=', id)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
}

export async function bytesOf(db: Executor, id: number): Promise<Buffer> {
  const row = await db.selectFrom('workbook').where('id', '=', id).select('bytes').executeTakeFirstOrThrow()
  // PGlite gives plain bytes.
  return Buffer.from(row.bytes)
}

export function updateWorkbook(
  tx: Executor,
  id: number,
  values: import('kysely').UpdateObject<Database, 'workbook'>,
) {
  return tx.updateTable('workbook').set(values).where('id', '=', id).execute()
}

/** What was loaded and changed something, also what was undone since, newest first. @param person only theirs */
export function importsOf(
  db: Executor,
  campaign: number,
  { limit, person }: { limit: number; person?: number },
): Promise<WorkbookRow[]> {
  return rowsOf(db)
    .where('campaign_id', '=', campaign)
    .where('state', 'in', ['loaded', 'undone'])
    .where((e) =>
      e.or([
        e('layout', '=', 'campaign'),
        e('rows_changed', 'is not', null),
        e('first_report', 'is not', null),
      ]),
    )
    .$if(person !== undefined, (query) => query.where('person_id', '=', person ?? 0))
    .orderBy('loaded_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
