// Snapshots are taken once, for good, of what was known at their moment, and can be computed again to the same hash.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type CellEvent, fold } from '../../src/campaign/cell.ts'
import { type Db, openInMemory, type Store } from '../../src/database/connection.ts'
import { fridaysBefore } from '../../src/database/load-snapshots.ts'
import { recomputedHash } from '../../src/database/past-rules.ts'
import { rebuildTotals } from '../../src/database/rebuild.ts'
import { type Roster, readRoster } from '../../src/database/roster.ts'
import {
  lastSnapshot,
  type Snapshot,
  snapshotAt,
  snapshotBefore,
  takeSnapshot,
} from '../../src/database/snapshots.ts'
import { cellsAt, standingsNow } from '../../src/database/standings.ts'
import { exampleBeginning, loadExample } from '../../src/example.ts'
import { openTestPostgres } from '../support/databases.ts'
import { testKeys } from '../support/keys.ts'
import { idOf, reported } from '../support/reported.ts'

const friday = new Date('2026-11-27T18:00:00+08:00')
const openPostgres = () => openTestPostgres(inject('postgresUrl'), { template: inject('template') })

async function openPglite(): Promise<Store> {
  const store = await openInMemory()
  await loadExample(store.db, testKeys, new Date(exampleBeginning))
  return store
}

const rosterOf = async (db: Db) =>
  readRoster(db, (await db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()).id)
const take = (db: Db, roster: Roster, at = friday): Promise<Snapshot> =>
  db.transaction().execute((tx) => takeSnapshot(tx, roster, at))

const report = (db: Db, roster: Roster, value: number, at: string) =>
  reported(db, roster, ['金苑社区', '红色物业'], value, at)

const content = ({ hash, highWater, units }: Snapshot) => ({
  ...{ hash, highWater },
  units: units.ids().map((id) => [id, units.get(id)]),
})

describe.each([
  ['PGlite', openPglite],
  ['PostgreSQL', openPostgres],
])('on %s', (_name, open) => {
  let store: Store
  let roster: Roster
  beforeAll(async () => {
    store = await open()
    roster = await rosterOf(store.db)
  })
  afterAll(() => store.close())
  const campaign = () => roster.campaign.id

  describe('a new campaign with a history', () => {
    it('has the snapshots of the last eight Fridays, each of what was known by then', async () => {
      const { db } = store
      const rows = await db.selectFrom('snapshot').orderBy('taken_at').selectAll().execute()
      expect(rows.map(({ as_of }) => as_of)).toEqual(fridaysBefore(new Date(exampleBeginning), 8))
      expect(rows.map(({ taken_at }) => taken_at.toISOString().slice(11))).toEqual(
        Array(8).fill('10:00:00.000Z'),
      )
      for (const { taken_at, hash } of rows) {
        const snapshot = await snapshotAt(db, campaign(), taken_at)
        expect(snapshot && (await recomputedHash(db, roster.campaign.id, snapshot))).toBe(hash)
      }
    })

    it('has all units in each, with places among their likes', async () => {
      const snapshot = await lastSnapshot(store.db, campaign(), new Date(exampleBeginning))
      expect(snapshot?.takenAt.toISOString()).toBe('2026-11-20T10:00:00.000Z')
      expect(snapshot?.units.size).toBe(roster.units.size)
      const units = snapshot?.units.ids().flatMap((id) => snapshot.units.get(id) ?? []) ?? []
      const streets = units.filter(({ peer }) => peer === 'street')
      expect(streets.map(({ rank }) => rank).sort((a, b) => Number(a) - Number(b))[0]).toBe(1)
      expect(streets).toHaveLength(14)
    })

    it('stood on the last Friday as it stands now, when nothing came since', async () => {
      const now = await standingsNow(store.db, roster, '2026-11-22')
      const snapshot = await lastSnapshot(store.db, campaign(), new Date(exampleBeginning))
      for (const { unit, total } of now) expect(snapshot?.units.get(unit.id)?.total).toBe(total)
    })
  })

  it('a moment before the first snapshot has none', async () => {
    const first = fridaysBefore(new Date(exampleBeginning), 8)[0]
    expect(await snapshotBefore(store.db, campaign(), new Date(`${first}T18:00:00+08:00`))).toBeUndefined()
  })

  it('taken late, it has what was reported by its moment and nothing of what came after', async () => {
    const { db } = store
    const name = idOf(roster, '金苑社区')
    const before = (await standingsNow(db, roster, '2026-11-27')).find(({ unit }) => unit.id === name)
    await report(db, roster, 3, '2026-11-27T17:59:59+08:00')
    const known = (await standingsNow(db, roster, '2026-11-27')).find(({ unit }) => unit.id === name)
    await report(db, roster, 4, '2026-11-27T18:00:01+08:00')
    const late = await take(db, roster)
    expect(late.units.get(name)?.total).toBe(known?.total)
    expect(known?.total).not.toBe(before?.total)
    expect(await recomputedHash(db, roster.campaign.id, late)).toBe(late.hash)
  })

  it('taken late, it has no number that was loaded after its moment, whatever day it speaks of', async () => {
    const { db } = store
    const at = new Date('2026-12-04T18:00:00+08:00')
    const place = { unit_id: idOf(roster, '金苑社区'), indicator_id: idOf(roster, '红色物业') }
    const cellOf = async () =>
      (await cellsAt(db, roster, at)).cells.find(
        (one) => one.unit === place.unit_id && one.indicator === place.indicator_id,
      )?.value
    const before = await cellOf()
    for (const [value, created_at, expected] of [
      ['1', '2026-12-04T20:00:00+08:00', before],
      ['2', '2026-12-04T17:00:00+08:00', '2'],
    ] as const) {
      const number = { value, as_of: '2026-12-04', reported_at: at }
      const { id } = await db
        .insertInto('report')
        .values({
          ...{ ...place, ...number, campaign_id: campaign(), op: 'set', status: 'accepted', raw_text: '' },
          ...{ platform: 'import', robot: String(campaign()), message_id: `late-${value}` },
          ...{ created_by: 'test', created_at: new Date(created_at) },
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await db
        .updateTable('cell')
        .set({ ...number, report_id: id })
        .where((e) => e.and(place))
        .execute()
      expect(await cellOf()).toBe(expected)
    }
    await db.transaction().execute((tx) => rebuildTotals(tx, roster, '2026-11-22'))
    const late = await take(db, roster, at)
    expect(await recomputedHash(db, roster.campaign.id, late)).toBe(late.hash)
  })

  it('taken again, it is the same one, whatever was reported since', async () => {
    const { db } = store
    const first = await take(db, roster)
    await report(db, roster, 5, '2026-11-27T17:30:00+08:00')
    expect(content(await take(db, roster))).toEqual(content(first))
    expect(await recomputedHash(db, roster.campaign.id, first)).toBe(first.hash)
  })

  it('is never changed and never deleted', async () => {
    const { db } = store
    await take(db, roster)
    for (const statement of [
      `update snapshot set hash = 'other'`,
      `update snapshot_column set lamps = ''`,
      'delete from snapshot_column',
      'delete from snapshot',
    ])
      await expect(sql.raw(statement).execute(db)).rejects.toThrow()
  })
})

describe('two of one moment', () => {
  it('taken in time and after a night of downtime are the same', async () => {
    const [inTime, late] = [await openPostgres(), await openPostgres()]
    try {
      const roster = await rosterOf(inTime.db)
      for (const { db } of [inTime, late]) await report(db, roster, 3, '2026-11-27T17:00:00+08:00')
      const first = await take(inTime.db, roster)
      await report(late.db, roster, 4, '2026-11-27T22:00:00+08:00')
      await report(late.db, roster, 2, '2026-11-28T08:00:00+08:00')
      expect(content(await take(late.db, roster))).toEqual(content(first))
    } finally {
      await inTime.close()
      await late.close()
    }
  })

  it('asked for by two replicas at once are one', async () => {
    const store = await openPostgres()
    const twin = await store.twin()
    try {
      const roster = await rosterOf(store.db)
      const [one, other] = await Promise.all([take(store.db, roster), take(twin.db, roster)])
      expect(content(one)).toEqual(content(other))
    } finally {
      await twin.close()
      await store.close()
    }
  })
})

it('cells of any moment of the past are what their events up to then add up to', async () => {
  const { db, close } = await openPostgres()
  try {
    const roster = await rosterOf(db)
    const begin = Date.parse('2026-11-22T02:00:00Z')
    // A fixed stream of numbers, with withdrawals and increments in between.
    await sql`insert into report (campaign_id, unit_id, indicator_id, op, value, as_of, reported_at, platform, robot,
        message_id, raw_text, status, created_by)
      select of_them.campaign_id, unit_id, indicator_id, case when n % 5 = 0 then 'add' else 'set' end, (n * 7) % 11,
        date '2026-11-22' + n / 86, ${new Date(begin)}::timestamptz + n * interval '17 minutes', 'dingtalk', 'r',
        'random-' || n || '-' || unit_id || '-' || indicator_id, '', 'accepted', 'test'
      from (select cell.* from cell join indicator on indicator.id = indicator_id where kind = 'count'
        order by unit_id limit 25) of_them, generate_series(1, 200) n where (n * 31 + unit_id * 5 + indicator_id) % 13 < 3
      order by n`.execute(db)
    await sql`insert into report (campaign_id, unit_id, indicator_id, op, as_of, reported_at, platform, robot,
        message_id, raw_text, status, supersedes, created_by)
      select campaign_id, unit_id, indicator_id, 'void', as_of, reported_at + interval '3 hours', platform, robot,
        'undo-' || message_id, '', 'accepted', id, 'test'
      from report where platform = 'dingtalk' and id % 6 = 0 order by id`.execute(db)
    const events = await db.selectFrom('report').orderBy('id').selectAll().execute()
    const touched = new Map(
      events
        .filter(({ platform }) => platform !== 'import')
        .map((one) => [`${one.unit_id}/${one.indicator_id}`, one]),
    )
    for (const { unit_id, indicator_id } of touched.values()) {
      const mine = events.filter((one) => one.unit_id === unit_id && one.indicator_id === indicator_id)
      const place = { unit_id, indicator_id }
      await db
        .updateTable('cell')
        .set(fold(mine as CellEvent[]))
        .where((e) => e.and(place))
        .execute()
    }
    expect(touched.size).toBeGreaterThan(20)
    for (let hours = 0; hours <= 60; hours += 7) {
      const at = new Date(begin + hours * 3_600_000)
      const { cells, highWater } = await cellsAt(db, roster, at)
      const known = events.filter((one) =>
        one.platform === 'import' ? true : one.reported_at.getTime() <= at.getTime(),
      )
      expect(highWater).toBe(Math.max(...known.map(({ id }) => id)))
      for (const { unit_id, indicator_id } of touched.values()) {
        const cell = cells.find((one) => one.unit === unit_id && one.indicator === indicator_id)
        const mine = known.filter((one) => one.unit_id === unit_id && one.indicator_id === indicator_id)
        const { value, report_id } = fold(mine as CellEvent[], cell?.baseline)
        expect([unit_id, indicator_id, cell?.value, cell?.report_id]).toEqual([
          ...[unit_id, indicator_id, value, report_id],
        ])
      }
    }
  } finally {
    await close()
  }
})

describe('the Fridays before a moment', () => {
  it.each([
    ['2026-11-22T10:00:00+08:00', ['2026-11-13', '2026-11-20']],
    ['2026-11-20T18:00:00+08:00', ['2026-11-06', '2026-11-13']],
    ['2026-11-20T18:00:01+08:00', ['2026-11-13', '2026-11-20']],
    ['2026-11-27T09:00:00+08:00', ['2026-11-13', '2026-11-20']],
  ])('%s', (now, days) => {
    expect(fridaysBefore(new Date(now), 2)).toEqual(days)
  })
})
