// Writes what a ledger has become: events, cells, sums, totals and how many units have which, in one statement.
import { sql } from 'kysely'
import { sumsText } from '../campaign/sums.ts'
import type { Db, Executor } from './connection.ts'
import { type Ledger, type LedgerOptions, movedLines, openLedger, type Place } from './ledger.ts'
import type { Line } from './lines.ts'
import type { Roster } from './roster.ts'
import type { Database } from './schema.ts'

/** A row of `report`, complete with the id that was drawn for it. */
export type EventRow = { id: number } & Omit<
  import('kysely').Insertable<Database['report']>,
  'id' | 'created_at' | 'reported_at'
> & { reported_at: string }

/**
 * Lets `work` read a ledger and write what it becomes, in a transaction that holds the campaign.
 * @param isAll whether the ledger is all that is written: then a reading and a writing do without a transaction around
 * them. When somebody else has written in between, nothing is, and the work is done again with the campaign held.
 */
export async function withLedger<T>(
  db: Db,
  roster: Roster,
  places: Place[],
  options: Omit<LedgerOptions, 'hold'>,
  isAll: boolean,
  work: (tx: Executor, ledger: Ledger) => Promise<T>,
): Promise<T> {
  if (isAll)
    try {
      return await work(db, await openLedger(db, roster, places, { ...options, hold: false }))
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error
    }
  return db
    .transaction()
    .execute(async (tx) => work(tx, await openLedger(tx, roster, places, { ...options, hold: true })))
}

/** Somebody wrote between the reading and the writing. */
class Overtaken extends Error {}

/** @throws when the campaign is not held and somebody else has written since the ledger was read */
export async function writeLedger(tx: Executor, ledger: Ledger, events: EventRow[]): Promise<void> {
  const lines = movedLines(ledger)
  const cells = [...ledger.touched.cells].flatMap((key) => ledger.cells.get(key) ?? [])
  const sums = [...ledger.touched.sums].map((key) => {
    const [unit_id, indicator_id] = key.split('/')
    const mine = ledger.sums.get(key)
    return { unit_id, indicator_id, sums: mine ? sumsText(mine) : {} }
  })
  const expected = ledger.isHeld ? null : ledger.revision
  const { rows } = await sql<{
    done: boolean
  }>`select write_ledger(${ledger.roster.campaign.id}::bigint, ${expected}::bigint, ${JSON.stringify({
    events,
    cells: cells.map(
      ({ unit, indicator, value, num, den, step, as_of, reported_at, report_id, pending_id }) => ({
        ...{ unit_id: unit, indicator_id: indicator, value, num, den, step, as_of, reported_at },
        ...{ report_id, pending_id },
      }),
    ),
    sums,
    lines,
    spread: spreadOf(ledger, lines),
  })}::jsonb) as done`.execute(tx)
  if (!rows[0]?.done) throw new Overtaken('the campaign was written to in between')
}

export interface Spread {
  peer_group: string
  width: number
  bucket: number
  units: number
}

/** How the numbers of units that have a total change: by hundredths, and by whole points. */
function spreadOf({ ranked }: Ledger, lines: Line[]): Spread[] {
  const changes = new Map<string, Spread>()
  const count = (peer_group: string, place: number | null, by: number) => {
    if (place === null) return
    for (const width of [1, 100]) {
      const bucket = Math.floor(place / width)
      const key = `${width}/${bucket}/${peer_group}`
      const units = (changes.get(key)?.units ?? 0) + by
      changes.set(key, { peer_group, width, bucket, units })
    }
  }
  for (const { unit_id, parent_id, peer_group, ranked_on } of lines) {
    // The whole campaign is compared with nobody.
    if (parent_id === null) continue
    count(peer_group, ranked.get(unit_id) ?? null, -1)
    count(peer_group, ranked_on, 1)
  }
  return [...changes.values()].filter(({ units }) => units !== 0)
}
