// Whose deadline alerts are silent, why and until when (`domain.md` C6 Silence). What has ended stays in the table.
import { audit } from './audit.ts'
import type { Actor } from './bindings.ts'
import type { Db, Executor } from './connection.ts'
import { writing } from './writing.ts'

/** Of a unit and everything below it, or of one person. */
export type Silenced = { unit: number } | { person: number }

export interface Silence {
  unit: number | null
  person: number | null
  /** The person's name. */
  name: string | null
  until: string
  reason: string
  by: string
}

/** Those of a day, by unit and then by person, in the order in which they were made. */
export function silencesOn(db: Executor, campaign: number, day: string): Promise<Silence[]> {
  return db
    .selectFrom('silence')
    .leftJoin('person', 'person.id', 'person_id')
    .where('silence.campaign_id', '=', campaign)
    .where('ended_at', 'is', null)
    .where('until', '>=', day)
    .orderBy((e) => e('unit_id', 'is', null))
    .orderBy('silence.id')
    .select(['unit_id as unit', 'person_id as person', 'person.name', 'until', 'reason'])
    .select('silence.created_by as by')
    .execute()
}

/** Begins one; it takes the place of what was there. */
export function beginSilence(
  db: Db,
  by: Actor,
  whose: Silenced,
  { until, reason, subject }: { until: string; reason: string; subject: string },
): Promise<void> {
  return writing(db, by.campaign, async (tx) => {
    await end(tx, by, whose)
    const who = {
      unit_id: 'unit' in whose ? whose.unit : null,
      person_id: 'person' in whose ? whose.person : null,
    }
    const made = { created_by: by.actor, created_at: by.at }
    await tx
      .insertInto('silence')
      .values({ campaign_id: by.campaign, ...who, until, reason, ...made })
      .execute()
    await audit(tx, { ...by, action: 'silence', subject, after: { ...who, until }, reason })
  })
}

/** @returns false when there was none on that day */
export function endSilence(
  db: Db,
  by: Actor,
  whose: Silenced,
  subject: string,
  day: string,
): Promise<boolean> {
  return writing(db, by.campaign, async (tx) => {
    const ended = await end(tx, by, whose)
    if (!ended.some(({ until }) => until >= day)) return false
    await audit(tx, { ...by, action: 'end_silence', subject, before: whose })
    return true
  })
}

const end = (tx: Executor, by: Actor, whose: Silenced) =>
  tx
    .updateTable('silence')
    .set({ ended_at: by.at, ended_by: by.actor })
    .where('campaign_id', '=', by.campaign)
    .where('ended_at', 'is', null)
    .where('unit' in whose ? 'unit_id' : 'person_id', '=', 'unit' in whose ? whose.unit : whose.person)
    .returning('until')
    .execute()
