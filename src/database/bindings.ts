// Which account is which person, and which group is which unit's.
import type { Role } from '../campaign/permissions.ts'
import { audit } from './audit.ts'
import type { Db, Executor } from './connection.ts'
import { writing } from './writing.ts'

export interface Account {
  platform: string
  userid: string
}

export interface Actor {
  campaign: number
  at: Date
  actor: string
}

export interface PersonInfo {
  id: number
  name: string
  unit: number | null
  team: string | null
  role: Exclude<Role, 'guest'>
}

/** Active people with a duty, by id, by name, or by the mark of their phone number. */
export function findPeople(
  db: Executor,
  campaign: number,
  by: { id: number } | { name: string } | { phoneMark: string },
): Promise<PersonInfo[]> {
  return db
    .selectFrom('person')
    .innerJoin('assignment', (join) => join.onRef('person_id', '=', 'person.id').on('valid_to', 'is', null))
    .where('person.campaign_id', '=', campaign)
    .where('status', '=', 'active')
    .$if('id' in by, (query) => query.where('person.id', '=', 'id' in by ? by.id : 0))
    .$if('name' in by, (query) => query.where('name', '=', 'name' in by ? by.name : ''))
    .$if('phoneMark' in by, (query) => query.where('phone_mark', '=', 'phoneMark' in by ? by.phoneMark : ''))
    .distinctOn('person.id')
    .orderBy('person.id')
    .orderBy('assignment.id')
    .select(['person.id', 'name', 'unit_id as unit', 'team', 'role'])
    .execute()
}

/** Whether somebody has an account on a platform already. */
export async function hasAccount(
  db: Executor,
  campaign: number,
  platform: string,
  person: number,
): Promise<boolean> {
  const found = await db
    .selectFrom('account')
    .where('campaign_id', '=', campaign)
    .where('platform', '=', platform)
    .where('person_id', '=', person)
    .select('userid')
    .executeTakeFirst()
  return found !== undefined
}

/** Binds an account to a person; whoever had the account before no longer has it. */
export function bindAccount(
  db: Db,
  by: Actor,
  account: Account,
  person: PersonInfo,
  reason: string,
): Promise<void> {
  return writing(db, by.campaign, (tx) => bindIn(tx, by, account, person, reason))
}

/**
 * Notes that somebody says to be a person; a clerk decides. Who asks to be somebody else gets a new number: a clerk
 * who read the old one must not grant another person.
 * @returns the request's number
 */
export function askForBinding(
  db: Db,
  campaign: number,
  account: Account & { nick: string },
  person: PersonInfo,
): Promise<number> {
  return writing(db, campaign, async (tx) => {
    const mine = { campaign_id: campaign, platform: account.platform, userid: account.userid }
    const waiting = await tx
      .selectFrom('binding_request')
      .where((e) => e.and(mine))
      .where('state', '=', 'waiting')
      .select(['id', 'person_id'])
      .executeTakeFirst()
    if (waiting?.person_id === person.id) return waiting.id
    if (waiting)
      await tx
        .updateTable('binding_request')
        .set({ state: 'refused', decided_by: account.userid })
        .where('id', '=', waiting.id)
        .execute()
    const { id } = await tx
      .insertInto('binding_request')
      .values({ ...mine, nick: account.nick, person_id: person.id, created_by: account.userid })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  })
}

export function findRequest(db: Executor, campaign: number, id: number) {
  return db
    .selectFrom('binding_request')
    .where('campaign_id', '=', campaign)
    .where('id', '=', id)
    .select(['id', 'platform', 'userid', 'nick', 'person_id', 'state', 'decided_by'])
    .executeTakeFirst()
}

/** Decides a waiting request. @returns false when somebody else decided it a moment before */
export function decide(
  db: Db,
  by: Actor,
  request: Account & { id: number },
  person: PersonInfo,
  granted: boolean,
): Promise<boolean> {
  return writing(db, by.campaign, async (tx) => {
    const done = await tx
      .updateTable('binding_request')
      .set({ state: granted ? 'granted' : 'refused', decided_by: by.actor })
      .where('id', '=', request.id)
      .where('state', '=', 'waiting')
      .returning('id')
      .executeTakeFirst()
    if (done && granted) await bindIn(tx, by, request, person, `申请编号${request.id}`)
    return done !== undefined
  })
}

/** Binds a group to a unit, or to another one. @returns the unit it was bound to before */
export function bindChat(
  db: Db,
  by: Actor,
  chat: { platform: string; chat_id: string; title: string },
  unit: { id: number; name: string },
): Promise<number | undefined> {
  return writing(db, by.campaign, async (tx) => {
    const before = await tx
      .selectFrom('chat')
      .where('platform', '=', chat.platform)
      .where('chat_id', '=', chat.chat_id)
      .select(['unit_id', 'campaign_id'])
      .executeTakeFirst()
    const bound = { campaign_id: by.campaign, unit_id: unit.id, title: chat.title }
    await tx
      .insertInto('chat')
      .values({ ...chat, ...bound, created_by: by.actor })
      .onConflict((conflict) => conflict.columns(['platform', 'chat_id']).doUpdateSet(bound))
      .execute()
    await audit(tx, {
      ...{ ...by, action: 'bind_chat', subject: `${chat.platform} 群 ${chat.chat_id} → ${unit.name}` },
      ...{ before: before ?? null, after: bound },
    })
    return before?.unit_id
  })
}

async function bindIn(
  tx: Executor,
  by: Actor,
  { platform, userid }: Account,
  person: PersonInfo,
  reason: string,
) {
  const before = await tx
    .selectFrom('account')
    .where('campaign_id', '=', by.campaign)
    .where('platform', '=', platform)
    .where('userid', '=', userid)
    .select('person_id')
    .executeTakeFirst()
  const bound = { person_id: person.id, created_by: by.actor }
  await tx
    .insertInto('account')
    .values({ campaign_id: by.campaign, platform, userid, ...bound })
    .onConflict((conflict) => conflict.columns(['platform', 'userid', 'campaign_id']).doUpdateSet(bound))
    .execute()
  // What was handed over to somebody without an account could @ nobody so far.
  await tx
    .updateTable('reminder')
    .set({ owner_account: userid })
    .where('owner_id', '=', person.id)
    .where('platform', '=', platform)
    .where('owner_account', '=', '')
    .execute()
  await audit(tx, {
    ...{ ...by, action: 'bind_person', subject: `${platform} 账号 ${userid} → ${person.name}`, reason },
    ...{ before: before ?? null, after: bound },
  })
}
