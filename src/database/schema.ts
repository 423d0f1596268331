// The tables as TypeScript sees them. Made by the migrations beside this file; entities are those of `domain.md` C1.
import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { Kind } from '../campaign/completion.ts'
import type { Role } from '../campaign/permissions.ts'
import type { Schedule } from '../campaign/recurrence.ts'
import type { Reply } from '../message.ts'
import type { CalendarDate, Decimal, DecimalOrNull, Id, Made } from './column-types.ts'
import type { HandoverTables } from './schema-handovers.ts'
import type { NudgeTables } from './schema-nudges.ts'
import type { SayingTables } from './schema-sayings.ts'
import type { ScoreTables } from './schema-scores.ts'
import type { WorkbookTables } from './schema-workbooks.ts'

export type Level = 'district' | 'street' | 'community' | 'village'
/** What a push is: people's own reminders are exempt from the budget of unprompted messages. */
export type PushKind = 'reminder' | 'alert' | 'ranking' | 'notice'
export type Operation = 'set' | 'add' | 'correct' | 'void' | 'zero'

/** Rules of one campaign that an administrator may set (`domain.md` C4, C5, N13). */
export interface Settings {
  zero_target: 'na' | 'done'
  /** Percentage points behind schedule from which a lamp is yellow, and beyond which it is red. */
  yellow: number
  red: number
  ranking_visibility: 'full' | 'top3'
  /** Whether vetoes (一票否决) count. Campaigns of before have nothing stored here: only true is on. */
  veto: boolean
}

export interface Database extends ScoreTables, HandoverTables, NudgeTables, SayingTables, WorkbookTables {
  campaign: Made & {
    id: Id
    name: string
    starts: CalendarDate
    ends: CalendarDate
    status: Generated<'draft' | 'active' | 'closing' | 'archived'>
    rule_version: Generated<number>
    settings: JSONColumnType<Settings>
    /** Raised by every write, in the writer's transaction: the writers' lock and the readers' cache key. */
    revision: Generated<number>
    /** Raised when units, indicators, people or targets change. */
    roster_version: Generated<number>
  }
  unit: Made & { id: Id; campaign_id: number; code: string; level: Level }
  unit_version: Made & {
    id: Id
    campaign_id: number
    unit_id: number
    name: string
    aliases: string[]
    parent_id: number | null
    peer_group: string
    roster: number
    valid_from: CalendarDate
    valid_to: CalendarDate | null
  }
  person: Made & {
    id: Id
    campaign_id: number
    name: string
    /** Sealed with SECRET_KEY. */
    phone: string | null
    /** Keyed hash of the phone number, to find a person by it. */
    phone_mark: string | null
    status: Generated<'active' | 'left'>
  }
  account: Made & { campaign_id: number; platform: string; userid: string; person_id: number }
  assignment: Made & {
    id: Id
    campaign_id: number
    person_id: number
    unit_id: number | null
    team: string | null
    role: Exclude<Role, 'guest'>
    valid_from: CalendarDate
    valid_to: CalendarDate | null
    delegate_of: number | null
  }
  indicator: Made & {
    id: Id
    campaign_id: number
    code: string
    part: number
    ordinal: number
    name: string
    aliases: string[]
    kind: Kind
    uom: string
    direction: Generated<'up' | 'down'>
    origin: 'municipal' | 'district'
    weight: Decimal
    cap: Decimal
    baseline: Decimal
    target_default: DecimalOrNull
    starts: CalendarDate | null
    due: CalendarDate | null
    /** Plan points of the schedule line: date and share (0…1) that should be reached. */
    plan: JSONColumnType<[CalendarDate, number][]>
    /** Milestones: step and the share (0…1) of the work done when it is reached, in order. */
    steps: JSONColumnType<Record<string, number>>
    cadence_days: Generated<number>
    source: Generated<'chat' | 'import' | 'quiz' | 'register'>
    applies_to: Level[]
  }
  target: Made & {
    campaign_id: number
    unit_id: number
    indicator_id: number
    target: DecimalOrNull
    baseline: DecimalOrNull
    due: CalendarDate | null
    responsible_id: number | null
    applies: Generated<boolean>
    na_reason: string | null
    approved_by: string | null
  }
  report: Made & {
    id: Id
    campaign_id: number
    unit_id: number
    indicator_id: number
    op: Operation
    value: DecimalOrNull
    num: DecimalOrNull
    den: DecimalOrNull
    step: string | null
    as_of: CalendarDate
    reported_at: Date
    reporter_id: number | null
    on_behalf: Generated<boolean>
    platform: string
    robot: string
    chat_id: string | null
    message_id: string
    /** Which number of its message this is. */
    line: Generated<number>
    raw_text: string
    status: 'pending' | 'accepted'
    /** Why it waits for an answer; null when accepted at once. */
    doubt: string | null
    supersedes: number | null
  }
  cell: {
    campaign_id: number
    unit_id: number
    indicator_id: number
    value: DecimalOrNull
    num: DecimalOrNull
    den: DecimalOrNull
    step: string | null
    as_of: CalendarDate | null
    reported_at: Date | null
    /** The accepted event that made the present value. */
    report_id: number | null
    /** A report that still waits for its answer. */
    pending_id: number | null
  }
  chat: Made & {
    id: Id
    campaign_id: number
    platform: string
    chat_id: string
    title: string
    unit_id: number
    purpose: Generated<'work' | 'dispatch' | 'supervision'>
    /** The chat's push robot (token, key, secret) as JSON, sealed with SECRET_KEY. */
    push: string | null
    /** Since when and why its robot is out of use; both null while it works. */
    push_off_at: Date | null
    push_off_why: string | null
  }
  binding_request: Made & {
    id: Id
    campaign_id: number
    platform: string
    userid: string
    nick: string
    person_id: number
    state: Generated<'waiting' | 'granted' | 'refused'>
    decided_by: string | null
  }
  /** Messages that have been dealt with: a repeat is recognised even after a restart. */
  heard: { platform: string; robot: string; message_id: string; heard_at: Date }
  audit: {
    id: Id
    campaign_id: number
    at: Date
    actor: string
    action: string
    subject: string
    before_hash: string | null
    after_hash: string | null
    reason: string
    previous: string
    hash: string
  }
  /** Which job ran for which moment: the primary key lets one replica have it. */
  job_run: {
    job: string
    slot: Date
    started_at: Date
    finished_at: Date | null
    failure: string | null
    /** Real time until which whoever has it is believed to be at it. */
    lease_until: Generated<Date>
    tries: Generated<number>
  }
  setting: { name: string; value: ColumnType<unknown, string, string> }
  outbox: {
    id: Id
    campaign_id: number
    key: string
    /** Exactly one of the two says to whom. */
    chat_id: number | null
    person_id: number | null
    /** For a person: by which platform, if that matters. */
    platform: string | null
    /** For a person: the account itself, when it is no longer bound to him. */
    account: Generated<string | null>
    /** What is paced together: a chat's robot, or a whole app. */
    lane: string
    /** Whom it goes to, within the lane. */
    target: string
    kind: PushKind
    reply: JSONColumnType<Reply>
    /** What it says first, at most 200 characters: all that lists need of it. */
    said: GeneratedAlways<string | null>
    /** The moment it is for, the moment it was queued, the moment from which it may go: by the bot's clock. */
    due_at: Date
    queued_at: Date
    not_before: Date
    /** `kept` = not to be sent, a file for who has its link. */
    state: Generated<'queued' | 'sending' | 'accepted' | 'uncertain' | 'failed' | 'cancelled' | 'kept'>
    /** Real time from which it may be tried (again); null = never again. */
    retry_at: Generated<Date | null>
    /** Messages that went out as one share the id of the first. */
    batch: number | null
    parts_sent: Generated<number>
    tries: Generated<number>
    /** How often nobody knows whether it arrived. */
    unknowns: Generated<number>
    code: string | null
    reason: string | null
    settled_at: Date | null
  }
  pace: { key: string; free_at: Generated<Date> }
  reminder: Made & {
    id: Id
    campaign_id: number
    platform: string
    /** The platform's id of the group, or of the person in private. */
    chat_id: string
    is_group: boolean
    owner_id: number
    owner_account: string
    audience: 'me' | 'group' | 'all'
    text: string
    schedule: JSONColumnType<Schedule>
    /** When it fires next, and the moment that firing belongs to. */
    next_at: Date | null
    next_moment: Date | null
    /** 下次不用提醒: what belongs to moments up to here is skipped. */
    skip_until: Date | null
    status: Generated<'active' | 'done' | 'cancelled'>
  }
  deadline_alert: {
    campaign_id: number
    unit_id: number
    indicator_id: number
    stage: string
    due: CalendarDate
    slot: Date
  }
  mute: Made & { person_id: number; until: CalendarDate }
  snapshot: Made & {
    id: Id
    campaign_id: number
    taken_at: Date
    as_of: CalendarDate
    rule_version: number
    /** The newest report that is in it, and the newest change of rules. */
    high_water: number
    rules_high_water: Generated<number>
    hash: string
    /** Columns of whole numbers (`snapshot-columns.ts`), in the order of the units. */
    units: Buffer
    peer_names: string[]
    peers: Buffer
    totals: Buffer
    ranks: Buffer
    bottoms: Buffer
  }
  calendar_day: { day: CalendarDate; working: boolean; name: Generated<string> }
}
