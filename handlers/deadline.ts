// 期限：什么时候截止，最近要交什么，哪些已经逾期。
import { indicator } from '../src/args.ts'
import { command } from '../src/command.ts'
import type { Indicator, Unit } from '../src/database/roster.ts'
import { listOf, oneOf } from '../src/deadline-view.ts'
import { deadlineIntent } from '../src/intents/deadlines.ts'
import { everydayLife } from '../src/language/everyday-life.ts'
import { own } from '../src/whose.ts'

const due = '(到期|截止|逾期|超期|时限|期限|过期|最后期限|死线|大限|ddl|DDL|deadline|临期|超时)'
const what = '(哪些|哪几项|什么|啥|几项|多少)'
const several = '(哪些|哪几项|什么|啥|几项|几样|几件|几个)'
const thing = '(哪些|哪几项|什么|啥)'
const asked =
  '(啥时候|啥时|什么时候|几时|何时|哪天|哪一天|哪日|几号|几月几号|啥时间|什么时间|多会儿|多咱|什么日子|啥日子|哪个时候|多久)'
const finish = '(弄|干|做|搞|交|报|办|赶|建|忙|整|完工|签)'
/** 完成 is an amount: all of it. */
const must = '(要|该|得|需要|必须)(交|上交|报|办完|完|{amount})'

export default command<{ unit: Unit; indicator: Indicator | undefined }>({
  name: '期限',
  aliases: ['截止日期', '截止时间'],
  summary: '看什么时候截止、最近要交什么、哪些逾期了',
  examples: ['红色物业啥时候截止', '这周有什么要交的', '最近要到期的有哪些', '逾期的有哪些'],
  action: 'deadline',
  reads: true,
  phrases: [
    `(最后)…(天|期限|时间|日期|期)…${asked}`,
    '(还有|还剩|剩|剩下|有)(多久|多长时间|多少时间|多少日子|几天|多少天|多长)',
    `${due}…(事项|任务|指标|项目|工作|清单|名单|提示|情况)`,
    `${what}…(急|赶|快|马上)(着|紧)?(要|得|该)?(交|报|弄|办|完|截|收)`,
    `(急着|赶着|马上|快|该|要|得|须)(要|得|该)?(交|报|办)的(有|是)?${what}`,
    `(什么时候|啥时候|哪天|几号|何时)…(交|报|完|到头|到期|截)…(指标|任务|材料|活)?`,
    `{indicator}…(还有|还剩|剩|离|距)…(几|多少|多久|多长)(天|日|时间)?`,
    `{indicator}…(要求|规定|须|应|必须|得|要|该)…${asked}`,
    `{indicator}…${asked}…(必须|要|得|该|须|应)…(完|交|弄|{amount})`,
    `(到点|到期|到时间|到日子|到时候)(了)?(没|吗)…{indicator}`,
    `{indicator}…(到点|到期|到时间|到日子|到时候)(了)?(没|吗)`,
    `{indicator}…${asked}…(到头|结束|收|关门|封|完|交|截)`,
    `{indicator}…(时限|期限|限期|时间节点|节点|完成时间|截止)`,
    `(时间节点|完成时限|限期)…(是|告知|反馈|提供|明确|${asked.slice(1, -1)})`,
    `(告知|反馈|提供|明确)…(期限|时限|截止|节点)`,
    `(快|要|将|该|马上)?(要)?${due}(日期|时间)?(的)?(有|是)?${what}?`,
    `(有)?${what}…${due}`,
    `${asked}(要|该|得|必须)?${due}`,
    `${asked}(之前|以前|前)?${must}`,
    `(还有|还剩|剩|离|距)…(几|多少)(天|日)…${due}`,
    '(还有|还剩|剩)(几天|多少天)',
    `(要|该|得|必须|应该|需要)?(在)?${asked}(之前|以前|前|算|为止|内)?(要|该|得|必须|算|能算|就得)?${finish}?(完|好|成|齐|上|出来|结束|到头)`,
    `(要|该|得|必须|应该)${asked}(之前|以前|前)?${finish}`,
    `${asked}(之前|以前|前)?(要|该|得|必须)?(交|上交|截|收)`,
    `(最后)({amount})?(天|期限|时间|日期)?(是|在|到)?${asked}`,
    `(最晚|最迟|拖到|最多拖到|不能晚于)…${asked}`,
    `{indicator}…(截|到)(到)?${asked}`,
    `{indicator}…${due}(了)?(没有|没|吗)?`,
    `${due}(了)?(的)?(都)?(有|是)?(没有|没|吗)?$`,
    `(快|要|马上)(到点|到时间|到时候|到日子|到头|截)(了)?(的)?`,
    `(有)?${thing}…(要|该|得)(赶|忙|弄|干|做|办|整|完成|报)(的|了|嘞)`,
    `(要|该|得)(赶|忙|弄|干|做|办|整|完成)(的)(有|是)?${thing}`,
    `(还有|有)(多少|几)(时间|天)…(交|报|{amount}|截|到期)`,
    `(有)?${several}…${must}(的)?`,
    `(有没有|有无|有啥|有)…${must}(的)`,
    `${must}(的)?(都)?(有|是)?${thing}`,
  ],
  unless: [
    everydayLife,
    '提醒|延期|延长|顺延|推迟|宽限|申请|往后|延至|延到|改到|改为|挪到|调到|调整|缓到|再给|整改|督导|支部|问题|结对|值班|路长|通报|照(这|现在|目前)|按(这|现在|目前)|预计|(怎么|咋)(弄|办|报)',
    '(截止|截至)(到|至)?(目前|现在|今天|今日|昨天|{day})',
  ],
  intent: deadlineIntent,
  args: { unit: own(), indicator: indicator() },
  run: ({ unit, indicator }, turn) => (indicator ? oneOf(turn, unit, indicator) : listOf(turn, unit)),
})
