// Who gave which duty to whom and from when; and messages to people whose account is no longer theirs.
import { type Kysely, sql } from 'kysely'

const tables = `
create table handover (id bigint generated always as identity primary key,
  campaign_id bigint not null references campaign(id),
  assignment_id bigint not null references assignment(id),
  from_id bigint not null references person(id), to_id bigint not null references person(id),
  unit_id bigint references unit(id), team text, role text not null,
  starts date not null, ordered_by bigint references person(id),
  state text not null check (state in ('planned', 'done', 'cancelled', 'failed')),
  note text not null default '', done_at timestamptz,
  created_at timestamptz not null default now(), created_by text not null,
  check (from_id <> to_id));
create unique index handover_planned on handover (assignment_id) where state = 'planned';
create index handover_from on handover (from_id) where state = 'done';
create index handover_due on handover (campaign_id, starts) where state = 'planned';

-- The last word to somebody who has just left goes to the account that was his.
alter table outbox add column account text;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db)
}
