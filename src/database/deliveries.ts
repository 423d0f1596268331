// What became of the messages that were queued: sent, waiting, of unknown outcome, failed (`domain.md` N22, R3).
import { type RawBuilder, type Selectable, sql } from 'kysely'
import { addDays, momentOf } from '../clock.ts'
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
  state: Exclude<Selectable<Database['outbox']>['state'], 'kept'>
  code: string | null
  reason: string | null
  /** It may be sent (again). */
  open: boolean
  /** It waits for a robot: the chat's is out of use. */
  off: boolean
  tries: number
  /** What it says first. */
  said: string | null
  due_at: Date
  queued_at: Date
  not_before: Date
  settled_at: Date | null
}

export interface Deliveries {
  /** So many as were asked for. */
  shown: Delivery[]
  /** How many there are in all, by what became of them. */
  counts: (Pick<Delivery, 'state' | 'code'> & { n: number })[]
}

/**
 * What was settled on a day, and with `open` also what still waits.
 * @param day calendar date in Asia/Shanghai
 * @param first which are shown when there are more than `most`: the newest, or first those that need somebody
 */
export async function deliveriesOn(
  db: Executor,
  campaign: number,
  {
    scope,
    day,
    open,
    most,
    first,
  }: { scope: Scope; day: string; open: boolean; most: number; first: 'newest' | 'troubled' },
): Promise<Deliveries> {
  const [from, until] = [momentOf(day, '00:00'), momentOf(addDays(day, 1), '00:00')]
  const isOfDay = sql`(outbox.retry_at is null and outbox.settled_at >= ${from} and outbox.settled_at < ${until})`
  const which = open ? sql`(outbox.retry_at is not null or ${isOfDay})` : isOfDay
  const all = found(campaign, scope, which)
  const { rows: counts } = await sql<Deliveries['counts'][number]>`
    select state, code, count(*)::int as n from (${all}) found group by state, code`.execute(db)
  const order = first === 'newest' ? sql`number desc` : sql`${urgency}, number desc`
  const { rows: shown } = await sql<Delivery>`
    select * from (${all}) found order by ${order} limit ${most}`.execute(db)
  return { shown, counts }
}

const urgency = sql`case state when 'failed' then 1 when 'uncertain' then 2
  when 'queued' then case when code is null then 4 else 3 end when 'sending' then 4 else 5 end`

/** One, by the number that is in it, or by the number of a message that went out with it. */
export async function deliveryWith(
  db: Executor,
  campaign: number,
  scope: Scope,
  number: number,
): Promise<Delivery | undefined> {
  const batch = sql`(select coalesce(batch, id) from outbox where id = ${number})`
  const { rows } = await found(campaign, scope, sql`coalesce(outbox.batch, outbox.id) = ${batch}`).execute(db)
  return rows[0]
}

/** Deliveries, each by its first message; never with pictures and files. A file that lies for a link is none. */
const found = (campaign: number, scope: Scope, which: RawBuilder<unknown>) => sql<Delivery>`
  select distinct on (coalesce(outbox.batch, outbox.id)) coalesce(outbox.batch, outbox.id) as number,
    (count(*) over (partition by coalesce(outbox.batch, outbox.id)))::int as together, outbox.kind, outbox.key,
    coalesce(nullif(chat.title, ''), chat.chat_id, person.name) as to, outbox.state, outbox.code, outbox.reason,
    outbox.retry_at is not null as open, chat.push_off_at is not null as off, outbox.tries, outbox.said,
    outbox.due_at, outbox.queued_at, outbox.not_before, outbox.settled_at
  from outbox left join chat on chat.id = outbox.chat_id left join person on person.id = outbox.person_id
  where outbox.campaign_id = ${campaign} and outbox.state <> 'kept' and ${inScope(scope)} and ${which}
  order by coalesce(outbox.batch, outbox.id), outbox.id`

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
