// The clerk's page: a workbook is uploaded, looked at, imported or not; what was imported can be undone as a whole.
import { bytesOf, importsOf, type WorkbookRow, workbookOf } from '../../database/workbooks.ts'
import { UserError } from '../../errors.ts'
import { accept, drop, lastOffer, offer } from '../../importing.ts'
import { importingOf, mostMarked } from '../../importing-chat.ts'
import { mostBytes } from '../../importing-file.ts'
import { seesAll, undo, undoable } from '../../importing-undo.ts'
import { moment } from '../../wording.ts'
import { type Html, html } from '../html.ts'
import type { Upload } from './ask.ts'
import { deed, type Section, table } from './page.ts'
import type { Said } from './said.ts'
import type { Sitting } from './session.ts'

type Told = Omit<Said, 'isWrong'> & { isWrong?: boolean }

const shownImports = 50
const shownProblems = 50
const markedSeconds = 30 * 60
const markedKey = (session: string) => `desk:marked:${session}`

const accepted =
  '.xlsx,.xls,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,application/vnd.ms-excel'

export async function importSection(sitting: Sitting): Promise<Section> {
  const { turn } = sitting
  const { tools, who } = importingOf(turn)
  const own = seesAll(who.person) ? {} : { person: who.person.id }
  const imports = await importsOf(tools.db, turn.roster.campaign.id, { limit: shownImports, ...own })
  const waiting = await offered(sitting, await lastOffer(tools.db, who.person))
  const body = html`${waiting && html`<p class="note">《${waiting.fileName}》${moment(waiting.madeAt)}传上来，还没有导入。<a href="/desk/offers/${waiting.id}">看看会改什么</a></p>`}
<form id="upload" method="post" action="/desk/upload" enctype="multipart/form-data" data-most="${mostBytes}">
<input type="hidden" name="form" value="${sitting.form()}">
<input id="file" type="file" name="file" accept="${accepted}" required>
<label for="file"><span class="button">选择 Excel 文件</span><span class="drop">或者把文件拖到这里。</span></label>
<button>上传，看会改什么</button>
<p>活动工作簿，或者您自己的进度表；.xlsx 或 .xls，不超过 20 MB。先核对、给您看，点了“确认导入”才写入。</p>
<div id="progress" hidden><progress max="100" value="0" aria-label="上传进度"></progress><p role="status"></p></div></form>
<h2>导入记录</h2>
${imports.length === 0 ? html`<p class="none">还没有导入过文件。</p>` : table('导入记录', ['时间', '谁', '文件', '改了什么', '状态', ''], imports.map(importRow))}`
  return { at: '', title: '导入', body }
}

function importRow({
  id,
  fileName,
  loadedAt,
  loadedBy,
  undoneAt,
  undoneBy,
  summary,
  isKept,
}: WorkbookRow): Html {
  const state = undoneAt ? `${moment(undoneAt)} ${undoneBy}撤销了` : '已导入'
  const [first, ...rest] = summary
  return html`<tr><td data-label="时间">${loadedAt && moment(loadedAt)}</td><td data-label="谁">${loadedBy}</td>
<td data-label="文件" class="file"><a href="/desk/imports/${id}/file" download>${fileName}</a></td>
<td data-label="改了什么">${rest.length === 0 ? html`${first}` : html`<details><summary>${first}</summary>${rest.map((one) => html`<p>${one}</p>`)}</details>`}</td>
<td data-label="状态">${state}</td><td>${!undoneAt && isKept && html`<a class="button plain" href="/desk/imports/${id}/undo">撤销<span class="unseen">《${fileName}》</span></a>`}</td></tr>`
}

/** A file of this person that waits, of this campaign. */
async function offered({ turn }: Sitting, id: number | undefined): Promise<WorkbookRow | undefined> {
  const row = id === undefined ? undefined : await workbookOf(turn.db, id)
  const isOurs = row?.person === turn.person.id && row.campaign === turn.roster.campaign.id
  return isOurs && row.state === 'offered' ? row : undefined
}

/** What an uploaded file would change. @throws UserError when it does not wait any more, or is somebody else's */
export async function previewSection(sitting: Sitting, id: number): Promise<Section> {
  const row = await offered(sitting, id)
  if (!row) throw new UserError('这个文件已经办过了，或者放得太久清掉了。')
  // What should be looked at twice stands first.
  const isDoubt = (one: string) => one.startsWith('注意')
  const [doubts, plain] = [row.summary.filter(isDoubt), row.summary.filter((one) => !isDoubt(one))]
  const body = html`<p>《${row.fileName}》，${moment(row.madeAt)}传上来，<strong>还没有写入</strong>。导入后：</p>
${doubts.length > 0 && html`<ul class="doubts">${doubts.map((one) => html`<li>${one}</li>`)}</ul>`}
<ul class="changes">${plain.map((one) => html`<li>${one}</li>`)}</ul>
<div class="deeds">${deed(sitting, `/desk/offers/${id}/accept`, '确认导入')}${deed(sitting, `/desk/offers/${id}/drop`, '不导入', { tone: 'plain' })}</div>`
  return { at: '', title: '会改什么', body }
}

/** What would be undone. @throws UserError when it cannot be */
export async function undoSection(sitting: Sitting, id: number): Promise<Section> {
  const { tools, who } = importingOf(sitting.turn)
  const { fileName, lines } = await undoable(tools, sitting.turn.roster.campaign.id, { ...who, id })
  const body = html`<p>整个撤销《${fileName}》吗？它当时改了下面这些，撤销后回到导入以前；后来又报过、更正过的数不动：</p>
<ul class="changes">${lines.map((one) => html`<li>${one}</li>`)}</ul>
<div class="deeds">${deed(sitting, `/desk/imports/${id}/undo`, '撤销这次导入', { tone: 'risky' })}<a class="button plain" href="/desk/">不撤销</a></div>`
  return { at: '', title: '撤销导入', body }
}

export async function upload({ turn, session }: Sitting, { name, bytes }: Upload): Promise<Told> {
  const { tools, who } = importingOf(turn)
  const answer = await offer(tools, { ...who, bytes, fileName: name, campaign: turn.roster.campaign.id })
  if (answer.problems) {
    const { problems, annotated } = answer
    const isKept = annotated !== undefined && annotated.bytes.length <= mostMarked
    const file = isKept ? JSON.stringify([annotated.name, annotated.bytes.toString('base64')]) : ''
    await turn.state.put(markedKey(session), file, markedSeconds)
    const shown = problems.slice(0, shownProblems)
    return {
      ...{ to: '', isWrong: true, problems: shown, count: problems.length },
      lines: [`《${name}》有 ${problems.length} 处问题，什么都没有写入。`],
      ...(isKept && { marked: annotated.name }),
    }
  }
  if (!answer.changes) return { to: '', lines: [`《${name}》${answer.lines[0]}`, ...answer.lines.slice(1)] }
  return { to: `offers/${answer.id}`, lines: [] }
}

export async function acceptOffer({ turn }: Sitting, id: number): Promise<Told> {
  const { tools, who } = importingOf(turn)
  const done = await accept(tools, id, who)
  if (done.before) return { to: '', lines: done.lines }
  if (done.same) return { to: '', lines: [`《${done.fileName}》没有什么可改的了：别人刚导入过同样的内容。`] }
  if (done.again)
    return { to: `offers/${id}`, isWrong: true, lines: ['刚才又有人改过数，还没有导入。请再看一遍。'] }
  return { to: '', lines: [`已导入《${done.fileName}》。`, ...done.lines] }
}

export async function dropOffer({ turn }: Sitting, id: number): Promise<Told> {
  const { tools, who } = importingOf(turn)
  return { to: '', lines: [`好，《${await drop(tools, id, who)}》没有导入。`] }
}

export async function undoImport({ turn }: Sitting, id: number): Promise<Told> {
  const { tools, who } = importingOf(turn)
  const { fileName, lines } = await undo(tools, turn.roster.campaign.id, id, who)
  return { to: '', lines: [`已撤销导入《${fileName}》。`, ...lines] }
}

export interface Download {
  name: string
  bytes: Buffer
}

/** The file as it was sent. @returns undefined for what this person may not see */
export async function sentFile({ turn }: Sitting, id: number): Promise<Download | undefined> {
  const row = await workbookOf(turn.db, id)
  const { person, roster, db } = turn
  if (!row || row.campaign !== roster.campaign.id) return undefined
  if (row.person !== person.id && !seesAll(person)) return undefined
  return { name: row.fileName, bytes: await bytesOf(db, id) }
}

/** The last workbook of this session that had something wrong, with that in it. */
export async function markedFile({ turn, session }: Sitting): Promise<Download | undefined> {
  const kept = await turn.state.get(markedKey(session))
  if (!kept) return undefined
  const [name, data] = JSON.parse(kept) as [string, string]
  return { name, bytes: Buffer.from(data, 'base64') }
}
