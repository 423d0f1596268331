// What nobody could read: kept for thirty days without who said it, counted by day and text, for whoever teaches the bot.
import { addDays } from '../clock.ts'
import type { Db, Executor } from './connection.ts'

/** How long a sentence is kept, in days. */
export const missedDays = 30
/** Of a campaign: a flood of nonsense takes the place of nonsense, and never more room than this. */
const mostKept = 3_000
/** So many characters of a sentence are kept. */
export const longest = 200

export interface Missed {
  text: string
  times: number
  /** The day on which it was said last. */
  last: string
}

/**
 * Counts a sentence that was not understood. Where there is no more room, the rarest of the oldest go.
 * @param text without numbers of phones (`language/unnumbered.ts`)
 */
export async function keepMissed(
  db: Db,
  { campaign, day, text }: { campaign: number; day: string; text: string },
  most = mostKept,
): Promise<void> {
  const { times } = await db
    .insertInto('missed')
    .values({ campaign_id: campaign, day, text: [...text].slice(0, longest).join('') })
    .onConflict((conflict) =>
      conflict
        .columns(['campaign_id', 'day', 'text'])
        .doUpdateSet((e) => ({ times: e('missed.times', '+', 1) })),
    )
    .returning('times')
    .executeTakeFirstOrThrow()
  if (times > 1) return
  await db
    .deleteFrom('missed')
    .where('id', 'in', (e) =>
      e
        .selectFrom('missed')
        .where('campaign_id', '=', campaign)
        .orderBy('times', 'desc')
        .orderBy('day', 'desc')
        .orderBy('id', 'desc')
        .offset(most)
        .select('id'),
    )
    .execute()
}

/** Since a day: the most frequent first, of equals the one that was said last. */
export function readMissed(db: Executor, campaign: number, since: string): Promise<Missed[]> {
  return db
    .selectFrom('missed')
    .where('campaign_id', '=', campaign)
    .where('day', '>=', since)
    .groupBy('text')
    .select(['text', (e) => e.fn.sum<number>('times').as('times'), (e) => e.fn.max('day').as('last')])
    .orderBy('times', 'desc')
    .orderBy('last', 'desc')
    .orderBy('text')
    .execute()
}

/** Forgets what is older than thirty days. */
export async function forgetMissed(db: Executor, today: string): Promise<void> {
  await db.deleteFrom('missed').where('day', '<', addDays(today, -missedDays)).execute()
}
