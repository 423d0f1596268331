// The outbox when all goes well: what goes out, once, together, how fast and until when.
import { expect, it } from 'vitest'
import { outboxOnBothDatabases } from './support/outbox.ts'
import { say, states } from './support/pushes.ts'

outboxOnBothDatabases(({ store, time, way, out, now, texts, passing }) => {
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
