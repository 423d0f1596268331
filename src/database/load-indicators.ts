// Indicators of a load: new ones, and those of which anything has changed.
import Fraction from 'fraction.js'
import { UserError } from '../errors.ts'
import type { IndicatorEntry } from '../sheet/campaign.ts'
import { type Count, noteChange } from './load-changes.ts'
import { differences, type Load, plain } from './load-common.ts'

/** Only what something is called and where it stands: all else is a rule, and changed it is another version of the rules. */
const inWords: string[] = ['part', 'ordinal', 'name', 'aliases', 'uom']

export interface LoadedIndicators {
  ids: Map<string, number>
  /** Something that scores or lamps depend on has changed: a new rule version is due. */
  rulesChanged: boolean
  /** The usual targets as they were, by id. */
  targetsBefore: Map<number, string | null>
}

/** @throws UserError when one that still counts is not in the file: the weights would be more than 100 together */
export async function loadIndicators(
  load: Load,
  indicators: IndicatorEntry[],
  count: Count,
): Promise<LoadedIndicators> {
  const existing = await readIndicators(load)
  const said = new Set(indicators.map(({ code }) => code))
  const left = [...existing.values()].map(({ entry }) => entry).filter(({ code }) => !said.has(code))
  refuseCounting(left)
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
    rulesChanged ||= changed.some((field) => !inWords.includes(field))
    ids.set(indicator.code, before ? await update(load, before.id, indicator) : await insert(load, indicator))
  }
  count.kept = left.map(({ name }) => name)
  const targetsBefore = new Map([...existing.values()].map(({ id, entry }) => [id, entry.target]))
  return { ids, rulesChanged, targetsBefore }
}

function refuseCounting(left: IndicatorEntry[]): void {
  const counting = left.filter(({ weight }) => weight !== '0')
  if (counting.length === 0) return
  const sum = counting.reduce((total, { weight }) => total.add(weight), new Fraction(100))
  const names = counting.map(({ name, weight }) => `「${name}」（权重 ${weight}）`).join('、')
  throw new UserError(
    `文件的「指标」里没有${names}，库里还有，照文件导入权重合计是 ${sum}，应当正好是 100。要停用，请把这一行写回「指标」，权重写 0；是编码改了的，请改回原来的编码。什么都没有写入。`,
  )
}

/** By code, as a workbook would say them. */
export async function readIndicators({ tx, campaignId }: Pick<Load, 'tx' | 'campaignId'>) {
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
