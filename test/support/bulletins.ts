// Bulletins in tests: corrections of numbers, and what lies in the outbox for groups and for people.
import { sql } from 'kysely'
import type { Db } from '../../src/database/connection.ts'
import type { Roster } from '../../src/database/roster.ts'
import { plainText } from '../../src/platforms/terminal/render.ts'
import { idOf } from './reported.ts'

export interface Out {
  key: string
  kind: string
  /** The chat's id, or the person's name. */
  to: string
  isGroup: boolean
  text: string
  state: string
}

/** Everything that was ever queued, in order. */
export async function outOf(db: Db): Promise<Out[]> {
  const rows = await db
    .selectFrom('outbox')
    .leftJoin('chat', 'chat.id', 'outbox.chat_id')
    .leftJoin('person', 'person.id', 'outbox.person_id')
    .orderBy('outbox.id')
    .select(['key', 'kind', 'chat.chat_id as chat', 'person.name', 'reply', 'state'])
    .execute()
  return rows.map(({ key, kind, chat, name, reply, state }) => ({
    ...{ key, kind, state, to: chat ?? name ?? '', isGroup: chat !== null },
    text: plainText(reply),
  }))
}

let last = 0

/**
 * Corrects or withdraws the newest report of a cell, as the bot would: another event that takes its place, and the cell.
 * @param value what the cell has then
 * @param asOf the day that the right number speaks of
 */
export async function corrected(
  db: Db,
  roster: Roster,
  [unit, indicator]: [unit: string, indicator: string],
  value: number,
  { at, asOf, op = 'correct' }: { at: string; asOf: string; op?: 'correct' | 'void' },
): Promise<void> {
  const place = { unit_id: idOf(roster, unit), indicator_id: idOf(roster, indicator) }
  const { id: supersedes } = await db
    .selectFrom('report')
    .where((e) => e.and(place))
    .orderBy('id', 'desc')
    .limit(1)
    .select('id')
    .executeTakeFirstOrThrow()
  const number = { value: String(value), as_of: asOf, reported_at: new Date(at) }
  const { id } = await db
    .insertInto('report')
    .values({
      ...{ ...place, ...number, supersedes, campaign_id: roster.campaign.id },
      ...{ op, status: 'accepted', platform: 'dingtalk', robot: 'r', raw_text: '' },
      ...{ message_id: `corrected-${++last}`, created_by: 'test' },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('cell')
    .set({ ...number, report_id: id })
    .where((e) => e.and(place))
    .execute()
}

export const stateOf = async (db: Db): Promise<string[]> => {
  const { rows } = await sql<{ state: string }>`select state from bulletin order by id`.execute(db)
  return rows.map(({ state }) => state)
}

/** As if the outbox had brought every draft to those it was sent to. */
export const deliverDrafts = (db: Db): Promise<unknown> =>
  sql`update outbox set state = 'accepted', retry_at = null, settled_at = now()
    where key like 'bulletin-draft:%'`.execute(db)
