// Numbers of the past and the future: an event at a moment of its own, and the cell that it makes.
import type { Db } from '../../src/database/connection.ts'
import { openLedger, put } from '../../src/database/ledger.ts'
import { writeLedger } from '../../src/database/ledger-write.ts'
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
  const place = { unit: idOf(roster, unit), indicator: idOf(roster, indicator) }
  const number = { value: String(value), num: null, den: null, step: null, as_of: at.slice(0, 10) }
  await db.transaction().execute(async (tx) => {
    const ledger = await openLedger(tx, roster, [place], { date: number.as_of, events: 1, hold: true })
    const id = ledger.ids[0] ?? 0
    put(ledger, place, { ...number, reported_at: new Date(at), report_id: id, pending_id: null })
    const event = { ...number, op: 'set' as const, status: 'accepted' as const, reported_at: at }
    await writeLedger(tx, ledger, [
      {
        ...{
          ...event,
          id,
          campaign_id: roster.campaign.id,
          unit_id: place.unit,
          indicator_id: place.indicator,
        },
        ...{ on_behalf: false, line: 0, platform: 'dingtalk', robot: 'r', message_id: `reported-${++last}` },
        ...{ raw_text: '', created_by: 'test' },
      },
    ])
  })
}
