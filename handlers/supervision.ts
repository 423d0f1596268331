// 督导：走访记录、发现的问题、整改销号。这一版还没有督导台账，听得懂，记不了。
import { command } from '../src/command.ts'
import { UserError } from '../src/errors.ts'
import { type Heard, type Intent, intent } from '../src/intents/intent.ts'
import { findingsIntent, openFindings, resolveIntent, visitIntent } from '../src/intents/supervision.ts'
import { kindOf } from '../src/language/inspection-kind.ts'

const fix = '(整改|改|清|清理|处理|处置|解决|弄|搞|拆|修|换|搬|撤|收拾|打扫|清运|疏通|补|装|更新)'
const over = '(完|好|干净|到位|完毕|掉|走|彻底)(了|啦|咯|嘞)?'
const visit = '(到|去|在|跑|走访|督导|督查|检查|暗访|巡查|走|查|看|转)(了)?'

export default command<Record<string, never>>({
  name: '督导',
  aliases: ['督导记录', '督查', '走访记录', '巡查记录', '暗访'],
  summary: '记走访和发现的问题，查整改、销号',
  examples: ['督导 金苑社区 楼道堆放杂物 限3天整改', '12号问题已整改到位', '还有几个问题没整改'],
  action: 'help',
  later: true,
  reads: true,
  numbers: true,
  phrases: [
    '(督导|督查|暗访|巡查)',
    '(整改|销号|闭环|隐患|回头看)',
    '(问题)…(没|未|完|好|退回|解决|超期|逾期|销|清|改|多少|几|哪|列|查|重)',
    '(几|多少|哪)…(问题)',
    `(问题|隐患)…${over}`,
    `{unit}…(限|限期|{day}前|内)…${fix}`,
    `{unit}…(问题|情况)?(严重|较重|一般)`,
    `${visit}…{unit}…(发现|看了|没发现|没问题|问题|正常|良好|没啥|没有问题|一切)`,
    `{unit}…(发现|存在)…`,
    `{unit}(走访|检查|看了|转了|跑了)…`,
    `(走访|检查|跑了|看了|转了|查了){unit}`,
    `(走访)(了)?(多少|几)`,
    `${fix}(得|的)?${over}`,
    `(没|没有|不)(清|改|弄|处理)?(干净|到位|彻底|合格)`,
    `(第一|第二|第三|第四|一|二|三|四)(组|督导组)…(去|到|跑|走|查|看)`,
    '(这|本|上|第{amount}|第一|第二|第三|第四)(一)?(轮)',
    '(退回|打回)(去)?(重整|重改|重新整改|重新改|再改|返工)',
    '{unit}…(限|限期|限时)',
    '({day}|号)…(打回|退回|整改|改好|改完|销号|办结|闭环|解决)',
    '({day}|号)(的)?(问题|隐患)',
    '(问题|隐患)…(啥情况|什么情况|咋样|怎么样|进展|到哪)',
    '(没去|没跑|没走|没覆盖|没到)(过)?(的)?(街道|社区|村)',
    '(哪)…(街道|社区|村)…(没去|没跑|没走|没督导|没检查|没覆盖|没到过)',
  ],
  unless: [
    '提醒|通知|催|撤回|更正|报数|延期|电话|手机|都有谁|组长|成员|是谁|通报|换成|绑定|约谈|值班|改成|{indicator}…(弄|搞|做|干|签|建|改|清|修|处理|解决|收拾)(完|好|掉|到位|干净)|{indicator}(全部|都|已经|已)?(完成)',
    '(督导组|督查组|检查组)(要|快|下周|明天|后天|马上)…(来|到)|准备好|做好准备|迎接|迎检|陪同|(各|各个|请|大家)(社区|村|单位|街道)?…(抓紧|尽快|务必|自查|配合)',
    '{indicator}…(属实|不属实|核实)|代报|名次|排名|第几名',
    '(怎么|咋|如何)(整改|改|报|弄)|(标准|规定|政策)…(啥|什么)|是啥意思|什么意思',
  ],
  decisive: [
    '^(督导|督查|暗访|巡查)',
    '(限)…(整改|改完|改好|改到位|清完|清理|处理|解决)',
    '(整改|问题)…(退回|打回|重整|重改|不合格)',
    '(退回|打回)…(问题|整改|隐患)',
    '(号问题|号隐患|销号)',
    '(督导)…(没|未|超期|逾期|问题|轮|跑|走访|次|街道)',
    '(问题)…(没|未|超期|逾期)(有)?(整改|改|销|解决|处理|清)',
    '(没|未|超期|逾期)(有)?(整改|销号)…(问题)',
    '(问题|隐患|整改)…(超期|逾期|过期|拖)',
    '(超期|逾期|过期|没|未|没有)…(整改|销号|隐患)',
    '(隐患)…(没|未|几|多少|哪)',
    '(整改|清理|清|改|处理|解决)(完|好|到位|干净|掉)(了|啦|咯|嘞)',
  ],
  intent: readingOf,
  args: {},
  async run() {
    throw new UserError(
      '听懂了，是督导的事。这一版还没有督导台账：没有记录，也没有销号。请照原来的办法报督导组或区专班。',
    )
  },
})

function readingOf(heard: Heard): Intent {
  const { text, items } = heard.meaning
  const isOurs = inspected.test(text)
  // 月底前弄完红色物业3个 is a plan.
  if (!isOurs && items.some(({ indicator, amount }) => indicator && amount))
    return intent('unknown', { kind: 'needs_context' })
  const kind = kindOf(text)
  if (kind === 'resolve') return resolveIntent(heard)
  if (kind === 'report') return visitIntent(heard)
  // 修好了没 is asked of anything.
  if (!isOurs && openFindings(heard).length === 0) return intent('unknown', { kind: 'needs_context' })
  return findingsIntent(heard)
}

const inspected =
  /问题|整改|督导|督查|检查|隐患|销号|销的|走访|暗访|巡查|轮|限|没去|没跑|没走|覆盖|发现|闭环|逾期|超期|[跑去走]了(?:多少|几)/
