// What checkers found about numbers: confirmed or rejected, by whom and when; append-only (`domain.md` C3.7).
import { permissions, type Role } from '../campaign/permissions.ts'
import type { Executor } from './connection.ts'

export interface Verification {
  report: number
  person: number
  name: string
  result: 'verified' | 'rejected'
  note: string
  at: Date
}

/** What was found about these reports, oldest first. */
export async function verificationsOf(db: Executor, reports: number[]): Promise<Verification[]> {
  if (reports.length === 0) return []
  const rows = await db
    .selectFrom('verification')
    .innerJoin('person', 'person.id', 'verification.person_id')
    .where('report_id', 'in', reports)
    .orderBy('verification.id')
    .select(['report_id as report', 'person_id as person', 'person.name', 'result', 'note'])
    .select('verification.created_at as at')
    .execute()
  return rows
}

/** Adds what one checker found. Call it inside `writing`, with the report still the one that counts. */
export async function addVerification(
  tx: Executor,
  found: { campaign: number; report: number; person: { id: number; name: string }; at: Date } & Pick<
    Verification,
    'result' | 'note'
  >,
): Promise<void> {
  const { campaign, report, person, at, result, note } = found
  await tx
    .insertInto('verification')
    .values({
      ...{ campaign_id: campaign, report_id: report, person_id: person.id, result, note },
      ...{ created_by: person.name, created_at: at },
    })
    .execute()
}

/** Who may check numbers of a campaign, and of which unit: a person is there once for each duty. */
export function checkersIn(
  db: Executor,
  campaign: number,
): Promise<{ id: number; name: string; role: Role; unit: number | null }[]> {
  return db
    .selectFrom('assignment')
    .innerJoin('person', 'person.id', 'assignment.person_id')
    .where('assignment.campaign_id', '=', campaign)
    .where('assignment.valid_to', 'is', null)
    .where('person.status', '=', 'active')
    .where('role', 'in', Object.keys(permissions.verify) as (keyof typeof permissions.verify)[])
    .orderBy('person.id')
    .select(['person.id', 'person.name', 'role', 'unit_id as unit'])
    .execute()
}
