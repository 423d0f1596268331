// 延期：单位申请，街道同意后转区里，区里批准就改期限；批之前可以撤回。

import { whoMay } from '../src/campaign/permissions.ts'
import { command } from '../src/command.ts'
import { UserError } from '../src/errors.ts'
import { ask, withdraw } from '../src/extending.ts'
import { decide } from '../src/extending-decisions.ts'
import { decideWhich, isWaiting, list, showOne } from '../src/extending-list.ts'
import { extendIntent } from '../src/intents/deadlines.ts'
import { doubtful } from '../src/language/doubtful.ts'
import { saysWish, withoutReason } from '../src/language/extension.ts'
import { readDecision } from '../src/language/extension-decision.ts'
import { mayEver, type Turn } from '../src/turn.ts'
import verify from './verify.ts'

const wish = '(想|要|想要|打算|希望|能不能|能否|可不可以|可以|能|请求|申请|要求)?(再|给|给我们|给俺们|给咱)?'
const later =
  '(延长|顺延|推迟|延后|后延|延到|延至|延迟|延|缓到|缓几天|缓一缓|缓缓|缓一下|宽限|放宽|往后推|往后拖|往后延|往后挪|往后放|往后缓|往后移|后推|推后|推到|拖到|拖几天|拖一拖|挪到|缓{amount}|拖{amount}|晚{amount}|晚几天|晚点交|晚交)'
const length = '(天|日|周|星期|礼拜|个月|时间|日子)'
const no = '不同意|不批准|不批|不准|驳回|拒绝|否决'
const yes = '同意|批准|准许'
const takingBack = /^(?:撤回|撤销|收回|取消|不要)/
const sendingBack = /^(?:退回|打回)\s*编号/
const givingUp = /不(?:再|用|想)?(?:申请)?延期了/
/** 监督员不延期5天了: nothing is asked for, and nobody said that a request is taken back. */
const declining =
  /(?<![要想用能该])(?:不|别|甭|无需|没必要|不必)(?:再|用|想|要|必|需要?|打算|准备)*(?:申请)?(?:延期|宽限)(?!.{0,3}不?(?:行|成|可以|可)(?:吗|么)?)/
const listing =
  /待(?:审)?批|等(?:着|我)?.{0,2}批|哪些|哪几|谁|有没有(?!可能|办法)|几个|列表|^(?:我的|看看|查看|看一下)?(?:延期|延期申请)(?:呢|的)?$|(?:批|同意|通过)(?:了|下来)?(?:没|吗|么)|到哪|怎么样|咋样|结果/
/** 批延期, 延期审批, 有人申请延期吗 */
const reviewing =
  /^(?:我要?|来|去)?(?:批|审批|审|看|查)(?:一下|一批|一看|下|个)?(?:的)?(?:延期|宽限)|(?:延期|宽限)(?:申请|的)*(?:审批|批一下|批一批|批下|看一下)$|有人.{0,4}(?:延期|宽限)/

const mayI = '(行不行|行不|行吗|中不中|中不|中吗|可以吗|可以不|可不可以|成不成|成吗|成不|好不好|好吗|能不能)'

export default command<Record<string, never>>({
  name: '延期',
  aliases: ['申请延期', '延期申请'],
  summary: '申请推后期限，街道同意、区里批准后生效',
  examples: [
    '共建项目申请延期5天，因为场地还没腾出来',
    '监督员能不能宽限一周',
    '撤回延期申请',
    '待批的延期',
    '同意延期 编号3',
    '不同意延期 编号3 原因时间还够',
  ],
  seldom: true,
  action: 'deadline',
  phrases: [
    `{indicator}…(能|想|申请|请求|可以|请|恳请|希望|要)…(拖|缓|晚|推|延|挪|宽|容)…${length}`,
    `{indicator}…(拖|缓|晚|推|延|挪|宽|容)…${length}…${mayI}`,
    `(期限|截止日期|截止时间|时限|截止)…(调整|变更|改|挪|顺|延长|放宽)(到|至|为|成)`,
    '{indicator}…(晚|拖|缓|推|宽)(到|至)',
    `{indicator}…(再交|再报|再弄|再完成|再干)…${mayI}`,
    `{indicator}…(不完|不了|不成|来不及|赶不上|赶不出|不出来|够呛)…({day}|{amount}|底)…${mayI}`,
    `{indicator}…(不完|不了|不成|来不及|赶不上|赶不出|不出来|够呛)…(再|多|晚|缓|宽)(给|要|容|等|限)?…${length}`,
    '(申请)?(延期|宽限)(申请)?',
    '(延期|宽限)…(原因|理由|因为|由于)',
    `(申请|要求|请求)…${later}`,
    `{indicator}…${later}`,
    `{indicator}…${wish}${later}`,
    `${wish}(延期|宽限)`,
    `{indicator}…(再给|多给|再宽|再缓|再要|多要|再容|再等)(我们|俺们|咱们|我|俺|咱|点|个|上)?…${length}`,
    `{indicator}…(晚|缓|拖|延)…${length}(再)?(交|报|弄|完成)?(行不行|中不中|可以吗|可以不|可不可以|行吗|行不|成不成|中吗|好吗)`,
    `(期限|截止日期|截止时间|时限|截止|最后期限)…(改到|挪到|调到|推到|延|往后|放宽)`,
    '{indicator}…(再给|多给|再宽|晚)(我们|点)?(几|{amount})?(天|周|星期|礼拜|个月)',
    `(期限|截止日期|时限)…${later}`,
    `(${no}|${yes})…(延期)(申请)?`,
    `(延期)(申请)?…(${no}|${yes})`,
    `^(我)?(${no}|${yes})(编号)`,
    `^(编号)…(${no}|${yes})(了|吧)?`,
    '^(退回|打回)(编号)',
    '(撤回|撤销|收回|取消)…(延期)(申请)?',
    '(待批|待审批|等我批|要我批)(的)?(延期)(申请)?',
  ],
  unless: [
    '提醒…(延期|宽限)',
    '(延期|宽限)…提醒(我|俺|大家|大伙|所有人)',
    '(怎么|咋|如何)(申请)?(延期|宽限)',
    '(延期|宽限)(申请)?(的)?(该|要)?(怎么|咋|如何)(申请|办|弄|写|说|用|报)',
    '^(为什么|为啥|不能|不许|不准|不得|没有|没)(再)?延期',
    '{indicator}(不能|不许|不准|不得|没有|没)(再)?延期',
    '^督导|整改(期限)?(延期|宽限)|整改期限|(编号)…(整改)',
    doubtful,
    '(书记|领导|主任)(说|讲)|(已|已经)延期|延期到…了(吗|么|没)',
  ],
  // Whatever its reason speaks of; 驳回编号3 is no number that is sent back.
  decisive: [
    '(延期|宽限)',
    `{indicator}…(晚|缓|拖|延)…${length}(再)?(交|报|弄|完成)?(行不行|中不中|可以吗|可以不|可不可以|行吗|行不|成不成|中吗|好吗)`,
    `^(我)?(${no}|${yes})(编号)`,
    '^(退回|打回)(编号)',
  ],
  intent: extendIntent,
  args: {},
  async run(_args, turn) {
    const { number, indicators } = turn.meaning
    // A reason may speak of anything: 结果还没公示 asks for no result.
    const text = withoutReason(turn.meaning.text)
    if (number !== undefined && sendingBack.test(text)) return sendBack(turn, number)
    if (takingBack.test(text)) return withdraw(turn)
    const asks = mayEver(turn, 'ask_extension')
    const said = readDecision(turn.meaning.text)
    // 给我们批了延期吧, from whoever asks, is no decision.
    const decided = said?.isLoose && asks ? undefined : said
    if (decided && number === undefined) return decideWhich(turn, decided.isYes)
    if (decided && number !== undefined)
      // 同意编号1 may mean another thing of that number: it is shown first.
      return (decided.isPlain ? decide : showOne)(turn, number, decided.isYes)
    if (givingUp.test(text)) return withdraw(turn)
    if (number !== undefined) return showOne(turn, number)
    if (declining.test(text))
      throw new UserError('好，没有申请延期。以前申请过、要收回的，请说“撤回延期申请”。')
    const isBare = text === '延期' && asks
    const isWish = indicators.length > 0 || saysWish(turn.meaning.text)
    const isReview = !isWish && (reviewing.test(text) || !asks)
    return (listing.test(text) && !isBare) || isReview ? list(turn) : ask(turn)
  },
})

/** 退回编号2: the request for an extension of that number where it waits, else the report. */
async function sendBack(turn: Turn, number: number) {
  if (await isWaiting(turn, number)) return showOne(turn, number, false)
  if (!mayEver(turn, 'verify')) throw new UserError(`“核实”由${whoMay('verify')}办理。`)
  return verify.run({ result: 'rejected' }, turn)
}
