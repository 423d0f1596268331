// A campaign as its workbook says it: typed and checked, not yet compared with what the database holds.
import type { CalendarDay } from '../campaign/calendar.ts'
import type { Kind } from '../campaign/completion.ts'
import type { Role } from '../campaign/permissions.ts'
import type { Level, Settings } from '../database/schema.ts'
import type { VetoEffect } from '../database/schema-scores.ts'
import type { PlatformName } from '../message.ts'

/** References are codes, numbers are plain decimals, dates are `YYYY-MM-DD`. */
export interface CampaignWorkbook {
  plan: PlanEntry
  units: UnitEntry[]
  people: PersonEntry[]
  indicators: IndicatorEntry[]
  targets: TargetEntry[]
  reports: ReportEntry[]
  chats: ChatEntry[]
  calendar: CalendarDay[]
  /** null = the file has no such sheet and says nothing about them. */
  adjustments: AdjustmentEntry[] | null
  vetoes: VetoEntry[] | null
}

export interface PlanEntry {
  name: string
  starts: string
  ends: string
  ruleVersion: number
  settings: Settings
}

export interface UnitEntry {
  code: string
  name: string
  aliases: string[]
  level: Level
  parent: string | null
  peerGroup: string
  roster: number
}

export interface PersonEntry {
  name: string
  role: Exclude<Role, 'guest'>
  unit: string | null
  team: string | null
  phone: string | null
  accounts: { platform: PlatformName; userid: string }[]
}

export interface IndicatorEntry {
  code: string
  part: number
  ordinal: number
  name: string
  aliases: string[]
  kind: Kind
  uom: string
  direction: 'up' | 'down'
  origin: 'municipal' | 'district'
  weight: string
  cap: string
  baseline: string
  target: string | null
  starts: string | null
  due: string | null
  plan: [date: string, share: number][]
  steps: [name: string, share: string][]
  appliesTo: Level[]
}

export interface TargetEntry {
  unit: string
  indicator: string
  target: string | null
  baseline: string | null
  due: string | null
  responsible: PersonEntry | null
  /** Why the indicator does not apply here (不涉及), and who approved that; null = it applies. */
  exempt: { reason: string; approvedBy: string } | null
}

/** A cumulative number of the past. */
export interface ReportEntry {
  unit: string
  indicator: string
  asOf: string
  value: string | null
  num: string | null
  den: string | null
  step: string | null
  reporter: PersonEntry | null
}

export interface ChatEntry {
  platform: PlatformName
  chatId: string
  title: string
  unit: string
  push: { token: string; secret?: string } | { key: string } | null
}

/** Points given (positive) or taken (negative) by a document. */
export interface AdjustmentEntry {
  unit: string
  points: string
  document: string
  reason: string
}

export interface VetoEntry {
  unit: string
  /** What counts as zero; null for the other effects. */
  indicator: string | null
  effect: VetoEffect
  document: string
  reason: string
  approvedBy: string
  approvedByToo: string
  starts: string
  /** null = until it is withdrawn. */
  ends: string | null
}
