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
