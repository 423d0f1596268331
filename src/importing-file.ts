// What a workbook's bytes say: a whole campaign, or numbers for one that exists; and whether its sender may say so.
import { whoMay } from './campaign/permissions.ts'
import type { Db } from './database/connection.ts'
import { type Roster, readRoster } from './database/roster.ts'
import { UserError } from './errors.ts'
import { refusalOf, sift } from './importing-sifting.ts'
import type { CampaignWorkbook } from './sheet/campaign.ts'
import { isCampaignWorkbook, type NumberEntry, nothingRead, readNumbers } from './sheet/numbers.ts'
import type { Problem } from './sheet/problems.ts'
import { readSheets, type Sheet } from './sheet/read.ts'
import { readCampaign } from './sheet/workbook.ts'
import { may, type Turn } from './turn.ts'
import { day } from './wording.ts'

export const mostBytes = 20 << 20

/** Who sends a file; absent = an administrator at the machine, who may do everything. */
export type Sender = NonNullable<Turn['person']>

/** A file as it is read without looking at what the database holds. */
export type Parsed =
  | { layout: 'campaign'; workbook: CampaignWorkbook; problems?: never }
  | { layout: 'numbers'; sheets: Sheet[]; problems?: never }
  | { problems: Problem[] }

/** A file that fits the campaign. */
export type Content =
  | { layout: 'campaign'; workbook: CampaignWorkbook; problems?: never }
  | {
      layout: 'numbers'
      roster: Roster
      numbers: NumberEntry[]
      asOf: string
      notes: string[]
      problems?: never
    }

/** @throws UserError when it is no workbook, or too large */
export async function parseFile(bytes: Uint8Array, today: string): Promise<Parsed> {
  if (bytes.length > mostBytes)
    throw new UserError(
      `文件太大（${Math.ceil(bytes.length / (1 << 20))} MB），最大 ${mostBytes >> 20} MB。请删掉图片和多余的工作表。`,
    )
  const sheets = await readSheets(bytes)
  if (!isCampaignWorkbook(sheets)) return { layout: 'numbers', sheets }
  const read = readCampaign(sheets, today)
  return read.problems ? { problems: read.problems } : { layout: 'campaign', workbook: read.workbook }
}

/**
 * @param sent the day that the file was sent: numbers without a day are of it
 * @param campaign the one that numbers are for, or that the sender works for
 * @throws UserError when the sender may not load such a file at all
 */
export async function contentOf(
  db: Db,
  parsed: Exclude<Parsed, { problems: Problem[] }>,
  {
    campaign,
    person,
    today,
    sent = today,
    fileName,
  }: { campaign?: number; person?: Sender; today: string; sent?: string; fileName: string },
): Promise<Content | { problems: Problem[] }> {
  if (parsed.layout === 'campaign') {
    if (person && campaign !== undefined) await demandCampaign(db, parsed.workbook, campaign, person)
    return parsed
  }
  if (campaign === undefined) throw new Error('numbers need a campaign')
  const roster = await readRoster(db, campaign)
  const { starts, ends } = roster.campaign
  const known = {
    units: [...roster.units.values()],
    indicators: [...roster.indicators.values()],
    starts,
    ends,
  }
  const read = await readNumbers(parsed.sheets, known, { today: sent, fileName })
  if (read.problems) return { problems: read.problems }
  const refused = person ? read.numbers.flatMap((one) => refusalOf(roster, person, one, today)) : []
  if (refused.length > 0) return { problems: refused }
  const sifted = await sift(db, roster, person, read.numbers)
  const notes = [...read.notes, ...sifted.notes]
  const [first] = read.numbers
  if (sifted.numbers.length === 0 && first)
    return { problems: [{ sheet: first.sheet, row: 0, message: nothingRead(notes) }] }
  return { layout: 'numbers', roster, numbers: sifted.numbers, asOf: read.asOf, notes }
}

async function demandCampaign(
  db: Db,
  { plan }: CampaignWorkbook,
  campaign: number,
  person: Sender,
): Promise<void> {
  const roster = await readRoster(db, campaign)
  if (!may({ roster, person }, 'rules', roster.root))
    throw new UserError(
      `带「方案」的活动工作簿由${whoMay('rules')}导入。只报数的话，请发一张只有单位和数的表。`,
    )
  const { name } = roster.campaign
  if (plan.name !== name)
    throw new UserError(
      `文件「方案」里的名称是「${plan.name}」，您所在的活动是「${name}」：名称要一字不差才能导入。新的活动请管理员用 npm run load 导入。`,
    )
}

/** What a file is, for the head of its preview. */
export const kindOf = (content: Content): string =>
  content.layout === 'campaign' ? '活动工作簿' : `数据表，截至${day(content.asOf)}`
