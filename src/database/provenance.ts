// Where numbers come from: every event of a cell with who said it, when, in which words, and what became of it (N9).
import { sql } from 'kysely'
import type { Executor } from './connection.ts'

/** When a report was really made: what a file brought counts as of the evening of its day, but came with the file. */
export const saidAt = sql<Date>`case when report.platform = 'import' then report.created_at else report.reported_at end`

export interface Told {
  id: number
  unit: number
  indicator: number
  op: 'set' | 'add' | 'correct' | 'void' | 'zero'
  value: string | null
  num: string | null
  den: string | null
  step: string | null
  as_of: string
  reported_at: Date
  platform: string
  raw_text: string
  status: 'pending' | 'accepted'
  on_behalf: boolean
  reporter: string | null
  reporter_id: number | null
  supersedes: number | null
  /** What stands in its place now: a correction, a withdrawal, the answer to a doubt. */
  replaced: 'set' | 'add' | 'correct' | 'void' | 'zero' | null
  /** The sentence that was doubted at first. */
  first_text: string | null
  /** Who said that; another than the reporter where the number was taken over with a duty. */
  first_reporter: string | null
}

/** The numbers that were said of these units, newest first; of one indicator or of all, ever or only those that count. */
export async function toldOf(
  db: Executor,
  units: number[],
  { indicator, limit, counting }: { indicator?: number; limit: number; counting?: true },
): Promise<Told[]> {
  const rows = await db
    .selectFrom('report')
    .leftJoin('person', 'person.id', 'report.reporter_id')
    .leftJoin('report as doubted', (join) =>
      join.onRef('doubted.id', '=', 'report.supersedes').on('doubted.status', '=', 'pending'),
    )
    .leftJoin('person as first', 'first.id', 'doubted.reporter_id')
    .where('report.unit_id', 'in', units)
    .$if(indicator !== undefined, (query) => query.where('report.indicator_id', '=', indicator ?? 0))
    .$if(counting !== undefined, (query) =>
      query.where((e) =>
        e.exists(
          e
            .selectFrom('cell')
            .whereRef('cell.report_id', '=', 'report.id')
            .whereRef('cell.unit_id', '=', 'report.unit_id')
            .whereRef('cell.indicator_id', '=', 'report.indicator_id')
            .select(sql`1`.as('one')),
        ),
      ),
    )
    .where('report.status', '=', 'accepted')
    .where('report.op', 'not in', ['void', 'zero'])
    .select(['report.id', 'report.unit_id as unit', 'report.indicator_id as indicator', 'report.op'])
    .select(['report.value', 'report.num', 'report.den', 'report.step', 'report.as_of'])
    .select(saidAt.as('reported_at'))
    .select(['report.platform', 'report.raw_text', 'report.status', 'report.on_behalf', 'report.supersedes'])
    .select(['person.name as reporter', 'report.reporter_id', 'doubted.raw_text as first_text'])
    .select('first.name as first_reporter')
    .select(
      sql<Told['replaced']>`(select later.op from report later where later.supersedes = report.id
        and not exists (select from report undone where undone.supersedes = later.id and undone.op = 'void')
        order by later.id desc limit 1)`.as('replaced'),
    )
    .orderBy('report.id', 'desc')
    .limit(limit)
    .execute()
  return rows
}
