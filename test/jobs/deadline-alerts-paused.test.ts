// What deadline alerts leave out for now: cells whose extension is asked for, silenced units and silenced people.
import { describe, expect, it } from 'vitest'
import { addRequest, requestWith, settle } from '../../src/database/extensions.ts'
import { beginSilence, endSilence } from '../../src/database/silences.ts'
import { alertsWorld, at, toldTo } from './alerts-world.ts'

async function world() {
  const made = await alertsWorld()
  const { db, idOf } = made
  const { id: campaign } = await db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  const unitOf = async (name: string) =>
    (await db.selectFrom('unit_version').where('name', '=', name).select('unit_id').executeTakeFirstOrThrow())
      .unit_id
  const indicator = await db
    .selectFrom('indicator')
    .where('name', '=', '共建项目')
    .select('id')
    .executeTakeFirstOrThrow()
  const by = { campaign, actor: '周敏', at: at('2026-11-22 10:00') }
  return {
    ...made,
    campaign,
    by,
    unitOf,
    /** 金苑社区 asks for 共建项目 to be due later. */
    async ask() {
      const request = { due_before: '2026-11-23', due: '2026-11-30', reason: '下雨' }
      const cell = { unit: await unitOf('金苑社区'), indicator: indicator.id }
      const asker = { id: idOf('张建国'), name: '张建国' }
      return db.transaction().execute((tx) => addRequest(tx, campaign, asker, by.at, { ...cell, ...request }))
    },
  }
}

describe('a cell whose extension is asked for', () => {
  it('is not spoken of, to anybody, at nine or at three, until it is decided', async () => {
    const { run, db, ask, campaign } = await world()
    const id = await ask()
    const morning = await run('2026-11-23 09:00')
    expect(toldTo(morning, 'cid-ruhelu')).toContain('共建项目（5个单位）：西陈庄 2/3、')
    expect(morning.map(({ to }) => to)).not.toContain('张建国')
    expect(toldTo(morning, '周敏')).not.toContain('金苑')
    expect(toldTo(await run('2026-11-23 15:00'), 'cid-ruhelu')).not.toContain('金苑')
    const request = await requestWith(db, campaign, id)
    if (request) await settle(db, request, { state: 'refused', by: '周敏', at: at('2026-11-23 16:00') })
    expect(toldTo(await run('2026-11-24 09:00'), '张建国')).toContain('11月23日到期，已逾期1天')
  })

  it('is left alone by the afternoon when it is asked for at noon', async () => {
    const { run, ask } = await world()
    expect(toldTo(await run('2026-11-23 09:00'), 'cid-ruhelu')).toContain('金苑 1/3')
    await ask()
    expect(toldTo(await run('2026-11-23 15:00'), 'cid-ruhelu')).not.toContain('金苑')
  })
})

describe('a silence', () => {
  it('of a unit leaves it out until its last day, and no longer', async () => {
    const { run, db, by, unitOf } = await world()
    const whose = { unit: await unitOf('金苑社区') }
    await beginSilence(db, by, whose, { until: '2026-11-24', reason: '停工', subject: '金苑社区' })
    expect(toldTo(await run('2026-11-23 09:00'), 'cid-ruhelu')).toContain('共建项目（5个单位）')
    expect(toldTo(await run('2026-11-24 09:00'), 'cid-ruhelu')).toContain('共建项目5个单位')
    expect(toldTo(await run('2026-11-26 09:00'), 'cid-ruhelu')).toContain('共建项目6个单位')
  })

  it('of a street holds for everything below it, and ends when it is taken back', async () => {
    const { run, db, by, unitOf } = await world()
    const whose = { unit: await unitOf('汝河路街道') }
    await beginSilence(db, by, whose, { until: '2026-12-10', reason: '防汛', subject: '汝河路街道' })
    expect(toldTo(await run('2026-11-23 09:00'), 'cid-ruhelu')).toBe('')
    expect(await endSilence(db, by, whose, '汝河路街道', '2026-11-23')).toBe(true)
    expect(await endSilence(db, by, whose, '汝河路街道', '2026-11-23')).toBe(false)
    expect(toldTo(await run('2026-11-23 15:00'), 'cid-ruhelu')).toContain('共建项目（6个单位）')
  })

  it('of a person spares them the private digest and the @, and hides nothing from the others', async () => {
    const { run, db, by, idOf } = await world()
    const whose = { person: idOf('张建国') }
    await beginSilence(db, by, whose, { until: '2026-11-20', reason: '请假', subject: '张建国' })
    await beginSilence(db, by, whose, { until: '2026-11-24', reason: '住院', subject: '张建国' })
    const said = await run('2026-11-23 09:00')
    expect(said.map(({ to }) => to)).not.toContain('张建国')
    expect(toldTo(said, 'cid-ruhelu')).toContain('共建项目（6个单位）：金苑 1/3')
    expect(toldTo(said, 'cid-ruhelu')).not.toContain('没有私聊通道')
    expect(said.find(({ to }) => to === 'cid-ruhelu')?.reply.mention).not.toContain('zhangjianguo')
    expect(toldTo(said, '周敏')).toContain('金苑 1/3')
    const kept = await db.selectFrom('silence').orderBy('id').select(['reason', 'ended_by']).execute()
    expect(kept).toEqual([
      { reason: '请假', ended_by: '周敏' },
      { reason: '住院', ended_by: null },
    ])
  })
})
