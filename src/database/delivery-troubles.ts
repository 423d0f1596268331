// What the clerks should know every morning: what failed, is of unknown outcome or waits too long (`domain.md` N22, R3).
import { sql } from 'kysely'
import { dateOf, momentOf } from '../clock.ts'
import type { Executor } from './connection.ts'
import type { Delivery } from './deliveries.ts'

export interface Trouble extends Pick<Delivery, 'state' | 'code' | 'reason' | 'off'> {
  /** The chat's title and unit; both null for what was for people. */
  chat: string | null
  unit: number | null
  n: number
}

/** A reason to speak of it: at other hours a queue is worked off within this time (`domain.md` R6). */
const patience = 10 * 60_000
/** Keys of the note itself: a note about notes would come every morning. */
const ownKey = 'delivery-note:'

/** Until when the clerks have been told: the slot of the last note, else a day ago. */
export async function toldUntil(db: Executor, job: string, now: Date): Promise<Date> {
  const last = await db
    .selectFrom('job_run')
    .where('job', '=', job)
    .where('slot', '<', now)
    .where('finished_at', 'is not', null)
    .where('failure', 'is', null)
    .select((e) => e.fn.max('slot').as('slot'))
    .executeTakeFirst()
  return last?.slot ?? new Date(now.getTime() - 24 * 3600_000)
}

/**
 * What failed or became uncertain in (`since`, `now`], and what waits although it might have gone out a while ago; by
 * chat and reason, in the order of the chats. What a newer message made needless is no trouble.
 */
export async function troublesOf(
  db: Executor,
  campaign: number,
  { since, now }: { since: Date; now: Date },
): Promise<Trouble[]> {
  const { rows } = await sql<Trouble>`
    select coalesce(nullif(chat.title, ''), chat.chat_id) as chat, chat.unit_id as unit, outbox.state, outbox.code,
      min(outbox.reason) as reason, outbox.retry_at is not null and chat.push_off_at is not null as off,
      count(distinct coalesce(outbox.batch, outbox.id))::int as n
    from outbox left join chat on chat.id = outbox.chat_id
    where outbox.campaign_id = ${campaign} and not starts_with(outbox.key, ${ownKey})
      and case when outbox.retry_at is not null then outbox.not_before <= ${new Date(now.getTime() - patience)}
        else outbox.state in ('failed', 'uncertain') and outbox.settled_at > ${since} and outbox.settled_at <= ${now}
          and outbox.code is distinct from 'needless' end
    group by chat.id, 1, 2, outbox.state, outbox.code, off order by chat.id nulls last, outbox.state, outbox.code`.execute(
    db,
  )
  return rows
}

/**
 * Gives up what has waited for more than a day for a chat whose robot is out of use: nobody else would, and nothing is
 * to wait for ever (`domain.md` R3). What may have arrived stays of unknown outcome.
 */
export async function giveUpWaiting(db: Executor, now: Date): Promise<void> {
  const since = new Date(now.getTime() - 24 * 3600_000)
  await sql`
    update outbox set retry_at = null, settled_at = ${now}, batch = case when unknowns > 0 then batch end,
      state = case when state = 'queued' and unknowns = 0 then 'failed' else 'uncertain' end,
      code = case when state = 'queued' and unknowns = 0 then 'expired' else coalesce(code, 'unknown') end,
      reason = case when state = 'queued' and unknowns = 0 then '机器人停用，等了24小时' else reason end
    from chat where chat.id = outbox.chat_id and chat.push_off_at is not null
      and outbox.retry_at <= clock_timestamp() and outbox.not_before < ${since}`.execute(db)
}

/** What DingTalk counts for the whole organisation in a calendar month (`protocols/dingtalk.md` §10.1). */
export interface Usage {
  /** Messages heard, as many answers, and pushes through groups' own robots. */
  webhook: number
  /** Pushes through the app. */
  api: number
}

/** The usage so far in the month of `now`, as far as this bot knows: other robots count too. */
export async function usageOf(db: Executor, now: Date): Promise<Usage> {
  const month = momentOf(`${dateOf(now).slice(0, 7)}-01`, '00:00')
  const { rows } = await sql<{ heard: number; webhook: number; api: number }>`
    with sent as (
      select outbox.lane, max(parts_sent) + 1 as parts from outbox
      left join chat on chat.id = outbox.chat_id
      where state = 'accepted' and settled_at >= ${month} and settled_at <= ${now}
        and (outbox.lane = 'dingtalk:app' or (chat.platform = 'dingtalk' and starts_with(outbox.lane, 'chat:')))
      group by outbox.lane, coalesce(batch, outbox.id))
    select (select count(*) from heard where platform = 'dingtalk' and heard_at >= ${month} and heard_at <= ${now})::int
        as heard,
      coalesce(sum(parts) filter (where lane <> 'dingtalk:app'), 0)::int as webhook,
      coalesce(sum(parts) filter (where lane = 'dingtalk:app'), 0)::int as api
    from sent`.execute(db)
  const { heard, webhook, api } = rows[0] ?? { heard: 0, webhook: 0, api: 0 }
  return { webhook: 2 * heard + webhook, api }
}
