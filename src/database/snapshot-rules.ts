// What the history of the rules says of a snapshot: whose vetoes were in force, and which units were below another one.
import { sql } from 'kysely'
import type { Executor } from './connection.ts'
import { readRoster, type Unit } from './roster.ts'
import type { VetoEffect } from './schema-scores.ts'

/** The snapshot's day, and the newest change of rules that it stands on. */
export interface Rules {
  campaign: number
  date: string
  highWater: number
}

/** What the vetoes of a unit did: put it last, made indicators nothing. */
export interface VetoedThen {
  last: boolean
  zeroed: number[]
}

/** Who had a veto in that snapshot, and what it did; whatever was withdrawn or loaded since. */
export async function vetoedIn(
  db: Executor,
  { campaign, date, highWater }: Rules,
): Promise<ReadonlyMap<number, VetoedThen>> {
  const { rows } = await sql<{ unit: number; indicator: number | null; effect: VetoEffect }>`
    select (body->>'unit_id')::bigint as unit, (body->>'indicator_id')::bigint as indicator, body->>'effect' as effect from
      (select distinct on (row_id) body from rule_change
        where campaign_id = ${campaign} and what = 'veto' and id <= ${highWater}::bigint
        order by row_id, id desc) as past
    where body->>'withdrawn' = 'false' and body->>'starts' <= ${date}::text
      and coalesce(body->>'ends', ${date}::text) >= ${date}::text
      and (select body->'settings'->>'veto' from rule_change
        where campaign_id = ${campaign} and what = 'campaign' and id <= ${highWater}::bigint
        order by id desc limit 1) = 'true'`.execute(db)
  const vetoed = new Map<number, VetoedThen>()
  for (const { unit, effect, indicator } of rows) {
    const { last, zeroed } = vetoed.get(unit) ?? { last: false, zeroed: [] }
    const more = effect === 'indicator_zero' && indicator !== null ? [indicator] : []
    vetoed.set(unit, { last: last || effect === 'rank_last', zeroed: [...zeroed, ...more] })
  }
  return vetoed
}

/**
 * The units that were below another one than now, as they were then but with their present names. A version that was
 * closed after the rules of the snapshot were read was in it; the first such one of a unit is what the unit was.
 */
export async function movedSince(
  db: Executor,
  { campaign, date, highWater }: Rules,
): Promise<ReadonlyMap<number, Unit>> {
  const { rows } = await sql<Pick<Unit, 'id' | 'parent' | 'peer' | 'roster'>>`
    select past.id, past.parent, past.peer, past.roster
    from (select distinct on (body->>'unit_id') (body->>'unit_id')::bigint as id,
        (body->>'parent_id')::bigint as parent, body->>'peer_group' as peer, (body->>'roster')::int as roster
      from rule_change where campaign_id = ${campaign} and what = 'unit_version' and id > ${highWater}::bigint
        and body->>'valid_to' >= ${date}::text
      order by body->>'unit_id', id) as past
    join unit_version as version on version.unit_id = past.id and version.valid_to is null
    where version.parent_id is distinct from past.parent`.execute(db)
  // So it is in almost every campaign.
  if (rows.length === 0) return new Map()
  const { units } = await readRoster(db, campaign)
  return new Map(
    rows.flatMap((then) => {
      const now = units.get(then.id)
      return now ? [[then.id, { ...now, ...then }] as const] : []
    }),
  )
}
