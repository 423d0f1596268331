// Bulletins: drafted, held, published with a name under it, or dropped; each change once (`domain.md` C8, N10).
import { type RawBuilder, sql } from 'kysely'
import type { Reply } from '../message.ts'
import { audit } from './audit.ts'
import type { Executor } from './connection.ts'
import type { BulletinKind, BulletinState } from './schema-scores.ts'

export interface Bulletin {
  id: number
  /** As people say it, 第3号: counted within the campaign. */
  number: number
  unit: number
  kind: BulletinKind
  state: BulletinState
  /** What it says, without number, sentence and signature. */
  reply: Reply
  /** What a person wrote under it. */
  sentence: string
  snapshot: number | null
  takenAt: Date | null
  /** The bulletin that an errata corrects. */
  corrects: number | null
  correctsNumber: number | null
  correctsKind: BulletinKind | null
  /** Null = the bot, on Friday. */
  drafter: number | null
  drafterName: string | null
  approverName: string | null
  createdAt: Date
  publishedAt: Date | null
}

/** Who does something to a bulletin, and when by the bot's clock; the machine has no id. */
export interface Hand {
  id: number | null
  name: string
  at: Date
}

export const machine = (at: Date): Hand => ({ id: null, name: '系统', at })

export type DeedName = 'draft' | 'edit' | 'hold' | 'publish' | 'drop' | 'resend'

export async function bulletinWith(
  db: Executor,
  campaign: number,
  number: number,
): Promise<Bulletin | undefined> {
  const [found] = await read(
    db,
    sql`bulletin.campaign_id = ${campaign} and ${numberOf('bulletin')} = ${number}::bigint`,
  )
  return found
}

export async function bulletinById(db: Executor, id: number): Promise<Bulletin | undefined> {
  const [found] = await read(db, sql`bulletin.id = ${id}`)
  return found
}

/** All that were drafted of one kind for a unit from one snapshot, oldest first. */
export const bulletinsOf = (
  db: Executor,
  { unit, kind, snapshot }: { unit: number; kind: BulletinKind; snapshot: number },
): Promise<Bulletin[]> =>
  read(db, sql`bulletin.snapshot_id = ${snapshot} and bulletin.unit_id = ${unit} and bulletin.kind = ${kind}`)

/** Those that wait for somebody's word, oldest first. */
export const openBulletins = (db: Executor, campaign: number): Promise<Bulletin[]> =>
  read(db, sql`bulletin.campaign_id = ${campaign} and bulletin.state in ('draft', 'held')`)

/** Oldest first. @param since published at or after this moment */
export const publishedBulletins = (db: Executor, campaign: number, since: Date): Promise<Bulletin[]> =>
  read(
    db,
    sql`bulletin.campaign_id = ${campaign} and bulletin.state = 'published' and bulletin.published_at >= ${since}`,
  )

/** Drafts that nobody has decided about since that moment. */
export const unattended = (db: Executor, campaign: number, since: Date): Promise<Bulletin[]> =>
  read(
    db,
    sql`bulletin.campaign_id = ${campaign} and bulletin.state = 'draft' and bulletin.created_at <= ${since}`,
  )

/** Writes a draft. Call it inside `writing`: numbers follow each other only under the campaign's lock. */
export async function draftBulletin(
  tx: Executor,
  campaign: number,
  draft: Pick<Bulletin, 'unit' | 'kind' | 'reply' | 'snapshot'> & { corrects?: number },
  by: Hand,
): Promise<Bulletin> {
  const { id } = await tx
    .insertInto('bulletin')
    .values({
      ...{ campaign_id: campaign, unit_id: draft.unit, snapshot_id: draft.snapshot, kind: draft.kind },
      ...{ reply: JSON.stringify(draft.reply), corrects: draft.corrects ?? null, drafted_by: by.id },
      ...{ created_at: by.at, created_by: by.name },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const made = await bulletinById(tx, id)
  if (!made) throw new Error(`bulletin ${id} is not there`)
  await note(tx, campaign, made, 'draft', by)
  return made
}

const next: Record<'hold' | 'publish' | 'drop', { from: BulletinState[]; to: BulletinState }> = {
  hold: { from: ['draft'], to: 'held' },
  publish: { from: ['draft', 'held'], to: 'published' },
  drop: { from: ['draft', 'held'], to: 'dropped' },
}

/**
 * Holds, publishes or drops a bulletin as it was read. Call it inside `writing`.
 * @returns false when somebody else was first, or has changed its sentence: nothing is done then
 */
export async function decide(
  tx: Executor,
  campaign: number,
  bulletin: Bulletin,
  deed: keyof typeof next,
  by: Hand,
): Promise<boolean> {
  const { from, to } = next[deed]
  const done = await tx
    .updateTable('bulletin')
    .set({ state: to, ...(deed === 'publish' && { approved_by: by.id, published_at: by.at }) })
    .where('id', '=', bulletin.id)
    .where('state', 'in', from)
    .where('sentence', '=', bulletin.sentence)
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n) return false
  await note(tx, campaign, bulletin, deed, by)
  return true
}

/** @returns false when it is no longer a draft, or somebody else changed the sentence meanwhile */
export async function setSentence(
  tx: Executor,
  campaign: number,
  bulletin: Bulletin,
  sentence: string,
  by: Hand,
): Promise<boolean> {
  const done = await tx
    .updateTable('bulletin')
    .set({ sentence })
    .where('id', '=', bulletin.id)
    .where('state', 'in', ['draft', 'held'])
    .where('sentence', '=', bulletin.sentence)
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n) return false
  await note(tx, campaign, bulletin, 'edit', by, { before: bulletin.sentence, after: sentence })
  return true
}

/** Keeps what was done to a bulletin, by whom and when. */
export const note = (
  tx: Executor,
  campaign: number,
  { number }: Pick<Bulletin, 'number'>,
  deed: DeedName,
  by: Hand,
  change: { before?: string; after?: string } = {},
): Promise<void> =>
  audit(tx, {
    ...{ campaign, at: by.at, actor: by.name, action: `bulletin_${deed}`, subject: subjectOf(number) },
    ...change,
  })

/** The last thing that was done to a bulletin, or the last of one kind. */
export async function lastDeed(
  db: Executor,
  campaign: number,
  number: number,
  deed?: DeedName,
): Promise<{ actor: string; at: Date; deed: DeedName } | undefined> {
  const row = await db
    .selectFrom('audit')
    .where('campaign_id', '=', campaign)
    .where('subject', '=', subjectOf(number))
    .where('action', 'like', deed ? `bulletin_${deed}` : 'bulletin\\_%')
    .orderBy('id', 'desc')
    .select(['actor', 'at', 'action'])
    .executeTakeFirst()
  return row && { actor: row.actor, at: row.at, deed: row.action.replace('bulletin_', '') as DeedName }
}

const subjectOf = (number: number) => `通报第${number}号`

/**
 * The first bulletin that was published with the numbers of that day in it, for 撤回 (`domain.md` C2: not after a
 * published snapshot). Errata do not count: what they correct does.
 * @param asOf the day the number speaks of
 * @param report its event: a bulletin whose snapshot is older does not contain it
 * @param units the unit and those above it: another street's bulletin does not contain it either
 */
export async function publishedSince(
  db: Executor,
  campaign: number,
  asOf: string,
  { report, units }: { report?: number; units?: number[] } = {},
): Promise<Bulletin | undefined> {
  const [first] = await read(
    db,
    sql`bulletin.campaign_id = ${campaign} and bulletin.state = 'published' and bulletin.kind <> 'errata'
      and snapshot.as_of >= ${asOf}::date
      and ${report === undefined ? sql`true` : sql`snapshot.high_water >= ${report}`}
      and ${units === undefined ? sql`true` : sql`bulletin.unit_id = any(${units})`}`,
  )
  return first
}

async function read(db: Executor, which: RawBuilder<unknown>): Promise<Bulletin[]> {
  const { rows } = await sql<Bulletin>`
    select bulletin.id, bulletin.unit_id as unit, bulletin.kind, bulletin.state, bulletin.reply, bulletin.sentence,
      ${numberOf('bulletin')} as number, bulletin.snapshot_id as snapshot, snapshot.taken_at as "takenAt",
      bulletin.corrects, case when corrected.id is not null then ${numberOf('corrected')} end as "correctsNumber",
      corrected.kind as "correctsKind", bulletin.drafted_by as drafter, drafter.name as "drafterName",
      approver.name as "approverName", bulletin.created_at as "createdAt", bulletin.published_at as "publishedAt"
    from bulletin left join snapshot on snapshot.id = bulletin.snapshot_id
    left join bulletin corrected on corrected.id = bulletin.corrects
    left join person drafter on drafter.id = bulletin.drafted_by
    left join person approver on approver.id = bulletin.approved_by
    where ${which} order by bulletin.id`.execute(db)
  return rows
}

/** Bulletins are never deleted, and ids are given out under the campaign's lock: the count stays what it is. */
const numberOf = (table: 'bulletin' | 'corrected') => sql<number>`(select count(*)::int from bulletin earlier
  where earlier.campaign_id = ${sql.ref(`${table}.campaign_id`)} and earlier.id <= ${sql.ref(`${table}.id`)})`
