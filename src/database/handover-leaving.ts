// Somebody without any duty leaves: accounts, wishes and requests end, and what waits to be told goes to the successor.
import { sql } from 'kysely'
import type { PlatformName, Reply } from '../message.ts'
import type { Push, Pushing } from '../push.ts'
import type { Executor } from './connection.ts'

interface Leaving {
  campaign: number
  from: number
  to: number
  at: Date
  /** The last word to the leaver. */
  farewell: Push
  /** Private reminders among them that moved. */
  reminders: number[]
  push: Pushing
}

/** From now on he is a guest. @returns the accounts that were his */
export async function leave(tx: Executor, leaving: Leaving): Promise<{ platform: string; userid: string }[]> {
  const { campaign, from, farewell, push } = leaving
  await passOn(tx, leaving)
  const accounts = await tx
    .selectFrom('account')
    .where('person_id', '=', from)
    .select(['platform', 'userid'])
    .orderBy('platform')
    .execute()
  if (accounts.length > 0) await push(tx, [farewell])
  await sql`
    update outbox set account = account.userid from account
    where outbox.key = ${farewell.key} and account.person_id = outbox.person_id
      and account.platform = outbox.platform`.execute(tx)
  await tx.deleteFrom('account').where('person_id', '=', from).execute()
  await tx.deleteFrom('mute').where('person_id', '=', from).execute()
  await tx
    .updateTable('binding_request')
    .set({ state: 'refused', decided_by: '交接' })
    .where('campaign_id', '=', campaign)
    .where('person_id', '=', from)
    .where('state', '=', 'waiting')
    .execute()
  await tx.updateTable('person').set({ status: 'left' }).where('id', '=', from).execute()
  return accounts
}

/** What was queued for him and has certainly not been seen: the successor is told instead. */
async function passOn(tx: Executor, { campaign, from, to, at, reminders, push }: Leaving): Promise<void> {
  const { rows } = await sql<{
    key: string
    kind: Push['kind']
    platform: string
    reply: Reply
    due_at: Date
  }>`
    update outbox set state = 'cancelled', retry_at = null, settled_at = ${at}, reason = '已交接'
    where person_id = ${from} and campaign_id = ${campaign} and state = 'queued' and unknowns = 0 and parts_sent = 0
    returning key, kind, platform, reply, due_at`.execute(tx)
  const passed = rows
    .filter(({ kind, key }) => kind === 'alert' || reminders.some((id) => key.startsWith(`reminder:${id}:`)))
    .map(({ key, kind, platform, reply, due_at }) => ({
      ...{ campaign, kind, reply, due: due_at, key: `${key}>${to}` },
      to: { person: to, platform: platform as PlatformName },
    }))
  if (passed.length > 0) await push(tx, passed)
}
