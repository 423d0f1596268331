// Bulletins are drafted, held, published with a name under them, or dropped: each change once (`domain.md` C8, N10).
import { audit } from './audit.ts'
import { type Bulletin, bulletinById } from './bulletins.ts'
import type { Executor } from './connection.ts'
import type { BulletinState } from './schema-scores.ts'

/** Who does something to a bulletin, and when by the bot's clock; the machine has no id. */
export interface Hand {
  id: number | null
  name: string
  at: Date
}

export const machine = (at: Date): Hand => ({ id: null, name: '系统', at })

export type DeedName = 'draft' | 'edit' | 'hold' | 'publish' | 'drop' | 'resend'

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
