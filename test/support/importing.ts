// Importing in tests: files made of pages, offered and accepted, and what somebody says in between.
import { sql } from 'kysely'
import { rebuildCells, type TouchedCell } from '../../src/database/load-cells.ts'
import { UserError } from '../../src/errors.ts'
import { accept, type File, type Offered, offer } from '../../src/importing.ts'
import { keys, type Tools } from '../database/loading.ts'
import { type Pages, toFile } from '../sheet/small-campaign.ts'

export const now = new Date('2026-11-22T10:00:00+08:00')
export const later = new Date('2026-11-23T10:00:00+08:00')

/** Everything that an undo puts back: ids of what came and went do not matter, nor counters. */
export const restored = [
  ...['campaign', 'unit', 'unit_version', 'person', 'account', 'assignment', 'indicator', 'target', 'chat'],
  ...['cell', 'adjustment', 'veto', 'calendar_day', 'standing', 'subtotal', 'spread'],
]
export async function rowsOf({ db }: Tools): Promise<Record<string, unknown[]>> {
  const contents = restored.map(async (table) => {
    const query = sql<{ row: string }>`select (to_jsonb(t) - 'revision' - 'roster_version')::text as row
      from ${sql.table(table)} as t order by 1`
    return [table, (await query.execute(db())).rows.map(({ row }) => row)] as const
  })
  return Object.fromEntries(await Promise.all(contents))
}

export function importingWith(tools: Tools) {
  const importing = () => ({ db: tools.db(), keys })
  const fileOf = async (pages: Pages, more: Partial<File> = {}): Promise<File> => ({
    ...{ bytes: Buffer.from(await toFile(pages)), fileName: '活动.xlsx', by: '何晓雯', now, ...more },
  })
  const offered = async (file: File): Promise<Offered> => {
    const answer = await offer(importing(), file)
    if (answer.problems) throw new Error(JSON.stringify(answer.problems))
    return answer
  }
  const loaded = async (pages: Pages, more: Partial<File> = {}) => {
    const { id } = await offered(await fileOf(pages, more))
    return { id, done: await accept(importing(), id, { by: '何晓雯', now, ...more }) }
  }
  const campaign = async () =>
    (await tools.db().selectFrom('campaign').select('id').executeTakeFirstOrThrow()).id
  const unitOf = (code: string) =>
    tools.db().selectFrom('unit').where('code', '=', code).select('id').executeTakeFirstOrThrow()
  const personOf = async (unit: number) =>
    (
      await tools
        .db()
        .selectFrom('assignment')
        .where('unit_id', '=', unit)
        .select('person_id as id')
        .executeTakeFirstOrThrow()
    ).id
  const cellOf = async (unit: string, indicator: string): Promise<TouchedCell> => {
    const { rows } =
      await sql<TouchedCell>`select unit.id as unit_id, indicator.id as indicator_id from unit, indicator
      where unit.code = ${unit} and indicator.code = ${indicator}`.execute(tools.db())
    return rows[0] ?? { unit_id: 0, indicator_id: 0 }
  }
  /** What somebody says in a chat later on the day of the file. */
  const saidOf = async (cell: TouchedCell, op: 'set' | 'add', value: number) => {
    const campaignId = await campaign()
    await tools
      .db()
      .transaction()
      .execute(async (tx) => {
        await sql`insert into report (campaign_id, unit_id, indicator_id, op, value, as_of, reported_at, platform, robot,
            message_id, raw_text, status, created_by)
          values (${campaignId}, ${cell.unit_id}, ${cell.indicator_id}, ${op}, ${value}, '2026-11-21', ${later},
            'dingtalk', 'r', 'm1', 'x', 'accepted', 'x')`.execute(tx)
        await rebuildCells({ tx, campaignId }, [cell])
      })
  }
  const secretaryOf = async () => {
    const { id: unit } = await unitOf('S1')
    const duties = [{ role: 'secretary' as const, unit, team: null }]
    return { id: await personOf(unit), name: '张建国', duties }
  }
  const districtClerk = async () => {
    const query = tools.db().selectFrom('person').where('name', '=', '何晓雯').select('id')
    const duties = [{ role: 'district_admin' as const, unit: null, team: null }]
    return { ...(await query.executeTakeFirstOrThrow()), name: '何晓雯', duties }
  }
  return {
    secretaryOf,
    districtClerk,
    importing,
    fileOf,
    offered,
    loaded,
    campaign,
    unitOf,
    personOf,
    cellOf,
    saidOf,
  }
}

/** The sentence that somebody gets who may not, or cannot. */
export const sentence = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof UserError ? error.message : String(error)),
  )
