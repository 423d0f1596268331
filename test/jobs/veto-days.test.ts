import { sql } from 'kysely'
import { expect, inject, it, onTestFinished } from 'vitest'
import vetoDays from '../../jobs/veto-days.ts'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { peerPlace, totalsNow } from '../../src/database/totals-read.ts'
import { openTestPostgres } from '../support/databases.ts'
import { pushing, silent, stillClock } from '../support/example.ts'

async function world() {
  const { db, close } = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  onTestFinished(close)
  const { unit_id: unit } = await db
    .selectFrom('unit_version')
    .where('name', '=', '淮河路社区')
    .select('unit_id')
    .executeTakeFirstOrThrow()
  const { id: indicator } = await db
    .selectFrom('indicator')
    .where('name', '=', '红色物业')
    .select('id')
    .executeTakeFirstOrThrow()
  const veto = (effect: string, of: number | null, on = true) =>
    sql`with switched as (update campaign set settings = settings || ${JSON.stringify({ veto: on })}::jsonb returning id)
      insert into veto (campaign_id, unit_id, indicator_id, document, reason, effect, starts, ends, approved_by,
        approved_by_too, created_by)
      select id, ${unit}::bigint, ${of}::bigint, '纪要5号', '试', ${effect}, '2026-11-24', '2026-11-26', '甲', '乙', 'test'
      from switched`.execute(db)
  const onDay = async (day: string) => {
    const clock = stillClock(`${day}T00:05:00+08:00`)
    await vetoDays.run({
      ...{ due: clock.now(), db, log: silent, calendar: calendarOf([]), push: pushing(clock), privately: [] },
      quotas: { webhook: 0, api: 0 },
    })
    const place = await peerPlace(db, unit)
    return { ...(await totalsNow(db, [unit])).get(unit), rank: place?.rank, size: place?.size }
  }
  return { unit, indicator, veto, onDay }
}

it('a unit that a veto puts last is last on its days, with its total as it was', async () => {
  const { veto, onDay } = await world()
  await veto('rank_last', null)
  const before = await onDay('2026-11-23')
  expect(before.last).toBe(false)
  for (const day of ['2026-11-24', '2026-11-26']) {
    const during = await onDay(day)
    expect([during.total, during.last, during.rank]).toEqual([before.total, true, before.size])
  }
  expect(await onDay('2026-11-27')).toEqual(before)
})

it('an indicator that a veto zeroes counts as nothing done on its days', async () => {
  const { indicator, veto, onDay } = await world()
  await veto('indicator_zero', indicator)
  const before = await onDay('2026-11-23')
  const during = await onDay('2026-11-25')
  expect(Number(during.total)).toBeLessThan(Number(before.total))
  expect(await onDay('2026-11-27')).toEqual(before)
})

it('vetoes do nothing while the campaign has them switched off', async () => {
  const { veto, onDay } = await world()
  await veto('rank_last', null, false)
  expect(await onDay('2026-11-25')).toEqual(await onDay('2026-11-27'))
})
