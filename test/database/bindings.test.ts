import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  askForBinding,
  bindAccount,
  bindChat,
  decide,
  findPeople,
  findRequest,
  type PersonInfo,
} from '../../src/database/bindings.ts'
import { openTestPostgres } from '../support/databases.ts'
import { testKeys } from '../support/keys.ts'

let store: Awaited<ReturnType<typeof openTestPostgres>>
let campaign: number
let [zhang, li]: PersonInfo[] = []
beforeAll(async () => {
  store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  const { id } = await store.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  campaign = id
  ;[zhang] = await findPeople(store.db, campaign, { name: '张建国' })
  ;[li] = await findPeople(store.db, campaign, { name: '李秀英' })
})
afterAll(() => store.close())

const by = (actor: string) => ({ campaign, at: new Date('2026-11-22T02:00:00Z'), actor })
const need = <T>(thing: T | undefined): T => {
  if (thing === undefined) throw new Error('not in the example')
  return thing
}
const account = (userid: string) => ({ platform: 'wecom', userid, nick: `昵称${userid}` })
const whose = async (userid: string) =>
  (
    await store.db
      .selectFrom('account')
      .innerJoin('person', 'person.id', 'person_id')
      .where('userid', '=', userid)
      .where('platform', '=', 'wecom')
      .select('name')
      .executeTakeFirst()
  )?.name
const audited = async () =>
  (
    await store.db
      .selectFrom('audit')
      .orderBy('id')
      .select(['action', 'subject', 'actor', 'reason'])
      .execute()
  ).at(-1)

describe('people', () => {
  it('are found by name, by id, and by the mark of their phone number', async () => {
    const person = need(zhang)
    expect(person).toMatchObject({ name: '张建国', role: 'secretary', team: null })
    expect(await findPeople(store.db, campaign, { id: person.id })).toEqual([person])
    const row = await store.db
      .selectFrom('person')
      .where('id', '=', person.id)
      .selectAll()
      .executeTakeFirstOrThrow()
    const phone = testKeys.open(need(row.phone ?? undefined))
    expect(await findPeople(store.db, campaign, { phoneMark: testKeys.mark(phone) })).toEqual([person])
    expect(row.phone).not.toContain(phone)
  })

  it('are not found when nobody is called so, when they left, or in another campaign', async () => {
    expect(await findPeople(store.db, campaign, { name: '王二麻子' })).toEqual([])
    expect(await findPeople(store.db, campaign, { phoneMark: '' })).toEqual([])
    expect(await findPeople(store.db, campaign + 1, { name: '张建国' })).toEqual([])
    const [wang] = await findPeople(store.db, campaign, { name: '王海涛' })
    await store.db.updateTable('person').set({ status: 'left' }).where('id', '=', need(wang).id).execute()
    expect(await findPeople(store.db, campaign, { name: '王海涛' })).toEqual([])
  })

  it('with two duties are one person', async () => {
    const person = need(zhang)
    const duty = {
      campaign_id: campaign,
      person_id: person.id,
      team: '第四督导组',
      role: 'supervisor' as const,
    }
    await store.db
      .insertInto('assignment')
      .values({ ...duty, valid_from: '2026-03-01', created_by: 'test' })
      .execute()
    expect(await findPeople(store.db, campaign, { name: '张建国' })).toEqual([person])
  })
})

describe('an account', () => {
  it('is bound, and noted with who did it and why', async () => {
    await bindAccount(store.db, by('何晓雯'), account('a1'), need(zhang), '手机号一致')
    expect(await whose('a1')).toBe('张建国')
    expect(await audited()).toEqual({
      ...{ action: 'bind_person', subject: 'wecom 账号 a1 → 张建国', actor: '何晓雯', reason: '手机号一致' },
    })
  })

  it('belongs to the last one it was bound to, only', async () => {
    await bindAccount(store.db, by('何晓雯'), account('a1'), need(li), '换人')
    expect(await whose('a1')).toBe('李秀英')
  })

  it('of one name on two platforms is two accounts', async () => {
    await bindAccount(store.db, by('x'), { platform: 'dingtalk', userid: 'a1' }, need(zhang), '')
    expect(await whose('a1')).toBe('李秀英')
  })
})

describe('a request to be bound', () => {
  const ask = (userid: string, person = need(zhang)) =>
    askForBinding(store.db, campaign, account(userid), person)
  const request = async (id: number) => need(await findRequest(store.db, campaign, id))

  it('waits for a clerk, and binds nothing by itself', async () => {
    const id = await ask('r1')
    expect(await request(id)).toMatchObject({
      state: 'waiting',
      userid: 'r1',
      nick: '昵称r1',
      decided_by: null,
    })
    expect(await whose('r1')).toBeUndefined()
  })

  it('keeps its number when it is made again', async () => {
    expect(await ask('r1')).toBe(await ask('r1'))
  })

  it('for another person is another request: a clerk decides on the one that was read', async () => {
    const id = await ask('r6')
    expect(await ask('r6', need(li))).not.toBe(id)
    expect((await request(id)).person_id).toBe(need(zhang).id)
  })

  it('is granted: the account is bound', async () => {
    const id = await ask('r2')
    expect(await decide(store.db, by('周敏'), await request(id), need(zhang), true)).toBe(true)
    expect(await whose('r2')).toBe('张建国')
    expect(await request(id)).toMatchObject({ state: 'granted', decided_by: '周敏' })
    expect(await audited()).toMatchObject({ actor: '周敏', reason: `申请编号${id}` })
  })

  it('is refused: nothing is bound', async () => {
    const id = await ask('r3')
    expect(await decide(store.db, by('周敏'), await request(id), need(zhang), false)).toBe(true)
    expect(await whose('r3')).toBeUndefined()
    expect(await request(id)).toMatchObject({ state: 'refused' })
  })

  it('is decided once, even by two clerks at the same moment in two replicas', async () => {
    const twin = await store.twin()
    for (let round = 0; round < 5; round++) {
      const id = await ask(`both-${round}`)
      const asked = await request(id)
      const decided = await Promise.all([
        decide(store.db, by('周敏'), asked, need(zhang), true),
        decide(twin.db, by('何晓雯'), asked, need(zhang), false),
      ])
      expect(decided.filter(Boolean)).toHaveLength(1)
      const { state, decided_by } = await request(id)
      expect([state, decided_by]).toEqual(decided[0] ? ['granted', '周敏'] : ['refused', '何晓雯'])
      expect(await whose(`both-${round}`)).toBe(decided[0] ? '张建国' : undefined)
    }
    await twin.close()
  })

  it('may be made again after it was refused, under another number', async () => {
    const id = await ask('r4')
    await decide(store.db, by('周敏'), await request(id), need(zhang), false)
    expect(await ask('r4')).not.toBe(id)
  })

  it('is not found in another campaign, nor under a number that was never given', async () => {
    const id = await ask('r5')
    expect(await findRequest(store.db, campaign + 1, id)).toBeUndefined()
    expect(await findRequest(store.db, campaign, 999_999)).toBeUndefined()
  })
})

describe('a group', () => {
  const chat = { platform: 'dingtalk', chat_id: 'new', title: '新群' }
  const unit = async (name: string) =>
    store.db
      .selectFrom('unit_version')
      .where('name', '=', name)
      .select(['unit_id as id', 'name'])
      .executeTakeFirstOrThrow()

  it('is bound to a unit, then to another, and says what it was before', async () => {
    const [one, other] = [await unit('汝河路街道'), await unit('桐柏路街道')]
    expect(await bindChat(store.db, by('周敏'), chat, one)).toBeUndefined()
    expect(await bindChat(store.db, by('何晓雯'), { ...chat, title: '改名' }, other)).toBe(one.id)
    const bound = await store.db.selectFrom('chat').where('chat_id', '=', 'new').selectAll().execute()
    expect(bound).toMatchObject([{ unit_id: other.id, title: '改名' }])
    expect(await audited()).toMatchObject({ action: 'bind_chat', actor: '何晓雯' })
  })

  it('keeps what it pushes with when it is bound again', async () => {
    await store.db.updateTable('chat').set({ push: 'sealed' }).where('chat_id', '=', 'new').execute()
    await bindChat(store.db, by('周敏'), chat, await unit('汝河路街道'))
    const { push } = await store.db
      .selectFrom('chat')
      .where('chat_id', '=', 'new')
      .select('push')
      .executeTakeFirstOrThrow()
    expect(push).toBe('sealed')
  })
})
