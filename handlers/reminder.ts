// 提醒：到时候在群里（或私下）说一声；看、改、跳过一次、取消也在这里。
import { command } from '../src/command.ts'
import { readCalendar } from '../src/database/calendar.ts'
import { UserError } from '../src/errors.ts'
import { reminderIntent } from '../src/intents/reminders.ts'
import { readReminderCancel, readReminderChange } from '../src/language/reminder-change.ts'
import { line } from '../src/message.ts'
import { Question } from '../src/question.ts'
import { cancel, cancelAll, isListing, list } from '../src/reminder-cancelling.ts'
import { change } from '../src/reminder-changing.ts'
import { numberedReminders, show } from '../src/reminder-numbers.ts'
import {
  asMeant,
  asReadable,
  demandTouch,
  howTo,
  misheard,
  numbersIn,
  pick,
} from '../src/reminder-picking.ts'
import { isNewReminder, remind } from '../src/reminding.ts'

const moved = '(改到|改成|改为|挪到|挪成|换到|换成|调到|调成|推到|推迟|延后|提前|往前|往后)'
const clock =
  '(点|早上|上午|中午|下午|傍晚|晚上|周一|周二|周三|周四|周五|周六|周日|星期|礼拜|每天|每周|每月|工作日)'
const setUp = '(用|说|弄|报|设|设置|定|订|建|加|添加|取消|删|改|关|搞|写|整)'
const whichOfDay = '请看编号：不要了说“取消第1个提醒”，只跳过一次说“第1个下次不用提醒了”。'
const whom = '(我|俺|咱|大家|大伙|所有人)'
/** 为啥没提醒我, 提醒没收到. */
const missed =
  /^[^,]{0,6}(?:为啥|为什么|为何|咋|怎么)[^,]{0,4}(?:没|不)[^,]{0,3}提醒(?:我|俺|大家)?(?:呢|啊)?[？?]?$|(?:提醒|闹钟)[^,]{0,4}没(?:有)?(?:收到|响|来)(?:啊|呢)?$|^(?:我|俺|还|怎么|咋|今天|都)*没(?:有)?(?:收到|看到|见)(?:过)?提醒(?:啊|呢)?$/

export default command<Record<string, never>>({
  name: '提醒',
  aliases: ['闹钟'],
  summary: '到时候提醒您或大家；看、改、取消提醒',
  examples: [
    '每周六早上8点提醒三捡三提',
    '提醒大家周五下午5点前报周报',
    '红色物业截止前3天提醒我',
    '有哪些提醒',
    '第1个提醒改到上午9点',
    '下次三捡三提不用提醒了',
    '取消第2个提醒',
  ],
  action: 'remind',
  phrases: [
    '(提醒|闹钟|提个醒|提一声|定时任务)',
    `(帮|给|替)(我|俺)(记着|记得|记住|记一下|记个事|想着)…${clock}`,
    `${clock}…(记得|别忘了|到时候)(叫|喊|告诉)(我|俺|咱)`,
    '(的|个|那个|条)…(不用|别|甭|不要|不必)(再|老)?(喊|叫|响|提醒)(我|俺|大家)?(了)',
    '(下次|下回|这次|这回|今天|明天|后天|{day})…(别|不用|甭|不要|不必)(再|老)?(喊|叫|响)(了)?',
    `(时间|闹铃|铃)…(改|换|调|挪)…${clock}`,
    '(那个|那条|这个|这条)…(往后|往前|延后|提前|推迟|提早|晚|早)…(分钟|小时|刻钟|钟头)',
    `${clock}…(催|叫|喊)(一下|一声|上)?(大家|大伙|所有人|各位|各社区|各单位)`,
    '^(把|将)…(往后|往前|延后|提前|推迟|提早)…(分钟|小时|刻钟|钟头)',
    '(那个|那条)(就|都|先)?(不用了|不要了|关了|停了|关掉|停掉)',
    '(停掉|取消|删掉|关掉|撤掉|去掉|停了|关了)…(喊|叫|催)…(的)(那个|那条)?',
    '^(把|将)?(第)…(删除|删掉|删了|删|取消|撤掉|撤销|关掉|停掉|不要了|不用了)',
    `(${misheard})(一下|一声)?${whom}`,
    `(叫|喊|通知|告诉|招呼)(一下|一声)?${whom}`,
    '^(取消|删除|删掉|去掉)(第)…(个|条)$',
    `^(第)…(个|条)${moved}`,
    `^(把|将)?…(改到|挪到|挪成|换到|调到)…${clock}`,
    '^(第)…(个|条)(不要了|不用了|取消|删掉|删了|暂停|跳过|停一次)',
  ],
  unless: [
    '^(收到|谢谢|感谢|多谢)',
    '(刚才|刚刚|刚报)(的|那)?(那)?(个|条)(就|都|先)?(不要了|不用了)',
    // Said against it, or asked: 别取消提醒, 谁取消了提醒, 取消提醒了吗.
    '(别|不要|先别|甭|谁)(取消|删|删掉|删了|关|关掉|停)(了)?…(提醒|闹钟)',
    '(取消|删掉|删了|关掉)…(提醒|闹钟)…(了吗|了没|了没有|没有)(？)?$',
    '(提醒|闹钟)(先)?(别|不要|甭)(取消|删|关|改)',
    // 3点提醒我，不对，4点: which of the two is meant has to be said again.
    '(提醒|闹钟)…(,|。|!)(不对|错了|说错了|搞错了|算了)',
    `(提醒|闹钟)(功能|这个|这|是|要|该|得|到底)?(怎么|咋|如何|怎样)(个)?${setUp}`,
    `(怎么|咋|如何|怎样)(跟你|给你|和你|让你|才能|个|去)?${setUp}(呀|啊|呢|嘞|哩|吗)?$`,
    '({indicator}|{indicator}的|期限|截止|整改|目标|复查)(期限|截止|时间|日期)?(改到|挪到|换到|调到)',
    '(提醒)…(发出|送达|送到|收到|看到)(去)?(了)?(没|吗|么)',
    // Told about, not asked for.
    '^(提醒|闹钟)(都|已|已经)?(收到)(了)?$',
    '(提醒)(得|的)(对|好|是|及时|很|太)',
    '(上级|领导|书记|主任|区里|市里|专班|办事处)(提醒)(我们|咱们|大家|各)(要|注意|说|过)',
    // Not to be @-ed, which is 勿扰.
    '^({day}|今晚|这周|本周)?(先)?(别|不要|不用|甭)(再|老|总)?(提醒|叫|喊)(我|俺)(了|啦)?$',
  ],
  decisive: ['提醒', '闹钟', '提个醒', `(帮|给|替)(我|俺)(记着|记得|记住|记一下|想着)…${clock}`],
  intent: reminderIntent,
  args: {},
  async run(_args, heard) {
    const meaning = { ...heard.meaning, text: asMeant(heard.meaning.text) }
    const turn = { ...heard, meaning }
    const { message, chatUnit, now, db } = turn
    if (message.chat.kind === 'group' && !chatUnit)
      throw new UserError('这个群还没有绑定单位。请街道组织委员或区专班 @我 发“绑定 街道名称”。')
    const calendar = await readCalendar(db)
    const all = await numberedReminders(turn)
    if (isListing(meaning.text)) return list(turn, all, calendar)
    if (missed.test(meaning.text)) return line('说“送达”看发出去没有。')
    const text = asReadable(meaning.text.replace(/#[\d,]+/, '').trim())
    const isMarked = /#\d/.test(meaning.text)
    const numbers = isMarked ? [] : numbersIn(text)
    const listAgain = () => list(turn, all, calendar, '您说的编号可能变了。请看现在的编号，再说一次。')
    const changing = readReminderChange(text, now, calendar)
    const cancelling = changing ? undefined : readReminderCancel(text, now, calendar)
    // Of a day, 取消 may mean once or for ever: the person says which, by number.
    if (cancelling?.period) return list(turn, all, calendar, whichOfDay)
    const target = changing ?? cancelling
    const named = isMarked ? [] : [...numbers, target?.index ?? 0]
    const hides = all.some(({ number, isShown }) => named.includes(number) && !isShown)
    if (!target && numbers.length > 0) {
      if (hides) return listAgain()
      const meant = all.filter(({ number }) => numbers.includes(number))
      if (numbers.length < 2 || meant.length < numbers.length || !/取消|删|不要了|不用了/.test(text))
        throw new UserError(howTo)
      return cancel(turn, meant, calendar)
    }
    if (!target || isNewReminder(turn, target, calendar)) return remind(turn, calendar)
    if (hides) return listAgain()
    if (cancelling?.all) return cancelAll(turn, all, calendar)
    const picked = pick(turn, target, all, calendar)
    if (picked instanceof Question) {
      const asked = new Set(picked.options.map(({ words }) => Number(words.split('#')[1])))
      await show(
        turn,
        all,
        all.filter(({ reminder }) => asked.has(reminder.id)),
      )
      return picked
    }
    const [one] = picked
    if (!changing || !one) return cancel(turn, picked, calendar)
    demandTouch(turn, one, '改')
    const changed = await change(turn, one, changing, calendar)
    await show(turn, all, picked)
    return changed
  },
})
