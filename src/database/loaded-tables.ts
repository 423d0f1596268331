// The tables of numbers that clerks loaded, as they sent them.
import { sql } from 'kysely'
import type { Executor } from './connection.ts'

export interface LoadedTable {
  id: number
  fileName: string
  /** Whether the person who asks loaded it; else, who did. */
  isOwn: boolean
  by: string
}

/** Looked at, newest first: a table of hers is among her last ones. */
const mostLooked = 50

/**
 * The tables that count and brought no number of any unit but these: the person's own first, newest first; without their
 * bytes, which may be many megabytes.
 * @param others also those that were loaded by the people of this unit, or by nobody in particular
 */
export async function loadedTables(
  db: Executor,
  campaign: number,
  { person, others, units, most }: { person: number; others?: number; units: number[]; most: number },
): Promise<LoadedTable[]> {
  const ofOthers = sql`or person_id is null or person_id in
    (select person_id from assignment where unit_id = ${others ?? 0} and valid_to is null)`
  const { rows } = await sql<LoadedTable>`
    select id, file_name as "fileName", "isOwn", coalesce(loaded_by, '') as by from (
      select id, file_name, loaded_by, loaded_at, first_report, last_report, person_id is not distinct from ${person}::bigint as "isOwn"
      from workbook where campaign_id = ${campaign} and state = 'loaded' and layout = 'numbers'
        and (person_id = ${person}::bigint ${others === undefined ? sql`` : ofOthers})
      order by "isOwn" desc, loaded_at desc, id desc limit ${mostLooked}) as newest
    where not exists (select from report where report.id between first_report and last_report
      and report.campaign_id = ${campaign} and platform = 'import' and unit_id <> all(${units}::bigint[]))
    order by "isOwn" desc, loaded_at desc, id desc limit ${most}`.execute(db)
  return rows
}
