// A workbook arrives, is shown as what it would change, and is written or dropped: from a chat, a page or the command line.

import { dateOf } from './clock.ts'
import type { Keyring } from './crypt.ts'
import type { Db } from './database/connection.ts'
import { type Changes, hasChanges } from './database/load.ts'
import type { Progress } from './database/load-reports.ts'
import { keepChanges } from './database/row-images.ts'
import {
  bytesOf,
  keepAsIs,
  keepOffer,
  updateWorkbook,
  type WorkbookRow,
  workbookOf,
} from './database/workbooks.ts'
import { UserError } from './errors.ts'
import { type Applied, applyContent } from './importing-applying.ts'
import { tellOthers } from './importing-behalf.ts'
import { type Content, contentOf, kindOf, parseFile, type Sender } from './importing-file.ts'
import type { Pushing } from './push.ts'
import { annotate } from './sheet/annotate.ts'
import { describeProblems, type Problem } from './sheet/problems.ts'
import { ownOf } from './turn.ts'
import { moment } from './wording.ts'

export interface ImportTools {
  db: Db
  keys: Keyring
  /** Tells people what was done to their numbers; at the machine nobody is told. */
  push?: Pushing
}

/** Who acts: a person, or an administrator at the machine under the name `by`. */
export interface Who {
  person?: Sender
  by: string
  now: Date
}

export interface File extends Who {
  bytes: Buffer
  fileName: string
  /** The campaign of the sender, or that numbers are for. */
  campaign?: number
}

export interface Offered {
  id: number
  /** What kind of file it is. */
  kind: string
  /** What would change. */
  lines: string[]
  /** Whether there is anything to write. */
  changes: boolean
  problems?: never
}

/** Nothing was kept. `annotated` = the file with what is wrong written into it. */
export interface Refused {
  problems: Problem[]
  annotated?: { name: string; bytes: Buffer }
}

export interface Accepted {
  /** Another look is needed: what would change is no longer what was shown. Nothing was written. */
  again: boolean
  /** It had been loaded before. */
  before: boolean
  fileName: string
  /** What was, or would be, changed. */
  lines: string[]
  /** Nothing is left to change: somebody has loaded the same meanwhile. */
  same: boolean
}

/**
 * Reads a file, compares it with what the database holds, and keeps it until it is decided on.
 * @throws UserError when it cannot be read, or may not be loaded by this person
 */
export async function offer({ db, keys }: ImportTools, file: File): Promise<Offered | Refused> {
  const { bytes, fileName, person, by, now } = file
  const content = await read(db, file, { sent: dateOf(now), today: dateOf(now) })
  if (content.problems) return refused(bytes, fileName, content.problems)
  const applied = await rehearse(db, content, { keys, by, now, fileName, ...senderOf(person) })
  const { lines, print, changes } = applied
  const kind = kindOf(content)
  const row = {
    ...{ fileName, bytes, layout: content.layout, print, summary: lines, at: now, by },
    ...{ campaign: applied.isNew ? null : applied.campaign, person: person?.id ?? null },
  }
  if (!hasChanges(changes)) {
    // All of it counts already; what its author exports shall look like it all the same.
    if (person && content.layout === 'numbers') await keepAsIs(db, row)
    return { id: 0, kind, lines, changes: false }
  }
  const id = await keepOffer(db, row)
  return { id, kind, lines, changes: true }
}

/**
 * Writes an offered file if it still changes what it was said to change. Accepted twice it is written once.
 * @param options.progress is told of numbers as they are written
 */
export async function accept(
  { db, keys, push }: ImportTools,
  id: number,
  { person, by, now }: Who,
  options: { progress?: Progress } = {},
): Promise<Accepted> {
  const offered = mine(await workbookOf(db, id), person)
  if (offered.state !== 'offered') return decided(offered)
  const { fileName, campaign, madeAt } = offered
  const file = { fileName, bytes: await bytesOf(db, id), ...(person && { person }) }
  const days = { sent: dateOf(madeAt), today: dateOf(now) }
  const content = await read(db, { ...file, ...(campaign !== null && { campaign }) }, days)
  if (content.problems) {
    const [first = ''] = describeProblems(content.problems)
    throw new UserError(`《${fileName}》和现在的名册对不上了（${first}），没有导入。请改好再发一次。`)
  }
  const tx = await db.startTransaction().execute()
  try {
    const row = mine(await workbookOf(tx, id, { lock: true }), person)
    if (row.state !== 'offered') {
      await tx.rollback().execute()
      return decided(row)
    }
    const applied = await applyContent(tx, content, {
      ...{ keys, by, now, fileName },
      ...senderOf(person),
      ...options,
    })
    const { lines, print } = applied
    const told = { fileName, lines, before: false, same: !hasChanges(applied.changes) }
    if (print !== row.print) {
      await tx.rollback().execute()
      const state = told.same ? 'dropped' : 'offered'
      const anew = db.updateTable('workbook').set({ summary: JSON.stringify(lines), print, state })
      // Somebody may have been quicker, on numbers that had changed back.
      await anew.where('id', '=', id).where('state', '=', 'offered').execute()
      return { ...told, again: !told.same }
    }
    if (person && push) await tellOthers(tx, applied, { id, fileName, person, now, push })
    await settle(tx, id, applied, { by, now })
    await tx.commit().execute()
    return { ...told, again: false }
  } catch (error) {
    if (!tx.isCommitted && !tx.isRolledBack) await tx.rollback().execute()
    throw error
  }
}

/** The newest file that waits for this person. */
export async function lastOffer(db: Db, { id }: Sender): Promise<number | undefined> {
  const query = db.selectFrom('workbook').where('person_id', '=', id).where('state', '=', 'offered')
  return (await query.orderBy('created_at', 'desc').orderBy('id', 'desc').select('id').executeTakeFirst())?.id
}

/** Drops an offer. @returns its file's name */
export async function drop({ db }: Pick<ImportTools, 'db'>, id: number, { person }: Pick<Who, 'person'>) {
  const row = mine(await workbookOf(db, id), person)
  if (row.state === 'loaded')
    throw new UserError(`《${row.fileName}》已经导入了。要撤销请说“撤销导入 编号${id}”。`)
  if (row.state === 'offered')
    await db
      .updateTable('workbook')
      .set({ state: 'dropped' })
      .where('id', '=', id)
      .where('state', '=', 'offered')
      .execute()
  return row.fileName
}

/**
 * Writes a file without asking: who runs a command has looked before. A dry run writes nothing and keeps nothing.
 * @param content as `contentOf` gives it
 */
export async function loadAtOnce(
  { db, keys }: ImportTools,
  { bytes, fileName, by, now }: Omit<File, 'person' | 'campaign'>,
  content: Content,
  { dryRun, progress }: { dryRun: boolean; progress?: Progress },
): Promise<Changes> {
  const applying = { keys, by, now, fileName, ...(progress && { progress }) }
  if (dryRun) return (await rehearse(db, content, applying)).changes
  return db.transaction().execute(async (tx) => {
    const applied = await applyContent(tx, content, applying)
    const { changes, campaign, lines, print } = applied
    if (!hasChanges(changes)) return changes
    const row = { campaign_id: campaign, person_id: null, bytes, layout: content.layout, print }
    const made = { file_name: fileName, summary: JSON.stringify(lines), created_at: now, created_by: by }
    const query = tx.insertInto('workbook').values({ ...row, ...made })
    const { id } = await query.returning('id').executeTakeFirstOrThrow()
    await settle(tx, id, applied, { by, now })
    return changes
  })
}

async function read(
  db: Db,
  file: Pick<File, 'bytes' | 'fileName' | 'person' | 'campaign'>,
  { sent, today }: { sent: string; today: string },
): Promise<Content | { problems: Problem[] }> {
  const parsed = await parseFile(file.bytes, sent)
  return parsed.problems ? parsed : contentOf(db, parsed, { ...file, sent, today })
}

/** The same as writing, taken back. */
async function rehearse(
  db: Db,
  content: Content,
  applying: Parameters<typeof applyContent>[2],
): Promise<Applied> {
  const tx = await db.startTransaction().execute()
  try {
    return await applyContent(tx, content, { ...applying, dryRun: true })
  } finally {
    await tx.rollback().execute()
  }
}

async function settle(
  tx: Parameters<typeof applyContent>[0],
  id: number,
  { campaign, isNew, reports, lines }: Applied,
  { by, now }: { by: string; now: Date },
): Promise<void> {
  if (!isNew) await keepChanges(tx, id)
  const [first, last] = reports ?? [null, null]
  await updateWorkbook(tx, id, {
    ...{ state: 'loaded', loaded_at: now, loaded_by: by, campaign_id: campaign },
    ...{ summary: JSON.stringify(lines), first_report: first, last_report: last },
  })
}

/** @throws UserError when there is no such file, or it is somebody else's */
function mine(row: WorkbookRow | undefined, person: Sender | undefined): WorkbookRow {
  if (!row) throw new UserError('没有这个编号的文件，或者放得太久已经清掉了。请把文件再发一次。')
  if (person && row.person !== person.id)
    throw new UserError(`编号${row.id} 是${row.madeBy}发来的文件，由${row.madeBy}自己确认。`)
  return row
}

function decided({ id, state, fileName, loadedAt, summary }: WorkbookRow): Accepted {
  if (state !== 'loaded' || !loadedAt)
    throw new UserError(
      `《${fileName}》${state === 'undone' ? '导入后已经撤销了' : '已经取消了'}。要导入请把文件再发一次。`,
    )
  const lines = [`《${fileName}》${moment(loadedAt)}已经导入，没有再写一遍。要撤销请说“撤销导入 编号${id}”。`]
  return { again: false, before: true, fileName, lines: [...lines, ...summary], same: false }
}

async function refused(bytes: Buffer, fileName: string, problems: Problem[]): Promise<Refused> {
  const annotated = await marked(bytes, fileName, problems)
  return { problems, ...(annotated && { annotated }) }
}

/** The file with what is wrong written into it; undefined where that cannot be. */
export async function marked(
  bytes: Buffer,
  fileName: string,
  problems: Problem[],
): Promise<{ name: string; bytes: Buffer } | undefined> {
  try {
    return { name: markedName(fileName), bytes: Buffer.from(await annotate(bytes, problems)) }
  } catch (error) {
    // The problems themselves are told all the same.
    if (error instanceof UserError) return undefined
    throw error
  }
}

/** 进度.xls → 进度（问题已标注）.xlsx */
const markedName = (fileName: string) => `${fileName.replace(/\.[^.]{1,5}$/, '')}（问题已标注）.xlsx`

const senderOf = (person: Sender | undefined) =>
  person ? { sender: { id: person.id, unit: ownOf(person) } } : {}
