// Reminders in the example campaign, as tests make and look at them.
import { calendarOf } from '../../src/campaign/calendar.ts'
import { nextFire, type Schedule } from '../../src/campaign/recurrence.ts'
import type { Db } from '../../src/database/connection.ts'
import { createReminder, type NewReminder } from '../../src/database/reminders.ts'

export const calendar = calendarOf()

/** A moment of November 2026, as people there read it: `27 17:00`. */
export const at = (moment: string) => new Date(`2026-11-${moment.replace(' ', 'T')}:00+08:00`)

export const weekly = (weekdays: number[], time: string, from = '2026-11-22'): Schedule => ({
  ...{ on: { repeat: { every: 'week', weekdays }, from }, time, leads: [] },
})
export const daily = (time: string, from = '2026-11-22'): Schedule => ({
  ...{ on: { repeat: { every: 'day' }, from }, time, leads: [] },
})
export const once = (date: string, time: string): Schedule => ({ on: { date }, time, leads: [] })

/** The person behind an account, by the account's id. */
export async function personOf(db: Db, account: string) {
  return db
    .selectFrom('account')
    .innerJoin('person', 'person.id', 'person_id')
    .where('userid', '=', account)
    .select(['person.id', 'name', 'userid as account', 'account.campaign_id as campaign'])
    .executeTakeFirstOrThrow()
}

/** 张建国 has a reminder in 汝河路街道's group, unless told otherwise. */
export async function remind(
  db: Db,
  schedule: Schedule,
  over: Partial<Omit<NewReminder, 'schedule' | 'next' | 'owner' | 'campaign'>> & {
    by?: string
    now?: Date
  } = {},
): Promise<Awaited<ReturnType<typeof createReminder>>> {
  const { by = 'zhangjianguo', now = at('22 10:00'), ...given } = over
  const { campaign, ...owner } = await personOf(db, by)
  const next = nextFire(schedule, now, calendar)
  if (!next) throw new Error('it never fires')
  const place = { platform: 'dingtalk', chat_id: 'cid-ruhelu', is_group: true }
  return createReminder(db, {
    ...{ campaign, owner, schedule, next, ...place },
    audience: 'group',
    text: '报周报',
    ...given,
  })
}

export async function idOf(made: ReturnType<typeof remind>): Promise<number> {
  const done = await made
  if (done === 'too-many') throw new Error('too many')
  return done.id
}

/** In private chat with the person. */
export const inPrivate = (account = 'zhangjianguo') => ({
  chat_id: account,
  is_group: false,
  audience: 'me' as const,
})

export interface Queued {
  key: string
  /** To whom: the chat's id or the person's name. */
  to: string
  text: string
  mention?: string[]
  due: string
  state: string
  code: string | null
}

/** What is in the outbox, in order. */
export async function outboxOf(db: Db): Promise<Queued[]> {
  const rows = await db
    .selectFrom('outbox')
    .leftJoin('chat', 'chat.id', 'outbox.chat_id')
    .leftJoin('person', 'person.id', 'outbox.person_id')
    .orderBy('due_at')
    .orderBy('outbox.id')
    .select(['key', 'chat.chat_id as chat', 'person.name', 'reply', 'due_at', 'state', 'code'])
    .execute()
  return rows.map(({ key, chat, name, reply, due_at, state, code }) => ({
    ...{ key, to: chat ?? name ?? '', state, code, due: due_at.toISOString() },
    text: reply.blocks.map((block) => (block.kind === 'text' ? block.text : '')).join('\n'),
    ...(reply.mention && { mention: reply.mention }),
  }))
}
