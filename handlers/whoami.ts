// 我是谁：机器人把我认成了谁，能办什么。
import { strangerInGroup, strangerInPrivate } from '../src/args.ts'
import { titles } from '../src/campaign/permissions.ts'
import { command } from '../src/command.ts'
import { lines } from '../src/message.ts'

export default command<Record<string, never>>({
  name: '我是谁',
  aliases: ['我的身份', '我的账号'],
  summary: '看我把您认成了谁',
  examples: ['我是谁'],
  seldom: true,
  action: 'identify',
  reads: true,
  phrases: ['(我是谁|我的身份|我的账号|认识我)'],
  args: {},
  async run(_args, { person, roster, message, chatUnit }) {
    const group = message.chat.kind === 'group'
    const account = `${message.platform === 'wecom' ? '企业微信' : '钉钉'}账号 ${message.sender.id}`
    const here = chatUnit ? [`这个群：${chatUnit.name}`] : group ? ['这个群还没有绑定单位'] : []
    if (!person) return lines([group ? strangerInGroup : strangerInPrivate, account, ...here])
    const duties = person.duties.map(({ role, unit, team }) => {
      const where = unit === null ? team : roster.units.get(unit)?.name
      return `${where ?? ''}${titles[role]}`
    })
    return lines([`您是${person.name}，${duties.join('、') || '目前没有职务'}`, account, ...here])
  },
})
