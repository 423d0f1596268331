// What is kept with every report is what adding everything up from the events gives (`domain.md` R11).
import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { type CellEvent, fold } from '../../src/campaign/cell.ts'
import { wholeOf } from '../../src/campaign/standing.ts'
import { minus, noSums, plus, sumsOf } from '../../src/campaign/sums.ts'
import type { Db } from '../../src/database/connection.ts'
import { openDatabase } from '../../src/database/connection.ts'
import {
  cellPrint,
  type Line,
  leafLine,
  movedLine,
  shareOf,
  sumLine,
  sumsPrint,
} from '../../src/database/lines.ts'
import { cellKey } from '../../src/database/load-common.ts'
import { recomputedHash } from '../../src/database/past-rules.ts'
import type { ChartCell } from '../../src/database/progress.ts'
import { rebuildTotals } from '../../src/database/rebuild.ts'
import { type Author, record, supersede } from '../../src/database/reports.ts'
import { lastOf } from '../../src/database/reports-read.ts'
import { type Indicator, type Roster, readRoster, type Unit } from '../../src/database/roster.ts'
import { takeSnapshot } from '../../src/database/snapshots.ts'
import { exampleBeginning } from '../../src/example.ts'
import { history } from '../campaign/events.ts'
import { openTestPostgres } from '../support/databases.ts'
import { reported } from '../support/reported.ts'

const date = '2026-11-22'

/** All that is kept, as text. */
async function kept(db: Db): Promise<unknown> {
  const { rows } = await sql`select
    (select json_agg(s order by unit_id) from standing s) as standing,
    (select json_agg(s order by unit_id, indicator_id) from subtotal s) as subtotal,
    (select json_agg(s order by peer_group, width, bucket) from spread s where units <> 0) as spread`.execute(
    db,
  )
  return rows
}

async function example() {
  const url = inject('postgresUrl')
  const store = await openTestPostgres(url, { template: inject('template') })
  onTestFinished(store.close)
  const { id } = await store.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  return { ...store, roster: await readRoster(store.db, id) }
}

const rebuilt = (db: Db, roster: Roster) => db.transaction().execute((tx) => rebuildTotals(tx, roster, date))

describe('after many reports of all kinds', () => {
  it('what is kept is what a rebuild gives', { timeout: 120_000 }, async () => {
    const { db, roster } = await example()
    const people = await db.selectFrom('person').select(['id', 'name']).limit(3).execute()
    const cells = await db
      .selectFrom('cell')
      .innerJoin('indicator', 'indicator.id', 'indicator_id')
      .select(['unit_id', 'indicator_id', 'kind'])
      .orderBy('unit_id')
      .orderBy('indicator_id')
      .execute()
    let [written, withdrawn] = [0, 0]
    for (let n = 0; n < 300; n++) {
      const cell = cells[(n * 37) % cells.length]
      const [unit, indicator] = [
        roster.units.get(cell?.unit_id ?? 0),
        roster.indicators.get(cell?.indicator_id ?? 0),
      ]
      const person = people[n % people.length]
      if (!cell || !unit || !indicator || !person) throw new Error('the example is empty')
      const author: Author = {
        ...{ roster, person, now: new Date(Date.parse(exampleBeginning) + n * 1000) },
        message: {
          ...{ platform: 'dingtalk', robot: 'r', id: `kept-${n}`, kind: 'text', text: '数' },
          ...{ chat: { id: 'c', kind: 'single' }, sender: { id: 'p', name: person.name } },
        },
      }
      if (n % 7 === 6) {
        const last = await lastOf(db, person.id, new Date(0))
        withdrawn += (await supersede(db, author, last, 'void')).length
        continue
      }
      const parts = { value: null, num: null, den: null, step: null }
      const entry =
        cell.kind === 'ratio' && n % 2 === 0
          ? { ...parts, num: String(n % 9), den: String((n % 9) + (n % 4)) }
          : { ...parts, value: cell.kind === 'yes_no' ? String(n % 2) : String(n % 5) }
      const report = { unit, indicator, target: null, entry: { ...entry, op: 'set' as const }, asOf: date }
      const answer = await record(db, author, [{ ...report, onBehalf: n % 3 === 0 }])
      if (answer !== 'repeated') written += answer.filter(({ pending }) => !pending).length
    }
    expect([written > 60, withdrawn > 10]).toEqual([true, true])
    const before = await kept(db)
    await rebuilt(db, roster)
    expect(await kept(db)).toEqual(before)
  })

  it('a campaign of an older version gets its totals when the bot starts', async () => {
    const { db, url } = await example()
    const before = await kept(db)
    for (const table of ['standing', 'subtotal', 'spread'] as const) await db.deleteFrom(table).execute()
    const again = await openDatabase({ DATABASE_URL: url, DATA_DIR: '' })
    onTestFinished(again.close)
    expect(await kept(again.db)).toEqual(before)
  })
})

describe('in 10,000 random logs', () => {
  const kinds = ['count', 'ratio', 'yes_no', 'score', 'amount'] as const
  const indicators = kinds.map(
    (kind, at) =>
      ({
        ...{
          id: at + 1,
          code: `I${at}`,
          kind,
          direction: 'up',
          weight: String(at + 3),
          cap: at === 0 ? '1.2' : '1',
        },
        ...{ baseline: '0', zeroTarget: 'na' },
      }) as unknown as Indicator,
  )
  const unit = (id: number, parent: number | null) => ({ id, parent, peer: 'community' }) as unknown as Unit
  const street = unit(9, null)
  const leaves = [unit(1, 9), unit(2, 9)]
  const roster = { indicators: new Map(indicators.map((one) => [one.id, one])) } as unknown as Roster
  const blank = (leaf: Unit, indicator: Indicator): ChartCell =>
    ({
      ...{ unit: leaf.id, indicator: indicator.id, kind: indicator.kind, direction: 'up', zeroTarget: 'na' },
      ...{ baseline: '0', target: '12', due: '2026-12-31', applies: true, responsible: null },
      ...{ ...fold([]), reported: false },
    }) as ChartCell
  const asReported = (event: CellEvent, kind: string): CellEvent =>
    kind === 'ratio' && event.value !== null
      ? { ...event, value: null, num: event.value, den: String(Number(event.value) + (event.id % 3)) }
      : event

  it('a line that was moved number by number is the one that is made from scratch', () => {
    const logs = fc.array(fc.tuple(fc.nat(1), fc.nat(4), history), { minLength: 1, maxLength: 3 })
    return fc.assert(
      fc.property(logs, (log) => {
        const cells = new Map<string, ChartCell>()
        for (const leaf of leaves)
          for (const one of indicators) cells.set(cellKey(leaf.id, one.id), blank(leaf, one))
        const sumOf = (indicator: number) =>
          leaves
            .map((leaf) => sumsOf(cells.get(cellKey(leaf.id, indicator)) as ChartCell))
            .reduce(plus, noSums())
        const sums = new Map(indicators.map(({ id }) => [cellKey(street.id, id), sumOf(id)]))
        const lines = new Map<number, Line>([
          ...leaves.map((leaf): [number, Line] => [leaf.id, leafLine(roster, leaf, undefined, cells)]),
          [street.id, sumLine(roster, street, undefined, sums)],
        ])
        const seen = new Map<string, CellEvent[]>()
        for (const [which, what, events] of log) {
          const [leaf, indicator] = [leaves[which] as Unit, indicators[what] as Indicator]
          const key = cellKey(leaf.id, indicator.id)
          for (const event of events) {
            const all = [
              ...(seen.get(key) ?? []),
              asReported({ ...event, id: event.id + 1000 * (seen.get(key)?.length ?? 0) }, indicator.kind),
            ]
            seen.set(key, all)
            const before = cells.get(key) as ChartCell
            const state = fold(all, '0')
            const after = { ...before, ...state, reported: state.report_id !== null }
            cells.set(key, after)
            const at = cellKey(street.id, indicator.id)
            const old = sums.get(at) ?? noSums()
            const now = plus(minus(old, sumsOf(before)), sumsOf(after))
            sums.set(at, now)
            const move = (id: number, share: ReturnType<typeof shareOf>, prints: [string, string]) =>
              lines.set(
                id,
                movedLine(roster, lines.get(id) as Line, { indicator: indicator.id, share }, prints),
              )
            move(leaf.id, shareOf(after), [cellPrint(indicator, before), cellPrint(indicator, after)])
            move(street.id, wholeOf(indicator, now).share, [
              sumsPrint(indicator, old),
              sumsPrint(indicator, now),
            ])
          }
        }
        for (const leaf of leaves)
          expect(lines.get(leaf.id)).toEqual(leafLine(roster, leaf, undefined, cells))
        const scratch = new Map(indicators.map(({ id }) => [cellKey(street.id, id), sumOf(id)]))
        expect(lines.get(street.id)).toEqual(sumLine(roster, street, undefined, scratch))
      }),
      { numRuns: 10_000 },
    )
  }, 180_000)
})

it('a due date that is moved changes no total, and snapshots can still be computed again', async () => {
  const { db, roster } = await example()
  const due = await db.updateTable('target').set({ due: '2026-12-20' }).returning('unit_id').execute()
  expect(due.length).toBeGreaterThan(100)
  await reported(db, roster, ['金苑社区', '红色物业'], 3, '2026-11-22T12:00:00+08:00')
  const before = await kept(db)
  const at = new Date('2026-11-27T18:00:00+08:00')
  const taken = await db.transaction().execute((tx) => takeSnapshot(tx, roster, at))
  expect(await recomputedHash(db, roster.campaign.id, taken)).toBe(taken.hash)
  await rebuilt(db, roster)
  expect(await kept(db)).toEqual(before)
})

it('a snapshot is computed again by the rules of its time, whatever targets and weights have become', async () => {
  const { db, roster } = await example()
  const at = new Date('2026-11-27T18:00:00+08:00')
  const taken = await db.transaction().execute((tx) => takeSnapshot(tx, roster, at))
  await db.updateTable('target').set({ target: '40' }).where('target', 'is not', null).execute()
  await db.updateTable('indicator').set({ weight: '1', due: '2026-11-25' }).execute()
  await db.updateTable('unit_version').set({ peer_group: '甲组' }).execute()
  await sql`update campaign set settings = settings || '{"red": 5}'::jsonb, roster_version = roster_version + 1`.execute(
    db,
  )
  await rebuilt(db, await readRoster(db, roster.campaign.id))
  await reported(db, roster, ['金苑社区', '红色物业'], 4, '2026-11-28T12:00:00+08:00')
  expect(await recomputedHash(db, roster.campaign.id, taken)).toBe(taken.hash)
  const now = await readRoster(db, roster.campaign.id)
  const next = await db
    .transaction()
    .execute((tx) => takeSnapshot(tx, now, new Date('2026-12-04T18:00:00+08:00')))
  expect(await recomputedHash(db, roster.campaign.id, next)).toBe(next.hash)
  expect(next.hash).not.toBe(taken.hash)
})
