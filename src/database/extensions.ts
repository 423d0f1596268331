// Requests to move a deadline: asked, passed on by the street, granted or refused by the district (`domain.md` C6).
import { sql } from 'kysely'
import type { Executor } from './connection.ts'
import type { ExtensionState } from './schema-scores.ts'

export interface Request {
  id: number
  unit: number
  indicator: number
  due_before: string
  due: string
  reason: string
  asked_by: number
  asker: string
  state: ExtensionState
  passed_by: string | null
  decided_by: string | null
}

/** A clerk who may decide: of a sub-district (with its unit), or of the district. */
export interface Clerk {
  id: number
  name: string
  role: 'street_admin' | 'district_admin'
  unit: number | null
}

const requests = (db: Executor, campaign: number) =>
  db
    .selectFrom('extension')
    .innerJoin('person', 'person.id', 'asked_by')
    .where('extension.campaign_id', '=', campaign)
    .select(['extension.id', 'unit_id as unit', 'indicator_id as indicator', 'due_before', 'due', 'reason'])
    .select(['asked_by', 'person.name as asker', 'state', 'passed_by', 'decided_by'])
    .orderBy('extension.id')

/** Those that nobody has decided yet, the oldest first. */
export function openRequests(db: Executor, campaign: number): Promise<Request[]> {
  return requests(db, campaign).where('state', 'in', ['asked', 'passed']).execute()
}

export function requestWith(db: Executor, campaign: number, id: number): Promise<Request | undefined> {
  return requests(db, campaign).where('extension.id', '=', id).executeTakeFirst()
}

/** What became of one cell's deadline: the request that is open, and those that were granted, the oldest first. */
export async function requestsOf(
  db: Executor,
  campaign: number,
  { unit, indicator }: { unit: number; indicator: number },
): Promise<{ open: Request | undefined; granted: Request[] }> {
  const all = await requests(db, campaign)
    .where('unit_id', '=', unit)
    .where('indicator_id', '=', indicator)
    .where('state', 'in', ['asked', 'passed', 'granted'])
    .execute()
  return {
    open: all.find(({ state }) => state !== 'granted'),
    granted: all.filter(({ state }) => state === 'granted'),
  }
}

/** Who decides, today: clerks in office, of all sub-districts and of the district. */
export async function decidersOf(db: Executor, campaign: number, today: string): Promise<Clerk[]> {
  const rows = await db
    .selectFrom('assignment')
    .innerJoin('person', 'person.id', 'assignment.person_id')
    .where('assignment.campaign_id', '=', campaign)
    .where('role', 'in', ['street_admin', 'district_admin'])
    .where('valid_from', '<=', today)
    .where((e) => e.or([e('valid_to', 'is', null), e('valid_to', '>=', today)]))
    .where('person.status', '=', 'active')
    .orderBy('person.id')
    .select(['person.id', 'person.name', 'role', 'unit_id as unit'])
    .execute()
  return rows.map((row) => ({ ...row, role: row.role as Clerk['role'] }))
}

export async function addRequest(
  tx: Executor,
  campaign: number,
  asker: { id: number; name: string },
  now: Date,
  request: Pick<Request, 'unit' | 'indicator' | 'due_before' | 'due' | 'reason'>,
): Promise<number> {
  const { unit, indicator, ...rest } = request
  const made = { created_by: asker.name, created_at: now, asked_by: asker.id }
  const { id } = await tx
    .insertInto('extension')
    .values({ campaign_id: campaign, unit_id: unit, indicator_id: indicator, ...rest, ...made })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/**
 * Moves a request on from the state it was seen in.
 * @param due_before the deadline as it is now: a workbook may have moved it since it was asked
 * @returns false when somebody else did so a moment before
 */
export async function settle(
  tx: Executor,
  { id, state: from }: Pick<Request, 'id' | 'state'>,
  to: { state: 'passed'; by: string } | Decision,
): Promise<boolean> {
  const values =
    to.state === 'passed'
      ? { state: to.state, passed_by: to.by }
      : {
          ...{ state: to.state, decided_by: to.by, decided_at: to.at, answer: to.answer ?? '' },
          ...(to.due_before && { due_before: to.due_before }),
        }
  const done = await tx
    .updateTable('extension')
    .set(values)
    .where('id', '=', id)
    .where('state', '=', from)
    .returning('id')
    .executeTakeFirst()
  return done !== undefined
}

export interface Decision {
  state: 'granted' | 'refused' | 'withdrawn'
  by: string
  at: Date
  answer?: string
  due_before?: string
}

/**
 * Gives a cell a deadline of its own. A cell without a row in the list of targets gets one, and keeps the indicator's
 * target and baseline.
 */
export async function moveDue(
  tx: Executor,
  campaign: number,
  cell: { unit: number; indicator: number; due: string },
  by: string,
): Promise<void> {
  await tx
    .insertInto('target')
    .values({
      ...{ campaign_id: campaign, unit_id: cell.unit, indicator_id: cell.indicator },
      ...{ due: cell.due, created_by: by },
    })
    .onConflict((conflict) => conflict.columns(['unit_id', 'indicator_id']).doUpdateSet({ due: cell.due }))
    .execute()
  await tx
    .updateTable('campaign')
    .set((e) => ({ roster_version: e('roster_version', '+', 1) }))
    .where('id', '=', campaign)
    .execute()
}

/**
 * Cancels digests of the old deadline that have not gone out and speak of this cell alone: in a chat, or to somebody
 * whose duties are all at this unit. A digest that speaks of others too goes out as it is; the stages after it follow
 * the new deadline by themselves, for alerts are noted by due date (`domain.md` C6).
 */
export async function cancelAlerts(
  tx: Executor,
  campaign: number,
  { unit, indicator, due }: { unit: number; indicator: number; due: string },
  { units, now }: { units: number[]; now: Date },
): Promise<void> {
  await sql`
    with told as (select slot from deadline_alert
        where unit_id = ${unit} and indicator_id = ${indicator} and due = ${due}::date),
      mine as (select outbox.id, outbox.due_at, outbox.person_id, chat.unit_id as chat_unit from outbox
        left join chat on chat.id = outbox.chat_id
        where outbox.campaign_id = ${campaign} and outbox.kind = 'alert' and outbox.state = 'queued'
          and outbox.key like 'deadline:%' and outbox.due_at in (select slot from told)
          and case when person_id is null then chat.unit_id = any(${units}::bigint[]) else
            exists (select from assignment where person_id = outbox.person_id and unit_id = ${unit} and valid_to is null)
            and not exists (select from assignment where person_id = outbox.person_id
              and unit_id is distinct from ${unit} and valid_to is null)
            and not exists (select from target where responsible_id = outbox.person_id and unit_id <> ${unit}) end)
    update outbox set state = 'cancelled', retry_at = null, settled_at = ${now}, code = 'extended', reason = '已延期'
    from mine where outbox.id = mine.id and not exists (
      select from deadline_alert as other where other.campaign_id = ${campaign} and other.slot = mine.due_at
        and (other.unit_id, other.indicator_id) <> (${unit}::bigint, ${indicator}::bigint)
        and (mine.chat_unit is not null or other.unit_id = ${unit})
        and (mine.chat_unit is null or other.unit_id in (
          with recursive below as (select mine.chat_unit as id
            union select unit_id from unit_version join below on parent_id = below.id where valid_to is null)
          select id from below)))`.execute(tx)
}
