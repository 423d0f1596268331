// Silences of deadline alerts (`domain.md` C6), and what was answered to a request for an extension.
import { type Kysely, sql } from 'kysely'

const tables = `
-- Nobody is reminded of a unit's deadlines, or a person of any, until the end of a day. The history is kept.
create table silence (id bigint generated always as identity primary key,
  campaign_id bigint not null references campaign(id),
  unit_id bigint references unit(id), person_id bigint references person(id),
  until date not null, reason text not null check (reason <> ''),
  ended_at timestamptz, ended_by text,
  created_at timestamptz not null default now(), created_by text not null,
  check (num_nonnulls(unit_id, person_id) = 1));
create unique index silence_unit on silence (unit_id) where ended_at is null;
create unique index silence_person on silence (person_id) where ended_at is null;

-- Why a request was refused.
alter table extension add column answer text not null default '';
create index extension_cell on extension (unit_id, indicator_id, id);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db)
}
