// Puts the rows of an undone import back as they were (`row-images.ts`): all of them, or, when somebody has changed one
// since, none.
import { sql, type Transaction } from 'kysely'
import { keyOf, type Pictured, pictureOf } from './row-images.ts'
import type { Database } from './schema.ts'

type Tx = Transaction<Database>

/** Nothing refers to their rows: what was added can go. */
const loose = [
  'target',
  'account',
  'assignment',
  'adjustment',
  'veto',
  'calendar_day',
  'unit_version',
] as const
const changeable = [
  ...(['unit', 'person', 'indicator', 'campaign', 'chat', 'unit_version', 'assignment', 'target'] as const),
  ...(['adjustment', 'veto', 'calendar_day', 'account'] as const),
]
/** Others may refer to them by now: reports, reminders, messages that were sent. */
const referredTo = ['chat', 'indicator', 'person', 'unit'] as const

/** A row that was changed, in words. */
export interface RowWords {
  what: Pictured
  name: string
}

/** Makes the rows that an import changed known to the other functions here, until the end of the transaction. */
export async function openChanges(tx: Tx, workbook: number): Promise<void> {
  await sql`create temp table undone on commit drop as
    select r.* from workbook, jsonb_to_recordset(workbook.rows_changed) as r(what text, id text, before jsonb, after jsonb)
    where workbook.id = ${workbook}`.execute(tx)
}

/** What came of it: of how many rows of each table, and whether the rules became another version. */
export async function summaryOf(
  tx: Tx,
): Promise<{ rows: number; rules: { before: number; after: number } | null }> {
  const { rows } = await sql<{ rows: number; before: number | null; after: number | null }>`
    select count(*) filter (where what <> 'rules') as rows, max((before->>'version')::int) as before,
      max((after->>'version')::int) as after from undone`.execute(tx)
  const { rows: count = 0, before = null, after = null } = rows[0] ?? {}
  return { rows: count, rules: before === null || after === null ? null : { before, after } }
}

/** The days off and on that it changed. */
export async function daysChanged(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select id from undone where what = 'calendar_day' order by id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** What somebody has changed since, in words. */
export async function conflicts(tx: Tx, campaign: number): Promise<RowWords[]> {
  const { rows } = await sql<RowWords>`
    with now as (${pictureOf(campaign)}),
      other as (select undone.what, coalesce(now.body, undone.after, undone.before) as body
        from undone left join now on now.what = undone.what and now.id = undone.id
        where now.body is distinct from undone.after and undone.what <> 'rules')
    select what, ${inWords} as name from other order by what, name`.execute(tx)
  return rows
}

/** What a row is about; names are the present ones. */
const inWords = sql<string>`concat_ws(' ',
  (select name from unit_version where unit_id = (body->>'unit_id')::bigint and what <> 'unit_version'
    order by valid_to is null desc, id desc limit 1),
  (select name from indicator where id = (body->>'indicator_id')::bigint),
  (select name from person where id = (body->>'person_id')::bigint),
  body->>'name', body->>'title', body->>'userid', body->>'document', body->>'day',
  case what when 'unit' then body->>'code' end)`

/**
 * Puts everything back.
 * @param today the last day of units that cannot go
 * @returns what had to stay because others refer to it; it is out of use
 */
export async function restoreRows(tx: Tx, today: string): Promise<RowWords[]> {
  for (const table of loose)
    await sql`delete from ${sql.table(table)} as t using undone
      where undone.what = ${table} and undone.before is null and undone.id = ${keyOf(table)}
        and (${table !== 'unit_version'} or not ${isOfNewUnit})`.execute(tx)
  // Accounts are the only rows that a load deletes.
  await sql`insert into account select back.* from undone, jsonb_populate_record(null::account, undone.before) as back
    where undone.what = 'account' and undone.after is null`.execute(tx)
  for (const table of changeable) await putBack(tx, table)
  const stayed: RowWords[] = []
  for (const table of referredTo) {
    let [before, left] = [-1, await forget(tx, table)]
    // A street goes when its communities have gone.
    for (; left.length > 0 && left.length !== before; left = await forget(tx, table)) before = left.length
    await putOutOfUse(
      tx,
      table,
      left.map(({ id }) => id),
      today,
    )
    stayed.push(...left)
  }
  return stayed
}

/** Whether t, a version, is of a unit that came with the import: it goes with it, or is closed. */
const isOfNewUnit = sql<boolean>`exists (select from undone as made where made.what = 'unit' and made.before is null
  and made.id = (undone.after->>'unit_id'))`

async function putBack(tx: Tx, table: Pictured): Promise<void> {
  const { rows } = await sql<{
    column: string
  }>`select distinct jsonb_object_keys(before) as column from undone
    where what = ${table} and before is not null and after is not null`.execute(tx)
  const columns = rows.flatMap(({ column }) => (column === 'id' ? [] : [column]))
  if (columns.length === 0) return
  const values = columns.map((column) => sql`${sql.ref(column)} = back.${sql.ref(column)}`)
  await sql`update ${sql.table(table)} as t set ${sql.join(values)}
    from undone, jsonb_populate_record(null::${sql.table(table)}, undone.before) as back
    where undone.what = ${table} and undone.before is not null and undone.after is not null
      and undone.id = ${keyOf(table)}`.execute(tx)
}

/** Deletes what was added. @returns what has to stay */
async function forget(tx: Tx, table: (typeof referredTo)[number]): Promise<(RowWords & { id: number })[]> {
  const { rows } = await sql<RowWords & { id: number; gone: boolean }>`
    with added as materialized (select what, undone.id::bigint as id, after as body
      from undone join ${sql.table(table)} as still on still.id::text = undone.id
      where what = ${table} and before is null)
    select id, what, coalesce((select name from unit_version where what = 'unit' and unit_id = added.id limit 1),
      ${inWords}) as name, forget(what, id) as gone from added order by id desc`.execute(tx)
  return rows.filter(({ gone }) => !gone)
}

async function putOutOfUse(
  tx: Tx,
  table: (typeof referredTo)[number],
  ids: number[],
  today: string,
): Promise<void> {
  if (ids.length === 0) return
  if (table === 'unit') {
    const current = tx.updateTable('unit_version').set({ valid_to: today }).where('valid_to', 'is', null)
    await current.where('unit_id', 'in', ids).execute()
  }
  if (table === 'person')
    await tx.updateTable('person').set({ status: 'left' }).where('id', 'in', ids).execute()
  if (table === 'indicator')
    await tx.updateTable('indicator').set({ weight: '0' }).where('id', 'in', ids).execute()
  if (table === 'chat') await tx.updateTable('chat').set({ push: null }).where('id', 'in', ids).execute()
}
