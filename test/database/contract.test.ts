// One suite for both databases: what the bot relies on holds on PGlite and on PostgreSQL alike.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openDatabase, openInMemory, type Store } from '../../src/database/connection.ts'
import { migrate } from '../../src/database/migrate.ts'
import { newDatabase, openTestPostgres } from '../support/databases.ts'

describe.each([
  ['PGlite', openInMemory],
  ['PostgreSQL', () => openTestPostgres(inject('postgresUrl'))],
])('on %s', (_name, open) => {
  let store: Store
  beforeAll(async () => {
    store = await open()
  })
  afterAll(() => store.close())

  it('gives whole numbers, decimal strings, dates as text and moments as Date', async () => {
    const { rows } = await sql`select 7::bigint as whole, 0.10::numeric as decimal, '2026-11-22'::date as day,
      '2026-11-22T10:00:00+08'::timestamptz as moment, array['a', 'b'] as list, '{"a":1}'::jsonb as json`.execute(
      store.db,
    )
    expect(rows).toEqual([
      {
        whole: 7,
        decimal: '0.10',
        day: '2026-11-22',
        moment: new Date('2026-11-22T02:00:00Z'),
        list: ['a', 'b'],
        json: { a: 1 },
      },
    ])
  })

  it('takes the migrations again without doing anything', async () => {
    await migrate(store.db)
  })

  it('refuses to change, delete or truncate a report', async () => {
    const { unit, indicator, campaign } = await aCell(store)
    const report = {
      ...{ campaign_id: campaign, unit_id: unit, indicator_id: indicator, op: 'set' as const, value: 3 },
      ...{
        as_of: '2026-11-22',
        reported_at: new Date(0),
        platform: 'dingtalk',
        robot: 'r',
        message_id: 'm1',
      },
      ...{ raw_text: '红色物业3个', status: 'accepted' as const, created_by: 'test' },
    }
    await store.db.insertInto('report').values(report).execute()
    await expect(store.db.updateTable('report').set({ value: 4 }).execute()).rejects.toThrow('append-only')
    await expect(store.db.deleteFrom('report').execute()).rejects.toThrow('append-only')
    await expect(sql`truncate report cascade`.execute(store.db)).rejects.toThrow('append-only')
    await expect(store.db.insertInto('report').values(report).execute()).rejects.toThrow(/duplicate key/)
  })

  it('undoes everything of a transaction that fails', async () => {
    const before = await countCampaigns(store)
    await expect(
      store.db.transaction().execute(async (tx) => {
        await tx.insertInto('campaign').values(aCampaign('不会留下')).execute()
        throw new Error('half-way')
      }),
    ).rejects.toThrow('half-way')
    expect(await countCampaigns(store)).toBe(before)
  })

  it('runs transactions that were started together one after the other or side by side, but never mixed', async () => {
    const names = Array.from({ length: 20 }, (_, n) => `并行${n}`)
    await Promise.all(
      names.map((name) =>
        store.db.transaction().execute(async (tx) => {
          await tx.insertInto('campaign').values(aCampaign(name)).execute()
          await tx.updateTable('campaign').set({ rule_version: 2 }).where('name', '=', name).execute()
        }),
      ),
    )
    const kept = await store.db
      .selectFrom('campaign')
      .where('name', 'in', names)
      .select('rule_version')
      .execute()
    expect(kept).toEqual(names.map(() => ({ rule_version: 2 })))
  })
})

it('lets three replicas start on an empty PostgreSQL at the same moment', async () => {
  const { url, drop } = await newDatabase(inject('postgresUrl'))
  const open = () => openDatabase({ DATABASE_URL: url, DATA_DIR: '' })
  const replicas = await Promise.all([open(), open(), open()])
  for (const replica of replicas) {
    await sql`select count(*) from report`.execute(replica.db)
    await replica.close()
  }
  await drop()
})

const aCampaign = (name: string) => ({
  name,
  starts: '2026-03-01',
  ends: '2026-12-31',
  settings: JSON.stringify({}),
  created_by: 'test',
})

async function countCampaigns({ db }: Store): Promise<number> {
  return (
    await db
      .selectFrom('campaign')
      .select((e) => e.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n
}

async function aCell({ db }: Store) {
  const by = { created_by: 'test' }
  const campaign = await db
    .insertInto('campaign')
    .values(aCampaign('一格'))
    .returning('id')
    .executeTakeFirstOrThrow()
  const here = { campaign_id: campaign.id, ...by }
  const unit = await db
    .insertInto('unit')
    .values({ ...here, code: 'JY', level: 'community' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const indicator = await db
    .insertInto('indicator')
    .values({
      ...{
        ...here,
        code: 'M02',
        part: 1,
        ordinal: 2,
        name: '红色物业',
        aliases: [],
        kind: 'count',
        uom: '个',
      },
      ...{ origin: 'municipal', weight: 10, cap: 1, baseline: 0, plan: '[]', steps: '{}' },
      applies_to: ['community'],
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { campaign: campaign.id, unit: unit.id, indicator: indicator.id }
}
