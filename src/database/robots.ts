// The push robot of a chat: given, taken away, and what waits for it moved to where it can go out (`domain.md` C2, R3).
import { sql } from 'kysely'
import type { Robot } from '../channel.ts'
import type { Keyring } from '../crypt.ts'
import type { PlatformName } from '../message.ts'
import { isSame } from '../robot-address.ts'
import { audit } from './audit.ts'
import type { Actor } from './bindings.ts'
import type { Db, Executor } from './connection.ts'
import { writing } from './writing.ts'

export type BoundChat = Awaited<ReturnType<typeof boundChats>>[number]

/** Chats of a campaign: one by its id, on a platform the one with an id, or those of a unit. */
export async function boundChats(
  db: Executor,
  campaign: number,
  of: { id: number } | { platform: PlatformName; chatId: string } | { platform: PlatformName; unit: number },
) {
  const rows = await db
    .selectFrom('chat')
    .where('campaign_id', '=', campaign)
    .$if('id' in of, (query) => query.where('id', '=', 'id' in of ? of.id : 0))
    .$if('platform' in of, (query) => query.where('platform', '=', 'platform' in of ? of.platform : ''))
    .$if('chatId' in of, (query) => query.where('chat_id', '=', 'chatId' in of ? of.chatId : ''))
    .$if('unit' in of, (query) => query.where('unit_id', '=', 'unit' in of ? of.unit : 0))
    .orderBy('id')
    .select(['id', 'platform', 'chat_id', 'title', 'unit_id as unit', 'push', 'push_off_at', 'push_off_why'])
    .execute()
  return rows.map((row) => ({ ...row, platform: row.platform as PlatformName }))
}

/**
 * Gives a chat its robot, and makes due what waited for one (`domain.md` R3). The audit has no key in it.
 * @param then what follows from it, in the same transaction
 * @returns the chat that has this robot already, or how many messages now go out
 */
export function bindRobot(
  db: Db,
  by: Actor,
  { chat, robot, keyring }: { chat: BoundChat; robot: Robot; keyring: Keyring },
  then: (tx: Executor) => Promise<void>,
): Promise<{ taken: string } | { waiting: number }> {
  return writing(db, by.campaign, async (tx) => {
    const others = await tx
      .selectFrom('chat')
      .where('platform', '=', chat.platform)
      .where('push', 'is not', null)
      .select(['id', 'title', 'chat_id', 'push'])
      .execute()
    const holder = others.find(({ push }) => {
      const known = opened(keyring, push)
      return known && isSame(known, robot)
    })
    if (holder && holder.id !== chat.id) return { taken: holder.title || holder.chat_id }
    await tx
      .updateTable('chat')
      .set({ push: keyring.seal(JSON.stringify(robot)), push_off_at: null, push_off_why: null })
      .where('id', '=', chat.id)
      .execute()
    const waiting = await moveTo(tx, chat, `chat:${chat.id}`, by.at)
    // A pause that another robot had earned is not this one's. What is being sent at this moment goes first.
    if (!holder)
      await sql`update pace set free_at = 'epoch' where key = ${`chat:${chat.id}`}
        and not exists (select from outbox where chat_id = ${chat.id} and state = 'sending')`.execute(tx)
    await auditRobot(tx, by, chat, 'bind_robot')
    await then(tx)
    return { waiting }
  })
}

/**
 * Takes the robot away. A DingTalk group is then written to by the app; a WeCom group by nobody, so that what is for it
 * waits for another robot. @returns false when there was none
 */
export function unbindRobot(db: Db, by: Actor, chat: BoundChat): Promise<boolean> {
  return writing(db, by.campaign, async (tx) => {
    const off = chat.platform === 'wecom'
    const done = await tx
      .updateTable('chat')
      .set({ push: null, push_off_at: off ? by.at : null, push_off_why: off ? unbound : null })
      .where('id', '=', chat.id)
      .where('push', 'is not', null)
      .returning('id')
      .executeTakeFirst()
    if (!done) return false
    if (!off) await moveTo(tx, chat, 'dingtalk:app', by.at)
    await auditRobot(tx, by, chat, 'unbind_robot')
    return true
  })
}

/** Why a WeCom group without a robot is out of use. */
export const unbound = 'unbound'

/** What waits for a chat goes another way from now on. What is being sent keeps its lease. */
async function moveTo(tx: Executor, { id }: BoundChat, lane: string, now: Date): Promise<number> {
  const { rows } = await sql<{ due: boolean }>`
    update outbox set lane = ${lane}, code = case when state <> 'queued' then code end,
      reason = case when state <> 'queued' then reason end,
      retry_at = case when state = 'queued' then 'epoch' else retry_at end
    where chat_id = ${id} and retry_at is not null returning not_before <= ${now} as due`.execute(tx)
  await sql`insert into pace (key) values (${lane}), (${`chat:${id}`}) on conflict do nothing`.execute(tx)
  return rows.filter(({ due }) => due).length
}

const auditRobot = (
  tx: Executor,
  by: Actor,
  { platform, chat_id, push }: BoundChat,
  action: 'bind_robot' | 'unbind_robot',
) =>
  audit(tx, {
    ...{ ...by, action, subject: `${platform} 群 ${chat_id} 的推送机器人` },
    ...{ before: { robot: push !== null }, after: { robot: action === 'bind_robot' } },
  })

/** Sealed with another SECRET_KEY: nobody can use it, so it is nobody's. */
function opened(keyring: Keyring, push: string | null): Robot | undefined {
  if (push === null) return undefined
  try {
    return JSON.parse(keyring.open(push)) as Robot
  } catch {
    return undefined
  }
}
