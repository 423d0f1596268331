// The tables of numbers that clerks loaded, as they sent them.
import type { Executor } from './connection.ts'

export interface LoadedTable {
  fileName: string
  bytes: Buffer
}

/** The newest ones that count, newest first. */
export async function loadedTables(db: Executor, campaign: number, most: number): Promise<LoadedTable[]> {
  return db
    .selectFrom('workbook')
    .where('campaign_id', '=', campaign)
    .where('state', '=', 'loaded')
    .where('layout', '=', 'numbers')
    .orderBy('loaded_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .select(['file_name as fileName', 'bytes'])
    .execute()
}
