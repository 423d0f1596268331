// The rules as they were: within one transaction the tables of rules are those of a moment of the past.
import { sql } from 'kysely'
import { decisionsOf } from './adjustments.ts'
import type { Db, Executor } from './connection.ts'
import { keptFrom } from './rebuild.ts'
import { type Roster, readRoster } from './roster.ts'
import { columnsOf } from './snapshot-columns.ts'
import { duesOf, type Snapshot } from './snapshots.ts'
import { cellsAt } from './standings.ts'

/** Every table that rules are made of (`migrations/003-scores.ts`). */
const ruled = ['unit', 'unit_version', 'indicator', 'target', 'adjustment', 'veto', 'campaign']

/**
 * Runs `work` as if the rules were still those of `highWater`. The tables of that time stand before the present ones until
 * the transaction, which is rolled back, ends: whoever reads by name reads them.
 */
export async function underRules<T>(
  db: Db,
  campaign: number,
  highWater: number,
  work: (tx: Executor, roster: Roster) => Promise<T>,
): Promise<T> {
  const tx = await db.startTransaction().execute()
  try {
    for (const table of ruled)
      await sql`create temp table ${sql.ref(table)} on commit drop as
        select old.* from (select distinct on (row_id) body from rule_change
          where campaign_id = ${sql.lit(campaign)} and what = ${sql.lit(table)} and id <= ${sql.lit(highWater)}
          order by row_id, id desc) as latest,
          jsonb_populate_record(null::${sql.ref(table)}, latest.body) as old
        where latest.body <> '{}'`.execute(tx)
    return await work(tx, await readRoster(tx, campaign))
  } finally {
    await tx.rollback().execute()
  }
}

/**
 * The hash that a snapshot has if it is computed once more, from the reports that are in it and the rules that it was
 * computed by, whatever has been reported or changed since (`domain.md` R11).
 * @throws Error for a snapshot that is older than the history of the rules
 */
export async function recomputedHash(
  db: Db,
  campaign: number,
  { takenAt, highWater, rulesHighWater }: Pick<Snapshot, 'takenAt' | 'highWater' | 'rulesHighWater'>,
): Promise<string> {
  if (rulesHighWater === 0) throw new Error('the rules that it was computed by were not kept')
  return underRules(db, campaign, rulesHighWater, async (tx, roster) => {
    const { cells, date } = await cellsAt(tx, roster, takenAt, highWater)
    const { lines } = await keptFrom(roster, await decisionsOf(tx, campaign, date), async (leaves) => {
      const wanted = new Set(leaves)
      return cells.filter(({ unit }) => wanted.has(unit))
    })
    return columnsOf(roster, lines, date, await duesOf(tx, campaign)).hash
  })
}
