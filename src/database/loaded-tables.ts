// The tables of numbers that clerks loaded, as they sent them.
import type { Executor } from './connection.ts'

export interface LoadedTable {
  fileName: string
  bytes: Buffer
}

/** The newest ones that count, newest first. */
export async function loadedTables(db: Executor, campaign: number, most: number): Promise<LoadedTable[]> {
  const rows = await db
    .selectFrom('workbook')
    .where('campaign_id', '=', campaign)
    .where('state', '=', 'loaded')
    .where('layout', '=', 'numbers')
    .orderBy('loaded_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .select(['file_name as fileName', 'bytes'])
    .execute()
  // PGlite gives plain bytes.
  return rows.map(({ fileName, bytes }) => ({ fileName, bytes: Buffer.from(bytes) }))
}
