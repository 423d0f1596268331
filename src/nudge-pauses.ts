// What nudges leave out for now: silenced units and people, and cells that wait for an extension (`domain.md` C6, N4).
import { alertKey } from './database/alerts.ts'
import type { Executor } from './database/connection.ts'
import { openRequests } from './database/extensions.ts'
import type { Roster, Unit } from './database/roster.ts'
import { type Silence, silencesOn } from './database/silences.ts'
import { dayText } from './language/when-format.ts'
import type { Lacking } from './missing.ts'

/** A unit that is left out, and why: 停工，到12月10日(周四). */
export interface Silenced {
  unit: Unit
  why: string
}

/** @param day on which the nudge goes out */
export async function nudgePauses(db: Executor, roster: Roster, { day, now }: { day: string; now: Date }) {
  const silences = await silencesOn(db, roster.campaign.id, day)
  const asked = await openRequests(db, roster.campaign.id)
  const waiting = new Set(asked.map(({ unit, indicator }) => alertKey(unit, indicator)))
  const text = ({ name, reason, until }: Silence) => `${name ?? ''}${reason}，到${dayText(until, now)}`
  return {
    /** What is lacking, without what waits for an extension: of that it was promised that nobody nudges. */
    without: ({ unit, never, carried, ...rest }: Lacking): Lacking => {
      const isOpen = ({ id }: { id: number }) => !waiting.has(alertKey(unit.id, id))
      return { ...rest, unit, never: never.filter(isOpen), carried: carried.filter(isOpen) }
    },
    /** @param person whom the nudge would go to; undefined = nobody */
    whyNot: ({ unit, never, carried, silent }: Lacking, person: number | undefined): string | undefined => {
      const found = silences.find((one) =>
        one.unit === null ? one.person === person : roster.isWithin(unit.id, one.unit),
      )
      if (found) return text(found)
      return never.length + carried.length === 0 && !silent ? '在等延期批下来' : undefined
    },
  }
}
