// What deadline alerts leave out for now: cells with an open request for an extension, silenced units and people (C6).
import { alertKey } from './database/alerts.ts'
import type { Executor } from './database/connection.ts'
import { openRequests } from './database/extensions.ts'
import type { Roster } from './database/roster.ts'
import { silencesOn } from './database/silences.ts'

export interface Pauses {
  isCellPaused(cell: { unit: number; indicator: number }): boolean
  /** Who is told nothing privately, and not @-ed. */
  people: Set<number>
}

/** @param today calendar date in Asia/Shanghai */
export async function pausesOn(db: Executor, roster: Roster, today: string): Promise<Pauses> {
  const asked = await openRequests(db, roster.campaign.id)
  const waiting = new Set(asked.map(({ unit, indicator }) => alertKey(unit, indicator)))
  const silences = await silencesOn(db, roster.campaign.id, today)
  const units = silences.flatMap(({ unit }) => unit ?? [])
  return {
    isCellPaused: ({ unit, indicator }) =>
      waiting.has(alertKey(unit, indicator)) || units.some((one) => roster.isWithin(unit, one)),
    people: new Set(silences.flatMap(({ person }) => person ?? [])),
  }
}
