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
  -- Fingerprint of what it would change: another one when it is confirmed, and it is shown again first.
  print text not null default '',
  -- The rows that it changed, as they were and as they became.
  rows_changed jsonb,
  -- Its reports: the imported ones of the campaign between these ids.
  first_report bigint, last_report bigint,
  loaded_at timestamptz, loaded_by text, undone_at timestamptz, undone_by text,
  created_at timestamptz not null default now(), created_by text not null);
create index workbook_newest on workbook (campaign_id, id desc);

create index workbook_of_person on workbook (person_id, id desc) where state = 'offered';

create table screen (id bigint generated always as identity primary key,
  campaign_id bigint not null references campaign(id),
  unit_id bigint not null references unit(id),
  name text not null,
  seen_at timestamptz, off_at timestamptz,
  created_at timestamptz not null default now(), created_by text not null);
create unique index screen_name on screen (campaign_id, name) where off_at is null;

-- What an import added is taken back with it. Rows that something else refers to have to stay.
create function forget(what text, row_id bigint) returns boolean language plpgsql as $$
begin
  if what = 'unit' then delete from unit_version where unit_id = row_id; end if;
  execute format('delete from %I where id = $1', what) using row_id;
  return true;
exception when foreign_key_violation then return false;
end $$;
`

// A rule that is gone is remembered as gone: an empty row.
const ruled: Record<string, string> = {
  ...{ unit: 'old.id', unit_version: 'old.id', indicator: 'old.id', adjustment: 'old.id', veto: 'old.id' },
  target: `old.unit_id || '/' || old.indicator_id`,
}
const keepGone = ([table, rowId]: [string, string]) => `
create function keep_gone_${table}() returns trigger language plpgsql as $$
begin
  insert into rule_change (campaign_id, what, row_id, body) values (old.campaign_id, '${table}', ${rowId}, '{}');
  return null;
end $$;
create trigger ${table}_end_is_kept after delete on ${table} for each row execute function keep_gone_${table}();
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db)
  for (const table of Object.entries(ruled)) await sql.raw(keepGone(table)).execute(db)
}
