// The sheet 群: which chat belongs to which unit, and the robot that may push into it.
import type { ChatEntry } from './campaign.ts'
import type { Problem } from './problems.ts'
import type { Sheet } from './read.ts'
import { type Row, tableRows } from './table.ts'
import { noteRepeats, type Units } from './unit-sheet.ts'
import { text, word } from './values.ts'

const platforms = { 钉钉: 'dingtalk', 企业微信: 'wecom' } as const

export function readChats(sheets: Sheet[], { findUnit }: Units, problems: Problem[]): ChatEntry[] {
  const required = ['平台', '群号', '群名', '单位']
  const form = { sheet: '群', required, optional: ['机器人', '密钥'], mayBeAbsent: true }
  const entries = tableRows(sheets, form, problems).flatMap((row) => {
    const platform = row.need('平台', word(platforms))
    const chatId = row.need('群号', text)
    const title = row.need('群名', text)
    if (row.text('单位') === '') row.problem('单位', '不能空着')
    const unit = findUnit(row, '单位')
    if (platform === null || chatId === null || title === null || !unit) return []
    return { row, chat: { platform, chatId, title, unit: unit.code, push: pushOf(row, platform) } }
  })
  noteRepeats(
    entries,
    ({ chat }) => `${chat.platform}/${chat.chatId}`,
    ({ row }, first) => row.problem('群号', `与第${first.row.row}行重复`),
  )
  noteRepeats(
    entries.flatMap(({ row, chat: { push } }) =>
      push ? { row, robot: 'key' in push ? push.key : push.token } : [],
    ),
    ({ robot }) => robot,
    ({ row }, first) => row.problem('机器人', `与第${first.row.row}行是同一个，一个机器人只管一个群`),
  )
  return entries.map(({ chat }) => chat)
}

function pushOf(row: Row, platform: ChatEntry['platform']): ChatEntry['push'] {
  const robot = row.text('机器人')
  const secret = row.text('密钥')
  if (robot === '' && secret !== '') row.problem('机器人', '写了密钥，就要写机器人')
  if (platform === 'wecom' && secret !== '') row.problem('密钥', '企业微信的机器人没有密钥，请空着')
  if (robot === '') return null
  return platform === 'wecom' ? { key: robot } : { token: robot, ...(secret !== '' && { secret }) }
}
