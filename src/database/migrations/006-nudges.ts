// Nudges that were asked for at an hour when nobody is written to: whom they reach is found out when they go.
import { type Kysely, sql } from 'kysely'

const tables = `
create table planned_nudge (id bigint generated always as identity primary key,
  campaign_id bigint not null references campaign(id),
  at timestamptz not null,
  asked_by bigint not null references person(id),
  platform text not null, chat_id text not null,
  asked jsonb not null,
  created_at timestamptz not null default now(), created_by text not null,
  unique (campaign_id, at, asked));
create index planned_nudge_due on planned_nudge (at);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db)
}
