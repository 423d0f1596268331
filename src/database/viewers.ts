// Who opens a page: a person by database id, with the duties of a day; or a group.
import { sql } from 'kysely'
import type { Admission } from './admission.ts'
import type { Db } from './connection.ts'

/** @returns undefined for somebody who has left */
export async function dutiesOf(
  db: Db,
  campaign: number,
  person: number,
  today: string,
): Promise<Admission['person']> {
  const found = await db
    .selectFrom('person')
    .where('campaign_id', '=', campaign)
    .where('id', '=', person)
    .where('status', '=', 'active')
    .select(['id', 'name'])
    .executeTakeFirst()
  if (!found) return undefined
  const duties = await db
    .selectFrom('assignment')
    .where('person_id', '=', person)
    .where('valid_from', '<=', today)
    .where(sql<boolean>`(valid_to is null or valid_to >= ${today}::date)`)
    .orderBy('id')
    .select(['role', 'unit_id as unit', 'team'])
    .execute()
  return { ...found, duties }
}

/** @returns the id in the book of a group that is bound to a unit */
export async function boundChat(db: Db, platform: string, chat: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('chat')
    .where('platform', '=', platform)
    .where('chat_id', '=', chat)
    .select('id')
    .executeTakeFirst()
  return row?.id
}
