// Units of a load: new ones, and new versions of those whose name or place in the tree has changed.
import type { UnitEntry } from '../sheet/campaign.ts'
import { type Count, noteChange } from './load-changes.ts'
import { chunks, differences, type Load } from './load-common.ts'
import type { Level } from './schema.ts'

interface Standing {
  name: string
  aliases: string[]
  parent_id: number | null
  peer_group: string
  roster: number
}

/** @param from the day from which units of a new campaign exist @returns ids by code */
export async function loadUnits(
  load: Load,
  units: UnitEntry[],
  from: string,
  count: Count,
): Promise<Map<string, number>> {
  const existing = await readUnits(load)
  const ids = new Map([...existing].map(([code, { id }]) => [code, id]))
  const added = units.filter(({ code }) => !existing.has(code))
  for (const [code, id] of await insertUnits(load, added)) ids.set(code, id)
  const parentId = ({ parent }: UnitEntry) => (parent === null ? null : (ids.get(parent) ?? null))
  const standingOf = (unit: UnitEntry): Standing => ({
    ...{ name: unit.name, aliases: unit.aliases, parent_id: parentId(unit) },
    ...{ peer_group: unit.peerGroup, roster: unit.roster },
  })
  const versions = added.map((unit) => ({ unit, since: load.isNew && from < load.today ? from : load.today }))
  for (const unit of units) {
    const before = existing.get(unit.code)
    if (!before) noteChange(count, 'added', unit.name)
    else if (before.level === unit.level && differences(before.standing, standingOf(unit)).length === 0)
      count.unchanged++
    else {
      noteChange(
        count,
        'changed',
        before.standing.name === unit.name ? unit.name : `${before.standing.name}→${unit.name}`,
      )
      await replaceVersion(load, before.id, unit.level)
      versions.push({ unit, since: load.today })
    }
  }
  const rows = versions.map(({ unit, since }) => ({
    ...{ campaign_id: load.campaignId, unit_id: ids.get(unit.code) ?? 0, ...standingOf(unit) },
    ...{ valid_from: since, created_by: load.by, created_at: load.now },
  }))
  for (const chunk of chunks(rows)) await load.tx.insertInto('unit_version').values(chunk).execute()
  const said = new Set(units.map(({ code }) => code))
  count.kept = [...existing].flatMap(([code, { standing }]) => (said.has(code) ? [] : standing.name))
  return ids
}

async function readUnits({ tx, campaignId }: Load) {
  const rows = await tx
    .selectFrom('unit')
    .innerJoin('unit_version', 'unit_version.unit_id', 'unit.id')
    .where('unit.campaign_id', '=', campaignId)
    .where('unit_version.valid_to', 'is', null)
    .select(['unit.id', 'unit.code', 'unit.level', 'name', 'aliases', 'parent_id', 'peer_group', 'roster'])
    .execute()
  return new Map(
    rows.map(({ id, code, level, ...standing }) => [
      code,
      { id, level, standing: standing satisfies Standing },
    ]),
  )
}

async function insertUnits(
  { tx, campaignId, by, now }: Load,
  units: UnitEntry[],
): Promise<[string, number][]> {
  const values = units.map(({ code, level }) => ({
    ...{ campaign_id: campaignId, code, level, created_by: by, created_at: now },
  }))
  const ids: [string, number][] = []
  for (const chunk of chunks(values)) {
    // One that an undone import had to leave behind comes back as itself.
    const query = tx
      .insertInto('unit')
      .values(chunk)
      .onConflict((conflict) =>
        conflict.columns(['campaign_id', 'code']).doUpdateSet((e) => ({ level: e.ref('excluded.level') })),
      )
    const rows = await query.returning(['id', 'code']).execute()
    ids.push(...rows.map(({ id, code }): [string, number] => [code, id]))
  }
  return ids
}

/** Closes the current version. A village that becomes a community stays the same unit. */
async function replaceVersion({ tx, today }: Load, id: number, level: Level): Promise<void> {
  await tx
    .updateTable('unit_version')
    .set({ valid_to: today })
    .where('unit_id', '=', id)
    .where('valid_to', 'is', null)
    .execute()
  await tx.updateTable('unit').set({ level }).where('id', '=', id).where('level', '!=', level).execute()
}
