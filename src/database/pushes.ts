// Reads what is pushed: who asked not to be @-ed, how much a chat has heard today, and what a message says.
import { sql } from 'kysely'
import type { Reply } from '../message.ts'
import type { Executor } from './connection.ts'

/** What a message in the outbox says, whatever became of it. */
export async function pushedReply(db: Executor, campaign: number, id: number): Promise<Reply | undefined> {
  const found = await db
    .selectFrom('outbox')
    .where('campaign_id', '=', campaign)
    .where('id', '=', id)
    .select('reply')
    .executeTakeFirst()
  return found?.reply
}

/** Accounts of people who are not to be @-ed on that day, as `chat id/account id`, for the platforms of the chats. */
export async function mutedAccounts(db: Executor, chats: number[], day: string): Promise<Set<string>> {
  if (chats.length === 0) return new Set()
  const rows = await db
    .selectFrom('mute')
    .innerJoin('account', 'account.person_id', 'mute.person_id')
    .innerJoin('chat', (join) =>
      join
        .onRef('chat.campaign_id', '=', 'account.campaign_id')
        .onRef('chat.platform', '=', 'account.platform'),
    )
    .where('mute.until', '>=', day)
    .where('chat.id', 'in', chats)
    .select(['chat.id', 'userid'])
    .execute()
  return new Set(rows.map(({ id, userid }) => `${id}/${userid}`))
}

/** How many messages nobody asked for a chat gets on a calendar day; those that went out as one count once. */
export async function unpromptedOn(db: Executor, chat: number, day: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(distinct coalesce(batch, id))::int as n from outbox
    where chat_id = ${chat} and kind in ('alert', 'ranking') and state not in ('failed', 'cancelled')
      and (not_before at time zone 'Asia/Shanghai')::date = ${day}::date`.execute(db)
  return rows[0]?.n ?? 0
}

/**
 * When bulletins were published to chats, from `since` on: those of a chat's own unit, and those of a unit above it that
 * were pushed into the chat (under a key that begins with `bulletin:` and the bulletin's id).
 */
export async function bulletinsIn(db: Executor, chats: number[], since: Date): Promise<Map<number, Date[]>> {
  const published = new Map<number, Date[]>()
  if (chats.length === 0) return published
  const { rows } = await sql<{ chat: number; published_at: Date }>`
    select chat.id as chat, bulletin.published_at from bulletin
    join chat on chat.campaign_id = bulletin.campaign_id and chat.id = any(${chats}::bigint[])
    where bulletin.state = 'published' and bulletin.published_at >= ${since}
      and (chat.unit_id = bulletin.unit_id or exists (select from outbox
        where outbox.chat_id = chat.id and outbox.key like 'bulletin:' || bulletin.id || ':%'))`.execute(db)
  for (const { chat, published_at: at } of rows) published.set(chat, [...(published.get(chat) ?? []), at])
  return published
}
