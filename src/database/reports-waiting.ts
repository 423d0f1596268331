// Numbers that wait for an answer, as they were said.
import type { CellEvent } from '../campaign/cell.ts'
import type { Executor } from './connection.ts'

/** @returns by id, what was said in those of these reports that exist */
export async function waitingNumbers(db: Executor, ids: number[]): Promise<Map<number, Said>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('report')
    .where('id', 'in', ids)
    .select(['id', 'op', 'value', 'num', 'den', 'step', 'as_of', 'reported_at'])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

type Said = Pick<CellEvent, 'id' | 'op' | 'value' | 'num' | 'den' | 'step' | 'as_of' | 'reported_at'>
