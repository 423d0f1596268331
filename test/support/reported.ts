// Numbers of the past and the future: an event at a moment of its own, and the cell that it makes.
import type { Db } from '../../src/database/connection.ts'
import type { Roster } from '../../src/database/roster.ts'

/** The id of a unit or an indicator by its name. */
export function idOf(roster: Roster, name: string): number {
  const found = [...roster.units.values(), ...roster.indicators.values()].find((one) => one.name === name)
  if (!found) throw new Error(`${name} is not in the example`)
  return found.id
}

let last = 0

/** A count that was reported at a moment and counts, written as the bot would write it, without its doubts. */
export async function reported(
  db: Db,
  roster: Roster,
  [unit, indicator]: [unit: string, indicator: string],
  value: number,
  at: string,
): Promise<void> {
  const place = { unit_id: idOf(roster, unit), indicator_id: idOf(roster, indicator) }
  const number = { value: String(value), as_of: at.slice(0, 10), reported_at: new Date(at) }
  const { id } = await db
    .insertInto('report')
    .values({
      ...{ ...place, ...number, campaign_id: roster.campaign.id, op: 'set', status: 'accepted' },
      ...{ platform: 'dingtalk', robot: 'r', message_id: `reported-${++last}` },
      ...{ raw_text: '', created_by: 'test' },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('cell')
    .set({ ...number, report_id: id })
    .where((e) => e.and(place))
    .execute()
}
