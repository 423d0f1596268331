// The outbox when something fails: limits, refusals, lost answers, dead robots and processes that died on the way.
import { expect, it } from 'vitest'
import { PlatformError } from '../src/errors.ts'
import { testKeys } from './support/keys.ts'
import { outboxOnBothDatabases } from './support/outbox.ts'
import { dispatchOn, say, states } from './support/pushes.ts'

outboxOnBothDatabases(({ store, time, way, out, now, texts, passing }) => {
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
})
