// Reminders whose time has come: which are claimed, by whom, at what cost, and who may call everybody.
import { sql } from 'kysely'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Db, Store } from '../../src/database/connection.ts'
import { claimDue, mayCallAll, moveOn } from '../../src/database/reminders-due.ts'
import { activeHere, activeOne } from '../support/active-reminders.ts'
import { at, daily, idOf, inPrivate, once, personOf, remind } from '../support/reminders.ts'
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
