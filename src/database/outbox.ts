// The outbox in SQL: what is to be pushed is queued once, claimed by one replica, and ends in a state that says how.
import { type RawBuilder, sql, type UpdateObject } from 'kysely'
import type { PlatformName, Reply } from '../message.ts'
import type { Db, Executor } from './connection.ts'
import type { Database, PushKind } from './schema.ts'

/** A message ready to be queued: when it may go has been decided. */
export interface NewMessage {
  campaign: number
  chat: number | null
  person: number | null
  /** For a person: the wished-for platform. */
  platform: string | null
  kind: PushKind
  reply: Reply
  key: string
  due: Date
  notBefore: Date
  /** Not sent at all, only listed (送达): the reason. */
  refused: { code: string; reason: string } | null
}

/**
 * Queues messages; what is there under the same key stays as it is. A person is reached on one of `privately`, else
 * the message is only listed. Call it in the transaction that causes the messages (`domain.md` R3).
 */
export async function enqueue(
  tx: Executor,
  messages: NewMessage[],
  { queuedAt, privately }: { queuedAt: Date; privately: string[] },
): Promise<void> {
  if (messages.length === 0) return
  const rows = messages.map(({ refused, notBefore, ...one }, n) => ({
    ...{ n, ...one, ...refused, not_before: notBefore },
  }))
  await sql`
    with given as (
      select r.*, chat.platform as chat_platform, chat.push, way.platform as way
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(n int, campaign bigint, chat bigint, person bigint,
        platform text, kind text, reply jsonb, key text, due timestamptz, not_before timestamptz, code text, reason text)
      left join chat on chat.id = r.chat
      left join lateral (
        select account.platform from account where account.person_id = r.person and account.platform = any(${privately})
        order by account.platform is not distinct from r.platform desc, account.platform limit 1
      ) way on true
    ), judged as (
      select given.*,
        case when chat is null then coalesce(way || ':app', 'none')
          when chat_platform = 'dingtalk' and push is null then 'dingtalk:app' else 'chat:' || chat end as lane,
        case when chat is null then 'person:' || person || ':' || coalesce(way, '') else 'chat:' || chat end as target,
        coalesce(code, case when chat is null and way is null then 'no-way' end) as problem
      from given
    ), paced as (
      insert into pace (key) select distinct unnest(array[lane, target]) from judged where problem is null order by 1
      on conflict do nothing
    )
    insert into outbox (campaign_id, key, chat_id, person_id, platform, lane, target, kind, reply, due_at, queued_at,
      not_before, state, retry_at, code, reason, settled_at)
    select campaign, key, chat, person, way, lane, target, kind, reply, due, ${queuedAt}, not_before,
      case when problem is null then 'queued' else 'failed' end, case when problem is null then 'epoch'::timestamptz end,
      problem, coalesce(reason, case when problem is not null then '没有可以私聊的账号' end),
      case when problem is not null then ${queuedAt}::timestamptz end
    from judged order by due, n on conflict (key) do nothing`.execute(tx)
}

export interface Waiting {
  id: number
  campaign_id: number
  key: string
  chat_id: number | null
  person_id: number | null
  platform: string | null
  lane: string
  target: string
  reply: Reply
  queued_at: Date
  not_before: Date
  /** Where it goes: the chat's or the account's id on its platform, and the chat's own robot, sealed. */
  to_platform: PlatformName | null
  to_id: string | null
  push: string | null
  kind: PushKind
  state: 'queued' | 'sending' | 'uncertain'
  batch: number | null
  parts_sent: number
  tries: number
  unknowns: number
}

/** Real time as SQL: `clock_timestamp()`, so that replicas agree; a test may stand still. */
export type RealTime = () => RawBuilder<Date>
export const databaseTime: RealTime = () => sql<Date>`clock_timestamp()`

/** Most messages of one target that are looked at together. */
const mostTogether = 30

/**
 * Locks lanes that are free and have something due, and what waits there for one target each, oldest first. Of several
 * targets it is the one that has waited longest since it was last tried: one that is refused again and again does not
 * keep the others. Messages to a chat whose
 * robot is out of use wait until it has a new one.
 * @param tx a transaction: what is locked is free again at its end
 */
export async function lockDue(
  tx: Executor,
  { now, real, most }: { now: Date; real: RealTime; most: number },
): Promise<Waiting[][]> {
  const { rows: lanes } = await sql<{ key: string }>`
    select key from pace where free_at <= ${real()} and key in (
      select lane from outbox left join chat on chat.id = outbox.chat_id
      where retry_at <= ${real()} and not_before <= ${now} and push_off_at is null)
    order by free_at, key limit ${most} for update skip locked`.execute(tx)
  if (lanes.length === 0) return []
  const keys = lanes.map(({ key }) => key)
  const { rows } = await sql<Waiting>`
    with first as (
      select distinct on (outbox.lane) outbox.lane, outbox.target from outbox
      join pace on pace.key = outbox.target and (pace.free_at <= ${real()} or pace.key = outbox.lane)
      left join chat on chat.id = outbox.chat_id
      where outbox.lane = any(${keys}) and retry_at <= ${real()} and not_before <= ${now} and push_off_at is null
      order by outbox.lane, retry_at, outbox.id)
    select found.*, coalesce(chat.platform, account.platform, found.platform) as to_platform,
      coalesce(chat.chat_id, found.account, account.userid) as to_id, chat.push
    from first cross join lateral (
      select id, campaign_id, outbox.key, outbox.chat_id, person_id, platform, outbox.account, outbox.lane, outbox.target,
        reply, kind, queued_at, not_before, state, batch, parts_sent, tries, unknowns
      from outbox where outbox.lane = first.lane and outbox.target = first.target
        and retry_at <= ${real()} and not_before <= ${now}
      order by id limit ${mostTogether} for update skip locked) found
    left join chat on chat.id = found.chat_id
    left join lateral (select platform, userid from account where account.person_id = found.person_id
      and account.platform = found.platform order by created_at desc limit 1) account on true
    order by found.lane, found.id`.execute(tx)
  return keys.map((key) => rows.filter(({ lane }) => lane === key)).filter((waiting) => waiting.length > 0)
}

/** Whoever sends has this long, in seconds; `outbox.ts` gives up before. */
const leaseSeconds = 30

/**
 * Marks messages as being sent, as one, their lane as busy for `laneMs`, and their target until `settle`: what waits
 * behind them must not overtake them.
 * @returns the real time at which it began
 */
export async function startSending(
  tx: Executor,
  messages: Waiting[],
  { batch, laneMs, real }: { batch: number; laneMs: number; real: RealTime },
): Promise<Date> {
  const [{ lane, target } = { lane: '', target: '' }] = messages
  const tries = triesOf(messages)
  const lease = sql`${leaseSeconds}::int * interval '1 second'`
  const { rows } = await sql<{ began: Date }>`
    with paced as (
      update pace set free_at = ${real()} + case when key = ${target} then ${lease}
        else ${laneMs}::int * interval '1 millisecond' end where key in (${lane}, ${target}))
    update outbox set unknowns = unknowns + (state = 'sending')::int, state = 'sending', batch = ${batch},
      tries = ${tries}, retry_at = ${real()} + ${lease}
    where id = any(${messages.map(({ id }) => id)}) returning retry_at - ${lease} as began`.execute(tx)
  return rows[0]?.began ?? new Date(0)
}

/** The same for all that goes out as one, and another one each time: it tells whose attempt a message belongs to. */
const triesOf = (messages: Waiting[]) => Math.max(...messages.map(({ tries }) => tries)) + 1

/** How sending ended, for messages that went out as one. Times to wait are seconds of real time. */
export type Ending =
  | { how: 'accepted'; at: Date }
  /** One of several parts has arrived, or none was sent: the rest follows. */
  | { how: 'again'; partsSent: number; after: number; code?: string; reason?: string; laneAfter?: number }
  | { how: 'unknown'; code: string; reason: string; at: Date; after: number | null }
  | { how: 'failed'; code: string; reason: string; at: Date }

/**
 * Notes how it ended, and when the target, and after a limit the lane, is free again.
 * @param freeAt from when the target may get the next message
 * @returns false when somebody else has taken the messages over meanwhile (the lease ran out): nothing is noted then
 */
export async function settle(
  db: Executor,
  messages: Waiting[],
  end: Ending,
  { freeAt, real }: { freeAt: Date; real: RealTime },
): Promise<boolean> {
  const [first] = messages
  if (!first) return false
  const wait = (seconds: number) => sql<Date>`${real()} + ${seconds}::float8 * interval '1 second'`
  const laneAfter = 'laneAfter' in end ? end.laneAfter : undefined
  const { n } = await db
    .with('done', (tx) =>
      tx
        .updateTable('outbox')
        .set({ ...why(end), ...changes(end, wait) })
        .where('id', 'in', idsOf(messages))
        .where('state', '=', 'sending')
        .where('tries', '=', triesOf(messages))
        .returning('outbox.id'),
    )
    .with('paced', (tx) =>
      tx
        .updateTable('pace')
        .set((e) => ({
          free_at:
            laneAfter === undefined
              ? freeAt
              : e.case().when('key', '=', first.lane).then(wait(laneAfter)).else(freeAt).end(),
        }))
        .where('key', 'in', laneAfter === undefined ? [first.target] : [first.target, first.lane])
        .where(({ exists, selectFrom }) => exists(selectFrom('done').select('done.id')))
        .returning('key'),
    )
    .selectFrom('done')
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n > 0
}

/** Ends messages that are locked and not sent at all. */
export async function dismiss(tx: Executor, messages: Waiting[], end: Ending): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ ...why(end), ...changes(end, () => sql<Date>`null`) })
    .where('id', 'in', idsOf(messages))
    .execute()
}

/** Lets messages that are locked wait for a better time, by the bot's clock. */
export async function postpone(tx: Executor, messages: Waiting[], until: Date): Promise<void> {
  await tx.updateTable('outbox').set({ not_before: until }).where('id', 'in', idsOf(messages)).execute()
}

const idsOf = (messages: Waiting[]) => messages.map(({ id }) => id)
const why = (end: Ending) => ({
  code: 'code' in end ? (end.code ?? null) : null,
  reason: 'reason' in end ? (end.reason ?? null) : null,
})

function changes(end: Ending, wait: (seconds: number) => RawBuilder<Date>): UpdateObject<Database, 'outbox'> {
  switch (end.how) {
    case 'accepted':
    case 'failed':
      return { state: end.how, retry_at: null, settled_at: end.at }
    case 'unknown':
      return {
        ...{ state: 'uncertain', settled_at: end.at, unknowns: sql<number>`unknowns + 1` },
        retry_at: end.after === null ? null : wait(end.after),
      }
    case 'again':
      return {
        ...{ state: 'queued', parts_sent: end.partsSent, retry_at: wait(end.after) },
        // Messages that have certainly not been seen may be put together anew.
        batch: sql<number | null>`case when unknowns > 0 or ${end.partsSent}::int > 0 then batch end`,
      }
  }
}

/** Milliseconds until something may be sent again; undefined when nothing waits. */
export async function nextDue(db: Db, now: Date, real: RealTime): Promise<number | undefined> {
  const { rows } = await sql<{ ms: number | null }>`
    select extract(epoch from min(greatest(retry_at, lane.free_at, target.free_at)) - ${real()})::float8 * 1000 as ms
    from outbox join pace lane on lane.key = outbox.lane join pace target on target.key = outbox.target
    left join chat on chat.id = outbox.chat_id
    where retry_at is not null and not_before <= ${now} and push_off_at is null`.execute(db)
  return rows[0]?.ms ?? undefined
}
