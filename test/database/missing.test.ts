// What counts as a report when it is asked who has not: on both databases, through the bot where people report.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openInMemory, type Store } from '../../src/database/connection.ts'
import { type ReportableCell, reportableCells } from '../../src/database/missing.ts'
import { loadExample } from '../../src/example.ts'
import type { Hear } from '../../src/message.ts'
import { message } from '../bot/harness.ts'
import { openTestPostgres } from '../support/databases.ts'
import { botOn, stillClock } from '../support/example.ts'
import { testKeys } from '../support/keys.ts'

const openPglite = async (): Promise<Store> => {
  const store = await openInMemory()
  await loadExample(store.db, testKeys, stillClock().now())
  return store
}
const openPostgres = () => openTestPostgres(inject('postgresUrl'), { template: inject('template') })

describe.each([
  ['PGlite', openPglite],
  ['PostgreSQL', openPostgres],
])('a report, on %s,', (_name, open) => {
  const clock = stillClock('2026-11-25T09:00:00+08:00')
  let store: Store
  let hear: Hear
  const ids = { unit: 0, indicator: 0 }
  beforeAll(async () => {
    store = await open()
    hear = botOn(store, { clock })
    const unit = store.db.selectFrom('unit_version').where('name', '=', '金苑社区').select('unit_id')
    ids.unit = (await unit.executeTakeFirstOrThrow()).unit_id
    const indicator = store.db.selectFrom('indicator').where('name', '=', '红色物业').select('id')
    ids.indicator = (await indicator.executeTakeFirstOrThrow()).id
  })
  afterAll(() => store.close())

  const cell = async (firstDay: string, lastDay: string): Promise<ReportableCell | undefined> => {
    const [from, end] = [firstDay, lastDay].map((day) => new Date(`${day}T00:00:00+08:00`))
    if (!from || !end) throw new Error('no dates')
    const span = { from, until: new Date(end.getTime() + 86_400_000), firstDay, lastDay }
    const [found] = await reportableCells(store.db, [ids.unit], span, ids.indicator)
    return found
  }
  const heardToday = async () => (await cell('2026-11-25', '2026-11-25'))?.heard

  it('is what was loaded, on the day that it speaks of', async () => {
    const loaded = await cell('2026-03-01', '2026-11-22')
    expect(loaded).toMatchObject({ heard: true, applies: true, cadence: 7 })
    const asOf = loaded?.as_of ?? ''
    expect((await cell(asOf, asOf))?.heard).toBe(true)
    expect((await cell('2026-11-23', '2026-11-25'))?.heard).toBe(false)
  })

  it('is not a number that waits for its answer, until it is confirmed', async () => {
    await hear(message('红色物业完成30个'))
    expect(await heardToday()).toBe(false)
    await hear(message('1'))
    expect(await heardToday()).toBe(true)
  })

  it('is not one that was withdrawn', async () => {
    await hear(message('撤回'))
    expect(await heardToday()).toBe(false)
  })

  it('is 没有新进展', async () => {
    await hear(message('没有新进展'))
    expect(await heardToday()).toBe(true)
    clock.pass(86_400)
    expect((await cell('2026-11-26', '2026-11-26'))?.heard).toBe(false)
  })

  it('counts on the day on which it is made, not on the day that it speaks of', async () => {
    await hear(message('昨天红色物业3个'))
    expect((await cell('2026-11-26', '2026-11-26'))?.heard).toBe(true)
  })

  it('is none where nothing of the kind is reported in chats', async () => {
    await store.db
      .updateTable('indicator')
      .set({ source: 'import' })
      .where('id', '=', ids.indicator)
      .execute()
    expect(await cell('2026-11-25', '2026-11-26')).toBeUndefined()
  })
})
