// Deadline alerts are told once, to everybody, in a size that can be read; and the year's calendar is asked for.
import { describe, expect, it } from 'vitest'
import { exampleOf } from '../../src/alert-words.ts'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { readRoster } from '../../src/database/roster.ts'
import { queue } from '../../src/push.ts'
import { botOn, stillClock } from '../support/example.ts'
import { alertsWorld, at, toldTo } from './alerts-world.ts'
import { brokenCampaign } from './broken-campaign.ts'

describe('a stage', () => {
  it('is told once, however often the job runs', async () => {
    const { run } = await alertsWorld()
    expect((await run('2026-11-23 09:00')).length).toBeGreaterThan(60)
    expect(await run('2026-11-23 09:00')).toEqual([])
  })

  it('is told by the next run when the process died before the commit', async () => {
    const { run, db } = await alertsWorld()
    const died = run('2026-11-23 09:00', { push: () => Promise.reject(new Error('power cut')) })
    await expect(died).rejects.toThrow('power cut')
    expect(await db.selectFrom('deadline_alert').selectAll().execute()).toEqual([])
    expect(toldTo(await run('2026-11-23 09:00'), 'cid-ruhelu')).toContain('共建项目（6个单位）')
  })

  it('is told although another campaign’s cannot be', async () => {
    const { run, db } = await alertsWorld()
    await brokenCampaign(db)
    const said: string[] = []
    const push: Parameters<typeof run>[1] = {
      push: async (_tx, pushes) => void said.push(...pushes.map(({ key }) => key)),
    }
    await expect(run('2026-11-23 09:00', push)).rejects.toThrow('campaign 0 has no units')
    expect(said.length).toBeGreaterThan(60)
  })

  it('is told anew for a deadline that was moved, and only where it was', async () => {
    const { run, setTarget } = await alertsWorld()
    await run('2026-11-23 09:00')
    await setTarget('金苑社区', '共建项目', { due: '2026-11-25' })
    const text = toldTo(await run('2026-11-24 09:00'), 'cid-ruhelu')
    expect(text).toContain('明天（11月25日）到期，还没完成：\n共建项目（1个单位）：金苑 1/3\n')
    expect(text).toContain('11月23日到期，已逾期1天：\n共建项目5个单位\n')
  })

  it('reaches each cell once over two months, and nobody on a day off', async () => {
    const { run, db } = await alertsWorld()
    const keys = new Set<string>()
    for (
      let day = at('2026-11-10 09:00');
      day < at('2027-01-12 00:00');
      day = new Date(day.getTime() + 86_400_000)
    )
      for (const slot of [day, new Date(day.getTime() + 6 * 3_600_000)])
        for (const { push } of await run(slot, { calendar: known })) {
          expect(keys.has(push.key), push.key).toBe(false)
          keys.add(push.key)
          expect(known.isWorkday(slot.toISOString().slice(0, 10))).toBe(true)
        }
    const told = await db.selectFrom('deadline_alert').select(['stage', 'due']).distinct().execute()
    const stagesOf = (due: string) => told.filter((one) => one.due === due).map(({ stage }) => stage)
    expect(stagesOf('2026-11-27').toSorted()).toEqual(
      ['T-7', 'T-3', 'T-1', 'T', 'T15', '+3', '+7', '+14', '+21', '+28', '+35', '+42'].toSorted(),
    )
  }, 60_000)
})

describe('163 units with everything due on one morning', () => {
  it('are told within seconds, every message short enough for a phone', async () => {
    const { run } = await alertsWorld()
    const started = performance.now()
    const said = await run('2026-12-31 09:00')
    expect(performance.now() - started).toBeLessThan(3_000)
    expect(said.length).toBeGreaterThan(160)
    for (const { to, text } of said) expect(Buffer.byteLength(text), to).toBeLessThanOrEqual(1_800)
    expect(said.every(({ reply }) => (reply.mention ?? []).length <= 20)).toBe(true)
  })

  it('list at most some names where a street is large', async () => {
    const { run, db } = await alertsWorld()
    // All communities and villages in one street.
    const street = db.selectFrom('unit_version').where('name', '=', '汝河路街道').select('unit_id').limit(1)
    const leaves = db.selectFrom('unit').where('level', 'in', ['community', 'village']).select('id')
    await db.updateTable('unit_version').set({ parent_id: street }).where('unit_id', 'in', leaves).execute()
    const said = await run('2026-12-31 09:00')
    const text = toldTo(said, 'cid-ruhelu')
    expect(text).toMatch(/\n红色物业：友爱路 6\/9、百花里 4\/5、.* 等90个单位\n/)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_800)
    expect(said.find(({ to }) => to === 'cid-ruhelu')?.reply.mention).toHaveLength(20)
  })
})

describe('somebody without a private channel', () => {
  const without = async (names: string[]) => {
    const world = await alertsWorld()
    await world.db.deleteFrom('account').where('person_id', 'in', names.map(world.idOf)).execute()
    return world
  }

  it('is counted in the group’s digest, and named to the street’s clerk', async () => {
    const { run } = await without(['张建国'])
    const said = await run('2026-11-23 09:00')
    expect(said.map(({ to }) => to)).not.toContain('张建国')
    expect(toldTo(said, 'cid-ruhelu')).toContain('\n另有1人没有私聊通道，请转告（金苑）。\n')
    expect(toldTo(said, 'cid-zhongyuan')).toContain('\n另有1人没有私聊通道，请转告。\n')
    expect(toldTo(said, '周敏')).toContain('\n没有私聊通道，请转告：张建国（金苑）\n')
  })

  it('makes a group hear a week before of what is theirs', async () => {
    const { run } = await without(['张建国'])
    expect(toldTo(await run('2026-11-16 09:00'), 'cid-ruhelu')).toBe(
      `期限提醒（11月16日 周一 上午）
11月23日（周一）到期，还有7天：
共建项目1个单位
另有1人没有私聊通道，请转告（金苑）。
完成了请 @我 报数，如“共建项目完成3个”。`,
    )
  })

  it('is not named once it is overdue', async () => {
    const { run } = await without(['张建国'])
    const text = toldTo(await run('2026-11-26 09:00'), 'cid-ruhelu')
    expect(text).toContain('\n另有1人没有私聊通道，请转告。\n')
  })

  it('is not named to a street when they are the district’s', async () => {
    const { run } = await without(['何晓雯', '马建军'])
    const said = await run('2026-11-26 09:00')
    expect(toldTo(said, '周敏')).toContain('请转告：马建军（汝河路）\n')
    expect(toldTo(said, 'cid-ruhelu')).toContain('另有1人没有私聊通道')
    expect(toldTo(said, 'cid-zhongyuan')).toContain('另有2人没有私聊通道')
  })

  it('is everybody where the platform’s app is not set up', async () => {
    const { run } = await alertsWorld()
    const said = await run('2026-11-23 09:00', { privately: [] })
    expect(said.every(({ push }) => 'chat' in push.to)).toBe(true)
    expect(toldTo(said, 'cid-ruhelu')).toContain('另有7人没有私聊通道，请转告（')
  })
})

describe('where nobody is named as responsible', () => {
  it('or they have left, the unit’s secretary is', async () => {
    const { run, setTarget, db, idOf } = await alertsWorld()
    await setTarget('金苑社区', '共建项目', { responsible_id: null })
    expect(toldTo(await run('2026-11-16 09:00'), '张建国')).toContain('共建项目 1/3个')
    await db.updateTable('person').set({ status: 'left' }).where('id', '=', idOf('张建国')).execute()
    expect((await run('2026-11-20 09:00')).map(({ to }) => to)).not.toContain('张建国')
  })
})

describe('the calendar of the year to come', () => {
  it('is asked for once, from December on, and not when it is there', async () => {
    const { run } = await alertsWorld()
    const notices = (said: Awaited<ReturnType<typeof run>>) =>
      said.filter(({ push }) => push.kind === 'notice')
    expect(notices(await run('2026-11-30 09:00'))).toEqual([])
    const [notice, ...others] = notices(await run('2026-12-01 09:00'))
    expect([notice?.to, others]).toEqual(['何晓雯', []])
    expect(notice?.text).toBe(
      '2027年的放假安排还没有录入。请在活动工作簿加一张“日历”表（日期、班/休、名称），照国务院办公厅的通知填好放假和调休上班的日子，再导入一次。没录入以前，我只按周末和法定节假日推算。',
    )
    // The same key every time: what is queued once is not queued again.
    expect(notices(await run('2026-12-05 09:00'))[0]?.push.key).toBe(notice?.push.key)
    expect(notices(await run('2027-01-04 09:00')).map(({ push }) => push.key)).toEqual([notice?.push.key])
    expect(notices(await run('2026-12-07 09:00', { calendar: known }))).toEqual([])
  })
})

describe('on the way out', () => {
  it('each digest is queued once, and who is muted is not mentioned', async () => {
    const { run, db, idOf } = await alertsWorld()
    const mute = { person_id: idOf('张建国'), until: '2026-11-23', created_by: 'test' }
    await db.insertInto('mute').values(mute).execute()
    const due = at('2026-11-23 09:00')
    const tools = { now: due, calendar: known, privately: ['dingtalk', 'wecom'] as const }
    const push = (tx: Parameters<typeof queue>[0], pushes: Parameters<typeof queue>[1]) =>
      queue(tx, pushes, { ...tools, privately: [...tools.privately] })
    for (let n = 0; n < 2; n++) await run('2026-11-23 09:00', { push })
    const rows = await db.selectFrom('outbox').selectAll().execute()
    expect(rows.filter(({ chat_id }) => chat_id !== null)).toHaveLength(4)
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
    const mentions = rows.flatMap(({ reply }) => reply.mention ?? [])
    expect(mentions).toContain('guoxinjun')
    expect(mentions).not.toContain('zhangjianguo')
  })
})

describe('the example in a digest', () => {
  it('is understood, whatever kind of indicator it is of', async () => {
    const { db } = await alertsWorld()
    const { id } = await db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
    const roster = await readRoster(db, id)
    const hear = botOn({ db }, { clock: stillClock() })
    for (const indicator of roster.indicators.values()) {
      const open = [{ indicator, cell: { target: null } }] as unknown as Parameters<typeof exampleOf>[0]
      const answer = await hear({
        ...{ platform: 'dingtalk', robot: 'r', id: indicator.code, kind: 'text' },
        chat: { id: 'zhaotiezhu', kind: 'single' },
        sender: { id: 'zhaotiezhu', name: '赵铁柱' },
        text: exampleOf(open),
      })
      const text = JSON.stringify(answer?.blocks)
      expect(text, `${exampleOf(open)} ${text}`).toMatch(/已记|这样记吗|不涉及|不适用/)
      expect(text).toContain(indicator.name)
    }
  })
})

const holidays = ['2027-02-06', '2027-10-01'].map((day) => ({ day, working: false, name: '' }))
const known = calendarOf(holidays)
