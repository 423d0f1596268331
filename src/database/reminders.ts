// Reminders as people handle them: create, list, change, cancel (`domain.md` C7). `reminders-due.ts` fires them.
import { isDeepStrictEqual } from 'node:util'
import type { Firing, Schedule } from '../campaign/recurrence.ts'
import { audit } from './audit.ts'
import type { Actor } from './bindings.ts'
import type { Db, Executor } from './connection.ts'
import { withdraw } from './reminders-due.ts'
import type { Database } from './schema.ts'
import { writing } from './writing.ts'

export type Audience = Database['reminder']['audience']

export interface NewReminder {
  campaign: number
  platform: string
  /** The platform's id of the group, or of the person in private. */
  chat_id: string
  is_group: boolean
  owner: { id: number; name: string; account: string }
  audience: Audience
  text: string
  schedule: Schedule
  next: Firing
}

/** One that is active. */
export type Reminder = Awaited<ReturnType<typeof activeReminders>>[number]

/** How many one person may have at a time (`domain.md` C2). */
export const mostOwn = 20

/**
 * Creates a reminder, unless the person has twenty. One that says the same at the same time in the same place is not
 * made twice: a message may be delivered again (`domain.md` C7).
 */
export function createReminder(
  db: Db,
  { campaign, owner, next, schedule, ...given }: NewReminder,
): Promise<{ id: number; known: boolean } | 'too-many'> {
  return db.transaction().execute(async (tx) => {
    // Of two at once the second one counts the first.
    await tx.selectFrom('person').where('id', '=', owner.id).select('id').forNoKeyUpdate().execute()
    const own = await activeReminders(tx, campaign, { owner: owner.id })
    const same = own.find(
      ({ platform, chat_id, audience, text, next_at, schedule: other }) =>
        isDeepStrictEqual(
          { platform, chat_id, audience, text, at: next_at },
          { ...sayable(given), at: next.fire },
        ) && 'repeat' in other.on === 'repeat' in schedule.on,
    )
    if (same) return { id: same.id, known: true }
    if (own.length >= mostOwn) return 'too-many'
    const { id } = await tx
      .insertInto('reminder')
      .values({
        ...{ ...given, campaign_id: campaign, owner_id: owner.id, owner_account: owner.account },
        ...{ schedule: JSON.stringify(schedule), next_at: next.fire, next_moment: next.moment },
        created_by: owner.name,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id, known: false }
  })
}

const sayable = ({
  platform,
  chat_id,
  audience,
  text,
}: Omit<NewReminder, 'campaign' | 'owner' | 'next' | 'schedule'>) => ({
  ...{ platform, chat_id, audience, text },
})

/** What is active in a group, or all that one person has anywhere, in the order of their making. */
export function activeReminders(
  db: Executor,
  campaign: number,
  of: { platform: string; chat_id: string } | { owner: number } | { id: number },
) {
  return db
    .selectFrom('reminder')
    .innerJoin('person', 'person.id', 'owner_id')
    .leftJoin('chat', (join) =>
      join
        .onRef('chat.platform', '=', 'reminder.platform')
        .onRef('chat.chat_id', '=', 'reminder.chat_id')
        .onRef('chat.campaign_id', '=', 'reminder.campaign_id'),
    )
    .where('reminder.campaign_id', '=', campaign)
    .where('reminder.status', '=', 'active')
    .where((e) =>
      'owner' in of
        ? e('owner_id', '=', of.owner)
        : 'id' in of
          ? e('reminder.id', '=', of.id)
          : e.and([
              e('is_group', '=', true),
              e('reminder.platform', '=', of.platform),
              e('reminder.chat_id', '=', of.chat_id),
            ]),
    )
    .orderBy('reminder.id')
    .select(['reminder.id', 'reminder.platform', 'reminder.chat_id', 'is_group', 'owner_id', 'owner_account'])
    .select(['audience', 'text', 'schedule', 'next_at', 'next_moment', 'skip_until'])
    .select(['person.name as owner', 'chat.title', 'chat.unit_id as unit'])
    .execute()
}

/** What to change about a reminder; without a next firing it is over. */
export interface Change {
  schedule?: Schedule
  text?: string
  skip_until?: Date
  next: Firing | undefined
}

/** Changes one. Somebody else's leaves a row in the audit. @returns false when it has ended meanwhile */
export function changeReminder(
  db: Db,
  by: Actor & { id: number },
  reminder: Reminder,
  change: Change,
): Promise<boolean> {
  const { next, schedule, ...rest } = change
  return touching(db, by, [reminder], 'change_reminder', async (tx) => {
    const changed = await tx
      .updateTable('reminder')
      .set({
        ...{ ...rest, ...(schedule && { schedule: JSON.stringify(schedule) }) },
        ...{
          next_at: next?.fire ?? null,
          next_moment: next?.moment ?? null,
          status: next ? 'active' : 'cancelled',
        },
      })
      .where('id', '=', reminder.id)
      .where('status', '=', 'active')
      .returning('id')
      .execute()
    return changed.map(({ id }) => id)
  }).then((changed) => changed.length > 0)
}

/** Cancels some, and what of them still waits to be sent. @returns those that this call cancelled */
export function cancelReminders(
  db: Db,
  by: Actor & { id: number },
  reminders: Reminder[],
): Promise<number[]> {
  return touching(db, by, reminders, 'cancel_reminder', async (tx) => {
    const ids = reminders.map(({ id }) => id)
    const done = await tx
      .updateTable('reminder')
      .set({ status: 'cancelled', next_at: null, next_moment: null })
      .where('id', 'in', ids)
      .where('status', '=', 'active')
      .returning('id')
      .execute()
    await withdraw(tx, ids, by.at)
    return done.map(({ id }) => id)
  })
}

/** One's own: a plain transaction. Another's: as a write to the campaign, with a row in the audit for each. */
function touching(
  db: Db,
  { id: me, ...by }: Actor & { id: number },
  reminders: Reminder[],
  action: string,
  work: (tx: Executor) => Promise<number[]>,
): Promise<number[]> {
  const others = reminders.filter(({ owner_id }) => owner_id !== me)
  if (others.length === 0) return db.transaction().execute(work)
  return writing(db, by.campaign, async (tx) => {
    const done = await work(tx)
    for (const { id, text, owner } of others.filter(({ id }) => done.includes(id)))
      await audit(tx, { ...by, action, subject: `提醒${id}“${text}”（${owner}）` })
    return done
  })
}

/** Whether the bot can speak in a group unasked: by a robot of its own that works, in DingTalk also by the app. */
export async function canBePushedTo(db: Executor, platform: string, chat: string): Promise<boolean> {
  return (await pushedTo(db, platform, chat)) !== undefined
}

/** @returns the id in the book of a chat that can be pushed to; undefined when it cannot */
export async function pushedTo(db: Executor, platform: string, chat: string): Promise<number | undefined> {
  const found = await db
    .selectFrom('chat')
    .where('platform', '=', platform)
    .where('chat_id', '=', chat)
    .select(['id', 'push', 'push_off_at'])
    .executeTakeFirst()
  const isOn = found?.push_off_at === null && (found.push !== null || platform === 'dingtalk')
  return isOn ? found.id : undefined
}
