// 谁没报：哪些单位一直没报过，哪些这一期还没报，给街道和区里管的人看。

import { command } from '../src/command.ts'
import { readCalendar } from '../src/database/calendar.ts'
import { reportableCells } from '../src/database/missing.ts'
import { missingIntent } from '../src/intents/missing.ts'
import { lackingOf } from '../src/missing.ts'
import { type Asked, askedIn } from '../src/missing-asked.ts'
import { missingReply } from '../src/missing-words.ts'
import { Question } from '../src/question.ts'
import { demand, may, type Turn } from '../src/turn.ts'

const lack = '(没有|没|未|还没)(报过|报送|上报|填报|报数|交数|上交|报|填|交)(数|上来|的|过|齐|全)?'
const which = '(谁|哪些|哪几个|哪几家|哪个|哪家|有几个|还有几|几个|几家|多少)'
const done = '(报|报数|报上来|报上)(齐|全|完)?(了没有|了没|了吗|没有|没)$'

export default command<Record<string, never>>({
  name: '谁没报',
  aliases: ['没报名单', '未报名单'],
  summary: '看哪些单位从没报过、哪些这期还没报',
  examples: ['谁没报', '这周谁没报数', '红色物业谁没报', '还有几个没报'],
  seldom: true,
  action: 'missing',
  reads: true,
  phrases: [
    `${which}…${lack}`,
    `${lack}…${which}`,
    `${lack}(名单|情况)`,
    `(查|看)(一下|一查|一看|下|查|看)?…${lack}`,
    '(没有|没|未)(报|上报|报数|填报)(的)(单位|社区|村|街道|有)?',
    `({person}|他们|她们|大家|大伙|各社区|各村|各单位|社区|村里)(都|全)?${done}`,
    `(都|全部|全)${done}`,
    `(社区|村|街道|单位)…${lack}`,
    `${lack}(数据|数字|数)?(的)(单位|社区|村|街道|书记|人)`,
    `${lack}(的)?…(几个|几家|多少|哪些|谁|名单)`,
    '(还有|还剩|还差|剩|差)(几|多少)(个|家|户)?(单位|社区|村|街道)?(没|未|没有)(报|上报|填报|报送|交|填)',
    '(报齐|报全)(了没有|了没|了吗|没有|没)',
    '(没人|没有人|无人|没谁|没一家|没几家|没几个)(报|填|交|上报|填报)',
  ],
  unless: [
    '报名(了|的|吗|没|表|参加)|报名$|报到|报销|报考|报警|报税|汇报|预报|播报',
    '怎么|咋|为什么|为啥|凭什么|提醒|催|通报|扣分|约谈|我没|俺没|不是没|别|撤回',
  ],
  despite: ['(怎么|咋)(都)?(还)…(没人|没有人|无人|没谁|没一家|没几家|没几个)(报|填|交|上报|填报)'],
  intent: (heard) => missingIntent(heard),
  args: {},
  async run(_args, turn) {
    const calendar = await readCalendar(turn.db)
    const asked = await askedIn(turn, 'missing', calendar)
    if (asked instanceof Question) return asked
    demand(turn, 'missing', asked.scope, '看谁没报')
    const cells = await reportableCells(turn.db, asked.units, asked.span, asked.indicator?.id)
    const { today } = turn
    const lacking = lackingOf(turn.roster, cells, { ...asked, today, calendar })
    return missingReply(turn, asked, lacking, may(turn, 'nudge', asked.scope) ? hintOf(turn, asked) : '')
  },
})

/** The sentence that nudges those who are shown. */
function hintOf({ message, meaning }: Turn, { scope, indicator }: Asked): string {
  const at = message.chat.kind === 'group' ? '@我 ' : ''
  const isNamed = meaning.units.length + meaning.people.length > 0
  return `要催，${at}说“催一下${isNamed ? scope.name : ''}${indicator ? `没报${indicator.name}的` : ''}”。`
}
