// Writes a file's content in a transaction and tells what came of it; a dry run is the same, taken back.
import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Keyring } from './crypt.ts'
import { type Changes, hasChanges, writeCampaign } from './database/load.ts'
import { loadNumbers } from './database/load-numbers.ts'
import type { Progress } from './database/load-reports.ts'
import { type Roster, readRoster } from './database/roster.ts'
import { type CellChange, cellsChanged, comparePicture, takePicture } from './database/row-images.ts'
import type { Database } from './database/schema.ts'
import type { Content } from './importing-file.ts'
import { previewLines } from './importing-words.ts'

export interface Applying {
  now: Date
  /** Kept with every row. */
  by: string
  keys: Keyring
  /** Whose numbers they are, and of which unit. */
  sender?: { id: number; unit: number | null }
  fileName: string
  /** It will be taken back. */
  dryRun?: boolean
  progress?: Progress
}

export interface Applied {
  campaign: number
  isNew: boolean
  changes: Changes
  /** What the wall chart shows otherwise than before; nothing of a campaign that is new. */
  cells: CellChange[]
  /** For a phone. */
  lines: string[]
  /** The same file on the same numbers gives the same. */
  print: string
  reports: [first: number, last: number] | null
}

type Tx = Transaction<Database>

/** Afterwards the transaction knows, row by row, what was changed (`row-images.ts`), unless the campaign is new. */
export async function applyContent(tx: Tx, content: Content, applying: Applying): Promise<Applied> {
  const before = await holdCampaign(tx, content)
  const only = content.layout === 'numbers' ? (['cell'] as const) : undefined
  if (before !== undefined) await takePicture(tx, before, only)
  const first = before === undefined ? 0 : await newestReport(tx, before)
  const { campaign, changes } = await write(tx, content, applying)
  const isNew = before === undefined
  if (!isNew) await comparePicture(tx, campaign, only)
  const cells = isNew ? [] : await cellsChanged(tx)
  const roster = isNew ? undefined : await readRoster(tx, campaign)
  const last = await newestReport(tx, campaign)
  const notes = content.layout === 'numbers' ? content.notes : []
  return {
    ...{ campaign, isNew, changes, cells, print: printOf(changes, cells, roster) },
    lines: previewLines(changes, cells, roster, notes),
    reports: last > first ? [first + 1, last] : null,
  }
}

async function write(tx: Tx, content: Content, applying: Applying) {
  if (content.layout === 'campaign') return writeCampaign(tx, content.workbook, applying)
  const { id } = content.roster.campaign
  return { campaign: id, changes: await loadNumbers(tx, id, content.numbers, applying) }
}

/** The campaign, if it exists: from now on nobody else writes to it. */
async function holdCampaign(tx: Tx, content: Content): Promise<number | undefined> {
  const query = tx.selectFrom('campaign').select('id').forUpdate()
  const row = await (content.layout === 'campaign'
    ? query.where('name', '=', content.workbook.plan.name)
    : query.where('id', '=', content.roster.campaign.id)
  ).executeTakeFirst()
  return row?.id
}

async function newestReport(tx: Tx, campaign: number): Promise<number> {
  const row = await tx
    .selectFrom('report')
    .where('campaign_id', '=', campaign)
    .select((e) => e.fn.max('id').as('id'))
    .executeTakeFirst()
  return row?.id ?? 0
}

/** Ids of new rows are other ones each time: only words and numbers are compared. */
function printOf(changes: Changes, cells: CellChange[], roster: Roster | undefined): string {
  const named = cells.map(({ unit_id, indicator_id, before, after }) => {
    const codes = [roster?.units.get(unit_id)?.code, roster?.indicators.get(indicator_id)?.code]
    return [...codes, before, after]
  })
  const words = hasChanges(changes) ? [changes, named] : []
  return createHash('sha256').update(JSON.stringify(words)).digest('hex')
}
