// Nudges that wait for office hours, in SQL.
import type { Executor } from './connection.ts'
import type { NudgeSubject } from './schema-nudges.ts'

export interface PlannedNudge {
  campaign: number
  at: Date
  askedBy: { id: number; name: string }
  /** The chat in which it was asked for. */
  platform: string
  chat: string
  subject: NudgeSubject
}

/** Keeps a nudge until its time; the same one is kept once. */
export async function keepNudge(
  tx: Executor,
  { campaign, at, askedBy, platform, chat, subject }: PlannedNudge,
): Promise<void> {
  await tx
    .insertInto('planned_nudge')
    .values({
      ...{ campaign_id: campaign, at, asked_by: askedBy.id, created_by: askedBy.name },
      ...{ platform, chat_id: chat, asked: JSON.stringify(subject) },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What has come due, in the order in which it was asked for. */
export const dueNudges = (db: Executor, campaign: number, now: Date): Promise<{ id: number }[]> =>
  db
    .selectFrom('planned_nudge')
    .where('campaign_id', '=', campaign)
    .where('at', '<=', now)
    .orderBy('id')
    .select('id')
    .execute()

/** Takes one out, to send it in the same transaction; undefined when another replica has. */
export async function takeNudge(tx: Executor, id: number): Promise<PlannedNudge | undefined> {
  const row = await tx.deleteFrom('planned_nudge').where('id', '=', id).returningAll().executeTakeFirst()
  return (
    row && {
      ...{ campaign: row.campaign_id, at: row.at, platform: row.platform, chat: row.chat_id },
      ...{ askedBy: { id: row.asked_by, name: row.created_by }, subject: row.asked },
    }
  )
}

/** @returns how many that this person had asked for are gone */
export async function dropNudges(db: Executor, campaign: number, person: number): Promise<number> {
  const rows = await db
    .deleteFrom('planned_nudge')
    .where('campaign_id', '=', campaign)
    .where('asked_by', '=', person)
    .returning('id')
    .execute()
  return rows.length
}

/** Puts one that was taken out back, for another time. */
export const postponeNudge = (tx: Executor, planned: PlannedNudge, at: Date): Promise<void> =>
  keepNudge(tx, { ...planned, at })
