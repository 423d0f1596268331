// The first tables: campaign, units, people, indicators, targets, reports and what is derived from them.
import { type Kysely, sql } from 'kysely'

const made = 'created_at timestamptz not null default now(), created_by text not null'
const id = 'id bigint generated always as identity primary key'
const inCampaign = 'campaign_id bigint not null references campaign(id)'

const tables = `
create table campaign (${id},
  name text not null unique, starts date not null, ends date not null check (ends >= starts),
  status text not null default 'active' check (status in ('draft', 'active', 'closing', 'archived')),
  rule_version int not null default 1, settings jsonb not null,
  revision bigint not null default 0, roster_version bigint not null default 0, ${made});

create table unit (${id}, ${inCampaign}, code text not null,
  level text not null check (level in ('district', 'street', 'community', 'village')), ${made},
  unique (campaign_id, code));

-- A new name or place is a new row; the unit itself, which reports point to, stays.
create table unit_version (${id}, ${inCampaign}, unit_id bigint not null references unit(id),
  name text not null, aliases text[] not null default '{}', parent_id bigint references unit(id),
  peer_group text not null, roster int not null, valid_from date not null, valid_to date, ${made});
create unique index unit_version_current on unit_version (unit_id) where valid_to is null;
create index unit_version_parent on unit_version (parent_id) where valid_to is null;

create table person (${id}, ${inCampaign}, name text not null, phone text, phone_mark text,
  status text not null default 'active' check (status in ('active', 'left')), ${made});
create index person_phone on person (campaign_id, phone_mark);

create table account (${inCampaign}, platform text not null, userid text not null,
  person_id bigint not null references person(id), ${made},
  primary key (platform, userid, campaign_id));
create index account_person on account (person_id);

create table assignment (${id}, ${inCampaign}, person_id bigint not null references person(id),
  unit_id bigint references unit(id), team text,
  role text not null check (role in ('district_admin', 'district_leader', 'supervisor', 'street_admin',
    'street_secretary', 'secretary', 'reporter')),
  valid_from date not null, valid_to date, delegate_of bigint references person(id), ${made},
  check (unit_id is not null or team is not null));
create index assignment_person on assignment (person_id) where valid_to is null;
create index assignment_unit on assignment (unit_id) where valid_to is null;

create table indicator (${id}, ${inCampaign}, code text not null,
  part int not null check (part between 1 and 99), ordinal int not null,
  name text not null, aliases text[] not null default '{}',
  kind text not null check (kind in ('count', 'amount', 'ratio', 'yes_no', 'milestone', 'score')),
  uom text not null, direction text not null default 'up' check (direction in ('up', 'down')),
  origin text not null check (origin in ('municipal', 'district')),
  weight numeric not null check (weight >= 0), cap numeric not null default 1 check (cap between 1 and 1.2),
  baseline numeric not null default 0, target_default numeric, starts date, due date,
  plan jsonb not null default '[]', steps jsonb not null default '{}',
  cadence_days int not null default 7,
  source text not null default 'chat' check (source in ('chat', 'import', 'quiz', 'register')),
  applies_to text[] not null, ${made},
  unique (campaign_id, code));

create table target (${inCampaign}, unit_id bigint not null references unit(id),
  indicator_id bigint not null references indicator(id),
  target numeric, baseline numeric, due date, responsible_id bigint references person(id),
  applies boolean not null default true, na_reason text, approved_by text, ${made},
  primary key (unit_id, indicator_id),
  check (applies or (na_reason is not null and approved_by is not null)));

create table report (${id}, ${inCampaign}, unit_id bigint not null references unit(id),
  indicator_id bigint not null references indicator(id),
  op text not null check (op in ('set', 'add', 'correct', 'void', 'zero')),
  value numeric, num numeric, den numeric, step text, as_of date not null, reported_at timestamptz not null,
  reporter_id bigint references person(id), on_behalf boolean not null default false,
  platform text not null, robot text not null, chat_id text, message_id text not null, line int not null default 0,
  raw_text text not null, status text not null check (status in ('pending', 'accepted')), doubt text,
  supersedes bigint references report(id), ${made},
  unique (platform, robot, message_id, line));
create index report_cell on report (unit_id, indicator_id, id);
create index report_reporter on report (reporter_id, id);
create index report_superseded on report (supersedes) where supersedes is not null;

create table cell (${inCampaign}, unit_id bigint not null references unit(id),
  indicator_id bigint not null references indicator(id),
  value numeric, num numeric, den numeric, step text, as_of date, reported_at timestamptz,
  report_id bigint references report(id), pending_id bigint references report(id),
  primary key (unit_id, indicator_id));
create index cell_pending on cell (pending_id) where pending_id is not null;

create table chat (${id}, ${inCampaign}, platform text not null, chat_id text not null, title text not null,
  unit_id bigint not null references unit(id),
  purpose text not null default 'work' check (purpose in ('work', 'dispatch', 'supervision')),
  push text, ${made},
  unique (platform, chat_id));

create table binding_request (${id}, ${inCampaign}, platform text not null, userid text not null, nick text not null,
  person_id bigint not null references person(id),
  state text not null default 'waiting' check (state in ('waiting', 'granted', 'refused')), decided_by text, ${made});
create unique index binding_request_waiting on binding_request (campaign_id, platform, userid) where state = 'waiting';

create table heard (platform text not null, robot text not null, message_id text not null,
  heard_at timestamptz not null, primary key (platform, robot, message_id));
create index heard_at on heard (heard_at);

create table audit (${id}, ${inCampaign}, at timestamptz not null, actor text not null, action text not null,
  subject text not null, before_hash text, after_hash text, reason text not null,
  previous text not null, hash text not null);
create index audit_campaign on audit (campaign_id, id);

create table job_run (job text not null, slot timestamptz not null, started_at timestamptz not null,
  finished_at timestamptz, failure text, primary key (job, slot));

create table setting (name text primary key, value jsonb not null);
`

// Numbers that people reported, and the record of what was done, are never changed: a correction is a new row.
const appendOnly = `
create function refuse_change() returns trigger language plpgsql as $$
begin raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation'; end $$;
create trigger report_is_append_only before update or delete on report for each row execute function refuse_change();
create trigger report_is_not_truncated before truncate on report execute function refuse_change();
create trigger audit_is_append_only before update or delete on audit for each row execute function refuse_change();
create trigger audit_is_not_truncated before truncate on audit execute function refuse_change();
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db)
  await sql.raw(appendOnly).execute(db)
}
