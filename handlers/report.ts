// 报数：登记一项或几项指标的完成情况。

import { ourUnit, strangerInGroup, strangerInPrivate } from '../src/args.ts'
import { command } from '../src/command.ts'
import { record } from '../src/database/reports.ts'
import type { Unit } from '../src/database/roster.ts'
import { UserError } from '../src/errors.ts'
import { reportIntent } from '../src/intents/report.ts'
import { line } from '../src/message.ts'
import { afterwards, authorOf, reasonAsked } from '../src/on-behalf.ts'
import { Question } from '../src/question.ts'
import { told } from '../src/receipts.ts'
import { meantBy, nothingNew, reportsOf } from '../src/reporting.ts'

export default command<{ own: Unit | undefined }>({
  name: '报数',
  aliases: ['上报', '填报', '报送'],
  summary: '登记完成情况：报累计数；说“新增”就加到原来的数上',
  examples: [
    '红色物业完成3个',
    '居民自治组织新增2个',
    '无主管楼院党组织覆盖 38/40',
    '红色物业3个，监督员2人，共建项目1个',
    '今天没有新进展',
  ],
  action: 'report',
  numbers: true,
  phrases: [
    '(报数|上报|填报|报送)',
    '{indicator}…{amount}',
    '{amount}…{indicator}',
    '(没有|没|无|暂无)(啥|什么|啥子)?(新)?(进展|变化|新增|动静|进度|情况)',
    '(零报告|零报|无变动|没变动)',
    '^(数|数字|还是|还)?(照旧|老样子|没动)$',
    '{indicator}(没有|没|无|暂无)(新增|新进展|进展|变化)',
    // Fewer than before: how many there are is asked.
    '{indicator}~(走了|搬走了|退出了|少了|减少了|辞职了|离职了|撤了|注销了)',
    '{indicator}…(一两|两三|三四|四五|五六|六七|七八|八九)(个|家|人|户|处|名)',
    '{indicator}…(大概|大约|约|差不多|估计|可能|左右)…(个|家|人|户|处|名)',
    // Of what, or how many, is asked.
    '(再|又|新)(加|增|报|弄|签|建|搞|成|来|添|增加|弄成|办成|谈成|签下)(了)?(上)?{amount}',
    '^(我|我们)?(要|来|想|给你|先)?(报)(一下|个|下|一个)?…{indicator}',
    '{unit}(,|:)?{amount}(,|;|!)?(给)?(我|我们)?(记上|记下|记一下|登上|登一下|报上|上报|填上)',
    '^(我|我们|{unit})?(这边|这里|这儿)?(完成|弄|搞|签|建|成)(了|成|好)?(了)?{amount}$',
  ],
  unless: [
    '(吗|么|嘛|没|多少|？|呢|怎么办|咋办)$',
    '(没有|没|未|还没)(报送|上报|填报|报数|报|交)',
    '^(请问|问一下|问下|什么)|为什么|为啥|为何|凭什么|凭啥|什么时候|啥时候|何时|几号截止|哪天|截止时间|截止日期',
    '争取|计划|打算|准备|预计|力争|拟于|拟在|寻思|琢磨|盘算|合计着|八字没一撇|八字还没|目标|下周|明天|后天|下个月|下月|月底|年底|{day}前|截止前|怎么|咋|还要|要完成|要弄|要做|别|不要|没完成|未完成|没做完|想|须',
    // Behind a comma it is said of something else: 红色物业3个，还有1个在建 is asked about, and 在建 is told.
    '^~(待|等|在建|在办)',
    // 完成1个再报 is a plan.
    '{amount}(以后|之后|后|了)?(再|才)(来)?(报|上报|填报|登记|记|说)',
    '应该|(该|应|能|快|得)(完成|报|签|做|弄|办|有|到|达|要|派|建|落实|搞)|能不能|可能|尽快|快了',
    '提醒|延期|撤回|更正|改成|核实|谁|哪',
  ],
  intent: reportIntent,
  args: { own: ourUnit },
  async run({ own }, turn) {
    const { person, message } = turn
    if (!person) throw new UserError(message.chat.kind === 'group' ? strangerInGroup : strangerInPrivate)
    const meant =
      turn.meaning.nothingNew && turn.meaning.items.every(({ amount }) => !amount)
        ? undefined
        : meantBy(turn, own)
    if (meant instanceof Question) return meant
    if (meant?.length === 0) throw new UserError('没听出要报什么。请这样说：“红色物业完成3个”。')
    const reports = meant ? await reportsOf(turn, meant) : await nothingNew(turn, own)
    if (reports instanceof Question) return reports
    const asked = reasonAsked(
      turn,
      'report',
      reports.map(({ unit }) => unit),
    )
    if (asked) return asked
    const isForOthers = reports.some(({ onBehalf }) => onBehalf)
    const written = await record(turn.db, authorOf(turn), reports, isForOthers ? afterwards(turn) : undefined)
    if (written === 'repeated') return line('刚才已记过这个数，没有重复登记。')
    return told(turn, written)
  },
})
