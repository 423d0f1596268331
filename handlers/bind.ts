// 绑定：群归哪个单位，账号是谁。
import { pickUnit } from '../src/args.ts'
import { command } from '../src/command.ts'
import { bindChat } from '../src/database/bindings.ts'
import { UserError } from '../src/errors.ts'
import { answerRequest, bindByName, bindByPhone } from '../src/identity.ts'
import { line, type Reply } from '../src/message.ts'
import { Question } from '../src/question.ts'
import { demand, type Turn } from '../src/turn.ts'

export default command<Record<string, never>>({
  name: '绑定',
  summary: '让我认识您，或把这个群绑定到一个单位',
  examples: ['绑定 张建国', '绑定 13900000000', '把这个群绑定到汝河路街道', '同意绑定 编号3'],
  action: 'identify',
  phrases: ['(同意|不同意|拒绝)?(绑定)', '(我是){person}'],
  args: {},
  async run(_args, turn) {
    const { text, units, people, number } = turn.meaning
    if (number !== undefined) return answerRequest(turn, number, !/不同意|拒绝|不是/.test(text))
    const phone = text.match(/1\d{10}/)?.[0]
    if (phone) return bindByPhone(turn, phone)
    const [person] = people
    if (person) return bindByName(turn, person.candidates[0]?.name ?? '')
    if (units.length > 0) return bindGroup(turn)
    const name = text.match(/^绑定(?:为|成|到)?\s*(\p{Script=Han}{2,4})$/u)?.[1]
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
