// 更正：报错了的数改成对的，原来的数留着可查。

import { strangerInGroup, strangerInPrivate } from '../src/args.ts'
import { command } from '../src/command.ts'
import { rightOf } from '../src/correcting.ts'
import { subjectOf } from '../src/correcting-subject.ts'
import { record, supersede } from '../src/database/reports.ts'
import { UserError } from '../src/errors.ts'
import { correctIntent } from '../src/intents/corrections.ts'
import { line } from '../src/message.ts'
import { afterwards, authorOf, reasonAsked } from '../src/on-behalf.ts'
import { Question } from '../src/question.ts'
import { told } from '../src/receipts.ts'
import { dayOf } from '../src/reporting.ts'
import { ownUnit } from '../src/turn.ts'

const wrong = '(报|记|填|写|弄|搞|打|输|录|登|看|统计)(错|岔|串|反|混)(了)?'
const off = '((报|记|填|算|写|数)(多|少|漏)(了)?|(多|少|漏)(报|记|填|算|写|数)(了)?)'
/** Between two numbers: 3个，不对，4个. */
const slip = `(,|。|;)?(哦|噢|啊|呃)?((不|不不)(,|。)|不对|错了|说错了|打错了|报错了|口误|更正|纠正|订正|修正)(一下)?(,|。|:)?(应|应该)?(是|为)?`
const grew =
  '(干|弄|搞|做|发展|长|涨|提|增加|增长|上升|提高|提升|推进|进展|升|涨|增|变|减少|下降|回落|降)?(到|至|成|为)(了)?'
const wentBack = '(退回|打回|倒退|回退|退)(了)?(到|至)(了)?'

export default command<Record<string, never>>({
  name: '更正',
  aliases: ['纠正', '订正'],
  summary: '报错了的数改成对的',
  examples: [
    '更正：红色物业是3个不是5个',
    '红色物业报错了，应该是3个',
    '把红色物业改成3个',
    '昨天的监督员报多了1个',
  ],
  action: 'correct',
  numbers: true,
  phrases: [
    '^(更正|纠正|订正|修正|勘误)',
    '(更正|纠正|订正|修正)(一下|下)',
    `(刚才|刚刚|上一条|那个|那条|数字)?${wrong}`,
    `{indicator}…${wrong}…(应该是|应为|是|改成)?`,
    `{indicator}…${off}…`,
    `^(刚才|刚刚)…${off}`,
    '(把|将)…{indicator}…(改成|改为|改到|更正为)',
    '{indicator}…(改成|改为|改到|更正为)',
    '{indicator}…(报|记|写)成…(实际|其实|应该|应为)',
    '(刚才|刚刚|上一条|那个|那条)(的|报的)?(数|数字|那个|那条)?(不对|有误|错了)',
    '^(不对|错了|说错了)…(应该是|是|应为)…{amount}',
    '^(刚才|刚刚|我)?(不对|错了|说错了|打错了|报错了|写错了|发错了|搞错了|弄错了|记错了)(,|。|;|!)?(是|应该是|应为)?{amount}(了)?$',
    '{indicator}(的)?(数|数字)?(不对|有误)…(应该是|应为|是)…{amount}',
    '{amount}(,|。)?(更正|纠正|订正|修正)(一下)?$',
    '{indicator}…(应为|应该是|应是|实为|实际为|实际是|实际){amount}…(更正|纠正|订正|修正|改正|有误|错|串|岔)',
    '{indicator}…{amount}…(更正|纠正|订正|修正|改正|改过来|改回来|给改)',
    `{amount}${slip}{amount}`,
    '不是{amount}(,)?(而)?是{amount}',
    '是{amount}(,)?(而)?不是{amount}',
    '不是{amount}(,)?{amount}(才对|才是|对)',
    '{amount}(,)?(而)?不是{amount}',
    '{indicator}…(数|数字|那个)(报|填)?(错)(的|了)?(,|。)?(应该)?(是|为){amount}',
    '{indicator}…(应该是|应该|应是|应为){amount}…(打|写|报|录|输|填|说)成(了)?{amount}',
    '{indicator}(的)?(数|数字)?(错了|不对|有误|错的)(,|。){amount}$',
    '{indicator}…{amount}(改|改成|改为|改到|变){amount}',
    '{indicator}…(数|算|报|填|统计|录)(重|漏|多|少)(了)?…(是|为|应)…{amount}',
    `{indicator}…不是…(是)…${wrong}`,
    '{indicator}…{amount}(有误|报错|是错|系误报|系笔误|不对)…{amount}',
    '{indicator}…(应|应该|现)(是|为|更正为|改为){amount}…(前报|原报|误报|笔误|有误)',
    // What was in the book was right until now: reported, but compared with the book like a correction.
    `(原来|原先|之前|上次)(是|有|报的)?{amount}(,)?(现在|如今|目前|眼下)(是|有|到)?{amount}`,
    `(从|由)(原来|之前|上次|上周)?(的)?{amount}(,)?${grew}{amount}`,
    '{amount}(→|->|-->|=>){amount}',
    `{indicator}…${wentBack}{amount}`,
  ],
  unless: [
    // Forgotten, not wrong: it is reported.
    '(又|再|新增|新签)…{amount}…(漏报|忘报|忘了报|忘记报)(了)?$',
    '(报|发)错(了)?(群|窗口)',
    '(绑|绑定)|(群)(里)?…(单位)',
    '(吗|么|嘛|？|没|怎么办|咋办)$',
    '(能|可以|可不可以|能不能)改(不|吗|么)?$',
    '提醒|闹钟|截止|期限|延期|到期|目标|任务数|权重|满分|负责|电话|手机|名字|简称|别名|答|题|整改',
    '(怎么|咋|如何)(更正|改|办|弄)',
    '^退回|退回(去|来|吧|,|。|;|重|{unit}|{indicator}|$)|退回(了)(,|。|$)',
    '争取|计划|打算|准备|预计|力争|下周|明天|后天|下个月|下月|月底|年底|{day}前|截止前|是不是',
    '(待|没|未|去|来|请|帮我|等)核实|核实(一下|过|下|通过|无误)|^核实|属实|撤回|收回|撤了|撤掉|撤下|撤吧|别算|谁|别改|不要改|要不要',
  ],
  intent: correctIntent,
  args: {},
  async run(_args, turn) {
    const { person, message, db } = turn
    if (!person) throw new UserError(message.chat.kind === 'group' ? strangerInGroup : strangerInPrivate)
    const subject = await subjectOf(turn)
    if (subject instanceof Question) return subject
    const right = await rightOf(turn, subject)
    if (right instanceof Question) return right
    const { unit, indicator, cell } = subject
    const asked = reasonAsked(turn, 'correct', [unit])
    if (asked) return asked
    const onBehalf = unit.id !== ownUnit(turn)?.id
    if ('report' in right) {
      const report = {
        unit,
        indicator,
        entry: right.report,
        asOf: dayOf(turn),
        target: cell.target,
        onBehalf,
        ...(right.doubt !== undefined && { doubt: right.doubt }),
      }
      const written = await record(db, authorOf(turn), [report], afterwards(turn))
      return written === 'repeated' ? line('刚才已记过这个数，没有重复登记。') : told(turn, written)
    }
    const how = { entry: right.entry, asOf: right.asOf, onBehalf }
    const written = await supersede(db, authorOf(turn), [right.wrong], how, afterwards(turn))
    if (written.length === 0) throw new UserError('这个数刚才已经有人改过了。请看一下现在的数，再说一次。')
    return told(turn, written)
  },
})
