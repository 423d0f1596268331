// A unit's place for a receipt: the same as on the board, in two statements, and nothing where there is none.
import { sql } from 'kysely'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import type { Db } from '../src/database/connection.ts'
import { rebuildTotals } from '../src/database/rebuild.ts'
import { type Roster, readRoster, type Unit } from '../src/database/roster.ts'
import { lastSnapshot, takeSnapshot } from '../src/database/snapshots.ts'
import { standingsNow } from '../src/database/standings.ts'
import { exampleBeginning } from '../src/example.ts'
import { placeOf, totalsIn } from '../src/ranking.ts'
import { boardOf, lineOf, type Totals } from '../src/ranking-board.ts'
import { movedText } from '../src/ranking-words.ts'
import { privately, talk } from './bot/harness.ts'
import { openTestPostgres } from './support/databases.ts'
import { reported } from './support/reported.ts'

const now = new Date(exampleBeginning)
const today = '2026-11-22'

async function world() {
  const { db, close } = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  onTestFinished(close)
  const { id } = await db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  const roster = await readRoster(db, id)
  const unit = (name: string): Unit => {
    const found = [...roster.units.values()].find((one) => one.name === name)
    if (!found) throw new Error(`${name} is not in the example`)
    return found
  }
  const place = (name: string, over: Partial<{ db: Db; roster: Roster; now: Date }> = {}) =>
    placeOf({ db, roster, today, now, ...over }, unit(name))
  return { db, roster, unit, place }
}

describe('the place of a receipt', () => {
  it('moves with what was just reported, against the last snapshot', async () => {
    const { db, roster, place } = await world()
    expect(await place('金苑社区')).toBe('街道第9名(持平)')
    await reported(db, roster, ['金苑社区', '红色物业'], 4, '2026-11-22T10:00:00+08:00')
    expect(await place('金苑社区')).toBe('街道第6名(↑3)')
    expect(await place('华达社区')).toBe('街道第9名(↓1)')
  })

  it('is for every community and village the one that the board of its street shows', async () => {
    const { db, roster, place } = await world()
    for (const [unit, value] of [
      ['幸福里社区', 1],
      ['金苑社区', 4],
      ['郑飞社区', 1],
    ] as const)
      await reported(db, roster, [unit, '红色物业'], value, '2026-11-22T10:00:00+08:00')
    const { ruleVersion, id } = roster.campaign
    const standings = await standingsNow(db, roster, today)
    const live: Totals = { ruleVersion, units: new Map(standings.map((one) => [one.unit.id, one])) }
    const snapshot = await lastSnapshot(db, id, now)
    for (const street of roster.children(roster.root.id)) {
      const board = boardOf(roster.children(street.id), live, snapshot && totalsIn(snapshot))
      for (const unit of roster.children(street.id)) {
        const found = lineOf(board, unit.id)
        const alone = (found?.group.lines.length ?? 0) < 2
        const expected = `街道第${found?.line.rank}名(${movedText(found?.line.movement)})`
        expect([unit.name, await place(unit.name)]).toEqual([unit.name, alone ? '' : expected])
      }
    }
  })

  it('is not told before there is a snapshot', async () => {
    const { place } = await world()
    expect(await place('金苑社区', { now: new Date('2026-09-01T00:00:00Z') })).toBe('')
  })

  it('is not told of the only village of a street', async () => {
    const { place } = await world()
    expect(await place('李江沟村')).toBe('')
  })

  it('does not say how it moved when the rules have changed since', async () => {
    const { db, roster, place } = await world()
    await db.updateTable('campaign').set({ rule_version: 2 }).execute()
    expect(await place('金苑社区', { roster: await readRoster(db, roster.campaign.id) })).toBe('街道第9名')
  })

  it('does not say how it moved when the unit is in another peer group than it was', async () => {
    const { db, unit, roster } = await world()
    const changed = [unit('金苑社区').id, unit('华达社区').id]
    await db
      .updateTable('unit_version')
      .set({ peer_group: '大社区' })
      .where('unit_id', 'in', changed)
      .execute()
    const regrouped = await readRoster(db, roster.campaign.id)
    await db.transaction().execute((tx) => rebuildTotals(tx, regrouped, today))
    const placeNow = (name: string) =>
      placeOf({ db, roster: regrouped, today, now }, regrouped.units.get(unit(name).id) ?? unit(name))
    expect(await placeNow('金苑社区')).toBe('街道第2名')
    expect(await placeNow('淮河路社区')).toBe('街道第1名(持平)')
  })

  it('is 新 for a unit that was not there at the last snapshot', async () => {
    const { db, roster, unit } = await world()
    const { id: unit_id } = await db
      .insertInto('unit')
      .values({ campaign_id: roster.campaign.id, code: 'NEW', level: 'community', created_by: 'test' })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('unit_version')
      .values({
        ...{
          campaign_id: roster.campaign.id,
          unit_id,
          name: '新苑社区',
          aliases: [],
          peer_group: 'community',
        },
        ...{ parent_id: unit('汝河路街道').id, roster: 999, valid_from: today, created_by: 'test' },
      })
      .execute()
    const grown = await readRoster(db, roster.campaign.id)
    await db.transaction().execute((tx) => rebuildTotals(tx, grown, today))
    const added = grown.units.get(unit_id)
    expect(added && (await placeOf({ db, roster: grown, today, now }, added))).toBe('街道第10名(新)')
  })

  it('costs two statements', async () => {
    const { db, roster, unit } = await world()
    let statements = 0
    // The snapshot itself is read once and remembered.
    const counting = db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: ({ result }) => {
        statements++
        return Promise.resolve(result)
      },
    })
    const known = await placeOf({ db: counting, roster, today, now }, unit('金苑社区'))
    statements = 0
    expect(await placeOf({ db: counting, roster, today, now }, unit('金苑社区'))).toBe(known)
    expect(statements).toBe(2)
  })
})

it('a snapshot that was taken is what places are compared with from then on', async () => {
  const { db, roster, place } = await world()
  await reported(db, roster, ['金苑社区', '红色物业'], 4, '2026-11-22T09:00:00+08:00')
  expect(await place('金苑社区')).toBe('街道第6名(↑3)')
  const revision = () => sql<{ revision: number }>`select revision from campaign`.execute(db)
  const before = (await revision()).rows[0]?.revision ?? 0
  await db.transaction().execute((tx) => takeSnapshot(tx, roster, now))
  expect(await place('金苑社区')).toBe('街道第6名(持平)')
  // What was remembered of the ranking is read again.
  expect((await revision()).rows[0]?.revision).toBe(before + 1)
})

it('a receipt keeps to 40 characters in a group: what says that nothing moved goes first', async () => {
  const bot = await talk()
  onTestFinished(bot.close)
  expect(await bot.say('红色物业完成3个')).toBe('已记 金苑·红色物业 2→3/4(75% 黄) 街道第9名 @我 回1撤回')
  expect(await bot.say('撤回', privately())).toBe('已撤回 金苑·红色物业 3个→2个')
  const inPrivate = await bot.say('红色物业完成3个', privately())
  expect(inPrivate).toBe('已记 金苑·红色物业 2→3/4(75% 黄) 街道第9名(持平) 回1撤回')
  expect([...inPrivate].length).toBeLessThanOrEqual(40)
})

it('a message with several numbers is answered without a place', async () => {
  const bot = await talk()
  onTestFinished(bot.close)
  expect(await bot.say('红色物业3个，监督员3人')).not.toContain('名')
})
