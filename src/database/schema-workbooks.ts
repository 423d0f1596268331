// The tables of workbooks that people sent, and of screens that show the board.
import type { Generated, JSONColumnType } from 'kysely'
import type { Id, Made } from './column-types.ts'

export interface WorkbookTables {
  /** A file that somebody sent: first offered with what it would change, then loaded, dropped or undone. */
  workbook: Made & {
    id: Id
    /** null until the campaign that a first file describes has been made. */
    campaign_id: number | null
    person_id: number | null
    file_name: string
    bytes: Buffer
    /** A whole campaign (docs/workbook.md), or numbers in the clerk's own table. */
    layout: 'campaign' | 'numbers'
    state: Generated<'offered' | 'loaded' | 'dropped' | 'undone'>
    /** What it changes, in words. */
    summary: JSONColumnType<string[]>
    /** Fingerprint of what it would change. */
    print: Generated<string>
    /** The rows that it changed, as they were and as they became; null = it made the campaign, or is not loaded. */
    rows_changed: JSONColumnType<unknown[]> | null
    /** Its reports are the imported ones of the campaign between these ids. */
    first_report: number | null
    last_report: number | null
    loaded_at: Date | null
    loaded_by: string | null
    undone_at: Date | null
    undone_by: string | null
  }
  /** A big screen by its name: its token is renewed as long as it is not switched off. */
  screen: Made & {
    id: Id
    campaign_id: number
    unit_id: number
    name: string
    seen_at: Date | null
    off_at: Date | null
  }
}
