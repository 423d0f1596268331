// The tables as TypeScript sees them. Made by the migrations beside this file; entities are those of `domain.md` C1.
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Kind } from '../campaign/completion.ts'
import type { Role } from '../campaign/permissions.ts'

type Id = Generated<number>
/** `numeric` comes back as a decimal string on both databases, so nothing passes through a float. */
type Decimal = ColumnType<string, string | number, string | number>
type DecimalOrNull = ColumnType<string | null, string | number | null | undefined, string | number | null>
/** Calendar date in Asia/Shanghai, `YYYY-MM-DD`. */
type CalendarDate = string
type Made = { created_at: Generated<Date>; created_by: string }

export type Level = 'district' | 'street' | 'community' | 'village'
export type Operation = 'set' | 'add' | 'correct' | 'void' | 'zero'

/** Rules of one campaign that an administrator may set (`domain.md` C4, C5, N13). */
export interface Settings {
  zero_target: 'na' | 'done'
  /** Percentage points behind schedule from which a lamp is yellow, and beyond which it is red. */
  yellow: number
  red: number
  ranking_visibility: 'full' | 'top3'
}

export interface Database {
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
  job_run: { job: string; slot: Date; started_at: Date; finished_at: Date | null; failure: string | null }
  setting: { name: string; value: ColumnType<unknown, string, string> }
}
