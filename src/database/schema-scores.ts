// The tables of scores: kept totals, the history of the rules, and what people decide about numbers (`domain.md` C4, C8).
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { SumsText } from '../campaign/sums.ts'
import type { Reply } from '../message.ts'
import type { CalendarDate, Decimal, Id, Made } from './column-types.ts'

export type VetoEffect = 'no_award' | 'indicator_zero' | 'rank_last'
export type BulletinKind = 'weekly' | 'red_black' | 'indicator' | 'errata'
export type BulletinState = 'draft' | 'held' | 'published' | 'dropped'
export type ExtensionState = 'asked' | 'passed' | 'granted' | 'refused' | 'withdrawn'

export interface ScoreTables {
  standing: {
    unit_id: number
    campaign_id: number
    parent_id: number | null
    peer_group: string
    /** What is shown, in hundredths; null = 未参评. */
    total: number | null
    /** The same, but for a unit that a veto puts last. */
    ranked_on: number | null
    shares: string
    /** Fingerprint of the numbers behind them. */
    cells: string
  }
  subtotal: {
    unit_id: number
    indicator_id: number
    campaign_id: number
    sums: JSONColumnType<SumsText>
  }
  spread: { campaign_id: number; peer_group: string; width: number; bucket: number; units: number }
  snapshot_column: {
    snapshot_id: number
    indicator_id: number
    shares: Buffer
    ranks: Buffer
    lamps: Buffer
  }
  rule_change: {
    id: Id
    campaign_id: number
    what: string
    row_id: string
    body: ColumnType<Record<string, unknown>, string, never>
    changed_at: Generated<Date>
  }
  adjustment: Made & {
    id: Id
    campaign_id: number
    unit_id: number
    points: Decimal
    document: string
    reason: Generated<string>
    withdrawn: Generated<boolean>
  }
  veto: Made & {
    id: Id
    campaign_id: number
    unit_id: number
    indicator_id: number | null
    document: string
    reason: string
    effect: VetoEffect
    starts: CalendarDate
    ends: CalendarDate | null
    approved_by: string
    approved_by_too: string
    withdrawn: Generated<boolean>
  }
  verification: Made & {
    id: Id
    campaign_id: number
    report_id: number
    person_id: number
    result: 'verified' | 'rejected'
    note: Generated<string>
  }
  extension: Made & {
    id: Id
    campaign_id: number
    unit_id: number
    indicator_id: number
    due_before: CalendarDate
    due: CalendarDate
    reason: string
    asked_by: number
    state: Generated<ExtensionState>
    passed_by: string | null
    decided_by: string | null
    decided_at: Date | null
    /** Why it was refused. */
    answer: Generated<string>
  }
  silence: Made & {
    id: Id
    campaign_id: number
    /** Exactly one of the two says whose alerts are silent. */
    unit_id: number | null
    person_id: number | null
    /** The last day, included. */
    until: CalendarDate
    reason: string
    ended_at: Date | null
    ended_by: string | null
  }
  bulletin: Made & {
    id: Id
    campaign_id: number
    unit_id: number
    snapshot_id: number | null
    kind: BulletinKind
    state: Generated<BulletinState>
    reply: JSONColumnType<Reply>
    /** What a person wrote under it. */
    sentence: Generated<string>
    corrects: number | null
    drafted_by: number | null
    approved_by: number | null
    published_at: Date | null
  }
}
