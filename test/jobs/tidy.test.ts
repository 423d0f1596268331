import { expect, inject, it, onTestFinished } from 'vitest'
import tidy from '../../jobs/tidy.ts'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { line } from '../../src/message.ts'
import { openTestPostgres } from '../support/databases.ts'
import { pushing, silent, stillClock } from '../support/example.ts'

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

  const clock = stillClock('2026-11-24T03:00:00+08:00')
  await tidy.run({
    ...{ due: clock.now(), db, log: silent, calendar: calendarOf([]), push: pushing(clock), privately: [] },
    quotas: { webhook: 0, api: 0 },
  })
  const left = await db.selectFrom('outbox').orderBy('id').select('key').execute()
  expect(left.map(({ key }) => key)).toEqual(['young', 'to be sent again', 'waiting'])
})
