// What became of the messages that were queued: sent, waiting, of unknown outcome, failed (`domain.md` N22, R3).
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Reply } from '../message.ts'
import type { Executor } from './connection.ts'
import type { Database, PushKind } from './schema.ts'

/** Messages of one chat, or those to the chats and people of some units; `people` also of those without a unit. */
export type Scope = { chat: number } | { units: number[]; everybody: boolean }

/** Messages that went out as one are one delivery, under the number that stands in it. */
export interface Delivery {
  number: number
  /** Of its first message: says what it belongs to (`database/pushes.ts`). */
  key: string
  /** How many messages are in it. */
  together: number
  kind: PushKind
  /** Whom it is for: the title of the chat, or the person's name. */
  to: string
  state: Selectable<Database['outbox']>['state']
  code: string | null
  reason: string | null
  /** It may be sent (again). */
  open: boolean
  /** It waits for a robot: the chat's is out of use. */
  off: boolean
  tries: number
  reply: Reply
  due_at: Date
  queued_at: Date
  not_before: Date
  settled_at: Date | null
}

/**
 * What was settled on a day, and with `open` also what still waits, newest first.
 * @param day calendar date in Asia/Shanghai
 */
export function deliveriesOn(
  db: Executor,
  campaign: number,
  { scope, day, open }: { scope: Scope; day: string; open: boolean },
): Promise<Delivery[]> {
  const isOfDay = sql<boolean>`(outbox.retry_at is null
    and (outbox.settled_at at time zone 'Asia/Shanghai')::date = ${day}::date)`
  return read(db, campaign, scope, open ? sql`(outbox.retry_at is not null or ${isOfDay})` : isOfDay)
}

/** One, by the number that is in it, or by the number of a message that went out with it. */
export async function deliveryWith(
  db: Executor,
  campaign: number,
  scope: Scope,
  number: number,
): Promise<Delivery | undefined> {
  const batch = sql`(select coalesce(batch, id) from outbox where id = ${number})`
  const [found] = await read(db, campaign, scope, sql`coalesce(outbox.batch, outbox.id) = ${batch}`)
  return found
}

async function read(
  db: Executor,
  campaign: number,
  scope: Scope,
  which: RawBuilder<unknown>,
): Promise<Delivery[]> {
  const { rows } = await sql<Delivery>`
    select * from (
      select distinct on (coalesce(outbox.batch, outbox.id)) coalesce(outbox.batch, outbox.id) as number,
        (count(*) over (partition by coalesce(outbox.batch, outbox.id)))::int as together, outbox.kind, outbox.key,
        coalesce(nullif(chat.title, ''), chat.chat_id, person.name) as to, outbox.state, outbox.code, outbox.reason,
        outbox.retry_at is not null as open, chat.push_off_at is not null as off, outbox.tries, outbox.reply,
        outbox.due_at, outbox.queued_at, outbox.not_before, outbox.settled_at
      from outbox left join chat on chat.id = outbox.chat_id left join person on person.id = outbox.person_id
      where outbox.campaign_id = ${campaign} and ${inScope(scope)} and ${which}
      order by coalesce(outbox.batch, outbox.id), outbox.id) found
    order by number desc`.execute(db)
  return rows
}

function inScope(scope: Scope): RawBuilder<unknown> {
  if ('chat' in scope) return sql`outbox.chat_id = ${scope.chat}`
  if (scope.everybody) return sql`true`
  return sql`(chat.unit_id = any(${scope.units}) or exists (select from assignment
    where person_id = outbox.person_id and unit_id = any(${scope.units}) and valid_to is null))`
}

/** The chat itself, as far as it bears on what is sent into it. */
export function chatState(db: Executor, platform: string, chatId: string) {
  return db
    .selectFrom('chat')
    .where('platform', '=', platform)
    .where('chat_id', '=', chatId)
    .select(['id', 'title', 'platform', 'unit_id', 'push_off_at', 'push_off_why'])
    .executeTakeFirst()
}

/** Chats of some units whose robot is out of use. */
export function chatsOff(db: Executor, campaign: number, units: number[]) {
  return db
    .selectFrom('chat')
    .where('campaign_id', '=', campaign)
    .where('unit_id', 'in', units)
    .where('push_off_at', 'is not', null)
    .orderBy('id')
    .select(['id', 'title', 'platform', 'unit_id', 'push_off_at', 'push_off_why'])
    .execute()
}
