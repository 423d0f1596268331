// 提醒：到时候在群里（或私下）说一声；看、改、跳过一次、取消也在这里。
import { command } from '../src/command.ts'
import { readCalendar } from '../src/database/calendar.ts'
import { UserError } from '../src/errors.ts'
import { readReminderCancel, readReminderChange } from '../src/language/reminder-change.ts'
import { Question } from '../src/question.ts'
import { cancel, cancelAll, isListing, list } from '../src/reminder-cancelling.ts'
import { change } from '../src/reminder-changing.ts'
import { numberedReminders } from '../src/reminder-numbers.ts'
import { demandTouch, pick } from '../src/reminder-picking.ts'
import { isNewReminder, remind } from '../src/reminding.ts'

const whom = '(我|俺|咱|大家|大伙|所有人)'
/** What dictation makes of 提醒. */
const misheard = '题型|体型|提行|替醒|提型|提兴'
const asMeant = new RegExp(`(?:${misheard})(?=我|俺|咱|大家|大伙|各|一下|一声)`, 'g')

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
    '(提醒|闹钟)',
    `(${misheard})(一下|一声)?${whom}`,
    `(叫|喊|通知|告诉|招呼)(一下|一声)?${whom}`,
    '^(取消|删除|删掉|去掉)(第)…(个|条)$',
    '^(第)…(个|条)(不要了|不用了|取消|删掉|删了)',
  ],
  unless: [
    '^(收到|谢谢|感谢|多谢)',
    '(提醒|闹钟)(怎么|咋|如何)(用|说|弄|报)',
    '(提醒)…(发出|送达|送到|收到|看到)(去)?(了)?(没|吗|么)',
    // Not to be @-ed, which is 勿扰.
    '^({day}|今晚|这周|本周)?(先)?(别|不要|不用|甭)(再|老|总)?(提醒|叫|喊)(我|俺)(了|啦)?$',
  ],
  decisive: ['提醒', '闹钟'],
  args: {},
  async run(_args, heard) {
    const meaning = { ...heard.meaning, text: heard.meaning.text.replace(asMeant, '提醒') }
    const turn = { ...heard, meaning }
    const { message, chatUnit, now, db } = turn
    if (message.chat.kind === 'group' && !chatUnit)
      throw new UserError('这个群还没有绑定单位。请街道组织委员或区专班 @我 发“绑定 街道名称”。')
    const calendar = await readCalendar(db)
    const all = await numberedReminders(turn)
    if (isListing(meaning.text)) return list(turn, all, calendar)
    const text = meaning.text.replace(/#[\d,]+/, '').trim()
    const changing = readReminderChange(text, now, calendar)
    const cancelling = changing ? undefined : readReminderCancel(text)
    const target = changing ?? cancelling
    if (!target || isNewReminder(turn, target, calendar)) return remind(turn, calendar)
    if (cancelling?.all) return cancelAll(turn, all, calendar)
    const picked = pick(turn, target, all, calendar)
    if (picked instanceof Question) return picked
    const [one] = picked
    if (!changing || !one) return cancel(turn, picked, calendar)
    demandTouch(turn, one, '改')
    return change(turn, one, changing, calendar)
  },
})
