// Reminders when something went wrong: after downtime, after a crash, with two replicas. Nothing twice, nothing lost.
import { describe, expect, it } from 'vitest'
import type { Db, Store } from '../../src/database/connection.ts'
import type { Pushing } from '../../src/push.ts'
import { pushing, stillClock } from '../support/example.ts'
import { at, daily, idOf, inPrivate, once, outboxOf, personOf, remind } from '../support/reminders.ts'
import { iso, remindersJob } from '../support/reminders-job.ts'
import { twoReplicas } from '../support/replicas.ts'

let db: Db
let other: Store
twoReplicas(['outbox', 'mute', 'calendar_day', 'reminder'], (first, second) => {
  db = first
  other = second
})

const { run, minutes, said, texts, timesOf } = remindersJob(() => db)
const december = (moment: string) => new Date(`2026-12-${moment.replace(' ', 'T')}:00+08:00`)

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
