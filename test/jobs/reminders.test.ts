// Reminders in ordinary weeks: said at their minute, where they belong, to whom they are for.
import { describe, expect, it } from 'vitest'
import type { Schedule } from '../../src/campaign/recurrence.ts'
import type { Db } from '../../src/database/connection.ts'
import { at, daily, inPrivate, once, outboxOf, personOf, remind, weekly } from '../support/reminders.ts'
import { iso, remindersJob } from '../support/reminders-job.ts'
import { twoReplicas } from '../support/replicas.ts'

let db: Db
twoReplicas(['outbox', 'mute', 'calendar_day', 'reminder'], (first) => {
  db = first
})

const { run, minutes, said, texts, timesOf } = remindersJob(() => db)

describe('at its minute', () => {
  it('a reminder is said in its group, once, and is over', async () => {
    await remind(db, once('2026-11-22', '11:00'))
    await minutes(at('22 10:55'), at('22 11:05'))
    expect(await outboxOf(db)).toMatchObject([
      { to: 'cid-ruhelu', text: '提醒：报周报', due: at('22 11:00').toISOString(), state: 'queued' },
    ])
    expect((await outboxOf(db))[0]?.mention).toBeUndefined()
    expect(await db.selectFrom('reminder').select(['status', 'next_at']).execute()).toEqual([
      { status: 'done', next_at: null },
    ])
  })

  it('one of a private chat is said to its owner, and nobody is @-ed', async () => {
    await remind(db, once('2026-11-22', '11:00'), inPrivate())
    await run(at('22 11:00'))
    const [push] = await outboxOf(db)
    expect(push).toMatchObject({ to: '张建国', text: '提醒：报周报' })
    expect(push?.mention).toBeUndefined()
  })

  it('before a deadline it says until when', async () => {
    const deadline: Schedule = {
      ...{ on: { date: '2026-11-27' }, time: '17:00', deadline: true },
      leads: [{ days: 1, time: '09:00' }, { minutes: 120 }],
    }
    await remind(db, deadline)
    await remind(
      db,
      { ...deadline, time: '23:59', dateOnly: true, leads: [{ days: 3, time: '09:00' }] },
      { text: '报台账' },
    )
    await remind(
      db,
      { on: { date: '2026-11-27' }, time: '15:00', leads: [{ minutes: 30 }] },
      { text: '开会' },
    )
    for (const moment of ['24 09:00', '26 09:00', '27 14:30', '27 15:00', '27 17:00']) await run(at(moment))
    expect(await texts()).toEqual([
      '提醒：报台账，11月27日(周五)前',
      '提醒：报周报，11月27日(周五)17:00前',
      '提醒：开会，11月27日(周五)15:00',
      '提醒：报周报，11月27日(周五)17:00前',
    ])
  })

  it('a week of them, minute by minute around what is due', async () => {
    await remind(db, weekly([6], '08:00'), { text: '三捡三提' })
    await remind(
      db,
      { on: { repeat: { every: 'workday' }, from: '2026-11-22' }, time: '17:00', leads: [] },
      { text: '报数' },
    )
    await remind(db, daily('21:30'), { text: '锁门' })
    for (let day = 22; day <= 28; day++)
      for (const [from, to] of [
        ['07:58', '08:02'],
        ['16:58', '17:02'],
        ['21:28', '21:32'],
      ])
        await minutes(at(`${day} ${from}`), at(`${day} ${to}`))
    const all = await said()
    const of = (text: string) => all.filter((push) => push.text === `提醒：${text}`).map(({ due }) => due)
    expect(of('三捡三提')).toEqual(iso(at('28 08:00')))
    expect(of('报数')).toEqual(iso(...[23, 24, 25, 26, 27].map((day) => at(`${day} 17:00`))))
    expect(of('锁门')).toEqual(iso(...[22, 23, 24, 25, 26, 27, 28].map((day) => at(`${day} 21:30`))))
    expect(all).toHaveLength(13)
  })

  it('on the last workday of the month, which is not the last day', async () => {
    const last: Schedule = {
      on: { repeat: { every: 'month', lastWorkday: true }, from: '2026-10-01' },
      time: '09:00',
      leads: [],
    }
    const october = new Date('2026-10-02T10:00:00+08:00')
    await remind(db, last, { now: october })
    for (const moment of ['2026-10-30', '2026-10-31', '2026-11-30', '2026-12-31'])
      await run(new Date(`${moment}T09:00:00+08:00`))
    expect(await timesOf()).toEqual([
      '2026-10-30T01:00:00.000Z',
      '2026-11-30T01:00:00.000Z',
      '2026-12-31T01:00:00.000Z',
    ])
  })

  it('on workdays as the State Council moves them: not in the holiday, but on the Sunday before and the Saturday after', async () => {
    const workdays: Schedule = {
      on: { repeat: { every: 'workday' }, from: '2026-09-18' },
      time: '17:00',
      leads: [],
    }
    await remind(db, workdays, { now: new Date('2026-09-18T18:00:00+08:00') })
    await remind(db, daily('17:00', '2026-09-18'), {
      text: '每天',
      now: new Date('2026-09-18T18:00:00+08:00'),
    })
    for (let day = new Date('2026-09-19T17:00:00+08:00').getTime(), n = 0; n < 24; day += 86_400_000, n++)
      await run(new Date(day))
    const days = (await said())
      .filter(({ text }) => text === '提醒：报周报')
      .map(({ due }) => due.slice(5, 10))
    expect(days).toEqual('09-20 09-21 09-22 09-23 09-24 09-28 09-29 09-30 10-08 10-09 10-10 10-12'.split(' '))
    expect((await said()).filter(({ text }) => text === '提醒：每天')).toHaveLength(24)
  })
})

describe('whom it @-s', () => {
  it('its owner, if it is for him', async () => {
    await remind(db, once('2026-11-23', '11:00'), { audience: 'me' })
    await run(at('23 11:00'))
    expect((await outboxOf(db))[0]).toMatchObject({ to: 'cid-ruhelu', mention: ['zhangjianguo'] })
  })

  it('not an owner who does not want to be @-ed', async () => {
    const { id, name } = await personOf(db, 'zhangjianguo')
    await db.insertInto('mute').values({ person_id: id, until: '2026-11-23', created_by: name }).execute()
    await remind(db, daily('11:00', '2026-11-23'), { audience: 'me' })
    for (const day of [23, 24]) await run(at(`${day} 11:00`))
    expect((await outboxOf(db)).map(({ mention }) => mention)).toEqual([[], ['zhangjianguo']])
  })

  it('everybody once a day, and only for those who may', async () => {
    await remind(db, daily('09:00', '2026-11-23'), { audience: 'all', text: '书记的' })
    await remind(db, daily('10:00', '2026-11-23'), { audience: 'all', text: '组织委员的', by: 'zhoumin' })
    await remind(db, daily('11:00', '2026-11-23'), { audience: 'all', text: '专班的', by: 'hexiaowen' })
    for (const moment of ['23 09:00', '23 10:00', '23 11:00', '24 09:00', '24 10:00', '24 11:00'])
      await run(at(moment))
    expect(
      (await said()).map(({ text, due, mention }) => [text.slice(3), due.slice(8, 10), mention]),
    ).toEqual([
      ['书记的', '23', undefined],
      ['组织委员的', '23', ['@all']],
      ['专班的', '23', undefined],
      ['书记的', '24', undefined],
      ['组织委员的', '24', ['@all']],
      ['专班的', '24', undefined],
    ])
  })
})

describe('a group that is not bound any more', () => {
  it('the owner is told once, in private, and the reminder is over', async () => {
    await remind(db, daily('11:00'), { chat_id: 'cid-gone' })
    for (const day of [22, 23]) await run(at(`${day} 11:00`))
    expect(await outboxOf(db)).toMatchObject([
      {
        to: '张建国',
        text: '提醒“报周报”停了：那个群已经不归挂图管了。还要的话，请在绑定好的群里重新设一次。',
      },
    ])
    expect(await db.selectFrom('reminder').select('status').execute()).toEqual([{ status: 'done' }])
  })
})
