// What units and indicators are called once a load has written them, those that its file leaves out too.
import type { Load } from './load-common.ts'

/** Calls a cell by its ids: 「金苑社区 红色物业」. */
export type NameOf = (cell: { unit_id: number; indicator_id: number }) => string

export async function readNames({ tx, campaignId }: Load): Promise<NameOf> {
  const units = await tx
    .selectFrom('unit_version')
    .where('campaign_id', '=', campaignId)
    .where('valid_to', 'is', null)
    .select(['unit_id as id', 'name'])
    .execute()
  const indicators = await tx
    .selectFrom('indicator')
    .where('campaign_id', '=', campaignId)
    .select(['id', 'name'])
    .execute()
  const [unit, indicator] = [units, indicators].map((rows) => new Map(rows.map(({ id, name }) => [id, name])))
  return ({ unit_id, indicator_id }) => `${unit?.get(unit_id) ?? ''} ${indicator?.get(indicator_id) ?? ''}`
}
