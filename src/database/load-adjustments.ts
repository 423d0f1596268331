// Adjustments and vetoes of a load: what is new or different is written, what has left its sheet is withdrawn.
import { beyondLimits, effectNames } from '../campaign/adjustments.ts'
import type { CampaignWorkbook, VetoEntry } from '../sheet/campaign.ts'
import { key } from '../sheet/values.ts'
import { audit } from './audit.ts'
import { type Changes, type Count, noteChange } from './load-changes.ts'
import { chunks, differences, type Load, plain } from './load-common.ts'
import type { Ids } from './load-targets.ts'

/**
 * Both sheets of a workbook (`domain.md` C4.5, C4.6). A file without the sheet changes nothing; one whose sheet has no
 * rows withdraws all of them. Nothing is ever deleted.
 */
export async function loadAdjustments(
  load: Load,
  { units, adjustments, vetoes }: CampaignWorkbook,
  ids: Ids,
  changes: Changes,
): Promise<void> {
  const names = new Map(units.map(({ code, name }) => [code, name]))
  const byId = new Map([...ids.units].map(([code, id]) => [id, names.get(code) ?? code]))
  const nameOf = (unit: number) => byId.get(unit) ?? ''
  if (adjustments) {
    const wanted = adjustments.map(({ unit, points, document, reason }) => ({
      ...{ unit_id: ids.units.get(unit) ?? 0, document, points: plain(points) ?? '0', reason },
      withdrawn: false,
    }))
    await settle(load, adjustmentTable(load, nameOf), wanted, changes.adjustments)
    for (const [unit, items] of byUnit(wanted))
      changes.adjustments.notes.push(...beyondLimits(items).map((words) => `「${nameOf(unit)}」${words}`))
  }
  if (vetoes) {
    const wanted = vetoes.map((entry) => vetoRow(entry, ids))
    await settle(load, vetoTable(load, nameOf), wanted, changes.vetoes)
  }
}

interface Item {
  unit_id: number
  document: string
  reason: string
  withdrawn: boolean
}

interface Table<T> {
  what: 'adjustment' | 'veto'
  /** All rows of the campaign, withdrawn ones too. */
  kept: () => Promise<{ id: number; row: T }[]>
  insert: (rows: T[]) => Promise<unknown>
  update: (id: number, row: T) => Promise<unknown>
  inWords: (row: T) => string
}

/** A document that was typed with other spaces or in full width is still the same document. */
const placeOf = ({ unit_id, document }: Item) => `${unit_id}/${key(document)}`

async function settle<T extends Item>(load: Load, table: Table<T>, wanted: T[], count: Count): Promise<void> {
  const kept = new Map((await table.kept()).map((one) => [placeOf(one.row), one]))
  const added: T[] = []
  const deeds: { before?: T; after: T }[] = []
  for (const row of wanted) {
    const before = kept.get(placeOf(row))
    kept.delete(placeOf(row))
    if (before && differences(before.row, row).length === 0) {
      count.unchanged++
      continue
    }
    noteChange(count, before ? 'changed' : 'added', table.inWords(row))
    if (before) await table.update(before.id, row)
    else added.push(row)
    deeds.push({ ...(before && { before: before.row }), after: row })
  }
  for (const chunk of chunks(added)) await table.insert(chunk)
  for (const { id, row } of [...kept.values()].filter((one) => !one.row.withdrawn)) {
    const after = { ...row, withdrawn: true }
    count.withdrawn.push(table.inWords(row))
    await table.update(id, after)
    deeds.push({ before: row, after })
  }
  for (const deed of deeds) await note(load, table, deed)
}

async function note<T extends Item>(
  { tx, campaignId, by, now }: Load,
  { what, inWords }: Table<T>,
  { before, after }: { before?: T; after: T },
): Promise<void> {
  const action = after.withdrawn ? `withdraw_${what}` : what
  const deed = { campaign: campaignId, at: now, actor: by, action, subject: inWords(after), before, after }
  await audit(tx, { ...deed, reason: after.reason })
}

interface AdjustmentRow extends Item {
  points: string
}

function adjustmentTable(
  { tx, campaignId, by, now }: Load,
  nameOf: (unit: number) => string,
): Table<AdjustmentRow> {
  const made = { campaign_id: campaignId, created_by: by, created_at: now }
  return {
    what: 'adjustment',
    kept: async () => {
      const query = tx.selectFrom('adjustment').where('campaign_id', '=', campaignId)
      const rows = await query
        .select(['id', 'unit_id', 'document', 'points', 'reason', 'withdrawn'])
        .orderBy('id')
        .execute()
      return rows.map(({ id, ...row }) => ({ id, row: { ...row, points: plain(row.points) ?? '0' } }))
    },
    insert: (rows) =>
      tx
        .insertInto('adjustment')
        .values(rows.map((row) => ({ ...made, ...row })))
        .execute(),
    update: (id, row) => tx.updateTable('adjustment').set(row).where('id', '=', id).execute(),
    inWords: ({ unit_id, points, document }) =>
      `${nameOf(unit_id)} ${points.startsWith('-') ? '' : '+'}${points}（${document}）`,
  }
}

type VetoRow = ReturnType<typeof vetoRow>

function vetoRow({ unit, indicator, approvedBy, approvedByToo, ...rest }: VetoEntry, ids: Ids) {
  return {
    ...{ unit_id: ids.units.get(unit) ?? 0, ...rest, withdrawn: false },
    indicator_id: indicator === null ? null : (ids.indicators.get(indicator) ?? null),
    ...{ approved_by: approvedBy, approved_by_too: approvedByToo },
  }
}

function vetoTable({ tx, campaignId, by, now }: Load, nameOf: (unit: number) => string): Table<VetoRow> {
  const made = { campaign_id: campaignId, created_by: by, created_at: now }
  return {
    what: 'veto',
    kept: async () => {
      const query = tx.selectFrom('veto').where('campaign_id', '=', campaignId)
      const rows = await query
        .select(['id', 'unit_id', 'indicator_id', 'effect', 'document', 'reason', 'starts', 'ends'])
        .select(['approved_by', 'approved_by_too', 'withdrawn'])
        .orderBy('id')
        .execute()
      return rows.map(({ id, ...row }) => ({ id, row }))
    },
    insert: (rows) =>
      tx
        .insertInto('veto')
        .values(rows.map((row) => ({ ...made, ...row })))
        .execute(),
    update: (id, row) => tx.updateTable('veto').set(row).where('id', '=', id).execute(),
    inWords: ({ unit_id, effect, document }) => `${nameOf(unit_id)} ${effectNames[effect]}（${document}）`,
  }
}

function byUnit<T extends Item>(items: T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const item of items) groups.set(item.unit_id, [...(groups.get(item.unit_id) ?? []), item])
  return groups
}
