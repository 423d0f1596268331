// Who was nudged already, where people without a private channel are spoken to, and the claim that they are, once.
import { sql } from 'kysely'
import type { AlertChat } from './alerts.ts'
import type { Executor } from './connection.ts'
import { recordset } from './load-common.ts'

/** One nudge of one person in one window: the outbox takes a key once, whoever asks and on whichever platform (N4). */
export const nudgeKey = (campaign: number, window: string, person: number) =>
  `nudge:${campaign}:${window}:${person}`

/** Of these people, who was nudged in the window. */
export async function nudgedIn(
  db: Executor,
  campaign: number,
  window: string,
  people: number[],
): Promise<Set<number>> {
  const keys = people.map((person) => nudgeKey(campaign, window, person))
  const rows = await db
    .selectFrom('outbox')
    .where(sql<boolean>`key = any(${keys}::text[])`)
    .select('person_id')
    .execute()
  return new Set(rows.flatMap(({ person_id }) => person_id ?? []))
}

/** Chats into which the bot can speak first, of any unit. */
export async function speakingChats(
  db: Executor,
  campaign: number,
): Promise<(AlertChat & { chat: string })[]> {
  const rows = await db
    .selectFrom('chat')
    .where('campaign_id', '=', campaign)
    .where('purpose', '=', 'work')
    .where('push_off_at', 'is', null)
    .where((e) => e.or([e('push', 'is not', null), e('platform', '=', 'dingtalk')]))
    .orderBy('id')
    .select(['id', 'platform', 'chat_id as chat', 'unit_id as unit'])
    .execute()
  return rows.map((row) => ({ ...row, platform: row.platform as AlertChat['platform'] }))
}

/**
 * Notes people as nudged in a group's line, which is one message for several: each has a row of their own in the
 * outbox, which is listed and never sent, so that the same key stands for a nudge on either way.
 * @returns those who were not nudged in the window before
 */
export async function claimInChat(
  tx: Executor,
  campaign: number,
  { window, now, people }: { window: string; now: Date; people: number[] },
): Promise<Set<number>> {
  const given = people.map((person) => ({ person, key: nudgeKey(campaign, window, person) }))
  const reply = JSON.stringify({ blocks: [{ kind: 'text', text: '催报' }] })
  const { rows } = await sql<{ person_id: number }>`
    insert into outbox (campaign_id, key, person_id, lane, target, kind, reply, due_at, queued_at, not_before, state,
      retry_at, code, reason, settled_at)
    select ${campaign}::bigint, r.key, r.person, 'none', 'person:' || r.person || ':', 'notice', ${reply}::jsonb,
      ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz, 'cancelled', null, 'in-chat',
      '没有可以私聊的账号，在群里催', ${now}::timestamptz
    from ${recordset(given, 'person bigint, key text')} on conflict (key) do nothing returning person_id`.execute(
    tx,
  )
  return new Set(rows.map(({ person_id }) => person_id))
}
