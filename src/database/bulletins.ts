// Reads bulletins: by number, those that wait, those that were published (`domain.md` C8).
import { type RawBuilder, sql } from 'kysely'
import type { Reply } from '../message.ts'
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

/** The newest published errata of a bulletin: what groups know to be right. */
export async function lastErrata(db: Executor, corrects: number): Promise<Bulletin | undefined> {
  const found = await read(db, sql`bulletin.corrects = ${corrects} and bulletin.state = 'published'`)
  return found.at(-1)
}

/** Drafts that nobody has decided about since that moment. */
export const unattended = (db: Executor, campaign: number, since: Date): Promise<Bulletin[]> =>
  read(
    db,
    sql`bulletin.campaign_id = ${campaign} and bulletin.state = 'draft' and bulletin.created_at <= ${since}`,
  )

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
