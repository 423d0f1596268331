// Which person an account is: by phone number typed in private, or by name with a clerk's confirmation (C2).
import { titles, whoMay } from './campaign/permissions.ts'
import {
  askForBinding,
  bindAccount,
  decide,
  findPeople,
  findRequest,
  hasAccount,
  type PersonInfo,
} from './database/bindings.ts'
import { UserError } from './errors.ts'
import { line, type Reply } from './message.ts'
import { demand, may, type Turn } from './turn.ts'

/** Only in private: a phone number never appears in a group. */
export async function bindByPhone(turn: Turn, phone: string): Promise<Reply> {
  const { message, roster, keyring } = turn
  if (message.chat.kind === 'group') throw new UserError('手机号请私聊发给我，不要发在群里。')
  const found = await findPeople(turn.db, roster.campaign.id, { phoneMark: keyring.mark(phone) })
  const [person] = found
  if (!person || found.length > 1)
    throw new UserError('名册里没有这个手机号。请核对，或发“绑定 姓名”请街道、区专班确认。')
  if (turn.person?.id === person.id) return line(`您已经绑定为${describe(turn, person)}。`)
  // One time only: whoever is somebody already, or whoever has an account already, needs a clerk's word to change it.
  if (turn.person || (await hasAccount(turn.db, roster.campaign.id, message.platform, person.id)))
    throw new UserError(
      `${turn.person ? `您现在是${turn.person.name}` : `${person.name}已经绑定了别的账号`}，要换请发“绑定 ${person.name}”，由${whoMay('bind_person')}确认。`,
    )
  await bindAccount(turn.db, actor(turn, person.name), account(turn), person, '手机号一致')
  return line(`绑定好了：您是${describe(turn, person)}。以后在群里 @我 就行。`)
}

/** Anybody may claim to be somebody: only a clerk's word makes it true. */
export async function bindByName(turn: Turn, name: string): Promise<Reply> {
  const { roster, message, person: known } = turn
  const found = await findPeople(turn.db, roster.campaign.id, { name })
  const [person] = found
  if (!person) throw new UserError(`名册里没有${name}。请核对姓名，或请区专班补进名册。`)
  if (found.length > 1) throw new UserError(`名册里有${found.length}位${name}。请私聊我发“绑定 手机号”。`)
  if (known?.id === person.id) return line(`您已经绑定为${describe(turn, person)}。`)
  const number = await askForBinding(
    turn.db,
    roster.campaign.id,
    { ...account(turn), nick: message.sender.name },
    person,
  )
  return line(
    `收到，申请绑定为${describe(turn, person)}，编号${number}。请${whoMay('bind_person')}核对后 @我 回复“同意绑定 编号${number}”。`,
  )
}

export async function answerRequest(turn: Turn, number: number, granted: boolean): Promise<Reply> {
  const { roster, person: clerk } = turn
  const request = await findRequest(turn.db, roster.campaign.id, number)
  if (!request) throw new UserError(`没有编号${number}的绑定申请。`)
  const [person] = await findPeople(turn.db, roster.campaign.id, { id: request.person_id })
  if (!person) throw new UserError('要绑定的人已不在名册里。')
  const unit = roster.units.get(person.unit ?? roster.root.id) ?? roster.root
  if (!clerk || !may(turn, 'bind_person', unit))
    throw new UserError(`这件事要由${unit.name}所属的${whoMay('bind_person')}来确认。`)
  // Also a clerk of the whole district confirms in a group only whom the group is about.
  demand(turn, 'bind_person', unit, '确认绑定')
  const done =
    request.state === 'waiting' && (await decide(turn.db, actor(turn, clerk.name), request, person, granted))
  if (!done) throw new UserError(`编号${number}已经由${request.decided_by ?? '别人'}处理过了。`)
  return line(
    granted
      ? `绑定好了：${request.nick || request.userid} 就是${describe(turn, person)}。`
      : `没有绑定：${request.nick || request.userid} 不是${person.name}。`,
  )
}

const account = ({ message: { platform, sender } }: Turn) => ({ platform, userid: sender.id })
const actor = ({ roster, now }: Turn, name: string) => ({
  campaign: roster.campaign.id,
  at: now,
  actor: name,
})

function describe({ roster }: Turn, { name, unit, team, role }: PersonInfo): string {
  const where = unit === null ? team : roster.units.get(unit)?.name
  return `${name}（${where ?? ''}${titles[role]}）`
}
