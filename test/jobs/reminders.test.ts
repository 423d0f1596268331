import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import reminders from '../../jobs/reminders.ts'
import { calendarOf } from '../../src/campaign/calendar.ts'
import type { Schedule } from '../../src/campaign/recurrence.ts'
import type { Db, Store } from '../../src/database/connection.ts'
import type { Pushing } from '../../src/push.ts'
import { openTestPostgres } from '../support/databases.ts'
import { pushing, silent, stillClock } from '../support/example.ts'
import { at, daily, idOf, inPrivate, once, outboxOf, personOf, remind, weekly } from '../support/reminders.ts'

let store: Awaited<ReturnType<typeof openTestPostgres>>
let other: Store
let db: Db
beforeAll(async () => {
  store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  other = await store.twin()
  db = store.db
})
afterAll(async () => {
  await other.close()
  await store.close()
})
beforeEach(async () => {
  for (const table of ['outbox', 'mute', 'calendar_day', 'reminder'] as const)
    await db.deleteFrom(table).execute()
})

const calendar = calendarOf()

/** Runs the job for a moment, as the schedule would at that moment. */
async function run(due: Date, { on = db, push }: { on?: Db; push?: Pushing } = {}): Promise<void> {
  const clock = stillClock(due.toISOString())
  await reminders.run({
    ...{ due, db: on, calendar, log: silent, privately: ['dingtalk', 'wecom'] },
    quotas: { webhook: 0, api: 0 },
    push: push ?? pushing(clock),
  })
}

/** Every minute from one moment to another, seconds are not looked at. */
async function minutes(from: Date, to: Date): Promise<void> {
  for (let now = from.getTime(); now <= to.getTime(); now += 60_000) await run(new Date(now))
}

const said = async () => (await outboxOf(db)).filter(({ state }) => state === 'queued')
const texts = async () => (await said()).map(({ text }) => text)
const timesOf = async () => (await said()).map(({ due }) => due)
const iso = (...moments: Date[]) => moments.map((moment) => moment.toISOString())
const december = (moment: string) => new Date(`2026-12-${moment.replace(' ', 'T')}:00+08:00`)

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

describe('after downtime', () => {
  it('of a night: what was missed in the evening comes in the morning, marked as late', async () => {
    await remind(db, once('2026-11-23', '20:00'), { text: '晚上的' })
    await remind(db, daily('07:40'), { text: '早上的' })
    await run(at('23 19:59'))
    await run(at('24 08:00'))
    expect((await said()).slice(-2).map(({ text }) => text)).toEqual([
      '（补发）提醒：晚上的',
      '（补发）提醒：早上的',
    ])
    await minutes(at('24 08:01'), at('24 08:03'))
    expect((await outboxOf(db)).filter(({ state }) => state !== 'queued')).toMatchObject([])
  })

  it('of one reminder only the newest is said; the older is listed', async () => {
    await remind(db, {
      ...{ on: { date: '2026-11-24' }, time: '17:00', deadline: true },
      leads: [{ days: 1, time: '18:00' }, { minutes: 120 }],
    })
    await run(at('24 16:00'))
    expect((await outboxOf(db)).map(({ due, state, code }) => [due, state, code])).toEqual([
      [at('23 18:00').toISOString(), 'failed', 'needless'],
      [at('24 15:00').toISOString(), 'queued', null],
    ])
  })

  it('of days: what is older than a day is listed, and each owner hears of it once', async () => {
    await remind(db, daily('11:00'), { text: '报数' })
    await remind(db, once('2026-11-23', '15:00'), { text: '开会', ...inPrivate() })
    await remind(db, once('2026-11-23', '15:00'), { text: '查岗', by: 'zhoumin' })
    await run(at('26 12:00'))
    const all = await outboxOf(db)
    expect(
      all
        .filter(({ state }) => state === 'failed')
        .map(({ text, code, due }) => [text, code, due.slice(8, 13)]),
    ).toEqual([
      ['提醒：报数', 'late', '22T03'],
      ['提醒：报数', 'late', '23T03'],
      ['提醒：开会', 'late', '23T07'],
      ['提醒：查岗', 'late', '23T07'],
      ['提醒：报数', 'late', '24T03'],
      ['提醒：报数', 'late', '25T03'],
    ])
    expect(all.filter(({ state }) => state === 'queued').map(({ to, text }) => [to, text])).toEqual([
      ['cid-ruhelu', '（补发）提醒：报数'],
      [
        '张建国',
        '停机期间有5个提醒没发：报数（11月22日(周日)11:00）、报数（11月23日(周一)11:00）、报数（11月24日(周二)11:00）、报数（11月25日(周三)11:00）、开会（11月23日(周一)15:00）。还要的请再设一次。',
      ],
      ['周敏', '停机期间有1个提醒没发：查岗（11月23日(周一)15:00）。还要的请再设一次。'],
    ])
  })

  it('of two months: everything is listed, and it goes on', async () => {
    await remind(db, daily('11:00'))
    const january = new Date('2027-01-23T12:00:00+08:00')
    await run(january)
    const all = await outboxOf(db)
    expect(all.filter(({ key }) => key.startsWith('reminder:'))).toHaveLength(63)
    expect(
      all.filter(({ text, state }) => text === '（补发）提醒：报周报' && state === 'queued'),
    ).toHaveLength(1)
    expect(await db.selectFrom('reminder').select('next_at').execute()).toEqual([
      { next_at: new Date('2027-01-24T11:00:00+08:00') },
    ])
  })

  it('what was to be left out is left out', async () => {
    const id = await idOf(remind(db, daily('11:00')))
    await db
      .updateTable('reminder')
      .set({ skip_until: at('22 23:59') })
      .where('id', '=', id)
      .execute()
    await run(at('23 10:00'))
    expect(await outboxOf(db)).toEqual([])
    await run(at('23 11:00'))
    expect(await timesOf()).toEqual(iso(at('23 11:00')))
  })
})

describe('a notice of what was missed', () => {
  const missed = async () =>
    (await outboxOf(db)).filter(({ key }) => key.startsWith('missed:')).map(({ text }) => text.slice(0, 15))

  it('is not swallowed when the same moment runs once more, after a crash', async () => {
    await remind(db, once('2026-11-23', '15:00'), { text: '开会' })
    await run(at('26 12:00'))
    await remind(db, once('2026-11-23', '16:00'), { text: '查岗' })
    await run(at('26 12:00'))
    await run(at('26 12:00'))
    expect(await missed()).toEqual(['停机期间有1个提醒没发：开会（', '停机期间有1个提醒没发：查岗（'])
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

describe('nothing twice, nothing lost', () => {
  it('two replicas at once, and the same moment once more', async () => {
    for (let n = 0; n < 18; n++) await remind(db, daily('11:00'), { text: `第${n}件` })
    await Promise.all([
      run(at('22 11:00')),
      run(at('22 11:00'), { on: other.db }),
      run(at('22 11:00'), { on: other.db }),
    ])
    await run(at('22 11:00'))
    expect((await texts()).toSorted()).toEqual([...Array(18).keys()].map((n) => `提醒：第${n}件`).toSorted())
  })

  it('more than fit into one batch', async () => {
    const { id } = await personOf(db, 'zhangjianguo')
    await remind(db, once('2026-11-22', '11:00'))
    const [row] = await db.selectFrom('reminder').selectAll().execute()
    if (!row) throw new Error('no reminder')
    const { id: _, schedule, ...rest } = row
    const many = [...Array(1200).keys()].map((n) => ({
      ...rest,
      schedule: JSON.stringify(schedule),
      owner_id: id,
      text: `第${n}件`,
    }))
    await db.insertInto('reminder').values(many).execute()
    await run(at('22 11:00'))
    expect(new Set(await texts()).size).toBe(1201)
  })

  it('a process that dies in the middle leaves nothing half done', async () => {
    await remind(db, daily('11:00'))
    const dying: Pushing = async (tx, pushes) => {
      await pushing(stillClock(at('22 11:00').toISOString()))(tx, pushes)
      throw new Error('killed')
    }
    await expect(run(at('22 11:00'), { push: dying })).rejects.toThrow('killed')
    expect(await outboxOf(db)).toEqual([])
    await run(at('22 11:01'), { on: other.db })
    expect(await timesOf()).toEqual(iso(at('22 11:00')))
  })

  it('what one replica holds is left to it, and done by the other when that one dies', async () => {
    await remind(db, daily('11:00'))
    await db.transaction().execute(async (tx) => {
      await tx.selectFrom('reminder').selectAll().forUpdate().execute()
      await run(at('22 11:00'), { on: other.db })
      expect(await outboxOf(other.db)).toEqual([])
    })
    await run(at('22 11:01'), { on: other.db })
    expect(await timesOf()).toEqual(iso(at('22 11:00')))
    expect(await texts()).toEqual(['提醒：报周报'])
  })

  it('one that was cancelled in the same minute is not said', async () => {
    const id = await idOf(remind(db, daily('11:00')))
    await db
      .updateTable('reminder')
      .set({ status: 'cancelled', next_at: null })
      .where('id', '=', id)
      .execute()
    await run(december('01 11:00'))
    expect(await outboxOf(db)).toEqual([])
  })
})
