// Reads kept totals: those of some units, and one unit's place among all of its likes, at any size of a campaign.
import { sql } from 'kysely'
import { decimal } from '../campaign/shares.ts'
import type { Executor } from './connection.ts'

export interface UnitTotal {
  peer: string
  /** What is shown; null = 未参评. */
  total: string | null
  /** A veto puts it behind all others. */
  last: boolean
}

/** What some units have now. */
export async function totalsNow(db: Executor, units: number[]): Promise<Map<number, UnitTotal>> {
  const { rows } = await sql<{ unit: number; peer: string; total: number | null; ranked: number | null }>`
    select unit_id as unit, peer_group as peer, total, ranked_on as ranked from standing
    where unit_id = any(${units}::bigint[])`.execute(db)
  return new Map(
    rows.map(({ unit, peer, total, ranked }) => [
      unit,
      { peer, total: total === null ? null : decimal(total), last: ranked !== null && ranked < 0 },
    ]),
  )
}

export interface PeerPlace {
  rank: number
  tied: boolean
  /** How many units of the peer group have a place. */
  size: number
}

/**
 * A unit's place in its peer group of the whole campaign (`domain.md` C5.1): how many units are strictly above is added
 * up from the numbers of units by whole points, and within its own point by hundredths. Undefined = it has no place.
 */
export async function peerPlace(db: Executor, unit: number): Promise<PeerPlace | undefined> {
  const { rows } = await sql<{ above: number; same: number; size: number }>`
    select coalesce(sum(units) filter (where width = 100 and bucket > floor(ranked_on / 100.0)
        or width = 1 and bucket > ranked_on), 0)::int as above,
      coalesce(sum(units) filter (where width = 1 and bucket = ranked_on), 0)::int as same,
      coalesce(sum(units) filter (where width = 100), 0)::int as size
    from standing join spread using (campaign_id, peer_group)
    where unit_id = ${unit}::bigint and ranked_on is not null
      and (width = 100 or bucket between ranked_on and floor(ranked_on / 100.0)::int * 100 + 99)`.execute(db)
  const [row] = rows
  return row && row.same > 0 ? { rank: row.above + 1, tied: row.same > 1, size: row.size } : undefined
}
