// 挂图：作战图一张图看全街道、全区。
import { strangerInGroup, strangerInPrivate, unit } from '../src/args.ts'
import { boardLink, linkMinutes } from '../src/board-links.ts'
import { pictureNow, pictureThen } from '../src/board-picture.ts'
import { command } from '../src/command.ts'
import { pushedTo } from '../src/database/reminders.ts'
import type { Unit } from '../src/database/roster.ts'
import { UserError } from '../src/errors.ts'
import { boardIntent } from '../src/intents/outputs.ts'
import { findPeriod } from '../src/language/periods.ts'
import { line } from '../src/message.ts'
import type { Push } from '../src/push.ts'
import { may, type Turn } from '../src/turn.ts'

const chart =
  '(挂图|作战图|战况图|进度图|红绿灯图|红黄绿灯图|红黄绿图|晾晒图|大图|作战挂图|上墙图|一张图|灯图|图表|看板|大屏)'

/** The page is meant, not the picture. */
const page = /看板|大屏|网页|网址|链接|实时/

export default command<{ unit: Unit }>({
  name: '挂图',
  aliases: ['作战图', '作战挂图'],
  summary: '发一张作战挂图：各单位各指标的灯和名次',
  examples: ['发一下挂图', '全区的挂图', '金苑的挂图', '看板'],
  action: 'progress',
  reads: true,
  phrases: [
    chart,
    `(发|来|看|看看|亮|晒|贴|出|给|要|调|生成|做|弄|更新|刷新)…${chart}`,
    '(出|发|来|画|给)(个|张|一张|一个)(图)(看看|看一下|呗|吧|给)?',
    '(把)…(做成|生成|画成|弄成)…(图)',
    '(那张|那个|这张)(图)…(发|来|看|给)',
    '(发|来|给|看|瞅)…(那张)(图)',
    '(领导|书记|主任|上级)…(看|要)…(图)',
  ],
  unless: [
    '谁报|示意图|效果图|设计图|施工图|图纸|截图|配图|地图|图书|图片|拍|照片|提醒|导出|excel|表格',
    '(怎么|咋|如何)(看|发|用|弄)',
  ],
  decisive: ['(挂图|作战图)'],
  despite: ['(挂图|作战图)(的)?(截图|图片|照片)', '(导出|下载)(挂图|作战图)'],
  intent: boardIntent,
  args: { unit: unit('chat') },
  async run({ unit }, turn) {
    const { roster, meaning, message, now, db, privately } = turn
    if (!may(turn, 'progress', unit)) throw new UserError(strangerInGroup)
    const link = await boardLink(turn, unit)
    const isUnreached = message.chat.kind === 'single' && !privately.includes(message.platform)
    if (isUnreached && !link)
      throw new UserError('机器人还没有配置私聊，图发不了您。请在群里说“挂图”，或请管理员配置。')
    if (isUnreached || page.test(meaning.text))
      return link
        ? { ...line(`${unit.name}的看板，${linkMinutes}分钟内点开有效，打开后数字自己会更新。`), link }
        : line('网页看板还没开通，请说“挂图”看图。（开通：请工程师设置 PUBLIC_URL）')
    const to = await whereTo(turn)
    const end = findPeriod(meaning.text, turn.today, 'back')?.period.end ?? turn.today
    const past = end < turn.today
    const { picture, at } = past ? await pictureThen(turn, unit, end) : await pictureNow(turn, unit)
    const alt = `${unit.name}作战挂图（${at}）`
    const image = { kind: 'image' as const, png: picture.toString('base64'), alt }
    const key = `board:${message.chat.id}:${unit.id}:${now.toISOString()}`
    await db.transaction().execute((tx) =>
      // Somebody waits for it now, whatever the hour.
      turn.push(tx, [
        { campaign: roster.campaign.id, to, kind: 'reminder', reply: { blocks: [image] }, key, due: now },
      ]),
    )
    const when = past ? `${at}的` : '的'
    const done = line(`${unit.name}${when}挂图画好了，${'chat' in to ? '马上发到群里' : '私聊发您了'}。`)
    return link ? { ...done, link } : done
  },
})

/** Into the group that asks, where the bot may say something of its own there; in private to who asks. */
async function whereTo({ message, db, person }: Turn): Promise<Push['to']> {
  const { platform, chat } = message
  if (chat.kind === 'single') {
    if (!person) throw new UserError(strangerInPrivate)
    return { person: person.id, platform }
  }
  const id = await pushedTo(db, platform, chat.id)
  if (id === undefined)
    throw new UserError(
      '这个群还没有推送机器人，图发不出来：请组织委员 @我 发“绑定机器人 地址”，或私聊我说“挂图”。',
    )
  return { chat: id }
}
