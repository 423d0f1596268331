// How people say it: short names that clerks gave in a chat, and what was not understood.
import { type Kysely, sql } from 'kysely'

const tables = `
-- Beside those of the workbook, so that loading it again takes none of them away.
create table alias (id bigint generated always as identity primary key,
  campaign_id bigint not null references campaign(id),
  alias text not null,
  unit_id bigint references unit(id), indicator_id bigint references indicator(id),
  created_at timestamptz not null default now(), created_by text not null,
  check ((unit_id is null) <> (indicator_id is null)),
  unique (campaign_id, alias));

-- Nobody's: who said it is not in it.
create table missed (id bigint generated always as identity primary key,
  campaign_id bigint not null references campaign(id),
  day date not null, text text not null, times int not null default 1,
  unique (campaign_id, day, text));
create index missed_rarest on missed (campaign_id, times, day, id);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db)
}
