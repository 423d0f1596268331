// What falls due is asked in many ways, and reminders of the group that name a deadline are in the answer.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import deadline from '../../handlers/deadline.ts'
import { commands } from '../../handlers/index.ts'
import type { Hear, Message } from '../../src/message.ts'
import { openTestPostgres } from '../support/databases.ts'
import { botOn, stillClock } from '../support/example.ts'
import { inPrivate, once, remind, weekly } from '../support/reminders.ts'
import { clerk, message, privately, secretary, words } from './harness.ts'

let store: Awaited<ReturnType<typeof openTestPostgres>>
let hear: Hear
const clock = stillClock()
beforeAll(async () => {
  store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  const others = commands.filter(({ name }) => name !== deadline.name)
  hear = botOn(store, { clock, commands: [...others, deadline] })
  const deadlineOf = { deadline: true as const, leads: [{ days: 1, time: '09:00' }] }
  await remind(store.db, { ...once('2026-11-27', '17:00'), ...deadlineOf })
  await remind(
    store.db,
    { ...once('2026-11-26', '23:59'), ...deadlineOf, dateOnly: true },
    { text: '交台账' },
  )
  await remind(store.db, { ...weekly([2], '12:00'), ...deadlineOf }, { text: '报舆情' })
  await remind(store.db, once('2026-11-24', '10:00'), { text: '开会' })
  await remind(
    store.db,
    { ...once('2026-11-25', '12:00'), ...deadlineOf },
    { text: '写总结', ...inPrivate() },
  )
})
afterAll(() => store.close())
const say = async (text: string, over: Partial<Message> = {}) => {
  clock.pass(700)
  return words(await hear(message(text, over)))
}

describe('reminders that name a deadline', () => {
  it('are told with the indicators, in order, those of the group in the group', async () => {
    const answer = await say('下周有什么要交的')
    expect(answer.match(/提醒里的.*/g)).toEqual([
      '提醒里的：报舆情，11月24日(周二)12:00前',
      '提醒里的：交台账，11月26日(周四)前',
      '提醒里的：报周报，11月27日(周五)17:00前',
    ])
    expect(answer).not.toContain('开会')
    expect(answer).not.toContain('写总结')
  })

  it('are one’s own in private, wherever they are', async () => {
    const answer = await say('下周有什么要交的', privately())
    expect(answer.match(/提醒里的：.../g)).toEqual(
      ['报舆情', '写总结', '交台账', '报周报'].map((one) => `提醒里的：${one}`),
    )
    expect(await say('下周有什么要交的', privately(clerk))).not.toContain('提醒里的')
  })

  it('are left out when another period, or a unit by its name, is meant', async () => {
    expect(await say('这周有什么要交的')).not.toContain('提醒里的')
    expect(await say('汝河路街道下周到期的')).not.toContain('提醒里的')
  })
})

describe('is understood', () => {
  it.each([
    ['手头这周还有啥要交的没', '这周'],
    ['这礼拜有哪些要交', '这礼拜'],
    ['哪些快到期了', '7天内'],
    ['马上要到期的有几项', '7天内'],
    ['本月要完成的有哪几项', '本月'],
    ['下个月有什么到期的', '下个月'],
    ['未来三天到期的', '未来三天'],
    ['月底前要完成哪些', '11月22日到11月30日到期'],
    ['12月5号前要交的有哪些', '11月22日到12月5日到期'],
    ['我们有没有超期的', '没有逾期的'],
    ['过期的有哪些', '没有逾期的'],
    ['期限', '7天内'],
    ['截止日期', '7天内'],
    ['监督员期限是哪天', '11月27日'],
    ['共建项目几号到期', '11月23日'],
    ['监督员什么时候要交', '11月27日'],
    ['距监督员截止还有几天', '还有5天'],
  ])('%s', async (text, expected) => {
    expect(await say(text)).toContain(expected)
  })

  it.each(['红色物业进度', '红色物业还要完成多少', '截止目前红色物业完成情况', '红色物业要完成4个'])(
    'is not meant by %s',
    async (text) => {
      expect(await say(text)).not.toMatch(/期限（|到期\d项/)
    },
  )
})

describe('the answer', () => {
  it('is of one’s own unit, even in another’s group', async () => {
    const chat = { id: 'cid-zhongyuan', kind: 'group', title: '' } as const
    expect(await say('最近要到期的有哪些', { chat })).toContain('金苑社区期限')
  })

  it('has a due date of the unit’s own, and keeps units with another one apart', async () => {
    const unit = store.db.selectFrom('unit_version').where('name', '=', '金苑社区').select('unit_id').limit(1)
    const indicator = store.db.selectFrom('indicator').where('name', '=', '共建项目').select('id').limit(1)
    const due = (date: string | null) =>
      store.db
        .updateTable('target')
        .set({ due: date })
        .where('unit_id', '=', unit)
        .where('indicator_id', '=', indicator)
        .execute()
    await due('2026-11-25')
    await store.db
      .updateTable('campaign')
      .set((e) => ({ revision: e('revision', '+', 1) }))
      .execute()
    expect(await say('共建项目啥时候截止')).toContain('11月25日(周三)，还有3天')
    const answer = await say('最近要到期的有哪些', { sender: clerk })
    expect(answer).toContain('共建项目  5个单位  11月23日(周一)')
    expect(answer).toContain('共建项目  1个单位  11月25日(周三)')
    await due(null)
  })

  it('says that all is done', async () => {
    await store.db
      .updateTable('target')
      .set({ applies: false, na_reason: '测试', approved_by: '何晓雯' })
      .execute()
    await store.db
      .updateTable('campaign')
      .set((e) => ({ revision: e('revision', '+', 1) }))
      .execute()
    expect(await say('最近要到期的有哪些', { sender: secretary })).toContain('涉及的指标都完成了')
  })
})
