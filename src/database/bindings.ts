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

/** Notes that somebody says to be a person; a clerk decides. @returns the request's number */
export async function askForBinding(
  db: Db,
  campaign: number,
  account: Account & { nick: string },
  person: PersonInfo,
): Promise<number> {
  const { id } = await db
    .insertInto('binding_request')
    .values({ campaign_id: campaign, ...account, person_id: person.id, created_by: account.userid })
    .onConflict((conflict) =>
      conflict
        .columns(['campaign_id', 'platform', 'userid'])
        .where('state', '=', 'waiting')
        .doUpdateSet({ person_id: person.id, nick: account.nick }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
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
  await audit(tx, {
    ...{ ...by, action: 'bind_person', subject: `${platform} 账号 ${userid} → ${person.name}`, reason },
    ...{ before: before ?? null, after: bound },
  })
}
