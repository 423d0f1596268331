// What a load changes, row by row: pictures of the campaign's rows before and after, compared in the database, where
// decimals stay what they are. From what differs the rows are put back (`row-restoring.ts`).
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from './schema.ts'

type Tx = Transaction<Database>

/** Every table that a load writes, the key of a row, and as much of the row as is put back. Cells are only looked at. */
const pictured = {
  campaign: [
    't.id',
    `jsonb_build_object('id', t.id, 'starts', t.starts, 'ends', t.ends, 'settings', t.settings)`,
  ],
  // Not put back: it says whether the rules have changed.
  rules: ['t.id', `jsonb_build_object('version', t.rule_version)`],
  unit: ['t.id'],
  unit_version: ['t.id'],
  person: ['t.id'],
  account: [`t.platform || '/' || t.userid`],
  assignment: ['t.id'],
  indicator: ['t.id'],
  target: [`t.unit_id || '/' || t.indicator_id`],
  // Whether its robot works is not what a load says.
  chat: ['t.id', `to_jsonb(t) - 'push_off_at' - 'push_off_why'`],
  calendar_day: ['t.day'],
  adjustment: ['t.id'],
  veto: ['t.id'],
  cell: [`t.unit_id || '/' || t.indicator_id`],
} as const satisfies Record<string, readonly [key: string, body?: string]>

export type Pictured = Exclude<keyof typeof pictured, 'cell' | 'rules'>

/** In SQL: the key of a row of `table`, which is called t. */
export const keyOf = (table: Pictured): RawBuilder<string> => sql.raw(`(${pictured[table][0]})::text`)

const scopes: Record<string, string> = {
  ...{ campaign: 't.id = :c', rules: 't.id = :c', calendar_day: ':c is not null' },
}
const tables: Record<string, string> = { rules: 'campaign' }

/** A statement that gives all of them, or of `only` these tables, as they are: what, id, body. */
export function pictureOf(
  campaign: number,
  only: readonly string[] = Object.keys(pictured),
): RawBuilder<unknown> {
  const chosen = Object.entries(pictured).filter(([table]) => only.includes(table))
  const selects = chosen.map(([table, [key, body = 'to_jsonb(t)']]) => {
    const scope = scopes[table] ?? 't.campaign_id = :c'
    return `select '${table}' as what, (${key})::text as id, ${body} as body
      from ${tables[table] ?? table} as t where ${scope.replace(':c', `${Number(campaign)}`)}`
  })
  return sql.raw(selects.join(' union all '))
}

/** Remembers the rows as they are, until the end of the transaction. */
export async function takePicture(tx: Tx, campaign: number, only?: readonly string[]): Promise<void> {
  await sql`create temp table row_before on commit drop as ${pictureOf(campaign, only)}`.execute(tx)
  await sql`create temp table row_changed (what text, id text, before jsonb, after jsonb) on commit drop`.execute(
    tx,
  )
}

/** Compares the rows with the picture; `row_changed` then holds what differs. */
export async function comparePicture(tx: Tx, campaign: number, only?: readonly string[]): Promise<void> {
  await sql`insert into row_changed
    select coalesce(b.what, a.what), coalesce(b.id, a.id), b.body, a.body
    from row_before as b full join (${pictureOf(campaign, only)}) as a on a.what = b.what and a.id = b.id
    where b.body is distinct from a.body`.execute(tx)
}

/** What a cell shows; numbers as plain decimals. */
export interface Shown {
  value: string | null
  num: string | null
  den: string | null
  step: string | null
}

export interface CellChange {
  unit_id: number
  indicator_id: number
  /** null = nothing had been reported. */
  before: Shown | null
  after: Shown | null
}

/** Cells that show another number than before. */
export async function cellsChanged(tx: Tx): Promise<CellChange[]> {
  const { rows } = await sql<CellChange>`
    with shown as (select what, id, case when before->>'report_id' is null then null else ${shown('before')} end as before,
        ${shown('after')} as after from row_changed)
    select split_part(id, '/', 1)::bigint as unit_id, split_part(id, '/', 2)::bigint as indicator_id, before, after
    from shown where what = 'cell' and before is distinct from after order by 1, 2`.execute(tx)
  return rows
}

function shown(side: 'before' | 'after'): RawBuilder<Shown> {
  const decimal = (field: string) => sql`trim_scale((${sql.ref(side)}->>${sql.lit(field)})::numeric)::text`
  return sql`jsonb_build_object('value', ${decimal('value')}, 'num', ${decimal('num')}, 'den', ${decimal('den')},
    'step', ${sql.ref(side)}->>'step')`
}

/** Keeps with a workbook what it changed. */
export async function keepChanges(tx: Tx, workbook: number): Promise<void> {
  await sql`update workbook set rows_changed = coalesce((select jsonb_agg(to_jsonb(row_changed)) from row_changed
    where what <> 'cell'), '[]') where id = ${workbook}`.execute(tx)
}
