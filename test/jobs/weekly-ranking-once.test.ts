// One snapshot and one message a group: of the moment, together, however often and however late the job runs.
import { describe, expect, it } from 'vitest'
import { snapshotAt } from '../../src/database/snapshots.ts'
import type { Pushing } from '../../src/push.ts'
import { pushing, stillClock } from '../support/example.ts'
import { outboxOf } from '../support/reminders.ts'
import { reported } from '../support/reported.ts'
import { brokenCampaign } from './broken-campaign.ts'
import { friday, run, rankingWorld as world } from './ranking-world.ts'

describe('the snapshot', () => {
  it('is of the moment, also when the job runs late', async () => {
    const { db, roster, cast } = await world()
    await reported(db, roster, ['金苑社区', '红色物业'], 4, '2026-11-27T20:00:00+08:00')
    const text = (await cast()).get('cid-ruhelu')?.text
    expect(text).toContain('金苑  81.20')
    const snapshot = await snapshotAt(db, roster.campaign.id, new Date(friday))
    const jinyuan = [...roster.units.values()].find(({ name }) => name === '金苑社区')
    expect(snapshot?.units.get(jinyuan?.id ?? 0)?.total).toBe('81.20')
  })

  it('stays when its messages could not be queued; they follow with the next try, with its numbers', async () => {
    const { db, roster } = await world()
    const failing: Pushing = () => Promise.reject(new Error('the outbox is away'))
    await expect(run(db, friday, failing)).rejects.toThrow('the outbox is away')
    const taken = await snapshotAt(db, roster.campaign.id, new Date(friday))
    expect(taken).toBeDefined()
    await reported(db, roster, ['金苑社区', '红色物业'], 4, '2026-11-27T18:01:00+08:00')
    await run(db, friday, pushing(stillClock(friday)))
    expect((await snapshotAt(db, roster.campaign.id, new Date(friday)))?.id).toBe(taken?.id)
    const messages = await outboxOf(db)
    expect(messages).toHaveLength(4)
    expect(messages.find(({ to }) => to === 'cid-ruhelu')?.text).toContain('总体完成 84.67%，')
  })

  it('is taken although that of another campaign goes wrong, and the trouble is told', async () => {
    const { db, roster } = await world()
    await brokenCampaign(db)
    await expect(run(db, friday, async () => {})).rejects.toThrow(/^campaign 0: campaign 0 has no units$/)
    expect(await snapshotAt(db, roster.campaign.id, new Date(friday))).toBeDefined()
  })

  it('is taken for every campaign that is on, from its first week to its last', async () => {
    const { cast } = await world()
    expect((await cast('2026-02-27T18:00:00+08:00')).size).toBe(0)
    expect((await cast('2027-01-01T18:00:00+08:00')).size).toBe(4)
    expect((await cast('2027-01-08T18:00:00+08:00')).size).toBe(0)
  })
})

describe('in the outbox', () => {
  it('each group has one message, however often the job runs', async () => {
    const { db } = await world()
    for (let times = 0; times < 2; times++) await run(db, friday, pushing(stillClock(friday)))
    const messages = await outboxOf(db)
    expect(messages.map(({ to }) => to).sort()).toEqual([
      'cid-ruhelu',
      'cid-zhongyuan',
      'wr-ruhelu',
      'wr-zhongyuan',
    ])
    expect(messages[0]?.key).toMatch(/^ranking:\d+:\d+:2026-11-27T10:00:00.000Z$/)
  })

  it('on a day off it waits for 09:00 of the next workday; the snapshot does not', async () => {
    const { db, roster } = await world()
    // 1 January 2027 is a Friday.
    const holiday = '2027-01-01T18:00:00+08:00'
    await run(db, holiday, pushing(stillClock(holiday)))
    const [first] = await db.selectFrom('outbox').select('not_before').execute()
    expect(first?.not_before.toISOString()).toBe('2027-01-04T01:00:00.000Z')
    expect(await snapshotAt(db, roster.campaign.id, new Date(holiday))).toBeDefined()
  })
})
