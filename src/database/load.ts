// Loads a campaign workbook: compares it with what the database holds and writes the differences, all or nothing.
import { sql, type Transaction, type UpdateObject } from 'kysely'
import { dateOf } from '../clock.ts'
import type { Keyring } from '../crypt.ts'
import type { CampaignWorkbook, PlanEntry } from '../sheet/campaign.ts'
import { audit } from './audit.ts'
import type { Db } from './connection.ts'
import { loadAdjustments } from './load-adjustments.ts'
import { loadCalendar } from './load-calendar.ts'
import { type Changes, hasChanges, noChanges, noteChange } from './load-changes.ts'
import { loadChats } from './load-chats.ts'
import { differences, type Load } from './load-common.ts'
import { beyondTargets } from './load-doubts.ts'
import { loadIndicators } from './load-indicators.ts'
import { readNames } from './load-names.ts'
import { loadPeople } from './load-people.ts'
import { loadReports, type Progress } from './load-reports.ts'
import { loadSnapshots } from './load-snapshots.ts'
import { loadTargets } from './load-targets.ts'
import { loadUnits } from './load-units.ts'
import { rebuildTotals } from './rebuild.ts'
import { readRoster } from './roster.ts'
import type { Database } from './schema.ts'

export { type Changes, describeChanges, hasChanges } from './load-changes.ts'

export interface LoadOptions {
  now: Date
  /** Who loads: kept with every row. */
  by: string
  /** Seals phone numbers and push robots. */
  keys: Keyring
  /** Compare and count only; nothing stays. */
  dryRun?: boolean
  /** Told of the numbers of the past as they are written. */
  progress?: Progress
}

/**
 * Loads a workbook in one transaction. The campaign is found by its name; what the file does not mention stays.
 * Loading the same file again writes nothing.
 * @throws UserError when a chat of the file is in use by another active campaign, or when an indicator that counts is
 * not in the file
 */
export async function loadCampaign(
  db: Db,
  workbook: CampaignWorkbook,
  options: LoadOptions,
): Promise<Changes> {
  const tx = await db.startTransaction().execute()
  try {
    const { changes } = await writeCampaign(tx, workbook, options)
    await (options.dryRun ? tx.rollback() : tx.commit()).execute()
    return changes
  } catch (error) {
    if (!tx.isCommitted && !tx.isRolledBack) await tx.rollback().execute()
    throw error
  }
}

/** The same within a transaction of the caller's. */
export async function writeCampaign(
  tx: Transaction<Database>,
  workbook: CampaignWorkbook,
  options: LoadOptions,
): Promise<{ campaign: number; isNew: boolean; changes: Changes }> {
  const changes = noChanges()
  const { now, by, keys, dryRun = false, progress = () => undefined } = options
  const campaign = await lockCampaign(tx, workbook.plan, options)
  const load: Load = { tx, campaignId: campaign.id, isNew: campaign.isNew, now, today: dateOf(now), by, keys }
  const units = await loadUnits(load, workbook.units, workbook.plan.starts, changes.units)
  const { people, authors } = await loadPeople(load, workbook.people, units, changes.people)
  const loaded = await loadIndicators(load, workbook.indicators, changes.indicators)
  const ids = { units, people, indicators: loaded.ids }
  const nameOf = await readNames(load)
  const around = { ...loaded, nameOf, indicators: workbook.indicators }
  const moves = await loadTargets(load, workbook.targets, ids, around, changes.targets)
  await loadAdjustments(load, workbook, ids, changes)
  await loadChats(load, workbook.chats, units, changes.chats)
  await loadCalendar(load, workbook.calendar, changes.calendar)
  await loadReports(load, workbook, { ...ids, people: authors, nameOf }, changes.reports, progress)
  changes.targets.beyond = await beyondTargets(load, moves, nameOf)
  const rulesChanged = loaded.rulesChanged || planChanged(campaign.plan, workbook.plan)
  await finish(load, campaign, workbook.plan, rulesChanged, changes)
  const done = { campaign: campaign.id, isNew: campaign.isNew, changes }
  // Nobody looks at totals that are taken back.
  if (!hasChanges(changes) || dryRun) return done
  const roster = await readRoster(tx, campaign.id)
  await rebuildTotals(tx, roster, load.today)
  await loadSnapshots(load, roster)
  return done
}

interface Campaign {
  id: number
  isNew: boolean
  plan: PlanEntry
}

/** Settings that no score, lamp or place depends on. */
const unscored: string[] = ['ranking_visibility'] satisfies (keyof PlanEntry['settings'])[]

/** Whether anything of 方案 has changed that scores or lamps depend on: then it is another version of the rules. */
function planChanged(before: PlanEntry, after: PlanEntry): boolean {
  if (differences(before, after).some((field) => field === 'starts' || field === 'ends')) return true
  return differences(before.settings, after.settings).some((item) => !unscored.includes(item))
}

/** The campaign's row is every writer's lock: nobody else writes numbers meanwhile. */
async function lockCampaign(
  tx: Transaction<Database>,
  plan: PlanEntry,
  { by, now }: LoadOptions,
): Promise<Campaign> {
  const found = await tx
    .selectFrom('campaign')
    .where('name', '=', plan.name)
    .selectAll()
    .forUpdate()
    .executeTakeFirst()
  if (found) {
    const { id, name, starts, ends, rule_version: ruleVersion, settings } = found
    const settled = { ...settings, veto: settings.veto ?? false }
    return { id, isNew: false, plan: { name, starts, ends, ruleVersion, settings: settled } }
  }
  const { name, starts, ends, ruleVersion, settings } = plan
  const made = { name, starts, ends, rule_version: ruleVersion, created_by: by, created_at: now }
  const query = tx.insertInto('campaign').values({ ...made, settings: JSON.stringify(settings) })
  const { id } = await query.returning('id').executeTakeFirstOrThrow()
  return { id, isNew: true, plan }
}

async function finish(
  { tx, campaignId, by, now }: Load,
  { isNew, plan: before }: Campaign,
  plan: PlanEntry,
  rulesChanged: boolean,
  changes: Changes,
): Promise<void> {
  // Rules that changed are a new version, even when the file forgot to say so.
  const due = rulesChanged && !isNew ? before.ruleVersion + 1 : before.ruleVersion
  const ruleVersion = Math.max(plan.ruleVersion, due)
  const wish = { starts: plan.starts, ends: plan.ends, ruleVersion, settings: sorted(plan.settings) }
  const standing = { ...before, settings: sorted(before.settings) }
  if (ruleVersion > before.ruleVersion)
    changes.campaign.notes.push(`规则改了，现在是第${ruleVersion}版：升降不和以前版本的名次作比较。`)
  if (isNew) noteChange(changes.campaign, 'added', plan.name)
  else if (differences<object>(standing, wish).length > 0) noteChange(changes.campaign, 'changed', plan.name)
  else changes.campaign.unchanged++
  if (!hasChanges(changes)) return
  const { reports, ...roster } = changes
  const rosterChanged = hasChanges({ ...roster, reports: { ...reports, added: 0, changed: 0 } })
  await tx
    .updateTable('campaign')
    .set({
      ...{
        starts: plan.starts,
        ends: plan.ends,
        rule_version: ruleVersion,
        settings: JSON.stringify(plan.settings),
      },
      revision: sql`revision + 1`,
      ...(rosterChanged && { roster_version: sql<number>`roster_version + 1` }),
    } satisfies UpdateObject<Database, 'campaign'>)
    .where('id', '=', campaignId)
    .execute()
  const deed = { campaign: campaignId, at: now, actor: by, action: 'load' }
  await audit(tx, { ...deed, subject: plan.name, after: changes })
}

/** jsonb keeps no order. */
const sorted = (settings: object) => Object.entries(settings).toSorted(([a], [b]) => (a < b ? -1 : 1))
