// Every write to a campaign goes through here: one writer at a time, and readers notice.
import type { Db, Executor } from './connection.ts'

/**
 * A transaction that holds the campaign and raises its revision: what is read inside is still true at the end, and
 * whatever was remembered of the campaign is read again.
 */
export function writing<T>(db: Db, campaign: number, work: (tx: Executor) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await hold(tx, campaign)
    return work(tx)
  })
}

/** Holds the campaign until the end of a transaction. */
export async function hold(tx: Executor, campaign: number): Promise<void> {
  await tx
    .updateTable('campaign')
    .set((e) => ({ revision: e('revision', '+', 1) }))
    .where('id', '=', campaign)
    .execute()
}
