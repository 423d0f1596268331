// 得分：得分是怎么来的，哪两项丢分最多，再完成一个能加多少分。
import { indicator } from '../src/args.ts'
import { hundredthsOf } from '../src/campaign/explain.ts'
import { command } from '../src/command.ts'
import type { Indicator, Unit } from '../src/database/roster.ts'
import { UserError } from '../src/errors.ts'
import { explainIntent } from '../src/intents/ranking.ts'
import { everydayLife } from '../src/language/everyday-life.ts'
import { line } from '../src/message.ts'
import type { Question } from '../src/question.ts'
import { bestReply } from '../src/ranking-replies.ts'
import { privateHint, seesPlace } from '../src/ranking-sight.ts'
import { text } from '../src/ranking-words.ts'
import { isPrivate } from '../src/score-sight.ts'
import type { Turn } from '../src/turn.ts'
import { own, ranked } from '../src/whose.ts'
import { type Reasons, reasonsFor } from '../src/why.ts'
import { exemptText } from '../src/why-not.ts'
import { aboveText, standingOf, standingText } from '../src/why-place.ts'
import { adjustmentText, howText, lossText, oneText, points, sumTable, vetoText } from '../src/why-words.ts'
import { day } from '../src/wording.ts'

const why = '(为什么|为啥|为何|凭什么|凭啥|怎么|咋|怎会|咋会)'
/** 怎么 and 咋 alone ask for anything. */
const bare = '(为什么|为啥|为何|凭什么|凭啥)'
const score = '(得分|分数|总分|排名|名次|打分|分)'
const we = '(我们|咱们|俺们|咱|我|俺)'
const item = '(哪些|哪几项|哪项|哪个指标|哪些指标|哪一项|哪个)'
const digit = '(一|二|三|四|五|六|七|八|九|十|几)?'
const low = '(低|高|差|少|靠后|落后|倒数|垫底|最后|末位|末尾|上不去|拉胯|孬|不行)'

/** With these in it a sentence is about scores, whatever else it speaks of. */
const telling =
  /(?:排名|名次|位次|得分|总分|分数|[丢扣失]了?的?分|[加提涨]分|短板|弱项|后腿|倒数|垫底|末位|名|靠[前后]|[我咱俺]们?.{0,8}[排掉降跌])/

export default command<{ unit: Unit; indicator: Indicator | undefined }>({
  name: '得分',
  aliases: ['得分明细', '丢分'],
  summary: '看得分怎么来的、哪几项丢分最多、再完成一个加多少分',
  examples: ['我们为什么排第九', '为啥才81分', '得分怎么来的', '金苑为什么这么低'],
  seldom: true,
  whole: telling,
  action: 'ranking',
  reads: true,
  phrases: [
    `${why}…(掉|降|跌|退步|退了|后退|滑|落后|垫底|倒数|名次|排名|位次|得分|分数|丢分|扣分)`,
    `(扣|丢|失)(了)?…(几|多少)(分)`,
    `(丢分|扣分|失分)…(哪|狠|原因|情况|明细|在哪|构成)`,
    `(哪|什么地方|啥地方)…(丢|扣|失)(了)?(的)?(分)`,
    `(分|得分|分数|总分|名次|排名|位次)…(怎么|咋|如何)…(算|来|评|得|计)`,
    `(得分|分数|总分)…(构成|组成|明细|依据|说明|情况)`,
    `(排名|名次|得分|分数|排)…(按|照|凭|根据)(啥|什么)…(排|评|算|打分|来)`,
    `(按|照|凭|根据)(啥|什么)…(排名|名次|打分|算分|评分|排的)`,
    `(几|多少)…(能|才能|可以|可|就)…(涨|加|提|上|多得)(分)`,
    '(短板|弱项|薄弱环节|薄弱项)',
    `(名次|排名|得分|分数|排位)…(原因|缘由|为什么|为啥|咋回事|怎么回事)`,
    `${why}…(排|排在|排到|是|才|只是)?(第)${digit}${digit}${digit}(名|位)?`,
    `${why}…(排)(在|到|得)?(这|那|第)?…(名|位|后|前|儿|里)?`,
    `${why}…(只有|才|就|只){amount}`,
    `${why}(是|得|得了|拿了)?{amount}(分)?$`,
    `${why}…(排)(在|得|到)?(这么|那么|如此|恁|恁么|这样)(靠)?(后面|后|前面|前|低|高|差)`,
    `${why}…${score}…${low}`,
    `${why}…(扣|丢|失)(了)?(这么多|那么多)?${we}?(的)?(分|{amount})`,
    `${why}…(不涉及|不算)`,
    // Said alone, right behind a place or a score.
    `^(这是|那是|这)?${bare}(呢|啊|呀|的)?(？)?$`,
    `${why}…(掉|降|退|跌|滑)(得|到|了|这|恁)?(这么|那么|恁|恁么|如此|老)?(多|狠|快|厉害|下来|下去|后面|第{amount}|第…名|名次|{amount}名)`,
    `${why}…(升|涨|进步)(不上去|不了|不动|得慢)`,
    `${why}…(排|比)(不过|不上|不赢)`,
    `${why}…(这么|那么|恁|恁么|如此|这样|还是|还|比别人|比人家|总是|老是|老)${low}`,
    `${why}…(是)?(倒数|垫底|最后|末位|靠后|落后)`,
    `${why}(是)?(我们|咱们|俺们|咱|{unit})(的)?${score}?…${low}`,
    `${score}(都)?(是)?(怎么|咋|如何)(算|来|得|评|排|打|计算)(出来)?(的)?`,
    `${why}${score}…${low}`,
    `(怎么|咋|如何)(算|评|计算)(出来)?(的)?${score}`,
    '(怎么|咋|如何)(算|评|得)(出来)(的)',
    `(哪些|哪几项|哪项|哪个指标|哪一项|哪里|哪儿|什么地方)(的)?(丢|扣|失)(了)?(的)?(分)(最多)?(了)?`,
    `${item}(指标|项目)?(最|比较)(差|低|弱|落后|拉分|慢)`,
    `(完成|{amount}|做|弄|干|抓)…${item}…(加|涨|提|多得)(的)?(分)(最多|最快|多)?`,
    `${item}…(最)?(能|可以)?(加|涨|提)(的)?(分)(最多|最快|多)?`,
    `(怎么|咋|如何)(才|才能|能|可以|最快)?(能)?(加分|提分|涨分|多得分|把分提)`,
    `(有没有|有没|是不是|有)(被)?(扣|丢|失)(过|了)?(分)(吗|没有|没)?`,
    `(被)?(扣|丢|失)(过|了)?(分)(了)?(吗|没有|没)`,
    '(丢|扣|失)(的)?(分)(最多|明细|情况|在哪|在哪里|原因)',
    `^(看看|查一下|查|问一下)?(我们|咱们|咱|俺们|我|俺)?(现在|目前)?(的)?(得分|总分|分数|得了|拿了|考了)(是)?(多少|几)(分)?`,
    `^(看看|查一下|查)?(我们|咱们|咱|俺们|我|俺)?(的)?(得分|总分|分数)$`,
    `^(${we.slice(1, -1)}|{unit})?(街道|社区|村)?(现在|目前|一共|总共)?(的)?(是|有|能有)?(多少|几)(分)(了)?(？)?$`,
    `^{unit}(的)?(现在)?(的)?(得分|总分|分数|得了|拿了)(是)?(多少|几)?(分)?$`,
    `(得|拿|有|能得|是)(了)?(多少|几)(分)`,
    `(丢|扣|失|少)(了)?(多少|几|哪些|哪几|哪)(分)`,
    `(分)(都)?(丢|扣|失)(在|到|给)?(了)?(哪|什么|啥)`,
    '(丢|扣|失)(了)?(的)?(分)(都)?(丢|扣|失)?(在|到)(了)?(哪)',
    '(哪|啥|什么)({amount})?…(最)?(拉|拖)(了)?…(后腿|分)',
  ],
  unless: [
    everydayLife,
    '没人|没报|未报|不报|还没|没完成|没有完成|提醒|通报|截止|期限|到期|撤回|编号|绑定|收到|没发|送达',
  ],
  intent: explainIntent,
  args: { unit: asked, indicator: indicator() },
  async run({ unit, indicator }, turn) {
    if (unit.parent !== null && !seesPlace(turn, unit)) {
      const shown = indicator ? undefined : await bestReply(turn, unit)
      if (shown) return shown
      const elsewhere = privateHint(turn, turn.roster.units.get(unit.parent) ?? unit)
      throw new UserError(`这里看不到${unit.name}的得分。${elsewhere ?? '可以问“我们为什么排这个名次”。'}`)
    }
    const reasons = await reasonsFor(turn, unit)
    if (!reasons) throw new UserError(`${unit.name}没有参评：没有涉及的指标。`)
    const asksNot = /不涉及|不算/.test(turn.meaning.text)
    if (asksNot && !indicator) throw new UserError('哪一项？可以说“老旧小区改造为什么不涉及”。')
    if (asksNot && indicator) {
      const part = reasons.explanation.losses.find(({ of }) => of.line.indicator.id === indicator.id)?.of
      const exempt = await exemptText(turn, unit, indicator, part !== undefined)
      if (exempt) return line(exempt)
      return line(`这一项是涉及的：${oneText(unit, reasons, indicator, turn)}`)
    }
    if (indicator) return line(oneText(unit, reasons, indicator, turn))
    const asksHow = /(?:怎么|咋|如何)(?:算|来|得|评|打|计算)|明细/.test(turn.meaning.text)
    return asksHow
      ? howReply(turn, unit, reasons)
      : { blocks: (await whyTexts(turn, unit, reasons)).map(text) }
  },
})

/**
 * 为什么 alone is about oneself, in a group too: what was told before it is not known here. So is 为什么不涉及: whether
 * an indicator is for us.
 */
function asked(turn: Turn): Unit | Question {
  const isOwn = new RegExp(`^(?:[这那]是?)?${bare}[呢啊呀的?]*$|不涉及|不算`).test(turn.meaning.text)
  return (isOwn ? own() : ranked())(turn)
}

async function whyTexts(turn: Turn, unit: Unit, reasons: Reasons): Promise<string[]> {
  const standing = await standingOf(turn, unit)
  const place = standing ? `，${standingText(standing)}` : ''
  return [
    `${unit.name} ${points(hundredthsOf(reasons.explanation.total))}分${place}。`,
    lossText(reasons, turn),
    adjustmentText(reasons),
    vetoText(reasons, turn),
    `${standing ? aboveText(standing) : ''}规则第${turn.roster.campaign.ruleVersion}版。`,
  ].filter(Boolean)
}

/** The whole sum; not where it would tell somebody's own score (`domain.md` N25). */
async function howReply(turn: Turn, unit: Unit, reasons: Reasons) {
  const [first = '', ...more] = await whyTexts(turn, unit, reasons)
  const isPartial = reasons.explanation.losses.some(({ of }) => isPrivate(turn, of.line))
  const withheld =
    turn.message.chat.kind === 'group'
      ? '每一项的得分请私聊我问“得分怎么来的”。'
      : '里面有个人成绩，每一项的得分不公开。'
  return {
    title: `${unit.name}得分（${day(turn.today)}）`,
    blocks: [
      text(first),
      text(`${howText(reasons)}${isPartial ? withheld : ''}`),
      ...(isPartial ? [] : [sumTable(reasons)]),
      ...more.map(text),
    ],
  }
}
