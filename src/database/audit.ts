// Who did what to the campaign's set-up, and when: append-only, each row chained to the one before (`domain.md` C1).
import { createHash } from 'node:crypto'
import type { Executor } from './connection.ts'

export interface Deed {
  campaign: number
  at: Date
  /** The person's name, or the program (`load`). */
  actor: string
  /** bind_chat, bind_person, load … */
  action: string
  /** What it was done to, in words. */
  subject: string
  before?: unknown
  after?: unknown
  reason?: string
}

/** Adds a row. Call it inside `writing`, so that two rows never follow the same one. */
export async function audit(tx: Executor, deed: Deed): Promise<void> {
  const { campaign, at, actor, action, subject, before, after, reason = '' } = deed
  const last = await tx
    .selectFrom('audit')
    .where('campaign_id', '=', campaign)
    .orderBy('id', 'desc')
    .select('hash')
    .executeTakeFirst()
  const previous = last?.hash ?? ''
  const row = {
    ...{ campaign_id: campaign, at, actor, action, subject, reason, previous },
    before_hash: before === undefined ? null : sha256(before),
    after_hash: after === undefined ? null : sha256(after),
  }
  await tx
    .insertInto('audit')
    .values({ ...row, hash: chained(row) })
    .execute()
}

interface Row {
  at: Date
  actor: string
  action: string
  subject: string
  reason: string
  before_hash: string | null
  after_hash: string | null
  previous: string
}

/** The hash of a row: anybody can recompute the chain and see whether something was changed or left out. */
export function chained({
  at,
  actor,
  action,
  subject,
  reason,
  before_hash,
  after_hash,
  previous,
}: Row): string {
  return sha256([at.toISOString(), actor, action, subject, reason, before_hash, after_hash, previous])
}

const sha256 = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex')
