// Who does not want to be @-ed by the bot, and until which day. `pushes.ts` reads it.
import type { Executor } from './connection.ts'

/** Somebody is not @-ed until the end of that day; a new wish takes the place of the old one. */
export async function mute(db: Executor, person: { id: number; name: string }, until: string): Promise<void> {
  await db
    .insertInto('mute')
    .values({ person_id: person.id, until, created_by: person.name })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ until }))
    .execute()
}

/** @returns false when there was no such wish */
export async function unmute(db: Executor, person: number, today: string): Promise<boolean> {
  const gone = await db.deleteFrom('mute').where('person_id', '=', person).returning('until').execute()
  return gone.some(({ until }) => until >= today)
}
