// Big screens that show the board, by name: opened and switched off by clerks, renewed by being looked at.
import { audit } from './audit.ts'
import type { Db, Executor } from './connection.ts'
import { writing } from './writing.ts'

export interface Screen {
  id: number
  unit: number
  name: string
  /** When its page was last opened. */
  seenAt: Date | null
}

/** @returns the new screen's id; undefined when one of that name is in use */
export async function openScreen(
  tx: Executor,
  screen: { campaign: number; unit: number; name: string; by: string; now: Date },
): Promise<number | undefined> {
  const row = await tx
    .insertInto('screen')
    .values({
      ...{ campaign_id: screen.campaign, unit_id: screen.unit, name: screen.name },
      ...{ created_by: screen.by, created_at: screen.now },
    })
    .onConflict((conflict) =>
      conflict.columns(['campaign_id', 'name']).where('off_at', 'is', null).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  if (row)
    await audit(tx, {
      ...{ campaign: screen.campaign, at: screen.now, actor: screen.by },
      ...{ action: 'screen-on', subject: screen.name },
    })
  return row?.id
}

/** Those in use, the oldest first. */
export async function screensOf(db: Executor, campaign: number): Promise<Screen[]> {
  return db
    .selectFrom('screen')
    .where('campaign_id', '=', campaign)
    .where('off_at', 'is', null)
    .orderBy('id')
    .select(['id', 'unit_id as unit', 'name', 'seen_at as seenAt'])
    .execute()
}

/** One that is in use. */
export async function screenInUse(
  db: Executor,
  { campaign, screen }: { campaign: number; screen: number },
): Promise<Screen | undefined> {
  return (await screensOf(db, campaign)).find(({ id }) => id === screen)
}

/** What became of one that was switched off: whether it has another address now. @returns undefined for any other */
export async function endOfScreen(
  db: Executor,
  { campaign, screen }: { campaign: number; screen: number },
): Promise<{ name: string; isReopened: boolean } | undefined> {
  const end = await db
    .selectFrom('screen as old')
    .leftJoin('screen as fresh', (join) =>
      join
        .onRef('fresh.campaign_id', '=', 'old.campaign_id')
        .onRef('fresh.unit_id', '=', 'old.unit_id')
        .onRef('fresh.name', '=', 'old.name')
        .on('fresh.off_at', 'is', null),
    )
    .where('old.campaign_id', '=', campaign)
    .where('old.id', '=', screen)
    .where('old.off_at', 'is not', null)
    .select(['old.name', 'fresh.id as fresh'])
    .executeTakeFirst()
  return end && { name: end.name, isReopened: end.fresh !== null }
}

/** Opens a screen that was never opened before. @returns whether it was not: of several that try at once only one may */
export async function claimScreen(
  db: Db,
  { campaign, screen }: { campaign: number; screen: number },
  now: Date,
): Promise<boolean> {
  const claimed = await db
    .updateTable('screen')
    .set({ seen_at: now })
    .where('campaign_id', '=', campaign)
    .where('id', '=', screen)
    .where('off_at', 'is', null)
    .where('seen_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return claimed !== undefined
}

/** Switched off twice, it is off since the first time. */
export function stopScreen(
  db: Db,
  { id, name }: Pick<Screen, 'id' | 'name'>,
  { campaign, by, now }: { campaign: number; by: string; now: Date },
): Promise<void> {
  return writing(db, campaign, async (tx) => {
    await off(tx, { id, name }, { campaign, by, now })
  })
}

/** Switches a screen off and opens another of the same name: whoever has the old page does not see it any more. */
export function reopenScreen(
  db: Db,
  { id, name, unit }: Screen,
  { campaign, by, now }: { campaign: number; by: string; now: Date },
): Promise<number | undefined> {
  return writing(db, campaign, async (tx) => {
    await off(tx, { id, name }, { campaign, by, now })
    return openScreen(tx, { campaign, unit, name, by, now })
  })
}

async function off(
  tx: Executor,
  { id, name }: Pick<Screen, 'id' | 'name'>,
  { campaign, by, now }: { campaign: number; by: string; now: Date },
): Promise<void> {
  const done = await tx
    .updateTable('screen')
    .set({ off_at: now })
    .where('id', '=', id)
    .where('off_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (done) await audit(tx, { campaign, at: now, actor: by, action: 'screen-off', subject: name })
}

export async function screenSeen(db: Db, id: number, now: Date): Promise<void> {
  await db.updateTable('screen').set({ seen_at: now }).where('id', '=', id).execute()
}
