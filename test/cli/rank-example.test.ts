// The command and the bot are one: the example campaign, written down as a fixture, has the bot's own numbers.
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { twoPlaces } from '../../src/campaign/decimal.ts'
import { rank } from '../../src/campaign/ranking.ts'
import { fixture } from '../../src/cli/rank-fixture.ts'
import { type Rows, rowsOf } from '../../src/cli/rank-rows.ts'
import type { Executor, Store } from '../../src/database/connection.ts'
import { chartCells, leavesOf } from '../../src/database/progress.ts'
import { type Roster, readRoster } from '../../src/database/roster.ts'
import { contenderOf, standingsNow, type UnitStanding } from '../../src/database/standings.ts'
import { totalsNow } from '../../src/database/totals-read.ts'
import { openTestPostgres } from '../support/databases.ts'

const today = '2026-11-22'
let store: Store
let roster: Roster
let rows: Rows
let standings: UnitStanding[]
beforeAll(async () => {
  store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  const { id } = await store.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  roster = await readRoster(store.db, id)
  rows = rowsOf(fixture.parse(await written(store.db)), today)
  standings = await standingsNow(store.db, roster, today)
})
afterAll(() => store.close())

/** The campaign in the database as a fixture. */
async function written(db: Executor): Promise<unknown> {
  const { campaign, units, indicators, root } = roster
  const codes = new Map([...units.values()].map(({ id, code }) => [id, code]))
  const cells = await chartCells(db, roster, leavesOf(roster, root.id))
  return {
    campaign: { start: campaign.starts, end: campaign.ends },
    indicators: [...indicators.values()].map(({ starts, appliesTo, ...one }) => ({
      ...one,
      ...{ start: starts, applies_to: appliesTo },
    })),
    units: [...units.values()].map(({ parent, ...one }) => ({ ...one, parent: codes.get(parent ?? 0) })),
    cells: cells.map(({ unit, indicator, value, num, den, step, target, baseline, due, ...cell }) => ({
      ...{ unit: codes.get(unit), indicator: indicators.get(indicator)?.code },
      ...{ value, num, den, step, target, baseline, due, as_of: cell.as_of, na: !cell.applies },
      pending: cell.pending_id,
    })),
    rule_version: campaign.ruleVersion,
    options: { ...campaign.settings },
  }
}

const byCode = () => new Map(standings.map((one) => [one.unit.code, one]))

it('has the totals of all units, those kept with every report and those that the cells make', async () => {
  const kept = await totalsNow(store.db, [...roster.units.keys()])
  expect(rows.units).toHaveLength(164)
  for (const { code, total } of rows.units) {
    const bot = byCode().get(code)
    expect([code, total]).toEqual([code, bot?.total])
    expect([code, total]).toEqual([code, kept.get(bot?.unit.id ?? 0)?.total])
  }
})

it('has the completion and the lamp of every cell', () => {
  for (const { code, cells } of rows.units) {
    const bot = byCode().get(code)?.standings
    for (const indicator of roster.indicators.values()) {
      const { share = 'na', lamp = 'grey' } = bot?.get(indicator.id) ?? {}
      expect([code, indicator.code, cells[indicator.code]?.completion, cells[indicator.code]?.lamp]).toEqual([
        ...[code, indicator.code, share === 'na' ? null : twoPlaces(share.mul(100)), lamp],
      ])
    }
  }
})

it('has the places of all units', () => {
  const places = rank(standings.map(contenderOf)).flatMap((group) => group.places)
  const bot = new Map(places.map((place) => [place.unit, place]))
  for (const { code, rank: place, bottom_rank, peer } of rows.units) {
    const same = bot.get(byCode().get(code)?.unit.id ?? 0)
    expect([code, place, bottom_rank, peer]).toEqual([code, same?.rank, same?.bottomRank, same?.peer])
  }
})
