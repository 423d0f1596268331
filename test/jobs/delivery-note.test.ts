// The clerks' morning: nothing when all went well; else what did not go out, by chat and reason, to whom it belongs.
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import deliveryNote from '../../jobs/delivery-note.ts'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { usageOf } from '../../src/database/delivery-troubles.ts'
import type { JobContext } from '../../src/job.ts'
import { line, type Reply } from '../../src/message.ts'
import { plainText } from '../../src/platforms/terminal/render.ts'
import type { Push } from '../../src/push.ts'
import { openTestPostgres } from '../support/databases.ts'
import { pushing, silent, stillClock } from '../support/example.ts'
import { brokenCampaign } from './broken-campaign.ts'

let store: Awaited<ReturnType<typeof openTestPostgres>>
let people: Map<number, string>
beforeAll(async () => {
  store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  const rows = await store.db.selectFrom('person').select(['id', 'name']).execute()
  people = new Map(rows.map(({ id, name }) => [id, name]))
})
afterAll(() => store.close())
beforeEach(async () => {
  for (const table of ['outbox', 'heard', 'job_run'] as const) await store.db.deleteFrom(table).execute()
  await store.db.updateTable('chat').set({ push_off_at: null, push_off_why: null }).execute()
})

const morning = '2026-11-24T08:30:00+08:00'
const contextAt = (due: string, push: JobContext['push'], more: Partial<JobContext> = {}): JobContext => ({
  ...{ due: new Date(due), db: store.db, log: silent, calendar: calendarOf([]), push },
  ...{ privately: ['dingtalk', 'wecom'], quotas: { webhook: 3_000, api: 5_000 }, ...more },
})
/** What is said, as name and text. */
async function run(due = morning, more: Partial<JobContext> = {}): Promise<string[]> {
  const said: { name: string; reply: Reply }[] = []
  const push: JobContext['push'] = async (_tx, pushes) => {
    for (const { to, reply } of pushes)
      said.push({ name: people.get('person' in to ? to.person : 0) ?? '?', reply })
  }
  await deliveryNote.run(contextAt(due, push, more))
  return said.map(({ name, reply }) => `${name}：${plainText(reply)}`)
}

const chatWith = (id: string) =>
  store.db.selectFrom('chat').where('chat_id', '=', id).selectAll().executeTakeFirstOrThrow()
type Row = Partial<{
  state: 'queued' | 'sending' | 'accepted' | 'uncertain' | 'failed'
  code: string
  reason: string
  unknowns: number
  retry_at: Date | null
  lane: string
  parts_sent: number
  batch: number
  settled_at: Date
  to: Push['to']
}>
let last = 0
/** A message that was queued at that time, and what became of it; to a chat by its id on the platform. */
async function message(at: string, chatId: string, { to, ...row }: Row = {}): Promise<string> {
  const chat = await chatWith(chatId)
  const key = `m${++last}`
  const clock = stillClock(at)
  const push: Push = {
    ...{ campaign: chat.campaign_id, to: to ?? { chat: chat.id }, kind: 'reminder', reply: line('报周报') },
    ...{ key, due: clock.now() },
  }
  await pushing(clock)(store.db, [push])
  if (row.state === 'failed' || row.state === 'accepted')
    Object.assign(row, { retry_at: null, settled_at: row.settled_at ?? clock.now() })
  if (Object.keys(row).length > 0)
    await store.db.updateTable('outbox').set(row).where('key', '=', key).execute()
  return key
}
const rowOf = (key: string) =>
  store.db
    .selectFrom('outbox')
    .where('key', '=', key)
    .select(['state', 'code', 'retry_at', 'settled_at'])
    .executeTakeFirstOrThrow()
const off = (id: string) =>
  store.db
    .updateTable('chat')
    .set({ push_off_at: new Date('2026-11-22T18:00:00+08:00'), push_off_why: 'robot/send: 300001 gone' })
    .where('chat_id', '=', id)
    .execute()

describe('the note', () => {
  it('is not written when everything was accepted, or has only just been queued', async () => {
    await message('2026-11-23T09:00:00+08:00', 'cid-ruhelu', { state: 'accepted' })
    await message('2026-11-24T08:25:00+08:00', 'cid-ruhelu')
    expect(await run()).toEqual([])
  })

  it('tells the district everything, and a street its own chats, by chat and reason', async () => {
    const failed = { state: 'failed' } as const
    await message('2026-11-23T09:00:00+08:00', 'cid-ruhelu', { ...failed, code: '40058' })
    await message('2026-11-23T09:10:00+08:00', 'cid-ruhelu', { ...failed, code: '40058' })
    await message('2026-11-23T10:00:00+08:00', 'cid-ruhelu', {
      ...{
        state: 'uncertain',
        code: 'timeout',
        retry_at: null,
        settled_at: new Date('2026-11-23T02:00:00Z'),
      },
    })
    await message('2026-11-23T11:00:00+08:00', 'cid-zhongyuan', { code: '45009' })
    const [[zhou = 0] = []] = [...people].filter(([, name]) => name === '周敏')
    await message('2026-11-23T11:00:00+08:00', 'cid-ruhelu', {
      ...{ ...failed, to: { person: zhou }, code: 'no-way', reason: '没有可以私聊的账号' },
    })
    const own = '汝河路街道攻坚群：没发出去2条（内容太长），结果不明1条（平台没有回话，不知道送到没有）'
    expect(await run()).toEqual([
      `何晓雯：送达情况（11月24日）\n${own}\n中原区攻坚群：限流等待1条（发得太快，平台要求等一会儿）\n私聊：没发出去1条（没有可以私聊的账号）\n看是哪些，回“送达”。`,
      `周敏：送达情况（11月24日）\n${own}\n看是哪些，回“送达”。`,
    ])
  })

  it('tells nothing twice: what was told the day before, or what a newer message made needless', async () => {
    await message('2026-11-23T08:00:00+08:00', 'cid-ruhelu', { state: 'failed', code: '40058' })
    await message('2026-11-23T09:00:00+08:00', 'cid-ruhelu', { state: 'failed', code: 'needless' })
    expect(await run()).toEqual([])
    expect(await run('2026-11-23T08:30:00+08:00')).toHaveLength(2)
  })

  it('comes although that of another campaign cannot', async () => {
    await brokenCampaign(store.db)
    const other = await message('2026-11-23T09:00:00+08:00', 'cid-ruhelu', { state: 'failed', code: '40058' })
    await store.db.updateTable('outbox').set({ campaign_id: 0 }).where('key', '=', other).execute()
    await message('2026-11-23T09:00:00+08:00', 'cid-ruhelu', { state: 'failed', code: '40058' })
    let told = 0
    const push: JobContext['push'] = async (_tx, pushes) => {
      told += pushes.length
    }
    await expect(deliveryNote.run(contextAt(morning, push))).rejects.toThrow('campaign 0 has no units')
    expect(told).toBe(2)
    await store.db.deleteFrom('outbox').execute()
    await store.db.deleteFrom('campaign').where('id', '=', 0).execute()
  })

  it('leaves nothing out after days on which it did not come', async () => {
    await message('2026-11-20T09:00:00+08:00', 'cid-ruhelu', { state: 'failed', code: '40058' })
    const ran = (slot: string, failure: string | null) => ({
      ...{ job: deliveryNote.name, slot: new Date(slot), started_at: new Date(slot) },
      ...{ finished_at: new Date(slot), failure },
    })
    await store.db
      .insertInto('job_run')
      .values([ran('2026-11-20T08:30:00+08:00', null), ran('2026-11-23T08:30:00+08:00', 'no paper')])
      .execute()
    expect(await run()).toHaveLength(2)
  })

  it('does not speak of itself: a clerk who cannot be reached is no trouble every morning', async () => {
    await message('2026-11-23T09:00:00+08:00', 'cid-ruhelu', { state: 'failed', code: '40058' })
    const push = pushing(stillClock(morning))
    await deliveryNote.run(contextAt(morning, push))
    await deliveryNote.run(contextAt(morning, push))
    const notes = await store.db
      .selectFrom('outbox')
      .where('key', 'like', 'delivery-note:%')
      .select('key')
      .execute()
    expect(notes).toHaveLength(2)
    const settled_at = new Date('2026-11-24T10:00:00+08:00')
    await store.db
      .updateTable('outbox')
      .set({ state: 'failed', code: 'no-way', retry_at: null, settled_at })
      .where('key', 'like', 'delivery-note:%')
      .execute()
    expect(await run('2026-11-25T08:30:00+08:00')).toEqual([])
  })
})

describe('what waits for a chat whose robot is out of use', () => {
  it('is told while it waits, and given up after a day, as failed, or as uncertain if it may have arrived', async () => {
    await off('cid-ruhelu')
    const old = await message('2026-11-23T08:00:00+08:00', 'cid-ruhelu', { code: '300001' })
    const perhaps = await message('2026-11-23T08:10:00+08:00', 'cid-ruhelu', {
      ...{ state: 'uncertain', code: 'timeout', unknowns: 1 },
    })
    const left = await message('2026-11-23T08:20:00+08:00', 'cid-ruhelu', { state: 'sending' })
    const young = await message('2026-11-23T09:00:00+08:00', 'cid-ruhelu', { code: '300001' })
    const elsewhere = await message('2026-11-23T08:00:00+08:00', 'cid-zhongyuan')
    const [note] = await run()
    expect(note).toContain(
      '汝河路街道攻坚群：没发出去1条（等了24小时没能发出去），等待发送1条（机器人停用，请重新绑定），结果不明1条',
    )
    const due = new Date(morning)
    expect(await rowOf(old)).toEqual({ state: 'failed', code: 'expired', retry_at: null, settled_at: due })
    expect(await rowOf(perhaps)).toMatchObject({ state: 'uncertain', code: 'timeout', retry_at: null })
    expect(await rowOf(left)).toMatchObject({ state: 'uncertain', code: 'unknown', retry_at: null })
    expect(await rowOf(young)).toMatchObject({ state: 'queued' })
    expect(await rowOf(elsewhere)).toMatchObject({ state: 'queued' })
  })

  it('is left to whoever is sending it at this moment', async () => {
    await off('cid-ruhelu')
    const busy = await message('2026-11-23T08:00:00+08:00', 'cid-ruhelu', {
      ...{ state: 'sending', retry_at: new Date('2999-01-01T00:00:00Z') },
    })
    await run()
    expect(await rowOf(busy)).toMatchObject({ state: 'sending' })
  })
})

describe('DingTalk’s monthly quota', () => {
  const hear = (n: number, at: string, platform = 'dingtalk') =>
    store.db
      .insertInto('heard')
      .values(
        Array.from({ length: n }, () => ({
          ...{ platform, robot: 'r', message_id: `h${++last}`, heard_at: new Date(at) },
        })),
      )
      .execute()

  it('counts what was heard twice, pushes by webhook and by the app, of this month only', async () => {
    await hear(5, '2026-11-01T00:00:00+08:00')
    await hear(7, '2026-10-31T23:59:00+08:00')
    await hear(9, '2026-11-02T10:00:00+08:00', 'wecom')
    const done = { state: 'accepted' } as const
    const first = await message('2026-11-03T09:00:00+08:00', 'cid-ruhelu', { ...done, parts_sent: 2 })
    const { id } = await store.db
      .selectFrom('outbox')
      .where('key', '=', first)
      .select('id')
      .executeTakeFirstOrThrow()
    await store.db.updateTable('outbox').set({ batch: id }).where('id', '=', id).execute()
    await message('2026-11-03T09:00:00+08:00', 'cid-ruhelu', { ...done, parts_sent: 2, batch: id })
    await message('2026-11-03T09:00:00+08:00', 'cid-zhongyuan', { ...done, lane: 'dingtalk:app' })
    await message('2026-11-03T09:00:00+08:00', 'cid-ruhelu', { state: 'failed', code: 'x' })
    await message('2026-11-03T09:00:00+08:00', 'wr-ruhelu', done)
    await message('2026-10-31T09:00:00+08:00', 'cid-ruhelu', done)
    expect(await usageOf(store.db, new Date(morning))).toEqual({ webhook: 13, api: 1 })
  })

  it('is told at 80 % to the district’s clerks, and not before', async () => {
    await hear(40, '2026-11-10T10:00:00+08:00')
    expect(await run(morning, { quotas: { webhook: 101, api: 0 } })).toEqual([])
    expect(await run(morning, { quotas: { webhook: 100, api: 0 } })).toEqual([
      '何晓雯：钉钉本月的Webhook额度（整个组织合用100次）已用约80次，80%；别的应用用的我看不到。用完后我收不到也回不了钉钉群里的话，下月1日恢复。请联系钉钉管理员购买额度，或少设提醒。',
    ])
    expect(await run(morning, { quotas: { webhook: 0, api: 0 } })).toEqual([])
  })

  it('is told once a month, and again in the next', async () => {
    await hear(40, '2026-11-10T10:00:00+08:00')
    await hear(40, '2026-12-01T10:00:00+08:00')
    const quotas = { webhook: 100, api: 0 }
    for (const due of [morning, '2026-11-25T08:30:00+08:00', '2026-12-02T08:30:00+08:00'])
      await deliveryNote.run(contextAt(due, pushing(stillClock(due)), { quotas }))
    const keys = await store.db
      .selectFrom('outbox')
      .where('key', 'like', 'quota:%')
      .orderBy('id')
      .select('key')
      .execute()
    expect(keys.map(({ key }) => key.replace(/\d+$/, ''))).toEqual([
      'quota:webhook:2026-11:',
      'quota:webhook:2026-12:',
    ])
  })
})
