// Phone numbers as they are kept: sealed. Whoever shows one has asked who may see it (`domain.md` C2, N25).
import type { Executor } from './connection.ts'

/** @returns the sealed numbers of those people who have one, by person */
export async function sealedPhones(db: Executor, people: number[]): Promise<Map<number, string>> {
  if (people.length === 0) return new Map()
  const rows = await db
    .selectFrom('person')
    .where('id', 'in', people)
    .where('status', '=', 'active')
    .select(['id', 'phone'])
    .execute()
  return new Map(rows.flatMap(({ id, phone }) => (phone === null ? [] : [[id, phone] as const])))
}
