// 排名：谁在前面，我们第几，谁进步最大。
import { indicator } from '../src/args.ts'
import { command } from '../src/command.ts'
import type { Indicator, Unit } from '../src/database/roster.ts'
import { UserError } from '../src/errors.ts'
import { rankingIntent } from '../src/intents/ranking.ts'
import { everydayLife } from '../src/language/everyday-life.ts'
import { type Asked, askedIn, isCompared, namedUnits, namelessText, pastIn } from '../src/ranking-asked.ts'
import { fallersReply } from '../src/ranking-fallers.ts'
import { fieldOf } from '../src/ranking-field.ts'
import { indicatorPlace, indicatorTable } from '../src/ranking-indicator.ts'
import {
  bestReply,
  climbersReply,
  lastReply,
  movedReply,
  placeReply,
  tableReply,
} from '../src/ranking-replies.ts'
import { privateHint, seesPlace } from '../src/ranking-sight.ts'
import { ownUnit, type Turn } from '../src/turn.ts'
import { ranked } from '../src/whose.ts'
import { day } from '../src/wording.ts'

const weeks = '这周|本周|这一周|这星期|这个星期|本星期|上周|上星期|上个星期'
const week = `((比|较|跟|和|与)?(${weeks})(相比|比|以来)?)?`
const months = [...'一二三四五六七八九', '十', '十一', '十二'].flatMap((word, at) => [
  `${at + 1}月`,
  `${word}月`,
])
/** Longer ones first: 11月 begins with 1月, 上上周 with 上. */
const time = `(${weeks}|上上周|上上个星期|上上星期|这个月|本月|上个月|上月|这个季度|这季度|本季度|上个季度|上季度|今年|去年|${months.toReversed().join('|')}|第…周|{day})(份)?(的)?`

const look = '(看看|看一下|看下|看|查一下|查查|查|发一下|发)'
const glance =
  '(给|让|跟)?(我|俺|咱|大家)?(看看|看一看|看一下|看下|看|瞅瞅|瞅一眼|瞅|瞧瞧|瞧一眼|瞧|查一下|查查|查|发一下|发个|发|来个|来一个|来份|拿来|亮一下|亮亮|晒一下|晒晒|公布|说说|说一下|报一下|念念|列一下|列个|出个|弄个|整个|捋一捋|捋捋|只看)'
const table = '(排名|名次|排行|排位|排序|座次|榜单)'
const who = '(谁家|谁|哪个社区|哪个村|哪个街道|哪个单位|哪个|哪几个|哪几家|哪些|哪家|哪一家|哪位|哪里|哪儿)'
const which = '(谁|哪些|哪几个|哪几家)'
const kind = '(街道|社区|村|单位)'
const us = '(我们|咱们|俺们|我|咱|俺)'
const best = '(好|棒|强|牛|厉害|靠前|领先|优秀|带劲|出色|漂亮|利索|到位|扎实|多|高|快)'
const worst = '(差|孬|次|慢|落后|靠后|拉胯|拉垮|拉|差劲|不行|低|少|赖|菜|末)'
const many = '(前|头|后|末|倒数|最后|末尾|靠前|靠后|垫底)(的)?({amount}|几)(名|位|个)?'
const every = '(各|各个|每个|所有|全部)'
const last = '(最差|最后|最落后|落后|靠后|垫底|倒数|末位|拖后腿)'
/** 目前3个 and 提前3天 are not the first three: what comes before 前, or who is asked for, has to tell. */
const place = '(第几|老几|第多少|几名|几位|多少名|多少位|什么名次|啥名次|什么位置|啥位置|哪个位置|什么位次)'
const first = '(第一|榜一|冠军|老大|头名|榜首|领头羊|排头兵|排头|状元|领跑|打头|先进)'
const bottom = '(后进|落在最后|倒数|垫底|末位|老末|吊车尾|最后一名)'
/** With these in it a sentence is about the ranking, whatever else it speaks of, but for games and schools. */
const telling =
  /(?:排名|名次|排行|位次|座次|第一(?!时间|书记)|(?<![提目之以])[前后末](?:一|二|三|五|十|\d)|排[在到得第个]|排(?:多少|几)|[掉升降退]了?(?:没|吗|几)|算老几|第几[名位]|倒数|垫底|末位|后腿|[积总]分榜|总榜|榜[首一]|[前后][面头边]的?几|榜单|领头羊|排头兵|进步|退步|得分|总分|社区|街道|[各哪]个?村|单位|第[一二三四五六七八九十\d]+名|[我咱俺]们?.{0,8}(?:第几|老几|几名|前[一二三五十\d]|名次))/
const topPhrases = [
  `^${week}(前){amount}$`,
  '({indicator}|{unit}|{unit}的|街道|社区|村|我们)(排名|排)?(前){amount}$',
  `(排名|名次|排)(前){amount}`,
  `(前){amount}(有|是|都是)?${which}`,
  `${which}…(前){amount}`,
  '(前几名|前几位)',
  '^(榜)({amount}|首)(？)?$',
  '(榜)({amount}|首)(大哥|大佬)?(是|有|轮到|属于)?(谁|哪)',
  '(谁|哪个|哪家)…(榜)({amount}|首)',
  `(前|后)(面|头|边)(的)?(几|{amount})(家|名|位|个)?(社区|村|街道|单位)?(都)?(是|有)?(谁|哪|哪些|哪几个|哪几家)`,
  '(头{amount}|头几名|头一名|头名|榜首|头一个|排头)',
  '(前|头|后|倒数){amount}(强|名|位)',
  '(top|TOP|Top){amount}',
  `(最)${best}(的)…{amount}(社区|村|街道|单位)?`,
  `(最)${worst}(的)…{amount}(社区|村|街道|单位)?`,
  `${glance}…${many}`,
  `${many}(都)?(给|让|拿|发|列|是|有|分别是)?(我|俺|大家|出来)?(看看|看一下|看下|瞅瞅|发一下|列一下|列出来|哪些|谁|哪几个|哪几家|名单)`,
  `${many}(的)(是|都有)?${kind}`,
]

export default command<{ unit: Unit; indicator: Indicator | undefined }>({
  name: '排名',
  aliases: ['名次', '排行', '排行榜', '排名榜'],
  summary: '看谁在前面、我们排第几、谁进步最大',
  examples: ['排名', '前三名是谁', '我们排第几', '红色物业前五', '谁进步最大', '全区街道排名'],
  action: 'ranking',
  reads: true,
  phrases: [
    `(排|列|居|算|是|位列|位居|排名|名次|处于|处在)…${place}`,
    `${us}…${place}`,
    `(排|列|居|位列|位居)…(多少|几)`,
    `(比|较|跟|和)…(掉|升|降|退)(了)?(没|吗|几|多少)`,
    `{unit}…${place}`,
    '(名次|排名|排行|排位|位次|座次|排序|榜单|排行榜|积分榜|总分榜|总榜|成绩单|红榜)',
    `(名次|排名|位次)…(情况|变化|变动|咋样|怎么样|如何|更新|出来|有没有|提供|反馈|公布|通报一下)`,
    `(名次|排名|位次)…(掉|升|降|涨|提升|下滑|退)(了|没)`,
    `(提供|反馈|告知|上报|公布|发布|出具)…(名次|排名|位次|排序|得分)`,
    `${who}…${first}`,
    `${first}(名)?…${who}`,
    `${who}…${bottom}`,
    `${bottom}…${who}`,
    `${who}…(在|排|跑|走)…(前|后)(头|面|列|边)`,
    `${who}…(进步|退步|升|涨|降|掉|上升|下滑)(得|的|了)?(大|快|多|猛|狠|厉害|明显)`,
    `{indicator}…${who}…(落后|靠后|领先|靠前|掉队)`,
    `${who}…(拖|拉)…(后腿)`,
    `(拖|拉)…(后腿)…${who}`,
    `(进|挤进|排进|冲进|杀进|跻身|掉出)(了|到|得了)?(前|头|后|倒数){amount}`,
    `(是不是|有没有|算不算|会不会|还是|是)…${bottom}`,
    `(是不是|有没有|会不会|能不能|能)…${first}…(吗|没|不)`,
    `(前|头|后|末|倒数|最后){amount}…(发|看|名单|列|亮|晒|公布)`,
    `(前|头|后|末|倒数|最后){amount}(的)?(社区|村|街道|单位|家|都有|有谁|是谁|是哪)`,
    `${every}${kind}…(成绩|表现|名次|得分|排)`,
    `(大家|各家|人家|每家|都)…(多少|几)(分)`,
    `${who}…(最)${best}`,
    `${who}…(最)${worst}`,
    `(最)${best}…${who}`,
    `(最)${worst}…${who}`,
    `${look}?${week}(总)?(排名|名次|排行|排位)(榜|表|情况|怎么样|咋样|变化|有变化|多少|怎么看|在哪看)?${week}`,
    `${week}(排|在)?…(第几)(名|位)?${week}`,
    // 我们10月排第几: where the time stands further in, and what the … above passes over.
    `${time}…(排名|名次|排行|排位|第几|几名|几位|多少名)`,
    '(排)(在|到|得)?(第几|老几|几名|多少名)(名|位)?(来着|了|啊|呢)?',
    `${us}(社区|村|街道)?(现在|目前|如今|这周|上周)?(是)?(第几|老几)(名|位)?(来着|了|啊|呢)?`,
    `(排)(个|一下|一排|一个|个座|个先后)(名|名次|次序|序|座次|位|队)?`,
    `${glance}…${table}`,
    `${table}…(出来|看看|瞅瞅|瞧瞧|发一下|发出来|拿来|亮出来|列出来|列一下|啥情况|什么情况|啥样|啥样子|怎样)(看看|了)?(没有|没|吗)?`,
    `(排名|名次|排得|排在|排|名次比较)(靠)(后|前)(面|头)?(的)?(都)?(有|是)?(谁|哪些|哪个|哪几个|${kind.slice(1, -1)})`,
    `${who}…(做得|干得|完成得|抓得|弄得|整得|搞得|完成|报得|签得|排)?(最)${best}`,
    `${who}…(排|走|跑)(在|得)?(最)(前|后)(面|头|边)?`,
    '(第)(一|二|三|四|五|六|七|八|九|十|{amount})(名|位)(的)?(是)(谁|哪个|哪家)',
    '(排第)(一|二|三|四|五|六|七|八|九|十|{amount})(名|位)?(的)?(是)(谁|哪个|哪家)',
    `(最)${best}(的)(是|都有)?(谁|哪个|哪些|${kind.slice(1, -1)})`,
    `${who}…(做得|干得|完成得|抓得|弄得|整得|搞得|完成|报得|排)?(最)${worst}`,
    `(最)${worst}(的)(是|都有)?(谁|哪个|哪些|${kind.slice(1, -1)})`,
    `${week}${who}…(老末|老幺|末名|最末|吊车尾|打狼|尾巴|末一名|倒一)`,
    `(老末|老幺|吊车尾|最末|倒一|末一名)(是|有)?(谁|哪个|哪家)`,
    `${week}${who}…(掉|退|降|下滑|滑)(得|的)?(最)(狠|多|快|大|厉害|猛)`,
    `${week}${who}…(升|涨|进|蹿|窜|爬|前进)(得|的)?(最)(多|快|猛|大|狠)`,
    `(退步|进步|上升|下滑|下降)(得|的)?(最)(大|快|多|明显|狠)…(谁|哪个|哪些|${kind.slice(1, -1)})`,
    `(${us.slice(1, -1)}|{unit})(社区|村|街道)?(现在|目前|如今)?(排)(在|到)?(多少|几|老几)(名|位)?(了|啊|呢)?$`,
    `${glance}…(排)(在|到)?(多少|几|老几|第几)(名|位)?`,
    `${week}…(排)(老几|第几)`,
    '(排名|名次|排行|排位)(是|在|排)?(多少|几|第几)(名|位)?',
    `${week}(排)…(几名|几位|多少名|多少位|到哪|在哪|哪儿)${week}`,
    ...topPhrases,
    `${week}${who}(是|排)?(第一|榜首|领先)(名)?`,
    '^(这周|本周|上周|上星期)(的)?(第一)(名)?$',
    '(排)?(第一)(名)?(的)?(是)?(谁|哪个)',
    `${week}${who}?(的)?(进步|升得|升的|上升|涨得|涨的)(最大|最快|最多|最明显)(的)?(是谁|是)?`,
    `${week}(上升|下降|进步|退步|升|降|涨|掉)(了)?(几|多少)(名|位)`,
    `${week}(名次|排名)(升|降|变)(了)?(没有|没|吗)?`,
    `^(我们|咱们|俺们|咱|{unit})${week}(升|降|涨|掉)(了)(没有|没|吗)$`,
    '(我们|咱们|俺们|咱|{unit})(现在|目前)?(是|在|排)?(多少名)',
    `${week}${who}?(是|排)?(倒数|末位|末尾|垫底)(第)?(一|二|三|几)?(名|位)?(的)?(是谁|有谁|是)?`,
    `${week}${who}(是|排|排在)?(最后|最差)(面|头)?`,
    `(倒数|最后|后){amount}(的)?(有|是|都是)?${which}`,
    '(^|{indicator}|{indicator}的)(倒数|最后|后){amount}$',
    `(后几名|最后几名)`,
    `${last}(的)?(是)?(哪个|哪些|哪几个)?${kind}(是谁|是哪个|有哪些|是哪些)?`,
    `(哪些|哪个|哪几个)${kind}(的)?(还|比较|排名|排得|排|做得|完成得)?(最差|最慢|落后|靠后|垫底|倒数|拖后腿)`,
    `${who}(最落后|最靠后|最慢|拖后腿)`,
    `${week}${who}?${kind}?(的)?(退步|降得|降的|下降|掉得|掉的)(最大|最快|最多|最明显)(的)?(是)?${which.replace('(', '(哪个|')}?${kind}?`,
    // What everybody has is a ranking, what one has is 得分.
    `${every}${kind}(的)?(现在|目前)?(都)?(的)?(得分|总分|分数|打分)(情况|排名|表|多少|是多少)?`,
    `${every}${kind}(现在|目前)?(都)?(得|得了|是|有|拿了)?(多少|几)(分)`,
    `^${kind}(的)?(得分|总分|分数)`,
  ],
  unless: [
    everydayLife,
    '为什么|为啥|凭什么|咋(才|就|老|总|又)|怎么(就|老|总|又)|咋(算|排|评|会)|怎么(算|排|评|会)|依据|规则|公式',
    '差(了)?(几|多少|{amount})|{unit}(比|跟|和|与|同){unit}|(跟|和|与|比)第',
    // A number that is reported in the same breath must not go unheard.
    '{indicator}(完成)?{amount}(,|;|。)',
    // Which indicators lose most is asked of the score.
    '(丢|失|扣)(了)?(的)?(分)|(哪些|哪个|哪几个|哪项|哪一项)(指标|项)',
    `${us}(的)?(前|后)(面|头|边)`,
    '第一(时间|书记|责任人|批|步|督导组|要务|党支部)|督导组',
    '提醒|通报|截止|期限|到期|最后(一天|期限|时间|什么时候)|撤回|编号|绑定|序时|没报|未报',
  ],
  whole: telling,
  intent: rankingIntent,
  args: { unit: ranked(), indicator: indicator() },
  async run({ unit: said, indicator }, turn) {
    const asked = askedIn(namelessText(turn))
    const { day: named } = turn.meaning
    if (named !== undefined && named > turn.today)
      throw new UserError(`${day(named)}还没到。现在的排名请说“排名”。`)
    const past = pastIn(turn.meaning.text, turn.today, turn.meaning.day)
    const period = past ?? asked.period
    const isOver = past !== undefined || period === 'last-week'
    if (past && (isCompared(turn.meaning.text) || ['moved', 'climbers', 'fallers'].includes(asked.want)))
      throw new UserError(
        `名次的变化只查得到这周的和上周的。想看和${past.label}比有什么变化，可以说“我们跟${past.label}比”。`,
      )
    if (indicator && isOver && ['table', 'top', 'last', 'place'].includes(asked.want))
      throw new UserError(`单项指标的排名只有现在的，可以说“${indicator.name}排名”。`)
    const wanted = { ...asked, ...(period && { period }) }
    const unit = isPlace(asked) && said.id === turn.roster.root.id ? (ownUnit(turn) ?? said) : said
    const isLeaf = turn.roster.children(unit.id).length === 0
    const isOne = isPlace(asked) || (isLeaf && asked.want === 'table' && (isNamed(turn) || asked.ours))
    if (isOne) {
      if (unit.parent !== null && !seesPlace(turn, unit, { personal: indicator?.kind === 'score' })) {
        const isNow = !indicator && asked.want !== 'moved' && !period
        const shown = isNow ? await bestReply(turn, unit) : undefined
        if (shown) return shown
        throw new UserError(hiddenText(turn, unit))
      }
      if (indicator) return indicatorPlace(turn, unit, indicator, wanted)
      return asked.want === 'moved' ? movedReply(turn, unit, wanted) : placeReply(turn, unit, wanted)
    }
    const parent = unit.parent === null ? undefined : turn.roster.units.get(unit.parent)
    const scope = asked.streets && !isNamed(turn) ? turn.roster.root : (isLeaf && parent) || unit
    if (indicator) return indicatorTable(turn, scope, indicator, wanted)
    const field = fieldOf(turn, scope, asked.below)
    if (asked.want === 'climbers') return climbersReply(turn, field, wanted)
    if (asked.want === 'fallers') return fallersReply(turn, field, wanted)
    return asked.want === 'last' ? lastReply(turn, field, wanted) : tableReply(turn, field, wanted)
  },
})

function hiddenText(turn: Turn, unit: Unit): string {
  const elsewhere = privateHint(turn, turn.roster.units.get(unit.parent ?? unit.id) ?? unit)
  return `这里只看得到前三名和本单位的名次。${elsewhere ? `其余的${elsewhere}` : '可以问“前三名是谁”“我们排第几”。'}`
}

const isPlace = ({ want }: Asked) => want === 'place' || want === 'moved'

const isNamed = (turn: Turn) => namedUnits(turn).length > 0
