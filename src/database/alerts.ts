// What deadline alerts need from the database: who is who, which chats there are, and what was told before.
import { sql } from 'kysely'
import type { Stage } from '../campaign/alerts.ts'
import type { Role } from '../campaign/permissions.ts'
import type { PlatformName } from '../message.ts'
import type { Executor } from './connection.ts'
import { recordset } from './load-common.ts'

export interface Told {
  id: number
  name: string
  accounts: { platform: PlatformName; userid: string }[]
  duties: { role: Role; unit: number | null }[]
}

export interface AlertChat {
  id: number
  platform: PlatformName
  unit: number
}

export interface Alert {
  unit: number
  indicator: number
  stage: Stage
  due: string
}

/** Active people with their accounts and today's duties, in the order in which they came. */
export async function staffOf(db: Executor, campaign: number, today: string): Promise<Map<number, Told>> {
  const { rows } = await sql<Told>`
    select person.id, person.name,
      coalesce((select json_agg(json_build_object('platform', platform, 'userid', userid) order by platform, userid)
        from account where person_id = person.id), '[]') as accounts,
      coalesce((select json_agg(json_build_object('role', role, 'unit', unit_id) order by id)
        from assignment where person_id = person.id and valid_from <= ${today}::date
          and (valid_to is null or valid_to >= ${today}::date)), '[]') as duties
    from person where campaign_id = ${campaign} and status = 'active' order by person.id`.execute(db)
  return new Map(rows.map((person) => [person.id, person]))
}

/** Who answers for a cell, where somebody does. */
export async function responsiblesOf(db: Executor, campaign: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('target')
    .where('campaign_id', '=', campaign)
    .where('responsible_id', 'is not', null)
    .select(['unit_id', 'indicator_id', 'responsible_id'])
    .execute()
  return new Map(rows.map((row) => [alertKey(row.unit_id, row.indicator_id), row.responsible_id ?? 0]))
}

export async function chatsOf(db: Executor, campaign: number): Promise<AlertChat[]> {
  const rows = await db
    .selectFrom('chat')
    .where('campaign_id', '=', campaign)
    .orderBy('id')
    .select(['id', 'platform', 'unit_id as unit'])
    .execute()
  return rows.map((row) => ({ ...row, platform: row.platform as PlatformName }))
}

/**
 * Notes alerts as told. Only what nobody noted before is to be told: a stage of a deadline is told once, whatever
 * happens in between (`domain.md` C1 DeadlineAlert). A due date that moved is another deadline.
 * @returns the keys of those that were not noted before
 */
export async function noteAlerts(
  tx: Executor,
  campaign: number,
  slot: Date,
  alerts: Alert[],
): Promise<Set<string>> {
  const { rows } = await sql<{ unit_id: number; indicator_id: number }>`
    insert into deadline_alert (campaign_id, unit_id, indicator_id, stage, due, slot)
    select ${campaign}::bigint, r.unit, r.indicator, r.stage, r.due, ${slot}::timestamptz
    from ${recordset(alerts, 'unit bigint, indicator bigint, stage text, due date')}
    on conflict do nothing returning unit_id, indicator_id`.execute(tx)
  return new Set(rows.map((row) => alertKey(row.unit_id, row.indicator_id)))
}

export const alertKey = (unit: number, indicator: number) => `${unit}/${indicator}`
