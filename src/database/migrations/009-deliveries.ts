// Lists of what was pushed: found by their day and number, and read without the pictures and files that went with it.
import { type Kysely, sql } from 'kysely'

const changes = `
-- What a message says first. The message itself is as large as its pictures.
alter table outbox add column said text generated always as (left(coalesce(reply->>'title', reply->'blocks'->0->>'text',
  reply->'blocks'->0->>'alt', reply->'blocks'->0->>'name'), 200)) stored;
create index outbox_settled on outbox (campaign_id, settled_at) where retry_at is null;
create index outbox_number on outbox ((coalesce(batch, id)));

-- kept = not to be sent at all: a file that lies there for who has its link.
alter table outbox drop constraint outbox_state_check, add constraint outbox_state_check
  check (state in ('queued', 'sending', 'accepted', 'uncertain', 'failed', 'cancelled', 'kept'));
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(changes).execute(db)
}
