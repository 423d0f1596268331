// Which rows with a live meaning point to a person; and all columns that refer to people, so that none is forgotten.
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../src/database/connection.ts'

/** Live rows, by the column that points: what is only history is not among them. */
const live: Record<string, (person: number) => RawBuilder<unknown>> = {
  'assignment.person_id': (p) => sql`from assignment where person_id = ${p} and valid_to is null`,
  'assignment.delegate_of': (p) => sql`from assignment where delegate_of = ${p} and valid_to is null`,
  'target.responsible_id': (p) => sql`from target where responsible_id = ${p}`,
  'reminder.owner_id': (p) => sql`from reminder where owner_id = ${p} and status = 'active'`,
  'account.person_id': (p) => sql`from account where person_id = ${p}`,
  'mute.person_id': (p) => sql`from mute where person_id = ${p}`,
  'binding_request.person_id': (p) => sql`from binding_request where person_id = ${p} and state = 'waiting'`,
  'extension.asked_by': (p) => sql`from extension where asked_by = ${p} and state in ('asked', 'passed')`,
  'bulletin.drafted_by': (p) => sql`from bulletin where drafted_by = ${p} and state in ('draft', 'held')`,
  'handover.from_id': (p) => sql`from handover where from_id = ${p} and state = 'planned'`,
  'handover.to_id': (p) => sql`from handover where to_id = ${p} and state = 'planned'`,
  // A doubted number is its author's for ever; whoever took the duty over answers it (`pendingOf`).
  'report.reporter_id': (p) => sql`from cell join report on report.id = pending_id where reporter_id = ${p}
    and not exists (select from handover where from_id = ${p} and state = 'done' and done_at >= report.reported_at)`,
  'outbox.person_id': (p) =>
    sql`from outbox where person_id = ${p} and state = 'queued' and key not like 'handover:%'`,
}

/** Who did something once: kept as it was. A silence ends by itself, and who has left hears nothing anyway. */
const history = [
  ...['verification.person_id', 'bulletin.approved_by', 'handover.ordered_by', 'silence.person_id'],
  // Who asked for a nudge in the night: it goes in the morning whoever has the duty by then.
  'planned_nudge.asked_by',
  // Who sent a file. What was only offered nobody else may accept: it is sent again.
  'workbook.person_id',
]

/** @returns how many live rows point to the person, by column, where there are any */
export async function pointingTo(db: Db, person: number): Promise<Record<string, number>> {
  const counted: Record<string, number> = {}
  for (const [column, rows] of Object.entries(live)) {
    const found = await sql<{ n: number }>`select count(*)::int as n ${rows(person)}`.execute(db)
    const n = found.rows[0]?.n ?? 0
    if (n > 0) counted[column] = n
  }
  return counted
}

/** Columns of the schema that refer to people and are in neither list. */
export async function unknownColumns(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select conrelid::regclass || '.' || attname as name from pg_constraint
    join pg_attribute on attrelid = conrelid and attnum = any(conkey)
    where contype = 'f' and confrelid = 'person'::regclass order by 1`.execute(db)
  return rows.map(({ name }) => name).filter((name) => !(name in live) && !history.includes(name))
}
