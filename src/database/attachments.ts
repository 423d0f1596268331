// Pictures and files in the outbox: files that lie there for who has their link, and an end to what nobody can open.
import { sql } from 'kysely'
import type { Reply } from '../message.ts'
import type { Db, Executor } from './connection.ts'

/** Keeps files for a person to whom nothing can be sent: no delivery, only something for a link to lead to. @returns its id */
export async function keepForLink(
  db: Executor,
  one: { campaign: number; person: number; reply: Reply; key: string; now: Date },
): Promise<number> {
  const { campaign, person, reply, key, now } = one
  const { id } = await db
    .insertInto('outbox')
    .values({
      ...{ campaign_id: campaign, person_id: person, key, kind: 'reminder', reply: JSON.stringify(reply) },
      ...{ lane: 'none', target: `person:${person}:`, state: 'kept', retry_at: null },
      ...{ due_at: now, queued_at: now, not_before: now, settled_at: now },
    })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet(({ ref }) => ({ reply: ref('excluded.reply') })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** So many messages at a time: what never was tidied must not run into the time limit of statements. */
const atOnce = 200

/**
 * Leaves of pictures and files their name and size, once no link leads to them any more; what was only kept for a link
 * goes as a whole. What may still be sent keeps everything.
 * @param before when the last links to files, and those to pictures, were made
 */
export async function dropAttachments(db: Db, before: { files: Date; pictures: Date }): Promise<void> {
  await db
    .deleteFrom('outbox')
    .where('state', '=', 'kept')
    .where('settled_at', '<', before.files)
    .where('retry_at', 'is', null)
    .execute()
  // To what was not sent there never was a link.
  const isOver = sql`(settled_at < ${before.pictures} or state in ('failed', 'cancelled'))`
  const has = (kind: string) => sql`reply->'blocks' @> ${JSON.stringify([{ kind }])}::jsonb`
  for (;;) {
    const { numAffectedRows = 0n } = await sql`
      update outbox set reply = jsonb_set(reply, '{blocks}', (
        select jsonb_agg(case
          when block->>'kind' = 'file' then ${stub('name', 'data', '文件')}
          when block->>'kind' = 'image' and ${isOver} then ${stub('alt', 'png', '图片')}
          else block end order by at)
        from jsonb_array_elements(reply->'blocks') with ordinality as each(block, at)))
      where id in (select id from outbox where retry_at is null and settled_at < ${before.files}
        and (${has('file')} or (${isOver} and ${has('image')})) limit ${atOnce})`.execute(db)
    if (numAffectedRows < atOnce) return
  }
}

/** 汝河路街道作战挂图（图片230 KB，已清理） */
const stub = (name: string, data: string, kind: string) => sql`jsonb_build_object('kind', 'text', 'text',
  (block->>${name}) || '（' || ${kind} || ceil(length(block->>${data}) * 0.75 / 1024) || ' KB，已清理）')`
