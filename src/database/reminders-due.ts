// Reminders that have come due: claimed by one replica, and what follows from them written in one statement.
import { sql } from 'kysely'
import { type Role, reach } from '../campaign/permissions.ts'
import type { Firing } from '../campaign/recurrence.ts'
import type { Executor } from './connection.ts'

export const mostAtOnce = 500

export type Due = Awaited<ReturnType<typeof claimDue>>[number]

/**
 * Locks what is due, oldest first; another replica passes over it. The cost follows what is due: the index holds only
 * active reminders, by time (`domain.md` R3). A reminder ends here, unsaid, when its campaign is over or, in private,
 * when its owner has left: it would stay due for ever.
 */
export async function claimDue(tx: Executor, now: Date) {
  for (;;) {
    const claimed = await lockDue(tx, now)
    const over = claimed.filter(({ isOver }) => isOver)
    if (over.length === 0) return claimed.map(({ isOver, ...reminder }) => reminder)
    // What is in force comes up again, with what stands behind it: a batch that is not full is the last.
    await moveOn(
      tx,
      over.map(({ id }) => ({ id, next: undefined })),
    )
  }
}

async function lockDue(tx: Executor, now: Date) {
  const rows = await tx
    .selectFrom('reminder')
    .innerJoin('campaign', 'campaign.id', 'reminder.campaign_id')
    .innerJoin('person', 'person.id', 'owner_id')
    .leftJoin('chat', (join) =>
      join
        .on('is_group', '=', true)
        .onRef('chat.platform', '=', 'reminder.platform')
        .onRef('chat.chat_id', '=', 'reminder.chat_id')
        .onRef('chat.campaign_id', '=', 'reminder.campaign_id'),
    )
    .where('reminder.status', '=', 'active')
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .limit(mostAtOnce)
    .forUpdate('reminder')
    .skipLocked()
    .select(['reminder.id', 'reminder.campaign_id as campaign', 'reminder.platform', 'is_group', 'owner_id'])
    .select(['owner_account', 'audience', 'text', 'schedule', 'next_at', 'next_moment', 'skip_until'])
    .select(['chat.id as chat', 'campaign.status as campaignStatus', 'person.status as ownerStatus'])
    .execute()
  // Of one minute by their ids: sorted here, so that the database reads no further than the limit.
  const sorted = rows.toSorted((a, b) => Number(a.next_at) - Number(b.next_at) || a.id - b.id)
  return sorted.map(({ next_at, next_moment, campaignStatus, ownerStatus, ...row }) => ({
    ...row,
    isOver:
      (campaignStatus !== 'active' && campaignStatus !== 'closing') ||
      (!row.is_group && ownerStatus !== 'active'),
    /** The firing it waited for; the database lets none be active without. */
    first: { fire: next_at ?? now, moment: next_moment ?? next_at ?? now },
  }))
}

export interface Fired {
  id: number
  /** Undefined = it is over. */
  next: Firing | undefined
}

/** Moves every reminder on to its next firing, in one statement. */
export async function moveOn(tx: Executor, fired: Fired[]): Promise<void> {
  const moved = fired.map(({ id, next }) => ({ id, at: next?.fire ?? null, moment: next?.moment ?? null }))
  await sql`
    update reminder set next_at = m.at, next_moment = m.moment,
      status = case when m.at is null then 'done' else status end
    from json_to_recordset(${JSON.stringify(moved)}::json) as m(id bigint, at timestamptz, moment timestamptz)
    where reminder.id = m.id`.execute(tx)
}

const prefixOf = (reminder: number) => `reminder:${reminder}:`
/** The name of one firing in the outbox, which is the record of what became of it. */
export const keyOf = (reminder: number, planned: Date) => `${prefixOf(reminder)}${planned.toISOString()}`

/** Stops what was queued of these reminders and has certainly not been seen. */
export async function withdraw(tx: Executor, reminders: number[], at: Date): Promise<void> {
  await sql`
    update outbox set state = 'cancelled', retry_at = null, settled_at = ${at}
    from unnest(${reminders.map(prefixOf)}::text[]) as prefix
    where key >= prefix and key < prefix || '~' and state = 'queued' and unknowns = 0 and parts_sent = 0`.execute(
    tx,
  )
}

export interface Call {
  reminder: number
  chat: number
  owner: number
  /** The day on which it is said. */
  day: string
}

/**
 * Which of these reminders may call everybody: only of people who may, and one a day in each chat (`domain.md` C2). The
 * chats stay locked until the transaction ends: of two replicas one calls.
 * @param calls in the order in which they are said
 */
export async function mayCallAll(tx: Executor, calls: Call[]): Promise<Set<number>> {
  if (calls.length === 0) return new Set()
  const chats = [...new Set(calls.map(({ chat }) => chat))]
  await sql`select id from chat where id = any(${chats}) order by id for no key update`.execute(tx)
  const { rows } = await sql<Call & { role: Role; within: boolean }>`
    with recursive call as (
      select * from jsonb_to_recordset(${JSON.stringify(calls)}::jsonb)
        as c(reminder bigint, chat bigint, owner bigint, day date)
    ), up as (
      select id as chat, unit_id as unit from chat where id = any(${chats})
      union all
      select chat, parent_id from up join unit_version on unit_id = unit and valid_to is null
        where parent_id is not null)
    select reminder, call.chat, owner, day, role, bool_or(assignment.unit_id is not distinct from unit) as within
    from call join up on up.chat = call.chat
    join assignment on person_id = owner and valid_from <= day and (valid_to is null or valid_to >= day)
    where not exists (select from outbox where chat_id = call.chat and reply->'mention' @> '["@all"]'
      and state not in ('failed', 'cancelled') and (not_before at time zone 'Asia/Shanghai')::date = day)
    group by reminder, call.chat, owner, day, role`.execute(tx)
  const may = new Set(rows.filter(isAllowed).map(({ reminder }) => reminder))
  const called = new Set<string>()
  return new Set(
    calls.flatMap(({ reminder, chat, day }) => {
      if (!may.has(reminder) || called.has(`${chat}/${day}`)) return []
      called.add(`${chat}/${day}`)
      return reminder
    }),
  )
}

const isAllowed = ({ role, within }: { role: Role; within: boolean }) => {
  const how = reach(role, 'mention_all')
  return how === 'all' || (how === 'tree' && within)
}
