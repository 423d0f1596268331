// 送达：推送发出去没有、等什么、为什么没发，一条一条有编号。
import { pickUnit } from '../src/args.ts'
import { command } from '../src/command.ts'
import { chatState, chatsOff, deliveriesOn, deliveryWith, type Scope } from '../src/database/deliveries.ts'
import { detailOf, listOf, mostListed } from '../src/delivery-view.ts'
import { offLine } from '../src/delivery-words.ts'
import { UserError } from '../src/errors.ts'
import { Question } from '../src/question.ts'
import { may, ownUnit, type Turn } from '../src/turn.ts'

export default command<Record<string, never>>({
  name: '送达',
  aliases: ['送达单', '发送记录', '推送记录'],
  summary: '看提醒和排名发出去没有，没发的是为什么',
  examples: ['送达', '昨天的送达', '送达 编号12'],
  action: 'delivery',
  reads: true,
  seldom: true,
  phrases: [
    '(送达)(了)?(没有|没|吗|情况)?',
    '(发送|推送)(的)?(记录|情况|结果)',
    '(消息|提醒|通知|推送|排名)(都)?(发出去|发出|送到|推送)(了)?(没有|没|吗)',
    '(哪些|哪几条|有没有)(消息|提醒|通知|推送)?(没|没有)(发出去|发出|送到)',
  ],
  args: {},
  async run(_args, turn) {
    const seen = await sightOf(turn)
    if (seen instanceof Question) return seen
    const { db, roster, meaning, today } = turn
    const { scope, title, off } = seen
    if (meaning.number !== undefined) {
      const found = await deliveryWith(db, roster.campaign.id, scope, meaning.number)
      if (!found) throw new UserError(`这里没有编号${meaning.number}的消息。说“送达”看有哪些。`)
      return detailOf(found, off)
    }
    const date = meaning.day ?? today
    const found = await deliveriesOn(db, roster.campaign.id, {
      ...{ scope, day: date, open: date === today, most: mostListed, first: 'newest' },
    })
    return listOf(found, { title, date, isHere: 'chat' in scope, off })
  },
})

interface Sight {
  scope: Scope
  title: string
  /** Robots that are out of use. */
  off: string[]
}

/** In a group its own; in private what is of one's own units (`domain.md` C2). */
async function sightOf(turn: Turn): Promise<Sight | Question> {
  const { message, roster, db, meaning, chatUnit } = turn
  if (message.chat.kind === 'group') {
    const chat = chatUnit && (await chatState(db, message.platform, message.chat.id))
    if (!chat) throw new UserError('这个群还没有绑定单位，没有推送过。')
    const off = offLine({ ...chat, title: chat.title || '这个群' })
    return { scope: { chat: chat.id }, title: chat.title, off: off ? [off] : [] }
  }
  const [spot] = meaning.units
  const unit = spot ? pickUnit(turn, spot) : (ownUnit(turn) ?? roster.root)
  if (unit instanceof Question) return unit
  if (!may(turn, 'delivery', unit))
    throw new UserError(
      `私聊里，街道的人看本街道的，区里的看全区的；${unit.name}的您看不了。在群里 @我 说“送达”，看那个群的。`,
    )
  const units = [...roster.units.keys()].filter((id) => roster.isWithin(id, unit.id))
  const off = (await chatsOff(db, roster.campaign.id, units)).flatMap((chat) => offLine(chat) ?? [])
  return { scope: { units, everybody: unit.id === roster.root.id }, title: unit.name, off }
}
