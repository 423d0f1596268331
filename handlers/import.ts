// 导入：私聊发来的表格，看过会改什么再确认；导入过的可以整个撤销。
import { command } from '../src/command.ts'
import { importsOf, type WorkbookRow } from '../src/database/workbooks.ts'
import { UserError } from '../src/errors.ts'
import { accept, drop, lastOffer } from '../src/importing.ts'
import { cut, importingOf, previewOf } from '../src/importing-chat.ts'
import { seesAll, undo, undoable } from '../src/importing-undo.ts'
import { line, lines, type Reply } from '../src/message.ts'
import { Question } from '../src/question.ts'
import type { Turn } from '../src/turn.ts'
import { moment } from '../src/wording.ts'

const shownImports = 8

export default command<Record<string, never>>({
  name: '导入',
  aliases: ['导入记录', '导入历史'],
  summary: '把 Excel 表私聊发给我：先看会改什么，确认了再写入；导入过的能整个撤销',
  examples: ['导入', '导入记录', '撤销导入'],
  action: 'report',
  phrases: [
    '^(怎么|咋|如何)?(导入)(表格|表|excel|数据|工作簿|文件)?(吗|$)',
    '(导入)(的)?(记录|历史)',
    '(确认|确定|取消|放弃|撤销|撤回|收回|作废)(撤销|撤回)?(上次|上一次|刚才|这次|那次|最近)?(的)?(导入)',
    '(导入)(的)?…(撤销|撤回|撤掉|作废)',
  ],
  unless: ['导出|提醒'],
  seldom: true,
  args: {},
  async run(_args, turn) {
    if (turn.message.chat.kind !== 'single') throw new UserError('导入请私聊我办：把 .xlsx 文件发给我。')
    const { text } = turn.meaning
    if (/记录|历史/.test(text)) return history(turn)
    if (/^(?:确定|确认)撤[销回]/.test(text)) return undone(turn)
    if (/撤|收回|作废/.test(text)) return askUndo(turn)
    if (/取消|放弃/.test(text)) return dropped(turn)
    if (/确认|确定/.test(text)) return accepted(turn)
    return lines([
      '把 .xlsx 或 .xls 文件直接发给我：活动工作簿，或者您自己的进度表（一行一个单位，一列一个指标）都行。',
      '我先说会改什么，您确认了才写入。发“导入记录”看导入过什么，发“撤销导入”整个撤回上一次。',
    ])
  },
})

async function accepted(turn: Turn): Promise<Reply | Question> {
  const { tools, who } = importingOf(turn)
  const id = turn.meaning.number ?? (await lastOffer(tools.db, who.person))
  if (id === undefined) throw new UserError('没有等您确认的文件。请先把 .xlsx 文件发给我。')
  const done = await accept(tools, id, who)
  if (done.before) return lines(done.lines.map(cut))
  if (done.same) return line(`《${done.fileName}》没有什么可改的了：别人刚导入过同样的内容。`)
  if (done.again) {
    const { text, options } = previewOf(done.fileName, {
      id,
      kind: '刚才又有人改过数，请再看一遍',
      lines: done.lines,
    })
    return new Question(text, options, { yes: true })
  }
  return lines([
    `已导入《${done.fileName}》（编号${id}）：`,
    ...done.lines.map(cut),
    `不对的话，发“撤销导入 编号${id}”整个撤回。`,
  ])
}

async function dropped(turn: Turn): Promise<Reply> {
  const { tools, who } = importingOf(turn)
  const id = turn.meaning.number ?? (await lastOffer(tools.db, who.person))
  if (id === undefined) throw new UserError('没有等您确认的文件。')
  return line(`好，《${await drop(tools, id, who)}》没有导入。`)
}

async function askUndo(turn: Turn): Promise<Question> {
  const { tools, who } = importingOf(turn)
  const { number } = turn.meaning
  const meant = { ...who, ...(number !== undefined && { id: number }) }
  const { id, fileName, lines: changes } = await undoable(tools, turn.roster.campaign.id, meant)
  const head = `整个撤销《${fileName}》（编号${id}）吗？它当时改了：`
  return new Question(
    [head, ...changes.map(cut)].join('\n'),
    [{ label: '撤销这次导入', words: `确定撤销导入 编号${id}` }],
    { yes: true },
  )
}

async function undone(turn: Turn): Promise<Reply> {
  const { tools, who } = importingOf(turn)
  const campaign = turn.roster.campaign.id
  const { number, text } = turn.meaning
  if (number === undefined) throw new UserError(`请说明编号，例如“${text} 编号12”；发“导入记录”看编号。`)
  const { fileName, lines: outcome } = await undo(tools, campaign, number, who)
  return lines([`已撤销导入《${fileName}》（编号${number}）：`, ...outcome])
}

async function history(turn: Turn): Promise<Reply> {
  const { tools, who } = importingOf(turn)
  const own = seesAll(who.person) ? {} : { person: who.person.id }
  const imports = await importsOf(tools.db, turn.roster.campaign.id, { limit: shownImports, ...own })
  if (imports.length === 0) return line('还没有导入过文件。把 .xlsx 文件私聊发给我就能导入。')
  return lines(imports.map(inOneLine), '导入记录')
}

function inOneLine({ id, fileName, loadedAt, loadedBy, undoneAt, undoneBy, summary }: WorkbookRow): string {
  const fate = undoneAt ? `（${moment(undoneAt)} ${undoneBy}撤销）` : ''
  const when = loadedAt ? moment(loadedAt) : ''
  return cut(`编号${id} ${when} ${loadedBy}《${fileName}》${fate}：${summary[0] ?? ''}`)
}
