// What scores cost: the weekly ranking of 149,000 units against SQL's own, a report against a bare transaction, and a
// question for one's place at two sizes of a campaign.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { pino } from 'pino'
import { commands } from '../handlers/index.ts'
import { createBot } from '../src/bot.ts'
import type { Keyring } from '../src/crypt.ts'
import type { Db } from '../src/database/connection.ts'
import { unpackIds, unpackInts } from '../src/database/packing.ts'
import { record } from '../src/database/reports.ts'
import { type Indicator, readRoster } from '../src/database/roster.ts'
import { takeSnapshot } from '../src/database/snapshots.ts'
import { exampleBeginning } from '../src/example.ts'
import type { Message } from '../src/message.ts'
import { memoryState } from '../src/state/memory.ts'

const log = pino({ level: 'silent' })
const now = new Date(exampleBeginning)
const clock = { now: () => now }
const indicators = 13

/**
 * The weekly ranking: every unit by every indicator and by its total, with movement, stored. Ours is the snapshot of the
 * Friday job; SQL's a row for each cell with `rank() over`. Both start from the same completions and the same week before.
 * @returns milliseconds, the most memory that ranking took in megabytes, and how many ranks differ
 */
export async function benchRanking(db: Db) {
  const roster = await readRoster(
    db,
    (await db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()).id,
  )
  await sql`create table score as
    select unit_id, peer_group, i as indicator, round(split_part(value, '/', 1)::numeric / 20 * 10000)::int as value
    from standing, unnest(string_to_array(shares, ',')) with ordinality as each (value, i)
    where peer_group = 'community' and value like '%/20'
    union all select unit_id, peer_group, 0, ranked_on from standing where peer_group = 'community' and shares like '%/20%'`.execute(
    db,
  )
  await sql`create table ranked (week int, unit_id bigint, indicator int, rank int, change int,
    primary key (week, indicator, unit_id))`.execute(db)
  await sql`analyze score`.execute(db)
  const inSql = (week: number) =>
    db.transaction().execute(async (tx) => {
      await sql`set local statement_timeout = 0`.execute(tx)
      await sql`set local work_mem = '64MB'`.execute(tx)
      await sql`insert into ranked select ${week}::int, unit_id, indicator, place, before.rank - place
        from (select *, rank() over (partition by indicator, peer_group order by value desc) as place from score) as placed
        left join ranked before using (unit_id, indicator)
        where before.week is null or before.week = ${week - 1}::int`.execute(tx)
    })
  const ours = async (week: number) => {
    const at = new Date(Date.parse('2026-11-27T18:00:00+08:00') + week * 7 * 86_400_000)
    await db.transaction().execute(async (tx) => {
      await sql`set local statement_timeout = 0`.execute(tx)
      await takeSnapshot(tx, roster, at)
      await movements(tx, at)
    })
  }
  await inSql(1)
  await ours(1)
  const idle = process.memoryUsage().rss
  let highest = idle
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage().rss)
  }, 5)
  const took = { ours: await timed(() => ours(2)), sql: await timed(() => inSql(2)) }
  clearInterval(watch)
  return { ...took, megabytes: highest / 2 ** 20, differ: await differing(db) }
}

/** How every unit moved by every indicator since the snapshot before: one subtraction a place. */
async function movements(db: Db | Parameters<typeof takeSnapshot>[0], at: Date): Promise<number> {
  const rows = await db
    .selectFrom('snapshot_column')
    .innerJoin('snapshot', 'snapshot.id', 'snapshot_id')
    .where('taken_at', 'in', [at, new Date(at.getTime() - 7 * 86_400_000)])
    .orderBy('indicator_id')
    .orderBy('taken_at')
    .select(['indicator_id', 'snapshot_column.ranks'])
    .execute()
  let moved = 0
  for (let n = 0; n + 1 < rows.length; n += 2) {
    const [before, after] = [rows[n], rows[n + 1]].map((row) => row && unpackInts(row.ranks))
    if (!before || !after) continue
    const change = new Int32Array(after.length)
    for (let unit = 0; unit < after.length; unit++) change[unit] = (before[unit] ?? 0) - (after[unit] ?? 0)
    moved += change.filter((one) => one !== 0).length
  }
  return moved
}

/** Ranks by indicator that are not what SQL says, over all units that were added. */
async function differing(db: Db): Promise<number> {
  const snapshot = await db
    .selectFrom('snapshot')
    .orderBy('taken_at', 'desc')
    .limit(1)
    .select(['id', 'units', 'ranks'])
    .executeTakeFirstOrThrow()
  const columns = await db
    .selectFrom('snapshot_column')
    .innerJoin('indicator', 'indicator.id', 'indicator_id')
    .where('snapshot_id', '=', snapshot.id)
    .orderBy('ordinal')
    .select('ranks')
    .execute()
  const places = new Map([...unpackIds(snapshot.units)].map((id, at) => [id, at]))
  let differ = 0
  for (let indicator = 1; indicator <= indicators; indicator++) {
    const ranks = unpackInts(columns[indicator - 1]?.ranks ?? new Uint8Array())
    const { rows } = await sql<{ unit_id: number; value: number; rank: number }>`
      select unit_id, rank from ranked where week = 2 and indicator = ${indicator}::int`.execute(db)
    // The example's own units have places too: only the order among those that were added is the same.
    const pairs = rows.map(({ unit_id, rank }) => [rank, ranks[places.get(unit_id) ?? -1] ?? 0] as const)
    pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1])
    for (let n = 1; n < pairs.length; n++) {
      const [one, other] = [pairs[n - 1], pairs[n]]
      if (one && other && (one[0] === other[0]) !== (one[1] === other[1])) differ++
      if (one && other && one[1] > other[1]) differ++
    }
  }
  return differ
}

const warmUp = 300
const rounds = 400

/** One report with its cell, its street's and the district's totals, against two rows in a transaction. */
export async function benchReport(db: Db): Promise<{ bare: number; report: number }> {
  const { id: campaign } = await db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  const roster = await readRoster(db, campaign)
  const units = [...roster.units.values()].filter(({ level }) => level === 'community')
  const isCount = ({ kind, appliesTo }: Indicator) => kind === 'count' && appliesTo.includes('community')
  const [apart, ...counts] = [...roster.indicators.values()].filter(isCount)
  const person = await db.selectFrom('person').select(['id', 'name']).executeTakeFirstOrThrow()
  const results = { bare: [] as number[], report: [] as number[] }
  for (let round = 0; round < warmUp + rounds; round++) {
    const at = new Date(now.getTime() + round * 1000)
    const unit = units[round % units.length]
    const lap = Math.floor(round / units.length)
    const indicator = counts[lap % counts.length]
    if (!unit || !indicator || !apart) throw new Error('the example has no communities or no counts')
    const value = String(2 + (lap % 3))
    const entry = { op: 'set' as const, value, num: null, den: null, step: null }
    const report = { unit, indicator, target: '4', entry, asOf: '2026-11-22', onBehalf: false }
    results.report.push(await timed(() => record(db, { roster, person, message: said(), now: at }, [report])))
    results.bare.push(
      await timed(() =>
        db.transaction().execute(async (tx) => {
          for (const line of [0, 1])
            await tx
              .insertInto('report')
              .values({
                ...{
                  campaign_id: campaign,
                  unit_id: unit.id,
                  // Not where reports go: those cells keep the histories that they have.
                  indicator_id: apart.id,
                  op: 'zero' as const,
                  line,
                },
                ...{
                  as_of: '2026-11-22',
                  reported_at: at,
                  reporter_id: person.id,
                  platform: 'bench',
                  robot: 'bench',
                },
                ...{ message_id: `bare-${round}`, raw_text: '红色物业3个', status: 'accepted' as const },
                ...{ created_by: person.name, chat_id: 'cid-ruhelu' },
              })
              .execute()
        }),
      ),
    )
  }
  return { bare: median(results.bare.slice(warmUp)), report: median(results.report.slice(warmUp)) }
}

/** 「我们排第几」 through the whole bot. @returns the median in milliseconds */
export async function benchPlace(db: Db, keyring: Keyring): Promise<number> {
  const tools = { db, clock, keyring, log, commands, state: memoryState(clock), botName: '小图' }
  const hear = createBot({ ...tools, push: async () => undefined, privately: [] })
  const times: number[] = []
  for (let round = 0; round < warmUp + rounds; round++) {
    // A number that was reported in between: nothing that is remembered may help.
    await sql`update campaign set revision = revision + 1`.execute(db)
    times.push(
      await timed(async () => {
        const reply = await hear(said('我们排第几'))
        if (!JSON.stringify(reply).includes('排')) throw new Error(`no place: ${JSON.stringify(reply)}`)
      }),
    )
  }
  return median(times.slice(warmUp))
}

const said = (text = '红色物业3个'): Message => ({
  ...{ platform: 'dingtalk', robot: 'bench', id: randomUUID(), kind: 'text', text },
  chat: { id: 'zhangjianguo', kind: 'single' },
  sender: { id: 'zhangjianguo', name: '张建国' },
})

async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now()
  await work()
  return performance.now() - before
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
