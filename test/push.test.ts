import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest'
import type { Store } from '../src/database/connection.ts'
import { everyone } from '../src/message.ts'
import { plainText } from '../src/platforms/terminal/render.ts'
import { openTestPostgres } from './support/databases.ts'
import { dispatchOn, say, scriptedWay, wallClock } from './support/pushes.ts'

let store: Store
const time = wallClock()
beforeAll(async () => {
  store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
})
afterAll(() => store.close())
afterEach(async () => {
  await store.db.deleteFrom('outbox').execute()
  await store.db.deleteFrom('mute').execute()
})
const at = (moment: string) => new Date(`${moment}:00+08:00`)
const out = () => dispatchOn(store.db, time, scriptedWay(time.clock).channels)
const queued = async () => {
  const rows = await store.db.selectFrom('outbox').orderBy('id').selectAll().execute()
  return rows.map(({ reply, not_before, state, code }) => {
    const when = new Date(not_before.getTime() + 8 * 3600_000).toISOString().slice(5, 16)
    return `${when} ${plainText(reply)}${state === 'queued' ? '' : ` ${state} ${code}`}`
  })
}

it('lets an alert of the night wait for the morning, and people’s own reminders come at their time', async () => {
  time.clock.set('2026-11-23T22:00:00+08:00')
  await say(store.db, out(), at('2026-11-23T22:00'), ['甲'], { kind: 'alert' })
  await say(store.db, out(), at('2026-11-23T22:00'), ['乙'], { kind: 'reminder' })
  await say(store.db, out(), at('2026-11-23T22:00'), ['丙'], { kind: 'notice' })
  expect(await queued()).toEqual(['11-24T09:00 甲', '11-23T22:00 乙', '11-24T07:30 丙'])
})

it('lets a ranking that falls on a day off wait for nine o’clock of the next workday', async () => {
  time.clock.set('2027-01-01T18:00:00+08:00')
  await say(store.db, out(), at('2027-01-01T18:00'), ['周排名'], { kind: 'ranking' })
  expect(await queued()).toEqual(['01-04T09:00 周排名'])
})

it('says a Friday’s ranking on Monday when the bot was down until the night', async () => {
  time.clock.set('2026-11-27T21:30:00+08:00')
  await say(store.db, out(), at('2026-11-27T18:00'), ['周排名'], { kind: 'ranking' })
  expect(await queued()).toEqual(['11-30T09:00 （补发）周排名'])
})

it('marks what is late, and lists what is a day late instead of saying it', async () => {
  time.clock.set('2026-11-24T10:00:00+08:00')
  await say(store.db, out(), at('2026-11-24T09:00'), ['甲'])
  await say(store.db, out(), at('2026-11-23T17:00'), ['乙'], { kind: 'alert' })
  await say(store.db, out(), at('2026-11-23T09:00'), ['丙'])
  expect(await queued()).toEqual([
    '11-24T10:00 （补发）甲',
    '11-24T10:00 （补发）乙',
    '11-24T10:00 丙 failed late',
  ])
})

it('gives a chat four unprompted messages a day, and the rest on the next workdays', async () => {
  time.clock.set('2026-11-27T09:00:00+08:00')
  const texts = [...Array(9).keys()].map(String)
  await say(store.db, out(), at('2026-11-27T09:00'), texts, { kind: 'alert' })
  await say(store.db, out(), at('2026-11-27T09:00'), ['提醒'])
  await say(store.db, out(), at('2026-11-27T09:00'), ['别的群'], { kind: 'alert', chatId: 'cid-zhongyuan' })
  const days = (await queued()).map((line) => line.slice(0, 5))
  expect(days).toEqual([
    ...['11-27', '11-27', '11-27', '11-27', '11-30', '11-30', '11-30', '11-30', '12-01'],
    ...['11-27', '11-27'],
  ])
})

it('does not @ who asked for it until the day is over, and @ all the others', async () => {
  time.clock.set('2026-11-24T09:00:00+08:00')
  const person = await store.db
    .selectFrom('account')
    .where('userid', '=', 'zhangjianguo')
    .where('platform', '=', 'dingtalk')
    .select('person_id')
    .executeTakeFirstOrThrow()
  const mute = { person_id: person.person_id, until: '2026-11-24', created_by: '张建国' }
  await store.db.insertInto('mute').values(mute).execute()
  const mention = ['zhangjianguo', 'lixiuying', everyone]
  const reply = { blocks: [{ kind: 'text' as const, text: '甲' }], mention }
  await say(store.db, out(), at('2026-11-24T09:00'), ['today'], { reply })
  time.clock.set('2026-11-25T09:00:00+08:00')
  await say(store.db, out(), at('2026-11-25T09:00'), ['tomorrow'], { reply })
  const rows = await store.db.selectFrom('outbox').orderBy('id').select('reply').execute()
  expect(rows.map((row) => row.reply.mention)).toEqual([['lixiuying', everyone], mention])
})

it('holds alerts of a group back for four hours after its bulletin, loses none, and lets everything else pass', async () => {
  time.clock.set('2026-11-25T09:00:00+08:00')
  const { id: campaign } = await store.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  const unit = async (name: string) =>
    (
      await store.db
        .selectFrom('unit_version')
        .where('name', '=', name)
        .select('unit_id')
        .executeTakeFirstOrThrow()
    ).unit_id
  const person = await store.db.selectFrom('person').select('id').limit(1).executeTakeFirstOrThrow()
  const publish = async (name: string, published: string) =>
    store.db
      .insertInto('bulletin')
      .values({
        ...{ campaign_id: campaign, unit_id: await unit(name), kind: 'weekly', state: 'published' },
        ...{ reply: JSON.stringify({ blocks: [] }), approved_by: person.id, created_by: 'test' },
        published_at: at(published),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
  const alert = (text: string, chatId: string) =>
    say(store.db, out(), at('2026-11-25T09:00'), [text], { kind: 'alert', chatId })

  await publish('汝河路街道', '2026-11-25T08:30')
  await publish('汝河路街道', '2026-11-24T18:00')
  const ofAll = await publish('全区', '2026-11-25T07:40')
  await alert('街道', 'cid-ruhelu')
  await alert('全区', 'cid-zhongyuan')
  await alert('没收到通报的', 'wr-zhongyuan')
  await say(store.db, out(), at('2026-11-25T09:00'), ['提醒'])
  expect(await queued()).toEqual([
    ...['11-25T12:30 街道', '11-25T11:40 全区', '11-25T11:40 没收到通报的', '11-25T09:00 提醒'],
  ])

  // The district's bulletin went into the street's group too.
  await store.db.deleteFrom('bulletin').where('id', '<', ofAll.id).execute()
  await store.db.deleteFrom('outbox').execute()
  await alert('没发通报', 'cid-ruhelu')
  await say(store.db, out(), at('2026-11-25T09:00'), [`bulletin:${ofAll.id}:1`], { kind: 'notice' })
  await alert('发了通报', 'cid-ruhelu')
  const key = `bulletin:${ofAll.id}:1`
  expect(await queued()).toEqual(['11-25T09:00 没发通报', `11-25T09:00 ${key}`, '11-25T11:40 发了通报'])
  await store.db.deleteFrom('bulletin').execute()
})

it('does not let what waits for the end of a bulletin’s hush be said at night', async () => {
  time.clock.set('2026-11-25T18:00:00+08:00')
  const { id: campaign } = await store.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  const chat = await store.db
    .selectFrom('chat')
    .where('chat_id', '=', 'cid-ruhelu')
    .select('unit_id')
    .executeTakeFirstOrThrow()
  const person = await store.db.selectFrom('person').select('id').limit(1).executeTakeFirstOrThrow()
  await store.db
    .insertInto('bulletin')
    .values({
      ...{
        campaign_id: campaign,
        unit_id: chat.unit_id,
        kind: 'weekly',
        state: 'published',
        created_by: 'test',
      },
      ...{
        reply: JSON.stringify({ blocks: [] }),
        approved_by: person.id,
        published_at: at('2026-11-25T17:30'),
      },
    })
    .execute()
  await say(store.db, out(), at('2026-11-25T18:00'), ['期限'], { kind: 'alert' })
  expect(await queued()).toEqual(['11-26T09:00 期限'])
  await store.db.deleteFrom('bulletin').execute()
})
