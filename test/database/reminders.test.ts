// The book of reminders: who has which, what may be changed and cancelled, and what a new calendar moves.
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { calendarOf } from '../../src/campaign/calendar.ts'
import type { Db, Store } from '../../src/database/connection.ts'
import { activeReminders, cancelReminders, changeReminder, mostOwn } from '../../src/database/reminders.ts'
import { claimDue, keyOf } from '../../src/database/reminders-due.ts'
import { replanReminders } from '../../src/database/reminders-replan.ts'
import { activeHere, activeOne } from '../support/active-reminders.ts'
import { at, daily, idOf, inPrivate, once, personOf, remind, weekly } from '../support/reminders.ts'
import { twoReplicas } from '../support/replicas.ts'

let db: Db
let other: Store
let campaign: number
twoReplicas(['outbox', 'reminder'], (first, second) => {
  db = first
  other = second
})
beforeAll(async () => {
  campaign = (await personOf(db, 'zhangjianguo')).campaign
})

const textsHere = () => activeHere(db, campaign)
const one = (id: number) => activeOne(db, campaign, id)
const actor = async (account: string) => {
  const { id, name } = await personOf(db, account)
  return { id, campaign, at: at('22 12:00'), actor: name }
}
const audits = () =>
  db
    .selectFrom('audit')
    .where('action', 'like', '%_reminder')
    .select(['action', 'actor', 'subject'])
    .execute()

describe('creating', () => {
  it('a group has its own list, and a person has one of everything', async () => {
    await remind(db, weekly([6], '08:00'), { text: '三捡三提' })
    await remind(db, daily('17:00'), { text: '报数', by: 'zhoumin' })
    await remind(db, daily('17:00'), { text: '全区的', chat_id: 'cid-zhongyuan' })
    await remind(db, daily('17:00'), { text: '私下的', ...inPrivate() })
    expect(await textsHere()).toEqual(['三捡三提', '报数'])
    const { id } = await personOf(db, 'zhangjianguo')
    expect((await activeReminders(db, campaign, { owner: id })).map(({ text }) => text)).toEqual([
      '三捡三提',
      '全区的',
      '私下的',
    ])
  })

  it('the same twice is one: a message may be delivered again', async () => {
    const first = await remind(db, weekly([6], '08:00'))
    expect(await remind(db, weekly([6], '08:00'))).toEqual({ ...(first as object), known: true })
    for (const different of [
      remind(db, weekly([6], '08:00'), { text: '别的' }),
      remind(db, weekly([6], '08:30')),
      remind(db, once('2026-11-28', '08:00')),
      remind(db, weekly([6], '08:00'), { audience: 'me' }),
      remind(db, weekly([6], '08:00'), inPrivate()),
      remind(db, weekly([6], '08:00'), { by: 'zhoumin' }),
    ])
      expect(await different).toMatchObject({ known: false })
  })

  it('the twenty-first is refused, and somebody else still has room', async () => {
    for (let n = 0; n < mostOwn; n++) await remind(db, daily('17:00'), { text: `第${n}件` })
    expect(await remind(db, daily('17:00'), { text: '多的' })).toBe('too-many')
    expect(await remind(db, daily('17:00'), { text: '多的', by: 'zhoumin' })).toMatchObject({ known: false })
  })

  it('two at the same moment do not make twenty-one', async () => {
    for (let n = 1; n < mostOwn; n++) await remind(db, daily('17:00'), { text: `第${n}件` })
    const both = await Promise.all([
      remind(db, daily('17:00'), { text: '甲' }),
      remind(other.db, daily('17:00'), { text: '乙' }),
    ])
    expect(both.filter((made) => made === 'too-many')).toHaveLength(1)
  })
})

describe('changing and cancelling', () => {
  it('a new time, a skipped firing, and the end of one that has no more', async () => {
    const id = await idOf(remind(db, weekly([6], '08:00')))
    const me = await actor('zhangjianguo')
    const next = { fire: at('28 09:00'), moment: at('28 09:00') }
    expect(await changeReminder(db, me, await one(id), { schedule: weekly([6], '09:00'), next })).toBe(true)
    expect(await one(id)).toMatchObject({
      next_at: at('28 09:00'),
      schedule: { time: '09:00' },
    })
    const later = {
      fire: new Date('2026-12-05T09:00:00+08:00'),
      moment: new Date('2026-12-05T09:00:00+08:00'),
    }
    await changeReminder(db, me, await one(id), {
      next: later,
      skip_until: at('28 23:59'),
    })
    expect(await one(id)).toMatchObject({ next_at: later.fire, skip_until: at('28 23:59') })
    const last = await one(id)
    await changeReminder(db, me, last, { next: undefined })
    expect(await textsHere()).toEqual([])
    expect(await changeReminder(db, me, last, { next: later })).toBe(false)
  })

  it('one’s own leaves nothing in the audit, somebody else’s does', async () => {
    const mine = await idOf(remind(db, daily('17:00'), { text: '甲' }))
    const theirs = await idOf(remind(db, daily('17:00'), { text: '乙', by: 'zhangjianguo' }))
    const clerk = await actor('zhoumin')
    expect(await cancelReminders(db, await actor('zhangjianguo'), [await one(mine)])).toEqual([mine])
    expect(await audits()).toEqual([])
    const reminder = await one(theirs)
    expect(await cancelReminders(db, clerk, [reminder])).toEqual([theirs])
    expect(await audits()).toEqual([
      { action: 'cancel_reminder', actor: '周敏', subject: `提醒${theirs}“乙”（张建国）` },
    ])
    expect(await cancelReminders(db, clerk, [reminder])).toEqual([])
    expect(await audits()).toHaveLength(1)
  })

  it('what of it still waits to be sent is not sent, what is on its way is', async () => {
    const id = await idOf(remind(db, daily('17:00')))
    const chat = await db
      .selectFrom('chat')
      .where('chat_id', '=', 'cid-ruhelu')
      .select('id')
      .executeTakeFirstOrThrow()
    const planned = [at('21 17:00'), at('22 11:00')]
    for (const [unknowns, moment] of planned.entries()) {
      await sql`insert into outbox (campaign_id, key, chat_id, lane, target, kind, reply, due_at, queued_at, not_before, unknowns)
        values (${campaign}, ${keyOf(id, moment)}, ${chat.id}, 'x', 'x', 'reminder', '{}', now(), now(), now(), ${unknowns})`.execute(
        db,
      )
    }
    await cancelReminders(db, await actor('zhangjianguo'), [await one(id)])
    expect(
      (await db.selectFrom('outbox').orderBy('id').select(['state']).execute()).map(({ state }) => state),
    ).toEqual(['cancelled', 'queued'])
  })
})

describe('a calendar that comes in', () => {
  it('moves what keeps to workdays, and nothing else', async () => {
    const workdays = {
      on: { repeat: { every: 'workday' as const }, from: '2026-11-22' },
      time: '17:00',
      leads: [],
    }
    const kept = await idOf(remind(db, workdays, { text: '工作日' }))
    const skipped = await idOf(remind(db, workdays, { text: '跳过' }))
    const every = await idOf(remind(db, daily('17:00', '2026-11-23'), { text: '每天' }))
    await db
      .updateTable('reminder')
      .set({ skip_until: at('24 23:59') })
      .where('id', '=', skipped)
      .execute()
    // Monday is given off, Sunday is worked.
    const changed = calendarOf([
      { day: '2026-11-23', working: false, name: '' },
      { day: '2026-11-29', working: true, name: '' },
    ])
    await replanReminders(db, changed, at('22 12:00'))
    expect((await one(kept)).next_at).toEqual(at('24 17:00'))
    expect((await one(skipped)).next_at).toEqual(at('25 17:00'))
    expect((await one(every)).next_at).toEqual(at('23 17:00'))
    await replanReminders(db, changed, at('28 12:00'))
    expect((await one(kept)).next_at).toEqual(at('24 17:00'))
  })

  const workdays = (n: number) => ({
    on: { repeat: { every: 'workday' as const }, from: '2026-11-22' },
    time: `${n}:00`,
    leads: [],
  })
  const mondayOff = calendarOf([{ day: '2026-11-23', working: false, name: '' }])

  it('looks only at what waits for the years of the days that changed', async () => {
    const id = await idOf(remind(db, workdays(17)))
    await replanReminders(db, mondayOff, at('22 12:00'), ['2027-01-04'])
    expect((await one(id)).next_at).toEqual(at('23 17:00'))
    await replanReminders(db, mondayOff, at('22 12:00'), ['2027-01-04', '2026-11-23'])
    expect((await one(id)).next_at).toEqual(at('24 17:00'))
  })

  it('locks only what it moves: others are fired meanwhile', async () => {
    const moved = await idOf(remind(db, workdays(17)))
    const stays = await idOf(
      remind(db, { ...workdays(18), on: { repeat: { every: 'workday' }, from: '2026-11-25' } }),
    )
    await db.transaction().execute(async (tx) => {
      await replanReminders(tx, mondayOff, at('22 12:00'))
      const claimed = await other.db.transaction().execute((second) => claimDue(second, at('26 12:00')))
      expect(claimed.map(({ id }) => id)).toEqual([stays])
    })
    expect((await one(moved)).next_at).toEqual(at('24 17:00'))
  })

  it('goes through more than one batch', async () => {
    const id = await idOf(remind(db, workdays(17)))
    await sql`insert into reminder (campaign_id, platform, chat_id, is_group, owner_id, owner_account, audience, text,
        schedule, next_at, next_moment, created_by)
      select campaign_id, platform, chat_id, is_group, owner_id, owner_account, audience, text || n, schedule,
        next_at, next_moment, created_by
      from reminder, generate_series(1, 5000) n where reminder.id = ${id}`.execute(db)
    await replanReminders(db, mondayOff, at('22 12:00'))
    const rows = await db.selectFrom('reminder').select('next_at').distinct().execute()
    expect(rows).toEqual([{ next_at: at('24 17:00') }])
  })
})
