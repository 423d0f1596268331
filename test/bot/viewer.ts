// Who looks at a chart or a page of the example campaign, without saying anything: in private, or in a group.
import { readRoster, type Unit } from '../../src/database/roster.ts'
import { dutiesOf } from '../../src/database/viewers.ts'
import type { Viewing } from '../../src/turn.ts'
import { group, message, privately, type Talk } from './harness.ts'

export const today = '2026-11-22'

export async function viewers({ db, clock }: Talk) {
  const { id } = await db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  const roster = await readRoster(db, id)
  const unitNamed = (name: string): Unit => {
    const found = [...roster.units.values()].find((one) => one.name === name)
    if (!found) throw new Error(`no ${name}`)
    return found
  }
  /** @param chat the unit of the group; absent = in private */
  const viewing = async ({ name }: { name: string }, chat?: string): Promise<Viewing> => {
    const row = await db.selectFrom('person').where('name', '=', name).select('id').executeTakeFirstOrThrow()
    const person = await dutiesOf(db, id, row.id, today)
    if (!person) throw new Error(`${name} has no duties`)
    const where = chat ? { chat: group } : privately({ id: name, name })
    return {
      ...{ db, roster, person, now: clock.now(), today, message: message('挂图', where) },
      ...(chat && { chatUnit: unitNamed(chat) }),
      cached: (_, compute) => compute(),
    }
  }
  return { viewing, unitNamed }
}
