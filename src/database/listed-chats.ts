// The bound chats of a campaign as a list for clerks: whether there is a robot, and never its key.
import { sql } from 'kysely'
import type { Executor } from './connection.ts'

export type ListedChat = Awaited<ReturnType<typeof listedChats>>[number]

export function listedChats(db: Executor, campaign: number) {
  return db
    .selectFrom('chat')
    .where('campaign_id', '=', campaign)
    .orderBy('id')
    .select(['id', 'platform', 'title', 'unit_id as unit', 'push_off_at', 'push_off_why'])
    .select(sql<boolean>`push is not null`.as('hasRobot'))
    .execute()
}
