// Loads numbers that a clerk keeps in a table of her own into a campaign that exists: events like any others.
import { sql, type Transaction } from 'kysely'
import { dateOf } from '../clock.ts'
import type { Keyring } from '../crypt.ts'
import type { ReportEntry } from '../sheet/campaign.ts'
import type { NumberEntry } from '../sheet/numbers.ts'
import { audit } from './audit.ts'
import { type Changes, hasChanges, noChanges } from './load-changes.ts'
import { cellKey, type Load } from './load-common.ts'
import { readIndicators } from './load-indicators.ts'
import { readNames } from './load-names.ts'
import { loadReports, type Progress } from './load-reports.ts'
import { rebuildTotals } from './rebuild.ts'
import { readRoster } from './roster.ts'
import type { Database } from './schema.ts'
import { hold } from './writing.ts'

export interface NumbersOptions {
  now: Date
  by: string
  keys: Keyring
  /** Whose numbers they are, and of which unit; absent = nobody's in particular. */
  sender?: { id: number; unit: number | null }
  /** The file that they come from: the reason for them (`domain.md` C2). */
  fileName: string
  /** It will be taken back: totals, which nobody looks at then, are not made. */
  dryRun?: boolean
  progress?: Progress
}

/**
 * Writes what is new of these numbers in a transaction that holds the campaign. Of two days the later counts, on one day
 * the file's number, as with the numbers of a campaign's own workbook; the same numbers again write nothing.
 * @param numbers of units below which there are no others, of indicators that are theirs
 */
export async function loadNumbers(
  tx: Transaction<Database>,
  campaignId: number,
  numbers: NumberEntry[],
  { now, by, keys, sender, fileName, dryRun = false, progress = () => undefined }: NumbersOptions,
): Promise<Changes> {
  const changes = noChanges()
  await tx.selectFrom('campaign').where('id', '=', campaignId).select('id').forUpdate().execute()
  const load: Load = { tx, campaignId, isNew: false, now, today: dateOf(now), by, keys }
  const roster = await readRoster(tx, campaignId)
  const indicators = await readIndicators(load)
  const stands = await standing(load)
  const reports = numbers.flatMap((one): ReportEntry[] => {
    const [unit, indicator] = [roster.units.get(one.unit), roster.indicators.get(one.indicator)]
    if (!unit || !indicator || stands.has(placed(one))) return []
    const { asOf, value, num, den, step } = one
    return [{ unit: unit.code, indicator: indicator.code, asOf, value, num, den, step, reporter: null }]
  })
  const ids = {
    units: new Map([...roster.units.values()].map(({ id, code }) => [code, id])),
    indicators: new Map([...indicators].map(([code, { id }]) => [code, id])),
    people: new Map<never, number>(),
    nameOf: await readNames(load),
    ...(sender !== undefined && { sender }),
  }
  const plan = { settings: roster.campaign.settings }
  const entries = [...indicators.values()].map(({ entry }) => entry)
  await loadReports(load, { plan, reports, indicators: entries }, ids, changes.reports, progress)
  changes.reports.unchanged += numbers.length - reports.length
  // A table of today does not forget what other files brought.
  changes.reports.kept = []
  if (!hasChanges(changes)) return changes
  await hold(tx, campaignId)
  const deed = {
    campaign: campaignId,
    at: now,
    actor: by,
    action: 'load_numbers',
    reason: `按《${fileName}》导入`,
  }
  await audit(tx, { ...deed, subject: roster.campaign.name, after: changes })
  if (!dryRun) await rebuildTotals(tx, roster, load.today)
  return changes
}

const placed = ({ unit, indicator, asOf, value, num, den, step }: Omit<NumberEntry, 'sheet'>) =>
  [cellKey(unit, indicator), asOf, step ?? value ?? `${num}/${den}`].join('/')

/** Numbers that count already for the very day that they speak of: said again they say nothing. */
async function standing({ tx, campaignId }: Load): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('cell')
    .where('campaign_id', '=', campaignId)
    .where('report_id', 'is not', null)
    .where('pending_id', 'is', null)
    .select(['unit_id as unit', 'indicator_id as indicator', 'as_of as asOf', 'step'])
    .select([decimal('value').as('value'), decimal('num').as('num'), decimal('den').as('den')])
    .execute()
  return new Set(rows.map((row) => placed({ ...row, asOf: row.asOf ?? '', row: 0, column: '', at: 0 })))
}

const decimal = (column: string) => sql<string | null>`trim_scale(${sql.ref(column)})::text`
