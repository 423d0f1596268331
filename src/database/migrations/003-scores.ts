// What makes scores provable: kept totals, the history of the rules, adjustments and vetoes, verification,
// extensions of deadlines, bulletins.
import { type Kysely, sql } from 'kysely'

const made = 'created_at timestamptz not null default now(), created_by text not null'
const id = 'id bigint generated always as identity primary key'
const inCampaign = 'campaign_id bigint not null references campaign(id)'

const tables = `
-- What a unit's cells add up to: a projection, kept by every write and rebuilt from the cells at any time.
-- No foreign keys: rows are written with every report, by code that has just read the unit. Room is left beside them, so that
-- a new state finds place where the old one is, and no index has to be told.
create table standing (unit_id bigint primary key, campaign_id bigint not null, parent_id bigint,
  peer_group text not null,
  -- What is shown, in hundredths; null = 未参评. Ranked on is the same but for a veto.
  total int, ranked_on int,
  -- The exact completion of every indicator, in the scheme's order, as fractions; '-' = 不涉及, '' = not for this level.
  shares text not null,
  -- Fingerprint of the numbers behind them.
  cells text not null) with (fillfactor = 80);
create index standing_siblings on standing (parent_id, peer_group, ranked_on);
create index standing_peers on standing (campaign_id, peer_group, ranked_on);
-- What the communities below a street, or below the district, add up to for one indicator.
create table subtotal (unit_id bigint not null, indicator_id bigint not null, campaign_id bigint not null,
  sums jsonb not null, primary key (unit_id, indicator_id)) with (fillfactor = 80);
-- How many units of a peer group have a total, by whole points (width 100) and by hundredths (width 1).
create table spread (campaign_id bigint not null, peer_group text not null, width int not null, bucket int not null,
  units int not null, primary key (campaign_id, peer_group, width, bucket));

alter table cell set (fillfactor = 80);

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

-- A snapshot is a handful of columns, each a row of whole numbers in the order of its units: a hundred thousand units are
-- written and read as quickly as a hundred. Big-endian, as int4send and int8send write them; -1 = none.
alter table snapshot
  -- Which rules it was computed by; 0 = not known, it is older than their history.
  add column rules_high_water bigint not null default 0,
  add column units bytea, add column peer_names text[], add column peers bytea,
  add column totals bytea, add column ranks bytea, add column bottoms bytea;
create table snapshot_column (snapshot_id bigint not null references snapshot(id),
  indicator_id bigint not null references indicator(id),
  -- Completion in hundredths of a per cent as far as it counts, the place among peers, and the lamp.
  shares bytea not null, ranks bytea not null, lamps bytea not null,
  primary key (snapshot_id, indicator_id));
create trigger snapshot_column_is_append_only before update or delete on snapshot_column
  for each row execute function refuse_change();
`

// A number that is reported touches a dozen rows: they are read by one statement and written by another. Their plans are
// the same whatever the arguments, and are kept: to plan them anew takes longer than to run them. Rows are found by their
// keys, even in tables that are still small. Numbers go over as text, so that none passes through a float.
const functions = `
create function ledger(campaign bigint, hold boolean, leaves bigint[], above bigint[], units bigint[],
  indicators bigint[], message text[], new_events int, on_day date) returns json language plpgsql
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off as $$
begin
  -- One writer at a time: what follows is then still true at the end. Whoever does not hold the campaign may write only if
  -- its revision is still the one that is told here, by the same statement as all the rest.
  if hold then
    update campaign set revision = revision + 1 where campaign.id = $1;
  end if;
  return json_build_object('version', c.roster_version, 'revision', c.revision,
  'heard', exists (select from report r where r.platform = message[1] and r.robot = message[2]
    and r.message_id = message[3]),
  'ids', coalesce((select json_agg(nextval('report_id_seq')) from generate_series(1, new_events)), '[]'),
  'cells', coalesce((select json_agg(json_build_object('unit', wanted.unit_id, 'indicator', wanted.indicator_id,
      'target', t.target::text, 'baseline', t.baseline::text, 'applies', t.applies,
      'value', c.value::text, 'num', c.num::text, 'den', c.den::text, 'step', c.step, 'as_of', c.as_of,
      'reported_at', c.reported_at, 'report_id', c.report_id, 'pending_id', c.pending_id))
    from unnest(units, indicators) as wanted (unit_id, indicator_id)
      left join target t on t.unit_id = wanted.unit_id and t.indicator_id = wanted.indicator_id
      left join cell c on c.unit_id = wanted.unit_id and c.indicator_id = wanted.indicator_id), '[]'),
  -- Without names, which would be most of what is sent: see LedgerEventRow.
  'events', coalesce((select json_agg(json_build_array(r.unit_id, r.indicator_id, r.id, r.op, r.value::text, r.num::text,
      r.den::text, r.step, r.as_of, r.reported_at, r.status, r.supersedes, r.reporter_id)
      order by r.id)
    from unnest(units, indicators) as wanted (unit_id, indicator_id)
      join report r on r.unit_id = wanted.unit_id and r.indicator_id = wanted.indicator_id), '[]'),
  'sums', coalesce((select json_agg(json_build_object('unit', s.unit_id, 'indicator', s.indicator_id, 'sums', s.sums))
    from subtotal s where s.unit_id = any(above) and s.indicator_id = any(indicators)), '[]'),
  'lines', coalesce((select json_agg(json_build_object('unit_id', s.unit_id, 'parent_id', s.parent_id,
      'peer_group', s.peer_group, 'total', s.total, 'ranked_on', s.ranked_on, 'shares', s.shares, 'cells', s.cells))
    from standing s where s.unit_id = any(leaves || above)), '[]'),
  'adjustments', coalesce((select json_agg(json_build_object('unit', a.unit_id, 'points', a.points::text))
    from adjustment a where a.unit_id = any(leaves || above) and not a.withdrawn), '[]'),
  'vetoes', case when c.settings->>'veto' = 'true' then coalesce((select json_agg(json_build_object(
      'unit', v.unit_id, 'indicator', v.indicator_id, 'effect', v.effect))
    from veto v where v.unit_id = any(leaves || above) and not v.withdrawn
      and v.starts <= on_day and coalesce(v.ends, on_day) >= on_day), '[]') else '[]' end)
  from campaign c where c.id = $1;
end $$;

-- revision: at which the ledger was read without holding the campaign. Nothing is written when it has been raised since.
create function write_ledger(campaign bigint, revision bigint, written jsonb) returns boolean language plpgsql
  set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  if $2 is not null then
    update campaign set revision = campaign.revision + 1 where campaign.id = $1 and campaign.revision = $2;
    if not found then return false; end if;
  end if;
  insert into report (id, campaign_id, unit_id, indicator_id, op, value, num, den, step, as_of, reported_at, reporter_id,
      on_behalf, platform, robot, chat_id, message_id, line, raw_text, status, doubt, supersedes, created_by)
    overriding system value
    select id, campaign, unit_id, indicator_id, op, value, num, den, step, as_of, reported_at, reporter_id,
      on_behalf, platform, robot, chat_id, message_id, line, raw_text, status, doubt, supersedes, created_by
    from jsonb_populate_recordset(null::report, written->'events');
  insert into cell
    select campaign, unit_id, indicator_id, value, num, den, step, as_of, reported_at, report_id, pending_id
    from jsonb_populate_recordset(null::cell, written->'cells')
    on conflict (unit_id, indicator_id) do update set value = excluded.value, num = excluded.num, den = excluded.den,
      step = excluded.step, as_of = excluded.as_of, reported_at = excluded.reported_at,
      report_id = excluded.report_id, pending_id = excluded.pending_id;
  insert into subtotal select unit_id, indicator_id, campaign, sums
    from jsonb_populate_recordset(null::subtotal, written->'sums')
    on conflict (unit_id, indicator_id) do update set sums = excluded.sums;
  insert into standing
    select unit_id, campaign, parent_id, peer_group, total, ranked_on, shares, cells
    from jsonb_populate_recordset(null::standing, written->'lines')
    on conflict (unit_id) do update set parent_id = excluded.parent_id, peer_group = excluded.peer_group,
      total = excluded.total, ranked_on = excluded.ranked_on, shares = excluded.shares, cells = excluded.cells;
  insert into spread select campaign, peer_group, width, bucket, units
    from jsonb_populate_recordset(null::spread, written->'spread')
    on conflict (campaign_id, peer_group, width, bucket) do update set units = spread.units + excluded.units;
  return true;
end $$;
`

// What was kept as a row for each unit becomes columns, and stays as it was.
const convert = `
alter table snapshot disable trigger snapshot_is_append_only;
with peer as (
  select snapshot_id, peer_group, row_number() over (partition by snapshot_id order by peer_group) - 1 as n
  from (select distinct snapshot_id, peer_group from snapshot_unit) as groups
), packed as (
  select u.snapshot_id, string_agg(int8send(unit_id), ''::bytea order by unit_id) as units,
    string_agg(int2send(peer.n::int2), ''::bytea order by unit_id) as peers,
    string_agg(int4send(coalesce((total * 100)::int, -1)), ''::bytea order by unit_id) as totals,
    string_agg(int4send(coalesce(rank, -1)), ''::bytea order by unit_id) as ranks,
    string_agg(int4send(coalesce(bottom_rank, -1)), ''::bytea order by unit_id) as bottoms
  from snapshot_unit u join peer using (snapshot_id, peer_group) group by u.snapshot_id
)
update snapshot set units = packed.units, peers = packed.peers, totals = packed.totals, ranks = packed.ranks,
  bottoms = packed.bottoms,
  peer_names = (select array_agg(peer_group order by n) from peer where peer.snapshot_id = snapshot.id)
from packed where packed.snapshot_id = snapshot.id;
alter table snapshot enable trigger snapshot_is_append_only;
drop table snapshot_unit;
alter table snapshot alter column units set not null, alter column peer_names set not null,
  alter column peers set not null, alter column totals set not null, alter column ranks set not null,
  alter column bottoms set not null;
`

// Whatever writes to a table of rules, the row as it is then is kept.
const ruled = ['indicator', 'target', 'unit', 'unit_version', 'campaign', 'adjustment', 'veto']
const rowId: Record<string, string> = {
  target: `new.unit_id || '/' || new.indicator_id`,
}
const changed: Record<string, string> = {
  // The counters that every write raises are no rules.
  campaign: `(old.starts, old.ends, old.rule_version, old.settings) is distinct from
    (new.starts, new.ends, new.rule_version, new.settings)`,
}

const keepRule = (table: string) => `
create function keep_rule_${table}() returns trigger language plpgsql as $$
begin
  insert into rule_change (campaign_id, what, row_id, body)
    values (${table === 'campaign' ? 'new.id' : 'new.campaign_id'}, '${table}', ${rowId[table] ?? 'new.id'}, to_jsonb(new));
  return null;
end $$;
create trigger ${table}_is_kept after insert on ${table} for each row execute function keep_rule_${table}();
create trigger ${table}_change_is_kept after update on ${table} for each row
  when (${changed[table] ?? 'old is distinct from new'}) execute function keep_rule_${table}();
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
  await sql.raw(convert).execute(db)
  await sql.raw(functions).execute(db)
  await sql.raw(ruled.map(keepRule).join('')).execute(db)
  await sql.raw(appendOnly.join('')).execute(db)
}
