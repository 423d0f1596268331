// A campaign of 149,000 communities, for benchmarks: the example's units, and very many beside them.
import { sql } from 'kysely'
import type { Db } from '../src/database/connection.ts'

export const manyUnits = 149_000
const portion = 10_000
const perStreet = 10
const statements = (count: number, run: (from: number, to: number) => Promise<unknown>) =>
  Array.from({ length: Math.ceil(count / portion) }, (_, n) => n).reduce(
    (before, n) => before.then(() => run(n * portion + 1, Math.min(count, (n + 1) * portion))).then(() => {}),
    Promise.resolve(),
  )

/** Adds communities, ten to a street, with what is kept of them: completions in twentieths, so that many are tied. */
export async function addManyUnits(db: Db): Promise<void> {
  const campaign = await db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  const { id: root } = await db
    .selectFrom('unit')
    .where('level', '=', 'district')
    .select('id')
    .executeTakeFirstOrThrow()
  const there = await db
    .selectFrom('unit')
    .where('level', 'in', ['community', 'village'])
    .select((e) => e.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  const wanted = manyUnits - Number(there.n)
  await sql`with made as (insert into unit (campaign_id, code, level, created_by)
      select ${campaign.id}, 'S' || n, 'street', 'bench' from generate_series(1, ${Math.ceil(wanted / perStreet)}::int) n
      returning id, code)
    insert into unit_version (campaign_id, unit_id, name, parent_id, peer_group, roster, valid_from, created_by)
    select ${campaign.id}, id, code || '街道', ${root}::bigint, 'street', id, '2026-03-01', 'bench' from made`.execute(
    db,
  )
  await statements(wanted, (from, to) =>
    sql`with made as (insert into unit (campaign_id, code, level, created_by)
        select ${campaign.id}, 'C' || n, 'community', 'bench' from generate_series(${from}::int, ${to}::int) n
        returning id, code)
      insert into unit_version (campaign_id, unit_id, name, parent_id, peer_group, roster, valid_from, created_by)
      select ${campaign.id}, made.id, made.code || '社区', street.id, 'community', made.id, '2026-03-01', 'bench'
      from made join unit street on street.campaign_id = ${campaign.id}
        and street.code = 'S' || (substr(made.code, 2)::int + ${perStreet - 1}) / ${perStreet}`.execute(db),
  )
  await statements(wanted, (from, to) =>
    sql`insert into standing (unit_id, campaign_id, parent_id, peer_group, total, ranked_on, shares, cells)
      select unit_id, ${campaign.id}, parent_id, 'community', total, total, shares, md5(shares)
      from (select unit_id, parent_id,
          string_agg(n || '/20', ',' order by i) as shares, round(avg(n) * 500)::int as total
        from (select version.unit_id, version.parent_id, i,
            (hashint8(version.unit_id * 31 + i) & 2147483647) % 21 as n
          from unit join unit_version version on version.unit_id = unit.id, generate_series(1, 13) i
          where unit.code in (select 'C' || n from generate_series(${from}::int, ${to}::int) n)) drawn
        group by unit_id, parent_id) added`.execute(db),
  )
  await sql`delete from spread`.execute(db)
  await sql`insert into spread
    select campaign_id, peer_group, width, floor(ranked_on::numeric / width)::int, count(*)
    from standing, (values (1), (100)) as widths (width) where ranked_on is not null group by 1, 2, 3, 4`.execute(
    db,
  )
  await sql`update campaign set roster_version = roster_version + 1, revision = revision + 1`.execute(db)
  await sql`analyze`.execute(db)
}
