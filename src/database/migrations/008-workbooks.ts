// Workbooks that people sent, kept so that they can be taken back and given back filled; screens that show the board.
import { type Kysely, sql } from 'kysely'

const tables = `
create table workbook (id bigint generated always as identity primary key,
  -- null until the campaign that a first file describes has been made.
  campaign_id bigint references campaign(id),
  person_id bigint references person(id),
  file_name text not null, bytes bytea not null,
  layout text not null check (layout in ('campaign','numbers')),
  state text not null default 'offered' check (state in ('offered','loaded','dropped','undone')),
  -- What it changes, in words: the preview, and later the history.
  summary jsonb not null default '[]',
  -- The rows that it changed, as they were and as they became.
  rows_changed jsonb,
  loaded_at timestamptz, loaded_by text, undone_at timestamptz, undone_by text,
  created_at timestamptz not null default now(), created_by text not null);
create index workbook_newest on workbook (campaign_id, id desc);

create table screen (id bigint generated always as identity primary key,
  campaign_id bigint not null references campaign(id),
  unit_id bigint not null references unit(id),
  name text not null,
  seen_at timestamptz, off_at timestamptz,
  created_at timestamptz not null default now(), created_by text not null);
create unique index screen_name on screen (campaign_id, name) where off_at is null;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db)
}
