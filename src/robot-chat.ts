// Which robot is meant, and which group it is for: the one it is said in; in private the unit's, asked for if there are
// several.
import { pickUnit } from './args.ts'
import { type BoundChat, boundChats } from './database/robots.ts'
import type { Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import type { PlatformName } from './message.ts'
import { Question } from './question.ts'
import { type Given, readRobot } from './robot-address.ts'
import { demand, ownUnit, type Turn } from './turn.ts'

/** The group it is said in (`domain.md` C2). @throws UserError for who may not, or when it is nobody's yet */
export async function chatHere(turn: Turn): Promise<BoundChat> {
  const { message, roster, chatUnit, db } = turn
  const of = { platform: message.platform, chatId: message.chat.id }
  const [chat] = chatUnit ? await boundChats(db, roster.campaign.id, of) : []
  if (!chatUnit || !chat)
    throw new UserError('这个群还没有绑定单位。请先 @我 发“绑定 街道名称”，再绑定机器人。')
  demand(turn, 'bind_robot', chatUnit, '绑定机器人')
  return chat
}

/**
 * In private: the only group of the unit that is said, else of one's own (`domain.md` N18).
 * @param words what a choice stands for, given the unit's name or the group's number
 */
export async function chatElsewhere(
  turn: Turn,
  platform: PlatformName,
  words: (which: string) => string,
): Promise<BoundChat | Question> {
  const { roster, meaning, db } = turn
  const campaign = roster.campaign.id
  if (meaning.number !== undefined) {
    const [chat] = await boundChats(db, campaign, { id: meaning.number })
    const unit = chat && roster.units.get(chat.unit)
    if (!chat || !unit || chat.platform !== platform) throw new UserError('没有这个群，请重新说一次。')
    demand(turn, 'bind_robot', unit, '绑定机器人')
    return chat
  }
  const unit = unitOf(turn)
  if (unit instanceof Question)
    return new Question(
      unit.text,
      unit.options.map(({ label }) => ({ label, words: words(label) })),
    )
  demand(turn, 'bind_robot', unit, '绑定机器人')
  const chats = await boundChats(db, campaign, { platform, unit: unit.id })
  const [only] = chats
  const kind = platform === 'wecom' ? '企业微信' : '钉钉'
  if (!only)
    throw new UserError(`${unit.name}没有${kind}群。请先在群里 @我 发“绑定 ${unit.name}”，再绑定机器人。`)
  if (chats.length === 1) return only
  return new Question(
    `${unit.name}有${chats.length}个${kind}群，是哪一个？`,
    chats.map((chat) => ({ label: titleOf(chat), words: words(`编号${chat.id}`) })),
  )
}

/** Letters in a key may be somebody's alias: only Chinese names count. */
function unitOf(turn: Turn): Unit | Question {
  const { units, text } = turn.meaning
  const spot = units.find(({ start, end }) => /\p{Script=Han}/u.test(text.slice(start, end)))
  return spot ? pickUnit(turn, spot) : (ownUnit(turn) ?? turn.roster.root)
}

/** What was said, or what was kept sealed while the bot asked. */
export function givenBy({ meaning: { text }, message, keyring }: Turn): Given {
  const sealed = /密封:([\w+/=]+)/.exec(text)?.[1]
  if (sealed === undefined) return readRobot(text, message.platform)
  try {
    return JSON.parse(keyring.open(sealed)) as Given
  } catch {
    throw new UserError('没有读出来，请把机器人的地址再发一次。')
  }
}

export const titleOf = ({ title, chat_id }: BoundChat) => `“${title || chat_id}”`
