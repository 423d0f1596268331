import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { admissions, hearings } from '../../src/database/admission.ts'
import type { Message } from '../../src/message.ts'
import { openTestPostgres } from '../support/databases.ts'

let store: Awaited<ReturnType<typeof openTestPostgres>>
beforeAll(async () => {
  store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
})
afterAll(() => store.close())

const today = '2026-11-22'
const now = new Date('2026-11-22T02:00:00Z')
const message = (over: Partial<Message> = {}): Message => ({
  ...{
    platform: 'dingtalk',
    robot: 'r',
    id: 'm',
    chat: { id: 'cid-ruhelu', kind: 'group' },
    kind: 'text',
    text: '',
  },
  sender: { id: 'zhangjianguo', name: '随便' },
  ...over,
})
const admit = (over: Partial<Message> = {}, day = today) =>
  admissions(store.db)({ ...message(over), today: day })

describe('the first look at a message', () => {
  it('knows person, duties, campaign and the group’s unit', async () => {
    const { heard, campaign, person, chatUnit } = await admit()
    expect(heard).toBe(false)
    expect(campaign).toMatchObject({ settings: { yellow: 10, red: 30 } })
    expect(person).toMatchObject({ name: '张建国', duties: [{ role: 'secretary', team: null }] })
    const unit = await store.db
      .selectFrom('unit_version')
      .where('unit_id', '=', chatUnit ?? 0)
      .select('name')
      .executeTakeFirst()
    expect(unit?.name).toBe('汝河路街道')
  })

  it('goes by the account, never by the name', async () => {
    expect((await admit({ sender: { id: 'nobody', name: '张建国' } })).person).toBeUndefined()
  })

  it('keeps the accounts of the platforms apart', async () => {
    await store.db
      .deleteFrom('account')
      .where('platform', '=', 'wecom')
      .where('userid', '=', 'zhangjianguo')
      .execute()
    expect((await admit({ platform: 'wecom' })).person).toBeUndefined()
    expect((await admit()).person?.name).toBe('张建国')
  })

  it('knows no unit in private, nor in a group that is not bound', async () => {
    expect((await admit({ chat: { id: 'cid-ruhelu', kind: 'single' } })).chatUnit).toBeUndefined()
    expect((await admit({ chat: { id: 'elsewhere', kind: 'group' } })).chatUnit).toBeUndefined()
  })

  it('gives a stranger the campaign all the same', async () => {
    const { campaign, person } = await admit({
      sender: { id: 'x', name: '' },
      chat: { id: 'y', kind: 'group' },
    })
    expect(campaign).toBeDefined()
    expect(person).toBeUndefined()
  })

  it('counts only the duties of the day', async () => {
    expect((await admit({}, '2020-01-01')).person).toMatchObject({ duties: [] })
  })

  it('answers many at once, to each its own', async () => {
    const ask = admissions(store.db)
    const ids = ['zhangjianguo', 'nobody', 'zhoumin', 'lixiuying', 'hexiaowen']
    const all = await Promise.all(ids.map((id) => ask({ ...message({ sender: { id, name: '' } }), today })))
    expect(all.map(({ person }) => person?.name)).toEqual(['张建国', undefined, '周敏', '李秀英', '何晓雯'])
  })

  it('takes ids with any characters', async () => {
    const odd = `'";--{}\\ ,NULL 汉字👌`
    expect(
      await admit({ id: odd, sender: { id: odd, name: odd }, chat: { id: odd, kind: 'group' } }),
    ).toMatchObject({
      heard: false,
    })
  })
})

describe('noting that a message was dealt with', () => {
  it('is known to everybody afterwards', async () => {
    const said = message({ id: 'noted' })
    expect(await hearings(store.db)(said, now)).toBe(true)
    expect((await admit({ id: 'noted' })).heard).toBe(true)
    expect((await admit({ id: 'noted', robot: 'another' })).heard).toBe(false)
    expect((await admit({ id: 'noted', platform: 'wecom' })).heard).toBe(false)
  })

  it('succeeds for one of many, in one statement or in several, in one replica or two', async () => {
    const twin = await store.twin()
    const [here, there] = [hearings(store.db), hearings(twin.db)]
    const said = message({ id: 'once' })
    const noted = await Promise.all([here(said, now), here(said, now), there(said, now), there(said, now)])
    expect(noted.filter(Boolean)).toHaveLength(1)
    expect(await here(said, now)).toBe(false)
    await twin.close()
  })

  it('is always new for a message without an id', async () => {
    const { id: _none, ...said } = message()
    expect(await hearings(store.db)(said, now)).toBe(true)
    expect(await hearings(store.db)(said, now)).toBe(true)
    expect((await admissions(store.db)({ ...said, today })).heard).toBe(false)
  })

  it('keeps messages apart whose parts only look alike when they are joined', async () => {
    const note = hearings(store.db)
    expect(await note(message({ robot: 'a', id: 'b\nc' }), now)).toBe(true)
    expect(await note(message({ robot: 'a\nb', id: 'c' }), now)).toBe(true)
  })
})
