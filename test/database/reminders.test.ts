import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { calendarOf } from '../../src/campaign/calendar.ts'
import type { Db, Store } from '../../src/database/connection.ts'
import { activeReminders, cancelReminders, changeReminder, mostOwn } from '../../src/database/reminders.ts'
import { claimDue, keyOf, mayCallAll, moveOn } from '../../src/database/reminders-due.ts'
import { replanReminders } from '../../src/database/reminders-replan.ts'
import { openTestPostgres } from '../support/databases.ts'
import { at, daily, idOf, inPrivate, once, personOf, remind, weekly } from '../support/reminders.ts'

let store: Awaited<ReturnType<typeof openTestPostgres>>
let other: Store
let db: Db
let campaign: number
beforeAll(async () => {
  store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  other = await store.twin()
  db = store.db
  campaign = (await personOf(db, 'zhangjianguo')).campaign
})
afterAll(async () => {
  await other.close()
  await store.close()
})
beforeEach(async () => {
  await db.deleteFrom('outbox').execute()
  await db.deleteFrom('reminder').execute()
})

const here = { platform: 'dingtalk', chat_id: 'cid-ruhelu' }
const textsHere = async () => (await activeReminders(db, campaign, here)).map(({ text }) => text)
const one = async (id: number) => {
  const [found] = await activeReminders(db, campaign, { id })
  if (!found) throw new Error('it has ended')
  return found
}
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

describe('what is due', () => {
  it('is claimed oldest first, by one replica, and moved on in one statement', async () => {
    const early = await idOf(remind(db, once('2026-11-22', '11:00'), { text: '早' }))
    const late = await idOf(remind(db, daily('11:30'), { text: '晚' }))
    await remind(db, daily('12:01'), { text: '还没到' })
    await db.transaction().execute(async (tx) => {
      const claimed = await claimDue(tx, at('22 12:00'))
      expect(claimed.map(({ id }) => id)).toEqual([early, late])
      expect(await other.db.transaction().execute((second) => claimDue(second, at('22 12:00')))).toEqual([])
      await moveOn(tx, [
        { id: early, next: undefined },
        {
          id: late,
          next: { fire: at('23 11:30'), moment: at('23 11:30') },
        },
      ])
    })
    expect(await textsHere()).toEqual(['晚', '还没到'])
    expect((await one(late)).next_at).toEqual(at('23 11:30'))
    expect(
      await db.selectFrom('reminder').where('id', '=', early).select('status').executeTakeFirst(),
    ).toEqual({ status: 'done' })
  })

  it('knows the chat that a group is bound to, and that a group is not', async () => {
    await remind(db, daily('11:00'), { text: '绑定的' })
    await remind(db, daily('11:00'), { text: '没绑定的', chat_id: 'cid-nowhere' })
    await remind(db, daily('11:00'), { text: '私下的', ...inPrivate() })
    const claimed = await db.transaction().execute((tx) => claimDue(tx, at('22 12:00')))
    expect(claimed.map(({ text, chat, is_group }) => [text, chat !== null, is_group])).toEqual([
      ['绑定的', true, true],
      ['没绑定的', false, true],
      ['私下的', false, false],
    ])
  })
})

describe('what is over', () => {
  const claim = () => db.transaction().execute((tx) => claimDue(tx, at('22 12:00')))
  const statuses = async () =>
    Object.fromEntries(
      (await db.selectFrom('reminder').select(['text', 'status']).execute()).map(({ text, status }) => [
        text,
        status,
      ]),
    )
  afterEach(async () => {
    await db.updateTable('campaign').set({ status: 'active' }).execute()
    await db.updateTable('person').set({ status: 'active' }).execute()
  })

  it.each([
    ['active', 'active'],
    ['closing', 'active'],
    ['archived', 'done'],
    ['draft', 'done'],
  ] as const)('of a campaign that is %s a reminder is %s', async (status, then) => {
    await remind(db, daily('11:00'), { text: '群里的' })
    await remind(db, daily('11:00'), { text: '私下的', ...inPrivate() })
    await db.updateTable('campaign').set({ status }).execute()
    expect(await claim()).toHaveLength(then === 'active' ? 2 : 0)
    expect(await statuses()).toEqual({ 群里的: then, 私下的: then })
  })

  it('the private ones of a person who left end, his for the group go on', async () => {
    await remind(db, daily('11:00'), { text: '群里的' })
    await remind(db, daily('11:00'), { text: '私下的', ...inPrivate() })
    const { id } = await personOf(db, 'zhangjianguo')
    await db.updateTable('person').set({ status: 'left' }).where('id', '=', id).execute()
    expect((await claim()).map(({ text }) => text)).toEqual(['群里的'])
    expect(await statuses()).toEqual({ 群里的: 'active', 私下的: 'done' })
  })

  it('a whole batch of them does not hold up what stands behind it', async () => {
    const gone = await idOf(remind(db, daily('11:00'), { text: '私下的', ...inPrivate() }))
    await sql`insert into reminder (campaign_id, platform, chat_id, is_group, owner_id, owner_account, audience, text,
        schedule, next_at, next_moment, created_by)
      select campaign_id, platform, chat_id, is_group, owner_id, owner_account, audience, text || n, schedule,
        next_at, next_moment, created_by
      from reminder, generate_series(1, 700) n where reminder.id = ${gone}`.execute(db)
    await remind(db, daily('11:30'), { text: '后面的', by: 'zhoumin' })
    const { id } = await personOf(db, 'zhangjianguo')
    await db.updateTable('person').set({ status: 'left' }).where('id', '=', id).execute()
    expect((await claim()).map(({ text }) => text)).toEqual(['后面的'])
    expect(Object.values(await statuses()).filter((status) => status === 'active')).toHaveLength(1)
  })
})

describe('calling everybody', () => {
  const chatOf = async (chat: string) =>
    (await db.selectFrom('chat').where('chat_id', '=', chat).select('id').executeTakeFirstOrThrow()).id
  const allowed = async (calls: [account: string, chat: string, day?: string][]) => {
    const asked = await Promise.all(
      calls.map(async ([account, chat, day = '2026-11-22'], reminder) => ({
        ...{ reminder, chat: await chatOf(chat), owner: (await personOf(db, account)).id, day },
      })),
    )
    return [...(await db.transaction().execute((tx) => mayCallAll(tx, asked)))]
  }

  it.each([
    ['the street’s clerk in the street’s group', 'zhoumin', 'cid-ruhelu', true],
    ['the street’s clerk in the district’s group', 'zhoumin', 'cid-zhongyuan', false],
    ['the district’s clerk', 'hexiaowen', 'cid-ruhelu', true],
    ['a secretary', 'zhangjianguo', 'cid-ruhelu', false],
    ['the street’s secretary', 'majianjun', 'cid-ruhelu', false],
    ['a leader', 'zhengguodong', 'cid-ruhelu', false],
  ])('%s', async (_who, account, chat, may) => {
    expect(await allowed([[account, chat]])).toEqual(may ? [0] : [])
  })

  it('once a day in each group, whoever asks first', async () => {
    expect(
      await allowed([
        ['zhangjianguo', 'cid-ruhelu'],
        ['zhoumin', 'cid-ruhelu'],
        ['hexiaowen', 'cid-ruhelu'],
        ['hexiaowen', 'cid-zhongyuan'],
        ['zhoumin', 'cid-ruhelu', '2026-11-23'],
      ]),
    ).toEqual([1, 3, 4])
  })

  it('not when everybody was called on that day already', async () => {
    const chat = await chatOf('cid-ruhelu')
    await sql`insert into outbox (campaign_id, key, chat_id, lane, target, kind, reply, due_at, queued_at, not_before)
      values (${campaign}, 'x', ${chat}, 'x', 'x', 'reminder', '{"blocks":[],"mention":["@all"]}', now(), now(), ${at('22 23:30')})`.execute(
      db,
    )
    expect(
      await allowed([
        ['zhoumin', 'cid-ruhelu'],
        ['hexiaowen', 'cid-ruhelu', '2026-11-23'],
      ]),
    ).toEqual([1])
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

describe('the cost', () => {
  it('follows what is due: the claim looks into the index of what is active, by time', async () => {
    const id = await idOf(remind(db, daily('11:00')))
    await sql`insert into reminder (campaign_id, platform, chat_id, is_group, owner_id, owner_account, audience, text,
        schedule, next_at, next_moment, created_by)
      select campaign_id, platform, chat_id, is_group, owner_id, owner_account, audience, text || n, schedule,
        next_at + n * interval '1 minute', next_moment, created_by
      from reminder, generate_series(1, 20000) n where reminder.id = ${id}`.execute(db)
    await sql`analyze reminder`.execute(db)
    const { rows } = await sql<{
      'QUERY PLAN': string
    }>`explain select reminder.id, campaign.status, person.status
      from reminder join campaign on campaign.id = reminder.campaign_id join person on person.id = owner_id
      left join chat on is_group and chat.platform = reminder.platform and chat.chat_id = reminder.chat_id
        and chat.campaign_id = reminder.campaign_id
      where reminder.status = 'active' and next_at <= ${at('22 12:00')}
      order by next_at limit 500 for update of reminder skip locked`.execute(db)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toContain('reminder_due')
    expect(plan).not.toContain('Seq Scan on reminder')
    const claimed = await db.transaction().execute((tx) => claimDue(tx, at('22 12:00')))
    expect(claimed).toHaveLength(61)
  })
})
