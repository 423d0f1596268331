// 导出: a unit's numbers as a workbook, in private or behind a link: made, queued, and told of where it was asked for.

import { addressOf, fileForMs } from './attachments.ts'
import { dateOf } from './clock.ts'
import { keepForLink } from './database/attachments.ts'
import type { Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import { detailSheet, progressSheet, rankingSheet } from './exporting-grid.ts'
import { ownLayout } from './exporting-own-layout.ts'
import { aboutSheet, reportsSheet, sendingsSheet } from './exporting-records.ts'
import { endOf, exportView } from './exporting-view.ts'
import type { Dates } from './language/periods.ts'
import { type Block, line, type Reply } from './message.ts'
import { writeExport } from './sheet/export.ts'
import type { Turn } from './turn.ts'

export interface ExportFile {
  name: string
  bytes: Buffer
}

export interface Exported {
  files: ExportFile[]
  /** What has to be said of them, or ''. */
  said: string
}

/** @param period absent = everything, up to now */
export async function exportFiles(turn: Turn, unit: Unit, period: Dates | undefined): Promise<Exported> {
  const title = `${unit.name}进度_${endOf(period, turn.today)}`
  const made = sheetsOf(turn, unit, period)
  const sheets = made.then((all) => all.sheets)
  const file = { name: `${title}.xlsx`, bytes: await writeExport(sheets, { title, made: turn.now }) }
  const { own } = await made
  return { files: [file, ...(own.file ? [own.file] : [])], said: own.said }
}

async function sheetsOf(turn: Turn, unit: Unit, period: Dates | undefined) {
  const view = await exportView(turn, unit, period)
  const own = await ownLayout(turn, view)
  const { sendings } = view
  const sheets = [
    aboutSheet(view, turn, own.notes),
    ...[rankingSheet(view), await progressSheet(view), await detailSheet(view), reportsSheet(view)],
    ...(sendings ? [sendingsSheet(sendings)] : []),
  ]
  return { sheets, own }
}

/**
 * Sends the files to who asks, alone: they are full of names and scores (`domain.md` N25).
 * @returns what is said where it was asked
 */
export async function sendPrivately(turn: Turn, what: string, make: () => Promise<Exported>): Promise<Reply> {
  const { person, message, db, roster, now, links, privately } = turn
  const { platform, chat } = message
  const isGroup = chat.kind === 'group'
  if (!person) throw new UserError('我还不认识您，表格不能发。请先私聊我发“绑定 手机号”。')
  const isReached = privately.includes(platform)
  if (!isReached && !links)
    throw new UserError('这里发不了文件：机器人还没有配置私聊，也没有配置网址。请联系管理员。')
  if (!isReached && isGroup)
    throw new UserError('我在这里不能私聊发您文件，请您先私聊我说“导出”，给您下载链接。')
  const { files, said } = await make()
  const key = `export:${person.id}:${now.toISOString()}`
  const blocks: Block[] = [
    { kind: 'text', text: `${what}的表格` },
    ...files.map(({ name, bytes }) => ({ kind: 'file' as const, name, data: bytes.toString('base64') })),
  ]
  const campaign = roster.campaign.id
  const reply = { blocks }
  if (!isReached) {
    const id = await keepForLink(db, { campaign, person: person.id, reply, key, now })
    return linked(turn, what, { files, said }, id)
  }
  const to = { person: person.id, platform }
  // Somebody waits for it now, whatever the hour.
  await db
    .transaction()
    .execute((tx) => turn.push(tx, [{ campaign, to, kind: 'reminder', reply, key, due: now }]))
  return line(
    `${what}的表格做好了，${isGroup ? '私聊发您了（有个人成绩，不发在群里）' : '马上发给您'}。${said}`,
  )
}

/** Where nothing can be sent to people, the answer itself leads to the files. */
function linked({ links, roster, person }: Turn, what: string, { files, said }: Exported, id: number): Reply {
  const message = { id, campaign_id: roster.campaign.id, person_id: person?.id ?? null }
  const hours = fileForMs / 3_600_000
  const addresses = links
    ? files.map(({ name }, at) => `${name}：${addressOf(message, at + 1, 'file', links)}`)
    : []
  return {
    blocks: [
      { kind: 'text', text: `${what}的表格做好了，请在${hours}小时内下载，链接不要转给别人：` },
      ...[...addresses, ...(said ? [said] : [])].map((text): Block => ({ kind: 'text', text })),
    ],
  }
}

/** @throws UserError for a time that has not come, or was before the campaign */
export function demandPast(turn: Turn, period: Dates | undefined): void {
  const { starts } = turn.roster.campaign
  if (!period) return
  if (period.start > dateOf(turn.now))
    throw new UserError('那时还没到，导不出来。可以说“导出表格”，导现在的。')
  if (period.end < starts)
    throw new UserError(`活动从${starts}开始，那之前没有数。可以说“导出表格”，导现在的。`)
}
