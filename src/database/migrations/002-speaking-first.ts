// What the bot needs to speak first: outbox and its pacing, reminders, deadline alerts, snapshots, the calendar.
import { type Kysely, sql } from 'kysely'

const made = 'created_at timestamptz not null default now(), created_by text not null'
const id = 'id bigint generated always as identity primary key'
const inCampaign = 'campaign_id bigint not null references campaign(id)'

const tables = `
-- Times named *_at are the bot's; retry_at and free_at are real time (the database's clock).
-- No foreign keys where rows come by the hundred: chats and people are never deleted, and the checks would
-- cost more than the rows.
create table outbox (${id}, campaign_id bigint not null, key text collate "C" not null unique,
  chat_id bigint, person_id bigint, platform text,
  lane text not null, target text not null,
  kind text not null check (kind in ('reminder', 'alert', 'ranking', 'notice')),
  reply jsonb not null, due_at timestamptz not null, queued_at timestamptz not null, not_before timestamptz not null,
  state text not null default 'queued'
    check (state in ('queued', 'sending', 'accepted', 'uncertain', 'failed', 'cancelled')),
  -- When it may be tried (again); null = never again.
  retry_at timestamptz default 'epoch',
  -- Messages that go out as one share the id of the first; parts that have arrived are not sent again.
  batch bigint, parts_sent int not null default 0,
  tries int not null default 0, unknowns int not null default 0,
  code text, reason text, settled_at timestamptz,
  check (num_nonnulls(chat_id, person_id) = 1));
create index outbox_waiting on outbox (lane, id) where retry_at is not null;
create index outbox_chat on outbox (chat_id, id);
create index outbox_campaign on outbox (campaign_id, id);

-- A robot, or an app, and each of those whom it writes to: when the next message may go.
create table pace (key text primary key, free_at timestamptz not null default 'epoch');
create index pace_free on pace (free_at);

create table reminder (${id}, ${inCampaign},
  platform text not null, chat_id text not null, is_group boolean not null,
  owner_id bigint not null references person(id), owner_account text not null,
  audience text not null check (audience in ('me', 'group', 'all')), text text not null,
  schedule jsonb not null, next_at timestamptz, next_moment timestamptz, skip_until timestamptz,
  status text not null default 'active' check (status in ('active', 'done', 'cancelled')), ${made},
  check (status <> 'active' or next_at is not null));
create index reminder_due on reminder (next_at) where status = 'active';
create index reminder_chat on reminder (platform, chat_id, id) where status = 'active';
create index reminder_owner on reminder (owner_id, id) where status = 'active';

-- A due date that is moved is another deadline: its stages are told anew.
create table deadline_alert (${inCampaign}, unit_id bigint not null references unit(id),
  indicator_id bigint not null references indicator(id), stage text not null, due date not null,
  slot timestamptz not null, primary key (unit_id, indicator_id, stage, due));

create table mute (person_id bigint primary key references person(id), until date not null, ${made});

create table snapshot (${id}, ${inCampaign}, taken_at timestamptz not null, as_of date not null,
  rule_version int not null, high_water bigint not null, hash text not null, ${made},
  unique (campaign_id, taken_at));
create table snapshot_unit (snapshot_id bigint not null references snapshot(id), unit_id bigint not null references unit(id),
  peer_group text not null, total numeric, rank int, bottom_rank int, lamps jsonb not null, cells text not null,
  primary key (snapshot_id, unit_id));

create table calendar_day (day date primary key, working boolean not null, name text not null default '');

-- A process that died at its work holds a slot only until lease_until (real time); then another takes it up.
alter table job_run add column lease_until timestamptz not null default 'epoch', add column tries int not null default 1;
create index job_run_open on job_run (lease_until) where finished_at is null;

alter table chat add column push_off_at timestamptz, add column push_off_why text;

create trigger snapshot_is_append_only before update or delete on snapshot for each row execute function refuse_change();
create trigger snapshot_unit_is_append_only before update or delete on snapshot_unit
  for each row execute function refuse_change();
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db)
}
