// Who has to hear of a bulletin, and what became of it in each chat.
import { sql } from 'kysely'
import type { AlertChat } from './alerts.ts'
import type { Bulletin } from './bulletins.ts'
import { clerksOf } from './clerks.ts'
import type { Executor } from './connection.ts'

/** Who may put a name under what somebody else has drafted: the clerks, or the leaders where there is no other clerk. */
export async function approversBeside(
  db: Executor,
  campaign: number,
  unit: number,
  drafter: number | null,
): Promise<number[]> {
  const others = (await clerksOf(db, campaign, unit)).filter((id) => id !== drafter)
  if (others.length > 0) return others
  const leaders = await db
    .selectFrom('assignment')
    .innerJoin('person', 'person.id', 'person_id')
    .where('assignment.campaign_id', '=', campaign)
    .where('role', '=', 'district_leader')
    .where('valid_to', 'is', null)
    .where('status', '=', 'active')
    .orderBy('person.id')
    .distinct()
    .select('person.id')
    .execute()
  return leaders.map(({ id }) => id).filter((id) => id !== drafter)
}

/** Under which key a draft goes to a person unasked, once. */
export const noticeKey = ({ id }: Pick<Bulletin, 'id'>, person: number): string =>
  `bulletin-draft:${id}:${person}`

/** Whether the draft has reached a person that way. */
export async function wasNotified(
  db: Executor,
  bulletin: Pick<Bulletin, 'id'>,
  person: number,
): Promise<boolean> {
  const row = await db
    .selectFrom('outbox')
    .where('key', '=', noticeKey(bulletin, person))
    .where('state', '=', 'accepted')
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

export interface Copy {
  chat: AlertChat
  title: string
  /** How often it was queued for the chat; 0 = the chat was bound later. */
  times: number
  /** Of the newest copy. */
  fate: 'accepted' | 'open' | 'failed' | 'never'
}

/** What became of a published bulletin in each of these chats. */
export async function copiesOf(db: Executor, bulletin: number, chats: AlertChat[]): Promise<Copy[]> {
  if (chats.length === 0) return []
  const { rows } = await sql<{
    chat: number
    title: string
    times: number
    state: string | null
    open: boolean
  }>`
    select chat.id as chat, coalesce(nullif(chat.title, ''), chat.chat_id) as title, coalesce(sent.times, 0) as times,
      sent.state, coalesce(sent.open, false) as open
    from chat left join lateral (
      select state, retry_at is not null as open, (count(*) over ())::int as times from outbox
      where outbox.chat_id = chat.id and outbox.key like ${`bulletin:${bulletin}:%`}
      order by id desc limit 1) sent on true
    where chat.id = any(${chats.map(({ id }) => id)}) order by chat.id`.execute(db)
  return rows.flatMap(({ chat: id, title, times, state, open }) => {
    const chat = chats.find((one) => one.id === id)
    const fate = state === null ? 'never' : open ? 'open' : state === 'accepted' ? 'accepted' : 'failed'
    return chat ? [{ chat, title, times, fate }] : []
  })
}

/** When the first of these messages may go out, and how many cannot go out at all. */
export async function queuedUnder(
  tx: Executor,
  keys: string[],
): Promise<{ from: Date | null; failed: number }> {
  const row = await tx
    .selectFrom('outbox')
    .where('key', 'in', keys)
    .select((e) => e.fn.min('not_before').as('from'))
    .select(sql<number>`count(*) filter (where state = 'failed')::int`.as('failed'))
    .executeTakeFirst()
  return { from: row?.from ?? null, failed: row?.failed ?? 0 }
}
