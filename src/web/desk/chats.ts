// The clerk's page: which groups are bound to which unit, whether their robots work, and the big screens.
import { type ListedChat, listedChats } from '../../database/listed-chats.ts'
import { type Screen, screensOf, stopScreen } from '../../database/screens.ts'
import { momentOf, offReason } from '../../delivery-words.ts'
import { UserError } from '../../errors.ts'
import { may, type Turn } from '../../turn.ts'
import { moment } from '../../wording.ts'
import { type Html, html } from '../html.ts'
import { deed, type Section, table } from './page.ts'
import type { Sitting } from './session.ts'

const platforms: Record<string, string> = { dingtalk: '钉钉', wecom: '企业微信' }
const to = 'chats'

export async function chatSection(sitting: Sitting): Promise<Section> {
  const { turn } = sitting
  const chats = (await listedChats(turn.db, turn.roster.campaign.id)).filter(({ unit }) => isOurs(turn, unit))
  const screens = await ownScreens(turn)
  const none = (what: string) => html`<p class="none">${what}</p>`
  const body = html`<h2>群</h2>
${
  chats.length === 0
    ? none('还没有绑定的群。把小图拉进群，在群里 @小图 说“绑定 单位名称”。')
    : table(
        '绑定的群',
        ['群', '平台', '单位', '推送机器人'],
        chats.map((one) => chatRow(turn, one)),
      )
}
<h2>大屏</h2>
${
  screens.length === 0
    ? none('还没有大屏。要开，私聊小图说“开大屏 名称”。')
    : table(
        '大屏',
        ['名称', '看板', '最近打开', ''],
        screens.map((one) => screenRow(sitting, one)),
      )
}`
  return { at: 'chats', title: '群和大屏', body }
}

function isOurs(turn: Turn, id: number): boolean {
  const unit = turn.roster.units.get(id)
  return unit !== undefined && may(turn, 'bind_chat', unit)
}

const ownScreens = async (turn: Turn): Promise<Screen[]> =>
  (await screensOf(turn.db, turn.roster.campaign.id)).filter(({ unit }) => isOurs(turn, unit))

const nameOf = ({ roster }: Turn, unit: number) => roster.units.get(unit)?.name ?? ''

function chatRow(turn: Turn, chat: ListedChat): Html {
  const { title, platform, unit, hasRobot, push_off_at: offAt } = chat
  const without = platform === 'dingtalk' ? '没有，由应用推送' : '没有，收不到推送'
  const reason = offReason(chat)
  const state = offAt
    ? `▲ ${momentOf(offAt)}起停用${reason ? `：${reason}` : ''}。请在群里重新添加机器人，再 @小图 发“绑定机器人 新地址”。`
    : hasRobot
      ? '● 正常'
      : `○ ${without}`
  return html`<tr><td data-label="群">${title || '（没有名称）'}</td><td data-label="平台">${platforms[platform]}</td><td data-label="单位">${nameOf(turn, unit)}</td><td data-label="推送机器人" class="${offAt && 'warn'}">${state}</td></tr>`
}

function screenRow(sitting: Sitting, { id, name, unit, seenAt }: Screen): Html {
  const stop = deed(sitting, `/desk/screens/${id}/off`, '停用', { tone: 'plain', of: `“${name}”` })
  return html`<tr><td data-label="名称">${name}</td><td data-label="看板">${nameOf(sitting.turn, unit)}</td><td data-label="最近打开">${seenAt ? moment(seenAt) : '还没打开过'}</td><td>${stop}</td></tr>`
}

export async function screenOff({ turn }: Sitting, id: number) {
  const screen = (await ownScreens(turn)).find((one) => one.id === id)
  if (!screen) throw new UserError('这块大屏已经停用了，或者不归您管。')
  const { db, roster, now, person } = turn
  await stopScreen(db, screen, { campaign: roster.campaign.id, by: person.name, now })
  return { to, lines: [`大屏“${screen.name}”停用了，那块屏上马上就看不到了。`] }
}
