// 交接 through the whole bot: who can answer what was left open, who is told, who may.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import reminders from '../../jobs/reminders.ts'
import { calendarOf } from '../../src/campaign/calendar.ts'
import type { Job } from '../../src/job.ts'
import { pushing, silent } from '../support/example.ts'
import { pointingTo } from '../support/pointing.ts'
import { outboxOf, personOf } from '../support/reminders.ts'
import { admin, clerk, numberOf, privately, secretary, type Talk, talk } from './harness.ts'

let talking: Talk
let say: Talk['say']
let leaver: number
beforeEach(async () => {
  talking = await talk()
  say = talking.say
  leaver = (await personOf(talking.db, secretary.id)).id
})
afterEach(() => talking.close())

const byClerk = { sender: clerk }
const successor = { id: 'liqiang', name: '李强' }
/** 李强 is new, has a number in the roster and binds his account with it. */
async function handOver(sentence = '张建国换成李强，13900001234') {
  const preview = await say(sentence, privately(clerk))
  return `${preview}\n${await say('1', privately(clerk))}`
}
const bind = (platform: 'dingtalk' | 'wecom' = 'dingtalk') =>
  say('绑定 13900001234', { ...privately(successor), platform })
const run = (job: Job, moment: string) => {
  talking.clock.set(moment)
  return job.run({
    ...{ due: talking.clock.now(), db: talking.db, calendar: calendarOf([]), log: silent },
    ...{ push: pushing(talking.clock), privately: ['dingtalk', 'wecom'], quotas: { webhook: 0, api: 0 } },
  })
}
const said = async (name: string) =>
  (await outboxOf(talking.db)).filter(({ to }) => to === name).map(({ text }) => text)

describe('what is open at a handover', () => {
  it('a doubted number is answered by the successor, not by the leaver', async () => {
    expect(await say('红色物业300个')).toContain('这样记吗')
    expect(await handOver()).toContain('待确认的数1条')
    await bind()
    expect(await say('确认')).toContain('我还不认识您')
    expect(await say('待确认', { sender: successor })).toContain('张建国报的：金苑·红色物业 300个')
    expect(await say('确认', { sender: successor })).toContain('已记 金苑·红色物业 2→300')
    expect(await say('红色物业谁报的', { sender: successor })).toContain('张建国报，李强确认')
    expect(await numberOf(talking.db, '金苑社区', '红色物业')).toBe('300')
  })

  it('a doubted number of another unit is not the successor’s', async () => {
    await say('红色物业300个', { sender: { id: 'lixiuying', name: '李秀英' } })
    await handOver()
    await bind()
    expect(await say('确认', { sender: successor })).toBe('没有等您确认的数。')
  })

  it('a group’s reminder speaks on, and @-s the successor as soon as he is known', async () => {
    await say('每天上午9点提醒我巡查')
    await handOver()
    await run(reminders, '2026-11-23T09:00:00+08:00')
    await bind()
    await run(reminders, '2026-11-24T09:00:00+08:00')
    const fired = (await outboxOf(talking.db)).filter(({ text }) => text === '提醒：巡查')
    expect(fired.map(({ mention }) => mention)).toEqual([undefined, ['liqiang']])
  })

  it('a private reminder of the leaver goes to nobody without an account: he is told so', async () => {
    await say('明天下午4点提醒我喝茶', privately())
    const told = await handOver()
    expect(told).toContain('张建国私下的提醒有1个带不走，作废')
    expect(told).not.toContain('喝茶')
    expect(await said('张建国')).toEqual([expect.stringContaining('您私下设的提醒作废了：喝茶')])
    await run(reminders, '2026-11-23T16:00:00+08:00')
    expect((await outboxOf(talking.db)).filter(({ text }) => text.startsWith('提醒：'))).toEqual([])
  })

  it('to somebody with an account a private reminder goes along', async () => {
    await say('明天下午4点提醒我喝茶', privately())
    await say('张建国换成李秀英', byClerk)
    expect(await say('1', byClerk)).toContain('提醒1个')
    expect(await say('1', byClerk)).toContain('已交接')
    await run(reminders, '2026-11-23T16:00:00+08:00')
    expect(await said('李秀英')).toContain('提醒：喝茶')
    expect(await pointingTo(talking.db, leaver)).toEqual({})
  })
})

describe('the preview', () => {
  it('writes nothing, and is shown again when something has changed meanwhile', async () => {
    const before = await pointingTo(talking.db, leaver)
    expect(await say('张建国换成李强', byClerk)).not.toContain('提醒1个')
    expect(await pointingTo(talking.db, leaver)).toEqual(before)
    await say('每天上午9点提醒我巡查')
    const again = await say('1', byClerk)
    expect(again).toMatch(/^刚才有变化，请再看一遍：[\s\S]*提醒1个[\s\S]*1 交接/)
    expect(await say('1', byClerk)).toContain('已交接')
    expect(await pointingTo(talking.db, leaver)).toEqual({})
  })

  it('of another clerk who was quicker is not done a second time', async () => {
    await say('张建国换成李强', byClerk)
    await say('张建国换成王五', { sender: admin })
    await say('1', { sender: admin })
    expect(await say('1', byClerk)).toContain('刚才已经交接过了')
    const people = await talking.db
      .selectFrom('person')
      .where('name', 'in', ['李强', '王五'])
      .select('name')
      .execute()
    expect(people).toEqual([{ name: '王五' }])
  })

  it('cannot be skipped by typing what is behind its digit', async () => {
    const { id } = await talking.db
      .selectFrom('assignment')
      .where('person_id', '=', leaver)
      .select('id')
      .executeTakeFirstOrThrow()
    await say(`交接#{"post":${id},"to":"李强","fresh":true,"on":"2026-11-22","seen":"x"}`, byClerk)
    expect((await pointingTo(talking.db, leaver))['assignment.person_id']).toBe(1)
  })
})

describe('both sides', () => {
  it('are told privately, the leaver by the account that was his, and the book has a row', async () => {
    await say('张建国换成李秀英', byClerk)
    await say('1', byClerk)
    await say('1', byClerk)
    expect(await said('张建国')).toEqual([
      '金苑社区书记从11月22日(周日)起由李秀英接任。您手上的事都交接了，以后不再提醒您，辛苦了。',
    ])
    expect(await said('李秀英')).toEqual([
      expect.stringMatching(/^您从11月22日\(周日\)起接任金苑社区书记（原来是张建国）。交给您：责任人\d+项/),
    ])
    const last = await talking.db
      .selectFrom('audit')
      .orderBy('id', 'desc')
      .select(['action', 'actor', 'subject', 'reason'])
      .executeTakeFirstOrThrow()
    expect(last).toEqual({
      ...{ action: 'handover', actor: '周敏', subject: '金苑社区书记：张建国 → 李秀英，2026-11-22' },
      reason: 'dingtalk 账号 zhangjianguo 解绑；wecom 账号 zhangjianguo 解绑',
    })
    expect(await say('我是谁', { sender: { id: 'lixiuying', name: '李秀英' } })).toContain('金苑社区')
  })

  it('one who keeps another duty keeps his account and that duty', async () => {
    await say('汝河小区书记换成张建国', byClerk)
    await say('1', byClerk)
    await say('1', byClerk)
    expect(await say('张建国换成李强', byClerk)).toMatch(
      /交接哪一项？\n1 张建国（金苑社区书记）\n2 张建国（汝河小区社区书记）/,
    )
    expect(await say('1', byClerk)).toContain('张建国还是汝河小区社区书记，那些不动，账号不解绑')
    await say('1', byClerk)
    expect(await say('我是谁')).toMatch(/您是张建国，汝河小区社区书记\n/)
    expect(await say('金苑社区红色物业3个')).not.toContain('已记')
  })
})

describe('rights', () => {
  it('a phone number opens an account: a street’s clerk cannot give one to somebody of another street', async () => {
    const reply = await say('张建国换成陈丽，13900001234', privately(clerk))
    expect(reply).toContain('新人')
    const other = await talking.db
      .selectFrom('assignment')
      .innerJoin('person', 'person.id', 'person_id')
      .innerJoin('unit_version', 'unit_version.unit_id', 'assignment.unit_id')
      .where('unit_version.name', '=', '西站路社区')
      .select(['person.id', 'person.name'])
      .executeTakeFirstOrThrow()
    await talking.db
      .updateTable('person')
      .set({ phone: null, phone_mark: null })
      .where('id', '=', other.id)
      .execute()
    await say(`张建国换成${other.name}，13900001234`, privately(clerk))
    expect(await say('1', privately(clerk))).toContain('手机号要由区专班登记')
  })

  it('the district’s last clerk gives the duty to nobody whom the bot cannot know', async () => {
    await talking.db
      .deleteFrom('account')
      .where('person_id', 'in', (e) =>
        e
          .selectFrom('assignment')
          .where('role', '=', 'district_admin')
          .where('person_id', 'not in', (inner) =>
            inner.selectFrom('person').where('name', '=', '何晓雯').select('id'),
          )
          .select('person_id'),
      )
      .execute()
    expect(await say('何晓雯换成孙小梅', privately(admin))).toContain('没有专班能用我了')
    expect(await say('何晓雯换成孙小梅，13900001234', privately(admin))).toContain('1 交接')
  })
})
