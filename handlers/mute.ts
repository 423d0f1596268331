// 勿扰：今天别再@我了；到期自动恢复，也可以提前说“可以@我了”。
import { addDays } from '../src/clock.ts'
import { command } from '../src/command.ts'
import { mute, unmute } from '../src/database/mutes.ts'
import { UserError } from '../src/errors.ts'
import { muteIntent } from '../src/intents/outputs.ts'
import { asksQuiet } from '../src/language/quiet-hours.ts'
import { mostDays, readStretch, type Stretch } from '../src/language/until.ts'
import { dayText } from '../src/language/when-format.ts'
import { line } from '../src/message.ts'

const at = '(@|艾特|圈|at|AT|打扰|点名)'
const hush =
  '(发消息|发信息|发通知|发提醒|推消息|推送|出声|吭声|吭气|吱声|吱一声|言语|动静|叫唤|嚷嚷|扰民|震|说话|吵|吵人|响|闹|打扰|打搅|刷屏|发东西|发了)'
const quiet = '(免打扰|勿扰|静音|安静|静默)'
const hour = '(晚间|夜晚|晚上|夜里|夜间|半夜|深夜|凌晨|早上|清早|中午|午休|下班|休息时间|周末|节假日|点|:)'
const dont = '(请勿|勿|禁止|不许|少|别|不要|不用|甭|莫|不准|别再|别老|别总|不要再|甭再)(一直|老是|总|再|老)?'

const quietHours =
  '晚上9点到早上7点半、节假日，我本来就不主动发消息；到点的提醒是大家自己设的，照发，不要了说“取消第1个提醒”。别的时段这一版还改不了。'

/** 我请假到周五,先别提醒我 */
const onLeave = `^(我|俺)…(请假|休假|住院|生病|出差|外出)…${dont}(提醒|叫|喊|催)(我|俺)(了|啦)?$`

export default command<{ stretch: Stretch }>({
  name: '勿扰',
  aliases: ['免打扰'],
  summary: '让我先不@您，到期自动恢复',
  examples: ['今天别再@我了', '这周别@我', '到周五之前别@我', '可以@我了'],
  seldom: true,
  action: 'mute',
  phrases: [
    `(我|俺)…(静音|勿扰|免打扰|安静|消停)`,
    `(静音|勿扰|免打扰)…(到|天|周|小时|今天|明天|一会)`,
    `(到|天|周|今天|明天|出差|开会|请假|休假)…(静音|勿扰|免打扰)`,
    `${dont}${at}(了)?$`,
    `${dont}(点)(我|俺)(的)?(名)`,
    `${dont}…(找|烦|叫|喊|吵|打扰|打搅|骚扰|催|推送给|发给)(我|俺)`,
    `${dont}…(给)(我|俺)…(发|推|消息|通知|提醒)`,
    `${dont}${at}(我|俺|咱|本人)`,
    `^({day}|今儿|今晚|这周|本周)?(先)?${dont}(提醒|叫|喊)(我|俺)(了|啦)?$`,
    onLeave,
    `${dont}…${at}…{person}`,
    `${hour}…${dont}…${hush}`,
    `${dont}…${hour}…${hush}`,
    `${hour}…${dont}(发|推|响)(了|啦)?$`,
    `${hour}…${dont}(发)(群)?(消息|通知)`,
    `(群|群里)…(安静|消停|静静|清静)`,
    `${hour}…(发消息|响|推送|提醒)…(吵|闹|影响休息|关|停)`,
    `${hour}…(停止|暂停|关闭)…(推送|发消息|发送|通知)`,
    `(我|俺)…(别|不要|甭|勿|请勿)(再|来)?(打扰|打搅|吵|艾特)`,
    `(群|群里|本群)…${dont}…${hush}`,
    `${hour}…${quiet}`,
    `(群|群里|本群|设|设置|设个|开|开个|开启|调|定|改)…${quiet}`,
    `${quiet}(时间|时段)`,
    `(可以|能|恢复|接着|继续|重新|又能)(再|开始)?${at}(我|俺|咱)`,
    '(解除|取消|关闭|关掉|结束)(勿扰|免打扰|静音)',
  ],
  decisive: [onLeave],
  unless: ['谁|吗$|么$|能不能|可不可以|怎么|通报|进度|数据|数报'],
  intent: muteIntent,
  args: { stretch: ({ meaning, today }) => readStretch(meaning.text, today) },
  async run({ stretch: { from, until } }, { db, person, now, today, meaning: { text, people } }) {
    if (asksQuiet(text)) throw new UserError(quietHours)
    if (people.length > 0 && !/@?[我俺咱]/.test(text))
      throw new UserError('勿扰只能本人设：请他自己 @我 说“今天别@我”。')
    if (!person) throw new UserError('我还不认识您，也不会@您。')
    if (/可以|恢复|接着|继续|重新|解除|取消|关|结束|(?<!不)能/.test(text)) {
      const was = await unmute(db, person.id, today)
      return line(was ? '好，又可以@您了。' : '本来就没有静音，该@您的时候会@您。')
    }
    if (until === undefined)
      throw new UserError('到哪天为止？请说全，例如“到周五别@我”；要到那天才开始的，请那天再说。')
    if (until < today) throw new UserError('那天已经过了。请说到哪天为止，例如“到周五别@我”。')
    if (until >= addDays(today, mostDays))
      throw new UserError(`最多${mostDays}天。请说到哪天为止，例如“这个月别@我”。`)
    await mute(db, person, until)
    const when = until === today ? '今天' : `到${dayText(until, now)}为止`
    const early = from > today ? '（以后才开始的记不了，从现在起就不@）' : ''
    return line(`好，${when}不@您${early}，消息照发。要提前恢复，说“可以@我了”。`)
  },
})
