// The tables of how people say it: short names given in a chat, and what was not understood.
import type { Generated } from 'kysely'
import type { CalendarDate, Id, Made } from './column-types.ts'

export interface SayingTables {
  /** A short name of a unit or of an indicator, beside those of the workbook. */
  alias: Made & {
    id: Id
    campaign_id: number
    alias: string
    unit_id: number | null
    indicator_id: number | null
  }
  /** What nobody could read, without who said it and without numbers of phones: how often on a day. */
  missed: {
    id: Id
    campaign_id: number
    day: CalendarDate
    text: string
    times: Generated<number>
  }
}
