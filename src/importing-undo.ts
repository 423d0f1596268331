// A whole import is taken back: its numbers by events that withdraw them, all other rows to what they were before.
import type { Transaction } from 'kysely'
import { reach } from './campaign/permissions.ts'
import { dateOf } from './clock.ts'
import { audit } from './database/audit.ts'
import { readCalendar } from './database/calendar.ts'
import { rebuildCells, type TouchedCell } from './database/load-cells.ts'
import { rebuildTotals } from './database/rebuild.ts'
import { replanReminders } from './database/reminders-replan.ts'
import { readRoster } from './database/roster.ts'
import {
  conflicts,
  daysChanged,
  openChanges,
  type RowWords,
  restoreRows,
  summaryOf,
} from './database/row-restoring.ts'
import type { Database } from './database/schema.ts'
import { importsOf, updateWorkbook, type WorkbookRow, workbookOf } from './database/workbooks.ts'
import { hold } from './database/writing.ts'
import { UserError } from './errors.ts'
import type { ImportTools, Who } from './importing.ts'
import { tellLoader, tellOthers } from './importing-behalf.ts'
import type { Sender } from './importing-file.ts'
import { whatBecame, withdraw } from './importing-withdrawing.ts'
import { moment } from './wording.ts'

type Tx = Transaction<Database>

const mostNamed = 6
/** How long others than the district may take back what they brought (`domain.md` C2). */
const undoMs = 24 * 3600_000

/** What would be undone: the file, and what it had changed. */
export interface Undoable {
  id: number
  fileName: string
  lines: string[]
}

/**
 * The import that is meant: the one with that number, else the newest of the campaign that this person may undo.
 * @throws UserError when there is none, or it cannot be undone
 */
export async function undoable(
  { db }: Pick<ImportTools, 'db'>,
  campaign: number,
  { id, person, now }: Pick<Who, 'person' | 'now'> & { id?: number },
): Promise<Undoable> {
  const own = person && !seesAll(person) ? { person: person.id } : {}
  const newest = async () => {
    const imports = await importsOf(db, campaign, { limit: 50, ...own })
    return imports.find(({ state }) => state === 'loaded')
  }
  const row = id === undefined ? await newest() : await workbookOf(db, id)
  if (!row) throw new UserError(id === undefined ? '没有可以撤销的导入。' : '没有这个编号的导入。')
  check(row, campaign, person, now)
  const { fileName, loadedAt, loadedBy, summary } = row
  const when = loadedAt ? `${moment(loadedAt)} ${loadedBy}导入` : ''
  return { id: row.id, fileName, lines: [when, ...summary] }
}

/**
 * Undoes an import, all of it or nothing.
 * @throws UserError when somebody has changed one of its rows since, or a published bulletin stands on its numbers
 */
export async function undo(
  { db, push }: Pick<ImportTools, 'db' | 'push'>,
  campaign: number,
  id: number,
  { person, by, now }: Who,
): Promise<{ fileName: string; lines: string[] }> {
  return db.transaction().execute(async (tx) => {
    const row = await workbookOf(tx, id, { lock: true })
    if (!row) throw new UserError('没有这个编号的导入。')
    check(row, campaign, person, now)
    await tx.selectFrom('campaign').where('id', '=', campaign).select('id').forUpdate().execute()
    await openChanges(tx, id)
    refuseConflicts(await conflicts(tx, campaign))
    const { rows, rules } = await summaryOf(tx)
    const days = await daysChanged(tx)
    const withdrawn = await withdraw(tx, row, { by, now, ...(person && { person: person.id }) })
    const stayed = await restoreRows(tx, dateOf(now))
    const version = rules && (await putRulesBack(tx, campaign, rules))
    if (days.length > 0) await replanReminders(tx, await readCalendar(tx), now, days)
    await finish(tx, { campaign, now, by, touched: withdrawn, rosterChanged: rows > 0, file: row.fileName })
    await updateWorkbook(tx, id, { state: 'undone', undone_at: now, undone_by: by })
    const { lines, cells } = await whatBecame(tx, await readRoster(tx, campaign), withdrawn)
    const { fileName } = row
    const told = [...lines, ...outcome({ rows, stayed, version })]
    if (person && push) {
      const undone = { id, fileName, person, now, push }
      await tellOthers(tx, { campaign, cells }, { ...undone, undone: true })
      if (row.person !== null && row.person !== person.id)
        await tellLoader(tx, campaign, row.person, undone, told)
    }
    return { fileName, lines: told }
  })
}

/** District clerks see and undo what anybody has loaded, everybody else only what is their own. */
export const seesAll = ({ duties }: Sender) => duties.some(({ role }) => reach(role, 'rules') === 'all')

function check(row: WorkbookRow, campaign: number, person: Sender | undefined, now: Date): void {
  const { id, state, fileName, isKept, loadedAt, undoneAt, undoneBy } = row
  if (row.campaign !== campaign || state === 'offered' || state === 'dropped')
    throw new UserError('没有这个编号的导入。发“导入记录”看都导入过什么。')
  if (person && row.person !== person.id && !seesAll(person))
    throw new UserError(`编号${id} 不是您导入的，由${row.loadedBy}本人或区专班撤销。`)
  if (state === 'undone')
    throw new UserError(`《${fileName}》${undoneAt ? moment(undoneAt) : ''}已经由${undoneBy}撤销了。`)
  if (person && !seesAll(person) && loadedAt && now.getTime() - loadedAt.getTime() > undoMs)
    throw new UserError(
      `《${fileName}》导入超过24小时了，不能整个撤销。个别数不对请说“更正：”和正确的数；要整个撤销请找区专班。`,
    )
  if (!hasChanged(row)) throw new UserError(`《${fileName}》没有改过什么，不用撤销。`)
  if (!isKept)
    throw new UserError(
      `《${fileName}》建立了这次活动，不能整个撤销。内容不对，请改好工作簿再导入：以新的为准；个别数不对，请更正。`,
    )
}

/** A table of numbers may be kept for its looks alone. */
const hasChanged = ({ layout, isKept, reports }: WorkbookRow) =>
  layout === 'campaign' || isKept || reports !== null

const kinds: Record<RowWords['what'], string> = {
  ...{
    campaign: '方案',
    unit: '单位',
    unit_version: '单位',
    person: '人员',
    account: '账号',
    assignment: '任职',
  },
  ...{
    indicator: '指标',
    target: '任务',
    chat: '群',
    calendar_day: '日历',
    adjustment: '加减分',
    veto: '一票否决',
  },
}
const inWords = ({ what, name }: RowWords) => `${kinds[what]}${name && `「${name}」`}`
const listed = (rows: RowWords[]) => {
  const names = [...new Set(rows.map(inWords))]
  return `${names.slice(0, mostNamed).join('、')}${names.length > mostNamed ? ` 等 ${names.length} 项` : ''}`
}

function refuseConflicts(rows: RowWords[]): void {
  if (rows.length === 0) return
  throw new UserError(
    `没有撤销：导入以后又有人改过${listed(rows)}，撤销会把这些也改掉。后来的导入请先撤销；别的请改好工作簿再导入。`,
  )
}

/**
 * Rules that are as they were get their version back, unless something was computed by the later one meanwhile: that one
 * is never used for other rules.
 */
async function putRulesBack(
  tx: Tx,
  campaign: number,
  { before, after }: { before: number; after: number },
): Promise<number> {
  const used = await tx
    .selectFrom('snapshot')
    .where('campaign_id', '=', campaign)
    .where('rule_version', '>=', after)
    .select('id')
    .executeTakeFirst()
  const current = await tx
    .selectFrom('campaign')
    .where('id', '=', campaign)
    .select('rule_version')
    .executeTakeFirstOrThrow()
  const version = used || current.rule_version !== after ? current.rule_version + 1 : before
  await tx.updateTable('campaign').set({ rule_version: version }).where('id', '=', campaign).execute()
  return version
}

async function finish(
  tx: Tx,
  {
    campaign,
    now,
    by,
    touched,
    rosterChanged,
    file,
  }: {
    campaign: number
    now: Date
    by: string
    touched: TouchedCell[]
    rosterChanged: boolean
    file: string
  },
): Promise<void> {
  await rebuildCells({ tx, campaignId: campaign }, touched)
  await hold(tx, campaign)
  if (rosterChanged)
    await tx
      .updateTable('campaign')
      .set((e) => ({ roster_version: e('roster_version', '+', 1) }))
      .where('id', '=', campaign)
      .execute()
  await rebuildTotals(tx, await readRoster(tx, campaign), dateOf(now))
  await audit(tx, { campaign, at: now, actor: by, action: 'undo_load', subject: file })
}

function outcome({
  rows,
  stayed,
  version,
}: {
  rows: number
  stayed: RowWords[]
  version: number | null
}): string[] {
  const uses = stayed.filter(({ what }) => what !== 'chat')
  const chats = stayed.filter(({ what }) => what === 'chat')
  return [
    ...(rows > 0 ? [`名册、指标、任务等 ${rows} 处改回了导入之前。`] : []),
    ...(uses.length > 0
      ? [`已经有数或记录、删不掉的停用了：${listed(uses)}。单位不再显示，人员算离任，指标权重为 0。`]
      : []),
    ...(chats.length > 0 ? [`发过消息的群还在，推送机器人拿掉了：${listed(chats)}。`] : []),
    ...(version !== null ? [`规则也改了回去，现在是第${version}版。`] : []),
    '同一个文件可以再导入。',
  ]
}
