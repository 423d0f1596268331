// 绑定机器人：给群接上推送机器人，或解绑；密钥封存，不进日志、不留原话。
import { command } from '../src/command.ts'
import { type BoundChat, bindRobot, unbindRobot } from '../src/database/robots.ts'
import { UserError } from '../src/errors.ts'
import { line, lines, type Reply } from '../src/message.ts'
import { Question } from '../src/question.ts'
import { momentText } from '../src/reminder-words.ts'
import { demandPlatform, type Given, howTo } from '../src/robot-address.ts'
import { chatElsewhere, chatHere, givenBy, titleOf } from '../src/robot-chat.ts'
import type { Turn } from '../src/turn.ts'

const robot = '(这个|本|那个)?(群里|群)?(的)?(推送|通知)?(机器人)'

export default command<Record<string, never>>({
  name: '绑定机器人',
  aliases: ['解绑机器人'],
  summary: '给群接上推送机器人，提醒和排名从它发',
  examples: [
    '绑定机器人',
    '绑定机器人 https://oapi.dingtalk.com/robot/send?access_token=… SEC…',
    '解绑机器人',
  ],
  seldom: true,
  action: 'bind_robot',
  phrases: [
    `(绑定|绑|接上|接入|换绑|更换)(一下)?${robot}`,
    `(解绑|解除绑定|取消绑定)${robot}`,
    '(/robot/send)',
    '(/webhook/send)',
  ],
  args: {},
  async run(_args, turn) {
    const { message, meaning } = turn
    // Who may not is told so before anything is said about the key.
    const here = message.chat.kind === 'group' ? await chatHere(turn) : undefined
    if (/解绑|解除|取消/.test(meaning.text)) return unbind(turn, here)
    const given = givenBy(turn)
    if (here) demandPlatform(given, here.platform)
    // The bot's question is kept for its answer: the key is in it only sealed.
    const sealed = `密封:${turn.keyring.seal(JSON.stringify(given))}`
    if (!/绑|接|换/.test(meaning.text))
      return new Question(
        '把这个机器人绑定到群里吗？',
        [{ label: '对，绑定', words: `绑定机器人 ${sealed}` }],
        {
          yes: true,
        },
      )
    const chat =
      here ?? (await chatElsewhere(turn, given.platform, (which) => `绑定机器人 ${which} ${sealed}`))
    return chat instanceof Question ? chat : bind(turn, chat, given)
  },
})

async function bind(turn: Turn, chat: BoundChat, given: Given): Promise<Reply> {
  const { db, now, keyring, roster, push, message } = turn
  const key = `robot-on:${chat.id}:${now.toISOString()}`
  const reply = line('推送机器人接好了，以后提醒和排名从这里发。')
  const done = await bindRobot(db, actor(turn), { chat, robot: given.robot, keyring }, (tx) =>
    push(tx, [{ campaign: roster.campaign.id, to: { chat: chat.id }, kind: 'notice', reply, key, due: now }]),
  )
  const leak = message.chat.kind === 'group' ? ['密钥不要留在群里：请把刚才那条消息撤回或删掉。'] : []
  if ('taken' in done) {
    const refusal = `这个机器人已经是“${done.taken}”的，一个机器人只管一个群。`
    throw new UserError([refusal, ...leak].join('\n'))
  }
  const test = await db.selectFrom('outbox').where('key', '=', key).select('not_before').executeTakeFirst()
  const isLater = test && test.not_before > now
  const when = isLater ? `${momentText(test.not_before, now)}发一条试试（现在不打扰）` : '马上发一条试试'
  const waiting = done.waiting > 0 ? `，攒下的${done.waiting}条也从这里补发` : ''
  const isUnsigned = 'token' in given.robot && !given.robot.secret
  return lines([
    `接好了：${titleOf(chat)}以后由这个机器人推送，${when}${waiting}。没收到请说“送达”。`,
    ...(isUnsigned ? ['机器人的安全设置要是勾了“加签”，请带上 SEC 密钥再发一次。'] : []),
    ...leak,
  ])
}

async function unbind(turn: Turn, here: BoundChat | undefined): Promise<Reply | Question> {
  const words = (which: string) => `解绑机器人 ${which}`
  const chat = here ?? (await chatElsewhere(turn, turn.message.platform, words))
  if (chat instanceof Question) return chat
  const title = titleOf(chat)
  if (!(await unbindRobot(turn.db, actor(turn), chat)))
    throw new UserError(`${title}没有绑定机器人。${howTo(chat.platform)}`)
  return line(
    chat.platform === 'wecom'
      ? `解绑了。${title}没有机器人就发不了提醒和排名，消息先攒着，24小时内请再绑定一个。`
      : `解绑了。${title}的提醒和排名改由我自己发，不过我发的@不到人。`,
  )
}

const actor = ({ roster, now, person }: Turn) => ({
  ...{ campaign: roster.campaign.id, at: now, actor: person?.name ?? '' },
})
