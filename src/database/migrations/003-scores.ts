// What makes scores provable: kept totals, the history of the rules, adjustments and vetoes, verification,
// extensions of deadlines, bulletins.
import { type Kysely, sql } from 'kysely'

const made = 'created_at timestamptz not null default now(), created_by text not null'
const id = 'id bigint generated always as identity primary key'
const inCampaign = 'campaign_id bigint not null references campaign(id)'

const tables = `
-- What a unit's cells add up to: a projection, kept by every write and rebuilt from the cells at any time.
-- No foreign keys: rows are written with every report, by code that has just read the unit.
create table standing (unit_id bigint primary key, campaign_id bigint not null, parent_id bigint,
  peer_group text not null,
  -- What is shown, in hundredths; null = 未参评. Ranked on is the same but for a veto.
  total int, ranked_on int,
  -- The exact completion of every indicator, in the scheme's order, as fractions; '-' = 不涉及, '' = not for this level.
  shares text not null,
  cells text not null, reached_on date not null);
create index standing_siblings on standing (parent_id, peer_group, ranked_on);
create index standing_peers on standing (campaign_id, peer_group, ranked_on);
-- What the communities below a street, or below the district, add up to for one indicator.
create table subtotal (unit_id bigint not null, indicator_id bigint not null, campaign_id bigint not null,
  sums jsonb not null, primary key (unit_id, indicator_id));
-- How many units of a peer group have a total, by whole points (width 100) and by hundredths (width 1).
create table spread (campaign_id bigint not null, peer_group text not null, width int not null, bucket int not null,
  units int not null, primary key (campaign_id, peer_group, width, bucket));

-- Every row that rules are made of, as it was written: what a snapshot was computed by is never forgotten.
create table rule_change (${id}, campaign_id bigint not null, what text not null, row_id text not null, body jsonb not null,
  changed_at timestamptz not null default now());
create index rule_change_row on rule_change (campaign_id, what, row_id, id);

create table adjustment (${id}, ${inCampaign}, unit_id bigint not null references unit(id),
  points numeric not null check (points <> 0), document text not null check (document <> ''),
  reason text not null default '', withdrawn boolean not null default false, ${made},
  unique (unit_id, document));

create table veto (${id}, ${inCampaign}, unit_id bigint not null references unit(id),
  indicator_id bigint references indicator(id), document text not null check (document <> ''), reason text not null,
  effect text not null check (effect in ('no_award', 'indicator_zero', 'rank_last')),
  starts date not null, ends date, approved_by text not null, approved_by_too text not null,
  withdrawn boolean not null default false, ${made},
  check (approved_by <> approved_by_too), check (effect <> 'indicator_zero' or indicator_id is not null),
  unique (unit_id, document));

create table verification (${id}, ${inCampaign}, report_id bigint not null references report(id),
  person_id bigint not null references person(id), result text not null check (result in ('verified', 'rejected')),
  note text not null default '', ${made});
create index verification_report on verification (report_id, id);

create table extension (${id}, ${inCampaign}, unit_id bigint not null references unit(id),
  indicator_id bigint not null references indicator(id), due_before date not null, due date not null,
  reason text not null, asked_by bigint not null references person(id),
  state text not null default 'asked' check (state in ('asked', 'passed', 'granted', 'refused', 'withdrawn')),
  passed_by text, decided_by text, decided_at timestamptz, ${made}, check (due > due_before));
create unique index extension_open on extension (unit_id, indicator_id) where state in ('asked', 'passed');

create table bulletin (${id}, ${inCampaign}, unit_id bigint not null references unit(id),
  snapshot_id bigint references snapshot(id),
  kind text not null check (kind in ('weekly', 'red_black', 'indicator', 'errata')),
  state text not null default 'draft' check (state in ('draft', 'held', 'published', 'dropped')),
  reply jsonb not null, sentence text not null default '', corrects bigint references bulletin(id),
  drafted_by bigint references person(id), approved_by bigint references person(id),
  published_at timestamptz, ${made},
  -- Nothing about last places is published without a name under it.
  check (state <> 'published' or approved_by is not null));
create index bulletin_snapshot on bulletin (snapshot_id);

-- Snapshots know which rules they were computed by.
alter table snapshot add column rules_high_water bigint not null default 0;
`

// Whatever writes to a table of rules, the row as it is then is kept.
const ruled = ['indicator', 'target', 'unit', 'unit_version', 'campaign', 'adjustment', 'veto']
const rowId: Record<string, string> = {
  target: `new.unit_id || '/' || new.indicator_id`,
}
const watched: Record<string, string> = {
  // The counters that every write raises are no rules.
  campaign: `(old.starts, old.ends, old.rule_version, old.settings) is not distinct from
    (new.starts, new.ends, new.rule_version, new.settings)`,
}

const keepRule = (table: string) => `
create function keep_rule_${table}() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if ${watched[table] ?? 'old is not distinct from new'} then return null; end if;
  end if;
  insert into rule_change (campaign_id, what, row_id, body)
    values (${table === 'campaign' ? 'new.id' : 'new.campaign_id'}, '${table}', ${rowId[table] ?? 'new.id'}, to_jsonb(new));
  return null;
end $$;
create trigger ${table}_is_kept after insert or update on ${table} for each row execute function keep_rule_${table}();
insert into rule_change (campaign_id, what, row_id, body)
  select ${table === 'campaign' ? 'id' : 'campaign_id'}, '${table}', ${(rowId[table] ?? 'new.id').replaceAll('new.', '')}, to_jsonb(${table})
  from ${table};
`

const appendOnly = ['rule_change', 'verification'].map(
  (table) => `
create trigger ${table}_is_append_only before update or delete on ${table} for each row execute function refuse_change();
create trigger ${table}_is_not_truncated before truncate on ${table} execute function refuse_change();`,
)

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db)
  await sql.raw(ruled.map(keepRule).join('')).execute(db)
  await sql.raw(appendOnly.join('')).execute(db)
}
