// Handovers as they are kept: planned for a day, carried out in one transaction, or cancelled (`domain.md` N19, C1).
import { addDays } from '../clock.ts'
import type { Push, Pushing } from '../push.ts'
import { audit } from './audit.ts'
import type { Actor } from './bindings.ts'
import type { Executor } from './connection.ts'
import { type Holdings, moveHoldings } from './handover-holdings.ts'
import { leave } from './handover-leaving.ts'
import type { Candidate, Post } from './handover-posts.ts'

export interface Handing {
  holdings: Holdings
  to: Candidate
  /** The successor's first day. */
  starts: string
  by: Actor & { person: number | null }
}

/** Writes somebody new into the roster. */
export async function newPerson(
  tx: Executor,
  by: Actor,
  { name, phone }: { name: string; phone?: { sealed: string; mark: string } },
): Promise<Candidate> {
  const { id } = await tx
    .insertInto('person')
    .values({
      ...{ campaign_id: by.campaign, name, created_by: by.actor, created_at: by.at },
      ...{ phone: phone?.sealed ?? null, phone_mark: phone?.mark ?? null },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await touchRoster(tx, by.campaign)
  return { id, name, status: 'active', hasPhone: phone !== undefined, accounts: [], posts: [] }
}

/** Keeps the number of somebody who had none. */
export async function setPhone(
  tx: Executor,
  person: number,
  phone: { sealed: string; mark: string },
): Promise<void> {
  await tx
    .updateTable('person')
    .set({ phone: phone.sealed, phone_mark: phone.mark })
    .where('id', '=', person)
    .where('phone_mark', 'is', null)
    .execute()
}

export interface Planned {
  id: number
  assignment: number
  from: number
  to: number
  fromName: string
  toName: string
  unit: number | null
  team: string | null
  role: Post['role']
  starts: string
  orderedBy: number | null
}

/** What waits for its day, the nearest first. */
export function plannedHandovers(db: Executor, campaign: number): Promise<Planned[]> {
  return db
    .selectFrom('handover')
    .innerJoin('person as leaver', 'leaver.id', 'from_id')
    .innerJoin('person as successor', 'successor.id', 'to_id')
    .where('handover.campaign_id', '=', campaign)
    .where('state', '=', 'planned')
    .orderBy('starts')
    .orderBy('handover.id')
    .select(['handover.id', 'assignment_id as assignment', 'from_id as from', 'to_id as to'])
    .select(['leaver.name as fromName', 'successor.name as toName', 'unit_id as unit', 'team', 'role'])
    .select(['starts', 'ordered_by as orderedBy'])
    .execute()
}

const rowOf = ({ holdings: { post }, to, starts, by }: Handing) => ({
  ...{ campaign_id: by.campaign, assignment_id: post.id, from_id: post.person, to_id: to.id, starts },
  ...{ unit_id: post.unit, team: post.team, role: post.role, ordered_by: by.person },
  ...{ created_by: by.actor, created_at: by.at },
})

/** Notes a handover for a coming day; until then nothing changes. @returns its number */
export async function planHandover(tx: Executor, handing: Handing, subject: string): Promise<number> {
  const { id } = await tx
    .insertInto('handover')
    .values({ ...rowOf(handing), state: 'planned' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { actor, at, campaign } = handing.by
  await audit(tx, { actor, at, campaign, action: 'plan_handover', subject, after: rowOf(handing) })
  return id
}

/** @returns false when it is not planned any more */
export async function endPlanned(
  tx: Executor,
  id: number,
  state: 'cancelled' | 'failed',
  note = '',
): Promise<boolean> {
  const ended = await tx
    .updateTable('handover')
    .set({ state, note })
    .where('id', '=', id)
    .where('state', '=', 'planned')
    .returning('id')
    .executeTakeFirst()
  return ended !== undefined
}

/**
 * Carries a handover out: afterwards nothing in force points to the leaver for this duty. Call it inside `writing`, with
 * what was counted there.
 * @param planned the number of the plan, if there was one
 */
export async function carryOut(
  tx: Executor,
  handing: Handing,
  { planned, subject, farewell, push }: { planned?: number; subject: string; farewell: Push; push: Pushing },
): Promise<void> {
  const { holdings, to, by } = handing
  const { post, leaves } = holdings
  await passPosts(tx, handing)
  await moveHoldings(tx, by.campaign, holdings, to)
  await tx.updateTable('person').set({ status: 'active' }).where('id', '=', to.id).execute()
  const leaving = { campaign: by.campaign, from: post.person, to: to.id, at: by.at, farewell, push }
  const accounts = leaves ? await leave(tx, { ...leaving, reminders: holdings.reminders }) : []
  if (!leaves) await push(tx, [farewell])
  const done = { state: 'done' as const, done_at: by.at }
  if (planned === undefined)
    await tx
      .insertInto('handover')
      .values({ ...rowOf(handing), ...done })
      .execute()
  else await tx.updateTable('handover').set(done).where('id', '=', planned).execute()
  await touchRoster(tx, by.campaign)
  const { actor, at, campaign } = by
  await audit(tx, {
    ...{ actor, at, campaign, action: 'handover', subject },
    reason: accounts.map(({ platform, userid }) => `${platform} 账号 ${userid} 解绑`).join('；'),
    ...{ before: { ...holdings, accounts }, after: { to: to.id, starts: handing.starts } },
  })
}

/** Closes the leaver's post and those of his delegates, and opens the successor's: history stays (`domain.md` C1). */
async function passPosts(tx: Executor, { holdings, to, starts, by }: Handing): Promise<void> {
  const { post, delegates } = holdings
  const lastDay = addDays(starts, -1)
  const open = (person: number, { unit, team, role }: Post, delegateOf: number | null) =>
    tx
      .insertInto('assignment')
      .values({
        ...{ campaign_id: by.campaign, person_id: person, unit_id: unit, team, role, valid_from: starts },
        ...{ delegate_of: delegateOf, created_by: by.actor, created_at: by.at },
      })
      .execute()
  const closing = [post.id, ...delegates.map(({ id }) => id)]
  await tx.updateTable('assignment').set({ valid_to: lastDay }).where('id', 'in', closing).execute()
  const staying = to.posts.filter(({ id }) => !closing.includes(id))
  if (!staying.some((held) => isSame(held, post)))
    await open(to.id, post, post.delegate_of === to.id ? null : post.delegate_of)
  // Nobody stands in for himself.
  for (const one of delegates.filter(({ person }) => person !== to.id)) await open(one.person, one, to.id)
}

const isSame = (a: Post, b: Post) => a.unit === b.unit && a.team === b.team && a.role === b.role

/** Names are in the lexicon: whoever keeps the roster in memory reads it again. */
async function touchRoster(tx: Executor, campaign: number): Promise<void> {
  await tx
    .updateTable('campaign')
    .set((e) => ({ roster_version: e('roster_version', '+', 1) }))
    .where('id', '=', campaign)
    .execute()
}
