// 绑定：群归哪个单位，账号是谁。

import { pickUnit } from '../src/args.ts'
import { command } from '../src/command.ts'
import { bindChat } from '../src/database/bindings.ts'
import { UserError } from '../src/errors.ts'
import { answerRequest, bindByName, bindByPhone } from '../src/identity.ts'
import { bindIntent } from '../src/intents/binding.ts'
import { doubtful } from '../src/language/doubtful.ts'
import { line, type Reply } from '../src/message.ts'
import { Question } from '../src/question.ts'
import { demand, type Turn } from '../src/turn.ts'

export default command<Record<string, never>>({
  name: '绑定',
  summary: '让我认识您，或把这个群绑定到一个单位',
  examples: ['绑定 张建国', '绑定 13900000000', '把这个群绑定到汝河路街道', '同意绑定 编号3'],
  action: 'identify',
  phrases: [
    '(同意|不同意|拒绝)?(绑定)',
    '(我是|我叫|本人是){person}',
    '(群)…(绑到|绑给|绑上|绑成|绑在|绑一下|绑住|绑好|绑)',
    '(绑|绑上|绑到|绑给)…(群)',
    '(群)(以后|今后|往后|从今往后|现在)?(就)?(归|属于|给|划给|划归|设成|设为|定为|定成|改成|换成|算|改为|挂到|挂在)…{unit}',
    '^(把)?(这个|这|本|咱|咱们|我们|俺们|我|俺|咱们这|咱这)(个)?(群)…(归|属于|给|是){unit}',
    '{unit}…(书记|填报员|委员|督导员)…(绑一下|绑上|绑定)',
    '(绑一下|绑上){unit}',
    '(群)…(绑)…(改成|改为|换成|改到|换到|改绑){unit}',
  ],
  unless: [
    doubtful,
    '^(先)?(别|不|不要|不用)(要)?(绑|绑定)|(绑定)…(吗|么|？)$',
    '提醒|通知|催|机器人|别名|简称|(绑定)(怎么|咋|如何)|(怎么|咋|如何)(绑|绑定)',
  ],
  intent: bindIntent,
  args: {},
  async run(_args, turn) {
    const { text, units, people, number } = turn.meaning
    if (number !== undefined) return answerRequest(turn, number, !/不同意|拒绝|不是/.test(text))
    const phone = text.match(/1\d{10}/)?.[0]
    if (phone) return bindByPhone(turn, phone)
    const [person] = people
    if (person) return bindByName(turn, person.candidates[0]?.name ?? '')
    // A post has a person, a group has a unit: 把孙立新绑定成金苑社区书记 is about no group.
    if (/书记|主任|委员|填报员|督导员/.test(text) && !/群/.test(text))
      throw new UserError('要让谁接哪个职务，请说“金苑社区书记换成李强”；要绑定自己的账号，请说“绑定 姓名”。')
    if (units.length > 0) return bindGroup(turn)
    const name = text.match(/^绑定(?:为|成|到)?\s*(\p{Script=Han}{2,4})$/u)?.[1]
    if (name && /(?:社区|街道|小区|村)$/.test(name))
      throw new UserError(
        `没有叫“${name}”的单位。绑群请说名册里的名字，例如“把这个群绑定到汝河路街道”；绑定自己的账号请说“绑定 姓名”。`,
      )
    if (name) return bindByName(turn, name)
    throw new UserError('绑定什么？认人请发“绑定 姓名”；绑群请发“把这个群绑定到某某街道”。')
  },
})

async function bindGroup({ chatUnit: bound, ...turn }: Turn): Promise<Reply | Question> {
  // What the group was bound to so far says nothing about what it may be bound to.
  const { message, meaning, roster } = turn
  if (message.chat.kind !== 'group') throw new UserError('请在要绑定的群里 @我 说这句话。')
  const [spot] = meaning.units
  const unit = spot ? pickUnit(turn, spot) : roster.root
  if (unit instanceof Question) return unit
  demand(turn, 'bind_chat', unit, '绑定群')
  // A group that is somebody's is not taken away from outside.
  if (bound) demand(turn, 'bind_chat', bound, `把${bound.name}的群改绑`)
  const by = { campaign: roster.campaign.id, at: turn.now, actor: turn.person?.name ?? '' }
  const chat = { platform: message.platform, chat_id: message.chat.id, title: message.chat.title ?? '' }
  const before = await bindChat(turn.db, by, chat, unit)
  const old = before === undefined || before === unit.id ? undefined : roster.units.get(before)
  return line(
    `这个群现在是${unit.name}的群了${old ? `（原来是${old.name}）` : ''}。@我 说“进度”就是问${unit.name}。`,
  )
}
