// The list of deliveries when there are fifty thousand, with pictures in them: counted, cut short, read by its indexes.
import { CompiledQuery, Kysely, sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { Db } from '../../src/database/connection.ts'
import { type Deliveries, deliveriesOn, deliveryWith } from '../../src/database/deliveries.ts'
import { sendingsOf } from '../../src/database/exports.ts'
import { postgresDialect } from '../../src/database/postgres.ts'
import type { Database } from '../../src/database/schema.ts'
import { listOf } from '../../src/delivery-view.ts'
import { countedFates } from '../../src/delivery-words.ts'
import { plainText } from '../../src/platforms/terminal/render.ts'
import { openTestPostgres } from '../support/databases.ts'

let store: Awaited<ReturnType<typeof openTestPostgres>>
let campaign = 0
let chat = 0
const everybody = { units: [], everybody: true }
const today = '2026-11-23'

/** 400 a day until today; of today's 40 failed and 50 wait. The newest has a picture of 300 KB. */
beforeAll(async () => {
  store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  const first = await store.db
    .selectFrom('chat')
    .where('chat_id', '=', 'cid-ruhelu')
    .select(['id', 'campaign_id'])
    .executeTakeFirstOrThrow()
  campaign = first.campaign_id
  chat = first.id
  await sql`
    insert into outbox (campaign_id, key, chat_id, lane, target, kind, reply, due_at, queued_at, not_before, state,
      retry_at, settled_at, code)
    select ${campaign}, 'k' || n, ${first.id}, 'l', 't' || n, 'ranking',
      jsonb_build_object('title', '第' || n || '条', 'blocks', jsonb_build_array(case when n = 50000 then
        jsonb_build_object('kind', 'image', 'alt', '图', 'png', repeat(md5('x'), 9600))
        else jsonb_build_object('kind', 'text', 'text', '第二行') end)),
      at, at, at, case when n > 49950 then 'queued' when n > 49910 then 'failed' else 'accepted' end,
      case when n > 49950 then at end, case when n <= 49950 then at end,
      case when n > 49910 and n <= 49950 then '40058' end
    from (select n, '2026-11-23T09:00:00+08:00'::timestamptz - (50000 - n) / 400 * interval '1 day' as at
      from generate_series(1, 50000) n) numbered order by n`.execute(store.db)
  await sql`analyze outbox`.execute(store.db)
})
afterAll(() => store.close())

/** How the database goes about what it is asked. */
async function plansOf(work: (db: Db) => Promise<unknown>): Promise<string> {
  const asked: CompiledQuery[] = []
  const db = new Kysely<Database>({
    dialect: postgresDialect(store.url, () => undefined),
    log: ({ query }) => void asked.push(query),
  })
  await work(db).finally(() => db.destroy())
  const plans = asked.map(async (query) => {
    const explained = CompiledQuery.raw(`explain ${query.sql}`, [...query.parameters])
    const { rows } = await store.db.executeQuery<{ 'QUERY PLAN': string }>(explained)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })
  return (await Promise.all(plans)).join('\n')
}

const list = (most: number, first: 'newest' | 'troubled', day = today): Promise<Deliveries> =>
  deliveriesOn(store.db, campaign, { scope: everybody, day, open: day === today, most, first })

it('is cut short, the newest first, and says how many there are besides', async () => {
  const found = await list(10, 'newest')
  expect(found.shown.map(({ said }) => said)).toEqual(
    Array.from({ length: 10 }, (_, at) => `第${50_000 - at}条`),
  )
  expect(countedFates(found.counts)).toBe('平台已收310条，等待发送50条，没发出去40条。')
  const told = listOf(found, { title: '全区', date: today, isHere: false, off: [] })
  expect(plainText(told)).toContain('只列了最近10条，另有390条。看一条的详情，说“送达 编号50000”。')
})

it('has first what needs somebody, where that is asked for', async () => {
  const found = await list(60, 'troubled')
  expect(found.shown.slice(0, 40).every(({ state }) => state === 'failed')).toBe(true)
  expect(found.shown[0]?.said).toBe('第49950条')
  expect(found.shown.slice(40).every(({ state }) => state === 'queued')).toBe(true)
})

it('is read without pictures', async () => {
  const found = [...(await list(400, 'newest')).shown, ...(await sendings(10))]
  expect(found.map(({ said }) => said)).toContain('第50000条')
  expect(JSON.stringify(found).length / found.length).toBeLessThan(500)
})

const sendings = (limit: number) => sendingsOf(store.db, campaign, everybody, { end: today }, limit)
it('in an export is cut short too, and tells of how many', async () => {
  const found = await sendings(10)
  expect(found.map(({ said }) => said)[9]).toBe('第49991条')
  expect(found[0]?.total).toBe(50_000)
})

it.each([
  ['today', { scope: () => everybody, day: today, open: true }],
  ['another day', { scope: () => everybody, day: '2026-10-01', open: false }],
  ['a chat', { scope: () => ({ chat }), day: today, open: true }],
  ['some units', { scope: () => ({ units: [1, 2, 3], everybody: false }), day: today, open: true }],
])('of %s is found by index', async (_name, { scope, ...which }) => {
  const plan = await plansOf((db) =>
    deliveriesOn(db, campaign, { ...which, scope: scope(), most: 200, first: 'troubled' }),
  )
  expect(plan).toMatch(/outbox_settled|outbox_chat/)
  expect(plan).not.toContain('Seq Scan on outbox')
})

it('one is found by its number, and by that of a message within it', async () => {
  const { rows } = await sql<{ id: number }>`update outbox set batch = case when key = 'k7' then id else
    (select id from outbox where key = 'k7') end where key in ('k7', 'k8') returning id`.execute(store.db)
  for (const { id } of rows)
    expect(await deliveryWith(store.db, campaign, everybody, id)).toMatchObject({
      together: 2,
      said: '第7条',
    })
  const plan = await plansOf((db) => deliveryWith(db, campaign, everybody, rows[0]?.id ?? 0))
  expect(plan).toContain('outbox_number')
  expect(plan).not.toContain('Seq Scan on outbox')
})
