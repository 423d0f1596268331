import { sql } from 'kysely'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import tidy from '../../jobs/tidy.ts'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { keepForLink } from '../../src/database/attachments.ts'
import type { Db } from '../../src/database/connection.ts'
import { type Block, line } from '../../src/message.ts'
import { openTestPostgres } from '../support/databases.ts'
import { pushing, silent, stillClock } from '../support/example.ts'

async function tidyAt(db: Db, moment: string): Promise<void> {
  const clock = stillClock(moment)
  await tidy.run({
    ...{ due: clock.now(), db, log: silent, calendar: calendarOf([]), push: pushing(clock), privately: [] },
    quotas: { webhook: 0, api: 0 },
  })
}

it('what ended more than 120 days ago is forgotten, but nothing that may still be sent', async () => {
  const { db, close } = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  onTestFinished(close)
  const chat = await db.selectFrom('chat').select(['id', 'campaign_id']).executeTakeFirstOrThrow()
  const old = new Date('2026-07-20T09:00:00+08:00')
  const young = new Date('2026-07-30T09:00:00+08:00')
  const settled = { state: 'accepted', retry_at: null } as const
  for (const [key, row] of [
    ['old', { ...settled, settled_at: old }],
    ['young', { ...settled, settled_at: young }],
    ['to be sent again', { state: 'uncertain', settled_at: old }],
    ['waiting', {}],
  ] as const) {
    const due = old
    const push = { campaign: chat.campaign_id, to: { chat: chat.id }, kind: 'reminder', key, due } as const
    await pushing(stillClock(old.toISOString()))(db, [{ ...push, reply: line(key) }])
    await db
      .updateTable('outbox')
      .set({ reason: null, ...row })
      .where('key', '=', key)
      .execute()
  }

  await tidyAt(db, '2026-11-24T03:00:00+08:00')
  const left = await db.selectFrom('outbox').orderBy('id').select('key').execute()
  expect(left.map(({ key }) => key)).toEqual(['young', 'to be sent again', 'waiting'])
})

describe('of pictures and files', () => {
  const png = 'A'.repeat(40_960)
  const blocks: Block[] = [
    { kind: 'text', text: '本周挂图' },
    { kind: 'image', png, alt: '全区作战挂图' },
    { kind: 'file', name: '全区进度.xlsx', data: png.repeat(2) },
  ]
  const sent = new Date('2026-11-20T18:00:00+08:00')
  const stubs = ['全区作战挂图（图片30 KB，已清理）', '全区进度.xlsx（文件60 KB，已清理）']

  async function world(states: Record<string, object>) {
    const { db, close } = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
    onTestFinished(close)
    const chat = await db.selectFrom('chat').select(['id', 'campaign_id']).executeTakeFirstOrThrow()
    for (const [key, state] of Object.entries(states)) {
      const push = { campaign: chat.campaign_id, to: { chat: chat.id }, kind: 'reminder', key } as const
      await pushing(stillClock(sent.toISOString()))(db, [{ ...push, reply: { blocks }, due: sent }])
      await db
        .updateTable('outbox')
        .set({ reason: null, ...state })
        .where('key', '=', key)
        .execute()
    }
    const left = async () => {
      const rows = await db.selectFrom('outbox').orderBy('id').select(['key', 'reply']).execute()
      return rows.map(({ key, reply }) => {
        const words = reply.blocks.map((block) => (block.kind === 'text' ? block.text : block.kind))
        return `${key}: ${words.join(' ')}`
      })
    }
    return { db, chat, left }
  }

  it('only name and size stay when their links are over: of files after a day, of pictures after thirty', async () => {
    const { db, left } = await world({ sent: { state: 'accepted', retry_at: null, settled_at: sent } })
    await tidyAt(db, '2026-11-21T03:00:00+08:00')
    expect(await left()).toEqual(['sent: 本周挂图 image file'])
    await tidyAt(db, '2026-11-22T03:00:00+08:00')
    expect(await left()).toEqual([`sent: 本周挂图 image ${stubs[1]}`])
    await tidyAt(db, '2026-12-21T03:00:00+08:00')
    expect(await left()).toEqual([`sent: 本周挂图 ${stubs.join(' ')}`])
  })

  it('all stays of what may still be sent, and of what was not sent nothing after a day', async () => {
    const ended = { retry_at: null, settled_at: sent }
    const { db, left } = await world({
      ...{ waiting: {}, again: { state: 'uncertain', settled_at: sent } },
      ...{ uncertain: { state: 'uncertain', ...ended }, failed: { state: 'failed', ...ended } },
    })
    await tidyAt(db, '2026-11-22T03:00:00+08:00')
    expect(await left()).toEqual([
      ...['waiting: 本周挂图 image file', 'again: 本周挂图 image file'],
      `uncertain: 本周挂图 image ${stubs[1]}`,
      `failed: 本周挂图 ${stubs.join(' ')}`,
    ])
  })

  it('hundreds go in one night', async () => {
    const { db, left } = await world({ one: { state: 'failed', retry_at: null, settled_at: sent } })
    await sql`insert into outbox (campaign_id, key, chat_id, lane, target, kind, reply, due_at, queued_at, not_before,
        state, retry_at, settled_at)
      select campaign_id, key || n, chat_id, lane, target, kind, reply, due_at, queued_at, not_before, state, retry_at,
        settled_at from outbox, generate_series(1, 450) n`.execute(db)
    await tidyAt(db, '2026-11-22T03:00:00+08:00')
    expect((await left()).filter((one) => one.includes(stubs[1] ?? '?'))).toHaveLength(451)
  })

  it('what was only kept for a link goes as a whole, after a day', async () => {
    const { db, chat, left } = await world({})
    const person = await db.selectFrom('person').select('id').executeTakeFirstOrThrow()
    const one = { campaign: chat.campaign_id, person: person.id, reply: { blocks }, now: sent }
    await keepForLink(db, { ...one, key: 'kept' })
    await tidyAt(db, '2026-11-21T03:00:00+08:00')
    expect(await left()).toEqual(['kept: 本周挂图 image file'])
    await tidyAt(db, '2026-11-22T03:00:00+08:00')
    expect(await left()).toEqual([])
  })
})
