// The table of nudges that wait for office hours (`domain.md` C6, N4).
import type { JSONColumnType } from 'kysely'
import type { Id, Made } from './column-types.ts'

/** What a nudge is about, as it is stored until it goes. */
export interface NudgeSubject {
  /** Communities and villages. */
  units: number[]
  indicator: number | null
  /** A period was named: what was not reported in it is all that is meant. */
  isPeriod: boolean
  /** From when on a report counts: the moment, and the first day that it may speak of. */
  from: string
  firstDay: string
}

export interface NudgeTables {
  planned_nudge: Made & {
    id: Id
    campaign_id: number
    at: Date
    asked_by: number
    /** The chat in which it was asked for. */
    platform: string
    chat_id: string
    asked: JSONColumnType<NudgeSubject>
  }
}
