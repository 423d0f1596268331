// The past of some units: as a snapshot saw it, by what is known today, and what documents say of a score.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { momentOf } from '../../src/clock.ts'
import { openInMemory, type Store } from '../../src/database/connection.ts'
import { cellsIn, cellsOn, firstSnapshot } from '../../src/database/history.ts'
import { type ChartCell, chartCells, leavesOf } from '../../src/database/progress.ts'
import { type Roster, readRoster } from '../../src/database/roster.ts'
import { snapshotBefore } from '../../src/database/snapshots.ts'
import { cellsAt } from '../../src/database/standings.ts'
import { exampleBeginning, loadExample } from '../../src/example.ts'
import { openTestPostgres } from '../support/databases.ts'
import { testKeys } from '../support/keys.ts'
import { idOf, reported } from '../support/reported.ts'

const openPostgres = () => openTestPostgres(inject('postgresUrl'), { template: inject('template') })
async function openPglite(): Promise<Store> {
  const store = await openInMemory()
  await loadExample(store.db, testKeys, new Date(exampleBeginning))
  return store
}

describe.each([
  ['PGlite', openPglite],
  ['PostgreSQL', openPostgres],
])('on %s', (_name, open) => {
  let store: Store
  let roster: Roster
  let campaign: number
  let jinyuan: number
  beforeAll(async () => {
    store = await open()
    campaign = (await store.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()).id
    roster = await readRoster(store.db, campaign)
    jinyuan = idOf(roster, '金苑社区')
  })
  afterAll(() => store.close())

  const now = (unit = jinyuan) => chartCells(store.db, roster, leavesOf(roster, unit))
  const content = (cells: ChartCell[]) =>
    cells
      .map(({ unit, indicator, value, num, den, step, as_of }) =>
        [unit, indicator, value, num, den, step, as_of].join(),
      )
      .sort()

  it('a street’s cells of a snapshot are those of the whole campaign at that moment', async () => {
    const { db } = store
    const street = idOf(roster, '汝河路街道')
    for (const date of ['2026-10-31', '2026-11-16', '2026-11-22']) {
      const snapshot = await snapshotBefore(db, campaign, momentOf(date, '00:00'))
      if (!snapshot) throw new Error(`no snapshot before ${date}`)
      const all = await cellsAt(db, roster, snapshot.takenAt, snapshot.highWater)
      const leaves = new Set(leavesOf(roster, street))
      const then = await cellsIn(db, campaign, await now(street), snapshot)
      expect(content(then)).toEqual(content(all.cells.filter(({ unit }) => leaves.has(unit))))
    }
  })

  it('a number told late counts from its day in hindsight, and not in what was known then', async () => {
    const { db } = store
    const red = idOf(roster, '红色物业')
    const before = await snapshotBefore(db, campaign, momentOf('2026-11-22', '00:00'))
    if (!before) throw new Error('there is no snapshot')
    await reported(db, roster, ['金苑社区', '红色物业'], 4, '2026-11-22T10:00:00+08:00')
    const of = (cells: ChartCell[]) => cells.find(({ indicator }) => indicator === red)?.value
    expect(of(await now())).toBe('4')
    expect(of(await cellsIn(db, campaign, await now(), before))).toBe('2')
    expect(of(await cellsOn(db, await now(), '2026-11-21'))).toBe('2')
    expect(of(await cellsOn(db, await now(), '2026-11-22'))).toBe('4')
  })

  it('before the first number everything is unreported', async () => {
    const cells = await cellsOn(store.db, await now(), '2026-02-28')
    expect(cells.every(({ reported }) => !reported)).toBe(true)
  })

  it('knows since when there are rankings', async () => {
    expect((await firstSnapshot(store.db, campaign))?.toISOString()).toBe('2026-10-02T10:00:00.000Z')
    expect(await firstSnapshot(store.db, campaign + 1)).toBeUndefined()
  })
})
