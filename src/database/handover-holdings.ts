// What hangs on a duty and goes with it to the successor (`domain.md` N19), counted before and moved after.
import { sql } from 'kysely'
import type { Executor } from './connection.ts'
import { type Candidate, type Post, postsOf } from './handover-posts.ts'
import { activeReminders } from './reminders.ts'

/** How long a doubted number waits for its answer (`domain.md` C3.1). */
const pendingMs = 24 * 3600_000

/** What a handover moves, and what becomes of the leaver. */
export interface Holdings {
  post: Post
  /** Duties that the leaver keeps. */
  kept: Post[]
  /** Nothing is left to the leaver: from then on he is a guest. */
  leaves: boolean
  /** Units whose cells and requests move; undefined = of all. */
  units: number[] | undefined
  targets: number
  reminders: number[]
  /** Private ones, which can go to nobody. */
  lostReminders: { id: number; text: string }[]
  extensions: number[]
  bulletins: number[]
  /** Doubted numbers that still wait for an answer: reports stay with their author, the successor answers. */
  pending: number
  /** People who stand in for the leaver. */
  delegates: Post[]
}

/**
 * @param to undefined = somebody who is new
 * @param below every unit of the post's, itself included
 */
export async function holdingsOf(
  db: Executor,
  campaign: number,
  { post, held, to, below, now }: { post: Post; held: Post[]; to?: Candidate; below: number[]; now: Date },
): Promise<Holdings> {
  const kept = held.filter(({ id }) => id !== post.id)
  const leaves = kept.length === 0
  // Who keeps another duty keeps what belongs to that one's unit.
  const others = new Set(kept.map(({ unit }) => unit).filter((unit) => unit !== post.unit))
  const units = leaves ? undefined : below.filter((unit) => !others.has(unit))
  const within = (column: string) =>
    units ? sql<boolean>`${sql.ref(column)} = any(${units}::bigint[])` : sql<boolean>`true`
  const { targets } = await db
    .selectFrom('target')
    .where('campaign_id', '=', campaign)
    .where('responsible_id', '=', post.person)
    .where(within('unit_id'))
    .select((e) => e.fn.countAll<number>().as('targets'))
    .executeTakeFirstOrThrow()
  const own = await activeReminders(db, campaign, { owner: post.person })
  const isMoving = ({ is_group, unit }: (typeof own)[number]) =>
    leaves || (is_group && unit !== null && (units ?? []).includes(unit))
  const moving = own.filter(isMoving)
  const lost = moving.filter(
    ({ is_group, platform }) => !is_group && !to?.accounts.some((account) => account.platform === platform),
  )
  const extensions = await db
    .selectFrom('extension')
    .where('campaign_id', '=', campaign)
    .where('asked_by', '=', post.person)
    .where('state', 'in', ['asked', 'passed'])
    .where(within('unit_id'))
    .select('id')
    .execute()
  const bulletins = await db
    .selectFrom('bulletin')
    .where('campaign_id', '=', campaign)
    .where('drafted_by', '=', post.person)
    .where('state', 'in', ['draft', 'held'])
    .where(within('unit_id'))
    .select('id')
    .execute()
  const { pending } = await db
    .selectFrom('cell')
    .innerJoin('report', 'report.id', 'cell.pending_id')
    .where('cell.campaign_id', '=', campaign)
    .where('report.reporter_id', '=', post.person)
    .where('report.reported_at', '>=', new Date(now.getTime() - pendingMs))
    .where(within('cell.unit_id'))
    .select((e) => e.fn.countAll<number>().as('pending'))
    .executeTakeFirstOrThrow()
  const delegates = await postsOf(db, campaign, { standingInFor: post.person })
  return {
    ...{ post, kept, leaves, units, targets, pending },
    reminders: moving.filter((one) => !lost.includes(one)).map(({ id }) => id),
    lostReminders: lost.map(({ id, text }) => ({ id, text })),
    extensions: extensions.map(({ id }) => id),
    bulletins: bulletins.map(({ id }) => id),
    delegates: delegates.filter(({ unit }) => leaves || unit === post.unit),
  }
}

/** Moves what was counted. The reminders of a successor without an account speak in their group, and @ nobody. */
export async function moveHoldings(
  tx: Executor,
  campaign: number,
  { post, units, reminders, lostReminders, extensions, bulletins }: Holdings,
  to: Pick<Candidate, 'id' | 'accounts'>,
): Promise<void> {
  await tx
    .updateTable('target')
    .set({ responsible_id: to.id })
    .where('campaign_id', '=', campaign)
    .where('responsible_id', '=', post.person)
    .$if(units !== undefined, (query) => query.where('unit_id', 'in', [0, ...(units ?? [])]))
    .execute()
  await sql`
    update reminder set owner_id = ${to.id}, owner_account = coalesce(own.userid, ''),
      chat_id = case when reminder.is_group then reminder.chat_id else own.userid end
    from unnest(${reminders}::bigint[]) as moving(id) left join reminder as one on one.id = moving.id
    left join jsonb_to_recordset(${JSON.stringify(to.accounts)}::jsonb) as own(platform text, userid text)
      on own.platform = one.platform
    where reminder.id = moving.id`.execute(tx)
  if (lostReminders.length > 0)
    await tx
      .updateTable('reminder')
      .set({ status: 'cancelled', next_at: null, next_moment: null })
      .where(
        'id',
        'in',
        lostReminders.map(({ id }) => id),
      )
      .execute()
  if (extensions.length > 0)
    await tx.updateTable('extension').set({ asked_by: to.id }).where('id', 'in', extensions).execute()
  if (bulletins.length > 0)
    await tx.updateTable('bulletin').set({ drafted_by: to.id }).where('id', 'in', bulletins).execute()
}
