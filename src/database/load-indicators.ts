// Indicators of a load: new ones, and those of which anything has changed.
import type { IndicatorEntry } from '../sheet/campaign.ts'
import { type Count, noteChange } from './load-changes.ts'
import { differences, type Load, plain } from './load-common.ts'

/** What changes totals: with any of these changed, ranks of before and after are not to be compared. */
const scoring: string[] = ['kind', 'direction', 'weight', 'cap', 'baseline', 'target', 'steps', 'appliesTo']

export interface LoadedIndicators {
  ids: Map<string, number>
  /** Something that totals depend on has changed: a new rule version is due. */
  rulesChanged: boolean
}

export async function loadIndicators(
  load: Load,
  indicators: IndicatorEntry[],
  count: Count,
): Promise<LoadedIndicators> {
  const existing = await readIndicators(load)
  const ids = new Map([...existing].map(([code, { id }]) => [code, id]))
  let rulesChanged = false
  for (const indicator of indicators) {
    const before = existing.get(indicator.code)
    const changed = before ? differences(before.entry, comparable(indicator)) : ['code']
    if (changed.length === 0) {
      count.unchanged++
      continue
    }
    noteChange(count, before ? 'changed' : 'added', indicator.name)
    rulesChanged ||= changed.some((field) => field === 'code' || scoring.includes(field))
    ids.set(indicator.code, before ? await update(load, before.id, indicator) : await insert(load, indicator))
  }
  count.missing = ids.size - indicators.length
  return { ids, rulesChanged }
}

async function readIndicators({ tx, campaignId }: Load) {
  const rows = await tx.selectFrom('indicator').where('campaign_id', '=', campaignId).selectAll().execute()
  return new Map(
    rows.map(({ id, applies_to, target_default, ...row }) => {
      const { code, part, ordinal, name, aliases, kind, uom, direction, origin, starts, due, plan } = row
      const entry = comparable({
        ...{ code, part, ordinal, name, aliases, kind, uom, direction, origin },
        ...{ weight: row.weight, cap: row.cap, baseline: row.baseline, target: target_default },
        ...{ starts, due, plan, appliesTo: applies_to },
        steps: Object.entries(row.steps).map(([step, share]) => [step, String(share)]),
      })
      return [code, { id, entry }]
    }),
  )
}

/** The same whether it comes from the file or from the database, where steps have lost their order. */
function comparable(entry: IndicatorEntry): IndicatorEntry {
  const { weight, cap, baseline, target, steps, appliesTo } = entry
  return {
    ...entry,
    ...{ weight: plain(weight) ?? '0', cap: plain(cap) ?? '1', baseline: plain(baseline) ?? '0' },
    target: plain(target),
    steps: steps.toSorted(([, a], [, b]) => Number(a) - Number(b)),
    appliesTo: appliesTo.toSorted(),
  }
}

function valuesOf(entry: IndicatorEntry) {
  const { code, part, ordinal, name, aliases, kind, uom, direction, origin, weight, cap, baseline } = entry
  return {
    ...{ code, part, ordinal, name, aliases, kind, uom, direction, origin, weight, cap, baseline },
    ...{ target_default: entry.target, starts: entry.starts, due: entry.due, applies_to: entry.appliesTo },
    plan: JSON.stringify(entry.plan),
    steps: JSON.stringify(Object.fromEntries(entry.steps.map(([step, share]) => [step, Number(share)]))),
  }
}

async function insert({ tx, campaignId, by, now }: Load, entry: IndicatorEntry): Promise<number> {
  const made = { campaign_id: campaignId, created_by: by, created_at: now }
  const query = tx.insertInto('indicator').values({ ...made, ...valuesOf(entry) })
  return (await query.returning('id').executeTakeFirstOrThrow()).id
}

async function update({ tx }: Load, id: number, entry: IndicatorEntry): Promise<number> {
  await tx.updateTable('indicator').set(valuesOf(entry)).where('id', '=', id).execute()
  return id
}
