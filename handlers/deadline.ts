// 期限：什么时候截止，最近要交什么，哪些已经逾期。
import { indicator } from '../src/args.ts'
import { command } from '../src/command.ts'
import type { Indicator, Unit } from '../src/database/roster.ts'
import { listOf, oneOf } from '../src/deadline-view.ts'
import { deadlineIntent } from '../src/intents/deadlines.ts'
import { own } from '../src/whose.ts'

const due = '(到期|截止|逾期|超期|时限|期限|过期)'
const what = '(哪些|哪几项|什么|啥|几项|多少)'
const thing = '(哪些|哪几项|什么|啥)'
const asked = '(啥时候|什么时候|几时|何时|哪天|哪一天|几号|啥时间|什么时间)'
/** 完成 is an amount: all of it. */
const must = '(要|该|得|需要|必须)(交|上交|报|办完|{amount})'

export default command<{ unit: Unit; indicator: Indicator | undefined }>({
  name: '期限',
  aliases: ['截止日期', '截止时间'],
  summary: '看什么时候截止、最近要交什么、哪些逾期了',
  examples: ['红色物业啥时候截止', '这周有什么要交的', '最近要到期的有哪些', '逾期的有哪些'],
  action: 'deadline',
  reads: true,
  phrases: [
    `(快|要|将|该|马上)?(要)?${due}(日期|时间)?(的)?(有|是)?${what}?`,
    `(有)?${what}…${due}`,
    `${asked}(要|该|得|必须)?${due}`,
    `${asked}(之前|以前|前)?${must}`,
    `(还有|还剩|剩|离|距)…(几|多少)(天|日)…${due}`,
    '(还有|还剩|剩)(几天|多少天)',
    `(有)?${thing}…${must}(的)?`,
    `${must}(的)?(有)?${thing}`,
  ],
  unless: [
    '提醒|延期|延长|顺延|推迟|宽限|申请|(怎么|咋)(弄|办|报)',
    '(截止|截至)(到|至)?(目前|现在|今天|今日|昨天|{day})',
  ],
  intent: deadlineIntent,
  args: { unit: own(), indicator: indicator() },
  run: ({ unit, indicator }, turn) => (indicator ? oneOf(turn, unit, indicator) : listOf(turn, unit)),
})
