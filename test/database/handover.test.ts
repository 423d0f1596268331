// After a handover nothing with a live meaning points to the leaver (`domain.md` N19), whatever hung on the duty.
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openInMemory, type Store } from '../../src/database/connection.ts'
import { newPerson } from '../../src/database/handover.ts'
import { holdingsOf } from '../../src/database/handover-holdings.ts'
import { type Candidate, candidates, type Post, postsOf } from '../../src/database/handover-posts.ts'
import { type Roster, readRoster } from '../../src/database/roster.ts'
import { writing } from '../../src/database/writing.ts'
import { loadExample } from '../../src/example.ts'
import { below, handOver, noticeTo } from '../../src/handing-over-done.ts'
import { openTestPostgres } from '../support/databases.ts'
import { pushing, stillClock } from '../support/example.ts'
import { testKeys } from '../support/keys.ts'
import { pointingTo, unknownColumns } from '../support/pointing.ts'

const clock = stillClock()
const now = clock.now()
const push = pushing(clock)

/** What may hang on somebody: each is made or not. */
const burdens = {
  group: (p: Post, c: number) => sql`insert into reminder (campaign_id, platform, chat_id, is_group, owner_id,
    owner_account, audience, text, schedule, next_at, created_by)
    values (${c}, 'dingtalk', 'cid-ruhelu', true, ${p.person}, 'old', 'me', '巡查', '{}', ${now}, 'test')`,
  private: (
    p: Post,
    c: number,
  ) => sql`insert into reminder (campaign_id, platform, chat_id, is_group, owner_id,
    owner_account, audience, text, schedule, next_at, created_by)
    values (${c}, 'wecom', 'old', false, ${p.person}, 'old', 'me', '喝水', '{}', ${now}, 'test')`,
  mute: (p: Post) =>
    sql`insert into mute (person_id, until, created_by) values (${p.person}, '2026-12-01', 'test')`,
  request: (
    p: Post,
    c: number,
  ) => sql`insert into binding_request (campaign_id, platform, userid, nick, person_id,
    created_by) values (${c}, 'wecom', ${`who-${p.id}`}, '', ${p.person}, 'test')`,
  extension: (
    p: Post,
    c: number,
  ) => sql`insert into extension (campaign_id, unit_id, indicator_id, due_before, due,
    reason, asked_by, created_by) select ${c}, ${p.unit}, min(id), '2026-12-01', '2026-12-09', '停工', ${p.person}, 'test'
    from indicator`,
  bulletin: (
    p: Post,
    c: number,
  ) => sql`insert into bulletin (campaign_id, unit_id, kind, reply, drafted_by, created_by)
    values (${c}, ${p.unit}, 'weekly', '{}', ${p.person}, 'test')`,
  delegate: (
    p: Post,
    c: number,
  ) => sql`insert into assignment (campaign_id, person_id, unit_id, role, valid_from,
    delegate_of, created_by) select ${c}, id, ${p.unit}, 'reporter', '2026-11-01', ${p.person}, 'test'
    from person where name = '李秀英'`,
  pending: (
    p: Post,
    c: number,
  ) => sql`with doubted as (insert into report (campaign_id, unit_id, indicator_id, op, value,
    as_of, reported_at, reporter_id, platform, robot, message_id, raw_text, status, doubt, created_by)
    select ${c}, ${p.unit}, id, 'set', 99, '2026-11-22', ${now}, ${p.person}, 'dingtalk', 'r', ${`d-${p.id}`}, '99个',
    'pending', '太多', 'test' from indicator where name = '红色物业' returning id, unit_id, indicator_id)
    insert into cell (campaign_id, unit_id, indicator_id, pending_id)
    select ${c}, unit_id, indicator_id, id from doubted
    on conflict (unit_id, indicator_id) do update set pending_id = excluded.pending_id`,
}
type Burden = keyof typeof burdens

describe.each([
  [
    'PGlite',
    async () => {
      const store = await openInMemory()
      await loadExample(store.db, testKeys, now)
      return store
    },
  ],
  ['PostgreSQL', () => openTestPostgres(inject('postgresUrl'), { template: inject('template') })],
])('on %s', (_name, open) => {
  let store: Store
  let roster: Roster
  let campaign: number
  let secretaries: Post[]
  beforeAll(async () => {
    store = await open()
    const { id } = await store.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
    campaign = id
    roster = await readRoster(store.db, campaign)
    const all = await store.db.selectFrom('person').select('id').execute()
    const posts = await postsOf(store.db, campaign, { people: all.map(({ id }) => id) })
    secretaries = posts.filter(({ role, name }) => role === 'secretary' && name !== '李秀英')
  })
  afterAll(() => store.close())

  /** The next secretary, with what hangs on him, gives it to somebody. */
  async function pass(given: Burden[], withAccount: boolean): Promise<{ post: Post; to: Candidate }> {
    const post = secretaries.pop()
    if (!post) throw new Error('there is no secretary left')
    const by = { campaign, at: now, actor: '周敏', person: null }
    const to = await writing(store.db, campaign, async (tx) => {
      for (const one of given) await burdens[one](post, campaign).execute(tx)
      await push(
        tx,
        [noticeTo(post.person, '快到期', `alert:${post.id}`, by)].map((one) => ({
          ...one,
          kind: 'alert' as const,
        })),
      )
      const made = await newPerson(tx, by, { name: `新人${post.id}` })
      if (withAccount)
        await tx
          .insertInto('account')
          .values({
            campaign_id: campaign,
            platform: 'wecom',
            userid: `new-${post.id}`,
            person_id: made.id,
            created_by: 'test',
          })
          .execute()
      const [successor = made] = await candidates(tx, campaign, { id: made.id })
      const holdings = await holdingsOf(tx, campaign, {
        ...{ post, held: [post], to: successor, below: below(roster, post), now },
      })
      await handOver(tx, { roster, holdings, to: successor, starts: '2026-11-22', by, push })
      return successor
    })
    return { post, to }
  }

  it('every column that refers to a person is looked at here', async () => {
    expect(await unknownColumns(store.db)).toEqual([])
  })

  it('with all that can hang on it, everything is the successor’s', async () => {
    const { post, to } = await pass(Object.keys(burdens) as Burden[], true)
    expect(await pointingTo(store.db, post.person)).toEqual({})
    const own = await pointingTo(store.db, to.id)
    expect(own).toMatchObject({
      ...{
        'assignment.person_id': 1,
        'assignment.delegate_of': 1,
        'reminder.owner_id': 2,
        'account.person_id': 1,
      },
      ...{ 'extension.asked_by': 1, 'bulletin.drafted_by': 1 },
    })
    expect(own['target.responsible_id']).toBeGreaterThan(5)
    const { status } = await store.db
      .selectFrom('person')
      .where('id', '=', post.person)
      .select('status')
      .executeTakeFirstOrThrow()
    expect(status).toBe('left')
    const posts = await store.db
      .selectFrom('assignment')
      .where('id', '=', post.id)
      .select('valid_to')
      .execute()
    expect(posts).toEqual([{ valid_to: '2026-11-21' }])
  })

  it('what was queued for the leaver goes to the successor, and the last word to the account that was his', async () => {
    const { post, to } = await pass([], true)
    const rows = await store.db
      .selectFrom('outbox')
      .where('person_id', 'in', [post.person, to.id])
      .orderBy('id')
      .select(['key', 'person_id', 'state', 'account'])
      .execute()
    expect(rows).toEqual([
      { key: `alert:${post.id}`, person_id: post.person, state: 'cancelled', account: null },
      { key: `alert:${post.id}>${to.id}`, person_id: to.id, state: 'queued', account: null },
      {
        key: `handover:${post.id}:from`,
        person_id: post.person,
        state: 'queued',
        account: expect.any(String),
      },
      { key: `handover:${post.id}:to`, person_id: to.id, state: 'queued', account: null },
    ])
  })

  it('nothing points to the leaver, whatever there was', async () => {
    const some = fc.subarray(Object.keys(burdens) as Burden[])
    await fc.assert(
      fc.asyncProperty(some, fc.boolean(), async (given, withAccount) => {
        const { post } = await pass(given, withAccount)
        expect(await pointingTo(store.db, post.person)).toEqual({})
      }),
      { numRuns: 25 },
    )
  })
})
