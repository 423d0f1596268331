// Those who keep the chats in order: the district's clerks, and the sub-district's for its own chats (`domain.md` C2).
import type { Executor } from './connection.ts'

/** Ids of active people: all district clerks, and with `unit` also the clerks of that unit. */
export async function clerksOf(db: Executor, campaign: number, unit?: number): Promise<number[]> {
  const rows = await db
    .selectFrom('assignment')
    .innerJoin('person', 'person.id', 'assignment.person_id')
    .where('assignment.campaign_id', '=', campaign)
    .where('assignment.valid_to', 'is', null)
    .where('person.status', '=', 'active')
    .where((e) =>
      e.or([
        e('role', '=', 'district_admin'),
        e.and([e('role', '=', 'street_admin'), e('unit_id', '=', unit ?? 0)]),
      ]),
    )
    .orderBy('person.id')
    .distinct()
    .select('person.id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Ids of the active secretaries of a unit, who are told what others do to its numbers (`domain.md` C3.6). */
export const secretariesOf = async (db: Executor, unit: number): Promise<number[]> =>
  (await secretariesIn(db, [unit])).map(({ id }) => id)

/** The same of several units. */
export function secretariesIn(db: Executor, units: number[]): Promise<{ unit: number; id: number }[]> {
  return db
    .selectFrom('assignment')
    .innerJoin('person', 'person.id', 'assignment.person_id')
    .where('assignment.unit_id', 'in', units)
    .where('assignment.role', '=', 'secretary')
    .where('assignment.valid_to', 'is', null)
    .where('person.status', '=', 'active')
    .orderBy('person.id')
    .distinct()
    .select(['assignment.unit_id as unit', 'person.id'])
    .$narrowType<{ unit: number }>()
    .execute()
}

/**
 * Takes a chat's robot out of use.
 * @param push the robot, as sealed, that was refused: the chat may have another one by now
 * @returns the chat, or undefined when somebody else did so before, or it has another robot
 */
export function switchOff(
  db: Executor,
  chat: number,
  { at, why, push }: { at: Date; why: string; push: string | null },
) {
  return db
    .updateTable('chat')
    .set({ push_off_at: at, push_off_why: why.slice(0, 300) })
    .where('id', '=', chat)
    .where('push_off_at', 'is', null)
    .where('push', 'is not distinct from', push)
    .returning(['title', 'chat_id', 'unit_id'])
    .executeTakeFirst()
}
