import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { openInMemory, type Store } from '../src/database/connection.ts'
import { PlatformError } from '../src/errors.ts'
import { loadExample } from '../src/example.ts'
import { openTestPostgres } from './support/databases.ts'
import { stillClock } from './support/example.ts'
import { testKeys } from './support/keys.ts'
import { dispatchOn, say, scriptedWay, states, wallClock } from './support/pushes.ts'

async function openPglite(): Promise<Store> {
  const store = await openInMemory()
  await loadExample(store.db, testKeys, stillClock().now())
  return store
}

describe.each([
  ['PGlite', openPglite],
  ['PostgreSQL', () => openTestPostgres(inject('postgresUrl'), { template: inject('template') })],
])('the outbox on %s', (_name, open) => {
  let store: Store
  beforeAll(async () => {
    store = await open()
  })
  afterAll(() => store.close())
  let time = wallClock()
  let way = scriptedWay(time.clock)
  let out = dispatchOn({} as Store['db'], time, way.channels)
  beforeEach(() => {
    time = wallClock()
    way = scriptedWay(time.clock)
    out = dispatchOn(store.db, time, way.channels)
  })
  afterEach(async () => {
    await store.db.deleteFrom('outbox').execute()
    await store.db.deleteFrom('pace').execute()
    await store.db.updateTable('chat').set({ push_off_at: null, push_off_why: null }).execute()
  })
  const now = () => time.clock.now()
  const texts = () => way.sent.map(({ text }) => text.replace(/编号\d+/, '编号N'))
  /** Sends whatever may be sent, step by step. */
  const passing = async (seconds: number, step = 1) => {
    for (let passed = 0; passed < seconds; passed += step) {
      while ((await out.outbox.sendDue()) > 0);
      time.clock.pass(step)
    }
  }

  it('sends what is queued once, with its number, and knows the same key again', async () => {
    await say(store.db, out, now(), ['提醒：报周报'])
    await say(store.db, out, now(), ['提醒：报周报'])
    await passing(10)
    expect(texts()).toEqual(['提醒：报周报 编号N'])
    expect(await states(store.db)).toEqual(['accepted'])
  })

  it('sends nothing of a transaction that was given up', async () => {
    await expect(
      store.db.transaction().execute(async (tx) => {
        await say(tx, out, now(), ['没这回事'])
        throw new Error('given up')
      }),
    ).rejects.toThrow('given up')
    await passing(5)
    expect(way.sent).toEqual([])
  })

  it('puts what waits for one chat into one message while it fits, and keeps the order', async () => {
    const long = '丙'.repeat(394)
    await say(store.db, out, now(), ['甲', '乙', long, '丁丁丁丁丁'])
    await passing(20)
    expect(texts()).toEqual(['甲\n乙\n编号N', `${long} 编号N`, '丁丁丁丁丁 编号N'])
    expect(await states(store.db)).toEqual(['accepted', 'accepted', 'accepted', 'accepted'])
  })

  it('never sends more than 18 a minute to one chat, and loses none of 60', async () => {
    const long = Array.from({ length: 60 }, (_, n) => `${n} ${'长'.repeat(350)}`)
    await say(store.db, out, now(), long)
    await passing(60 * 3.4, 3.4)
    expect(way.sent.map(({ text }) => Number(text.split(' ')[0]))).toEqual([...Array(60).keys()])
    for (const { at } of way.sent) {
      const inMinute = way.sent.filter(
        (other) => other.at >= at && other.at.getTime() < at.getTime() + 60_000,
      )
      expect(inMinute.length).toBeLessThanOrEqual(18)
    }
  })

  it('waits as long as a limit says, for the whole robot, and then goes on', async () => {
    way.moods.push(new PlatformError('slow down', 45009, 65, 'limit'))
    await say(store.db, out, now(), ['甲'])
    const began = now().getTime()
    await passing(30)
    await say(store.db, out, now(), ['乙'])
    await passing(34)
    expect(way.sent).toEqual([])
    expect(await states(store.db)).toEqual(['queued 45009', 'queued'])
    await passing(5)
    expect(texts()).toEqual(['甲\n乙\n编号N'])
    expect((way.sent[0]?.at.getTime() ?? 0) - began).toBeGreaterThanOrEqual(65_000)
  })

  it('resends once after an unknown outcome, with the same number and a mark, and then leaves it', async () => {
    way.moods.push('lost-answer', 'take', 'lost-answer')
    await say(store.db, out, now(), ['甲'])
    await passing(5)
    await say(store.db, out, now(), ['乙'])
    await passing(120)
    const [first, between, again] = way.sent.map(({ text }) => text)
    expect(between).toMatch(/^乙/)
    expect(again).toBe(`${first}（可能重复）`)
    expect(way.sent[0]?.uuid).toBe(way.sent[2]?.uuid)
    expect(way.sent).toHaveLength(3)
    expect(await states(store.db)).toEqual(['uncertain timeout', 'accepted'])
  })

  it('takes over what a dead process was sending, says that it may be a repeat, and blocks nobody for long', async () => {
    await say(store.db, out, now(), ['甲'])
    const stuck = dispatchOn(store.db, time, () => ({
      ...{ gapMs: 3_400, parts: () => [''], send: () => new Promise<void>(() => {}) },
    }))
    void stuck.outbox.sendDue()
    await expect.poll(() => states(store.db)).toEqual(['sending'])
    await passing(29)
    expect(way.sent).toEqual([])
    await passing(3)
    expect(texts()).toEqual(['甲 编号N（可能重复）'])
    expect(await states(store.db)).toEqual(['accepted'])
  })

  it('a late answer changes nothing after another process took over', async () => {
    let answer: () => void = () => {}
    const slow = dispatchOn(store.db, time, () => ({
      ...{ gapMs: 3_400, parts: () => [''] },
      send: () => new Promise<void>((_, reject) => (answer = () => reject(new PlatformError('late', 'x')))),
    }))
    await say(store.db, out, now(), ['甲'])
    const late = slow.outbox.sendDue()
    await expect.poll(() => states(store.db)).toEqual(['sending'])
    await passing(35)
    answer()
    await late
    expect(await states(store.db)).toEqual(['accepted'])
  })

  it('does not retry refused content, and lists why', async () => {
    way.moods.push(new PlatformError('content exceeds', 40058, undefined, 'refused'))
    await say(store.db, out, now(), ['甲'])
    await passing(5)
    await say(store.db, out, now(), ['乙'])
    await passing(100)
    expect(texts()).toEqual(['乙 编号N'])
    expect(await states(store.db)).toEqual(['failed 40058', 'accepted'])
  })

  it('tries again when the platform is busy, at growing intervals', async () => {
    way.moods.push(...[1, 2, 3].map(() => new PlatformError('busy', -1, 5, 'busy')))
    await say(store.db, out, now(), ['甲'])
    await passing(34)
    expect(way.sent).toEqual([])
    await passing(10)
    expect(texts()).toEqual(['甲 编号N'])
  })

  it('takes a dead robot out of use, tells each clerk once, keeps the messages for the next robot', async () => {
    way.moods.push(new PlatformError('robot removed', 93000, undefined, 'dead'))
    await say(store.db, out, now(), ['甲'])
    await passing(10)
    await say(store.db, out, now(), ['乙'])
    await say(store.db, out, now(), ['丙'], { chatId: 'cid-zhongyuan' })
    await passing(60)
    const told = way.sent.filter(({ text }) => text.includes('推送机器人用不了'))
    expect(told.map(({ to }) => to).toSorted()).toEqual(['hexiaowen', 'zhoumin'])
    expect(told[0]?.text).toContain('汝河路街道')
    expect(way.sent.filter(({ to }) => to === 'cid-ruhelu')).toEqual([])
    expect(way.sent.filter(({ to }) => to === 'cid-zhongyuan')).toHaveLength(1)
    await store.db.updateTable('chat').set({ push_off_at: null }).execute()
    await passing(10)
    expect(way.sent.at(-1)?.text).toMatch(/^甲\n乙/)
  })

  it('lists what could not go out for a day instead of sending it', async () => {
    await say(store.db, out, now(), ['甲'])
    time.clock.pass(25 * 3600)
    await passing(5)
    expect(way.sent).toEqual([])
    expect(await states(store.db)).toEqual(['failed expired'])
  })

  it('does not throw a fresh message away with one that is too old', async () => {
    const off = { push_off_at: now(), push_off_why: 'gone' }
    await store.db.updateTable('chat').set(off).execute()
    await say(store.db, out, now(), ['旧'])
    time.clock.pass(25 * 3600)
    await say(store.db, out, now(), ['新'])
    await store.db.updateTable('chat').set({ push_off_at: null }).execute()
    await passing(10)
    expect(texts()).toEqual(['新 编号N'])
    expect(await states(store.db)).toEqual(['failed expired', 'accepted'])
  })

  it('says nothing twice when a message that was refused goes out with one that is new', async () => {
    way.moods.push(new PlatformError('slow down', 45009, 65, 'limit'))
    await say(store.db, out, now(), ['甲'])
    await passing(10)
    await say(store.db, out, now(), ['乙'])
    await passing(150)
    expect(texts()).toEqual(['甲\n乙\n编号N'])
    expect(await states(store.db)).toEqual(['accepted', 'accepted'])
  })

  it('does not let one person who gets too much keep the others of the same app', async () => {
    const people = await store.db.selectFrom('person').orderBy('id').limit(5).selectAll().execute()
    const tooFast = () => new PlatformError('too fast', 'send.too.fast', 60, 'limit')
    way.moods.push(tooFast())
    for (const { id, name, campaign_id: campaign } of people)
      await say(store.db, out, now(), [name], { campaign, to: { person: id }, kind: 'notice' })
    await passing(3)
    way.moods.push(...Array(10).fill('take'))
    await passing(90)
    expect(way.sent.length).toBe(5)
    expect(way.sent[4]?.text).toContain(people[0]?.name)
  })

  it('goes on when one message cannot be put into words, and lists that one', async () => {
    const broken = { title: '坏', blocks: null as never }
    await say(store.db, out, now(), ['坏'], { reply: broken })
    await say(store.db, out, now(), ['好'], { chatId: 'cid-zhongyuan' })
    await passing(5)
    expect(texts()).toEqual(['好 编号N'])
    expect((await states(store.db)).toSorted()).toEqual(['accepted', 'failed bug'])
  })

  it('keeps to the quiet hours when something was held up until the night', async () => {
    await store.db.updateTable('chat').set({ push_off_at: now() }).execute()
    time.clock.set('2026-11-27T20:00:00+08:00')
    await say(store.db, out, now(), ['期限'], { kind: 'alert' })
    await say(store.db, out, now(), ['自己的提醒'])
    time.clock.set('2026-11-27T23:30:00+08:00')
    await store.db.updateTable('chat').set({ push_off_at: null }).execute()
    await passing(5)
    expect(texts()).toEqual(['自己的提醒 编号N'])
    time.clock.set('2026-11-30T09:00:00+08:00')
    await passing(5)
    expect(texts()).toEqual(['自己的提醒 编号N', '期限 编号N'])
  })

  it('does not take a new robot out of use for what the old one was answered', async () => {
    let refuse: () => void = () => {}
    const slow = dispatchOn(store.db, time, () => ({
      ...{ gapMs: 3_400, parts: () => [''] },
      send: () =>
        new Promise<void>((_, reject) => {
          refuse = () => reject(new PlatformError('gone', 400101, undefined, 'dead'))
        }),
    }))
    await say(store.db, out, now(), ['甲'])
    const sending = slow.outbox.sendDue()
    await expect.poll(() => states(store.db)).toEqual(['sending'])
    const chat = await store.db
      .updateTable('chat')
      .set({ push: testKeys.seal('{"token":"new"}') })
      .where('chat_id', '=', 'cid-ruhelu')
      .returning('id')
      .executeTakeFirstOrThrow()
    refuse()
    await sending
    const { push_off_at } = await store.db
      .selectFrom('chat')
      .where('id', '=', chat.id)
      .select('push_off_at')
      .executeTakeFirstOrThrow()
    expect(push_off_at).toBe(null)
    await passing(10)
    expect(texts()).toEqual(['甲 编号N'])
  })

  it('a long message arrives in parts, each once, also when an answer is lost between them', async () => {
    way.moods.push('take', 'lost-answer', 'take')
    await say(store.db, out, now(), ['字'.repeat(1_000)])
    await passing(60)
    const parts = way.sent.map(({ text }) => text)
    expect(parts).toHaveLength(4)
    expect(parts[1]).toBe(parts[2])
    expect(await states(store.db)).toEqual(['accepted'])
  })

  it('says to people privately, one way each, and lists whom nothing reaches', async () => {
    const people = await store.db
      .selectFrom('person')
      .where('name', 'in', ['周敏', '郑国栋'])
      .selectAll()
      .execute()
    const [first, second] = people
    const campaign = first?.campaign_id ?? 0
    await store.db
      .deleteFrom('account')
      .where('person_id', '=', second?.id ?? 0)
      .execute()
    for (const { id, name } of people)
      await say(store.db, out, now(), [name], { campaign, to: { person: id }, kind: 'notice' })
    await passing(5)
    expect(way.sent.map(({ text }) => text.slice(0, 3).trim())).toEqual([first?.name])
    expect((await states(store.db)).toSorted()).toEqual(['accepted', 'failed no-way'])
  })
})
