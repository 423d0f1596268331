// 排名：谁在前面，我们第几，谁进步最大。
import { indicator } from '../src/args.ts'
import { command } from '../src/command.ts'
import type { Indicator, Unit } from '../src/database/roster.ts'
import { UserError } from '../src/errors.ts'
import { askedIn, otherTimeIn } from '../src/ranking-asked.ts'
import { indicatorPlace, indicatorTable } from '../src/ranking-indicator.ts'
import {
  climbersReply,
  fieldOf,
  lastReply,
  movedReply,
  placeReply,
  tableReply,
} from '../src/ranking-replies.ts'
import { seesPlace } from '../src/ranking-sight.ts'
import type { Turn } from '../src/turn.ts'
import { ranked } from '../src/whose.ts'

const week =
  '((比|较|跟|和|与)?(这周|本周|这一周|这星期|这个星期|本星期|上周|上星期|上个星期)(相比|比|以来)?)?'

const look = '(看看|看一下|看下|看|查一下|查查|查|发一下|发)'
const who = '(谁|哪个社区|哪个村|哪个街道|哪个单位|哪个|哪家)'
const which = '(谁|哪些|哪几个|哪几家)'
/** 目前3个 and 提前3天 are not the first three: what comes before 前, or who is asked for, has to tell. */
const topPhrases = [
  `^${week}(前){amount}$`,
  '({indicator}|{unit}|{unit}的|街道|社区|村|我们)(排名|排)?(前){amount}$',
  `(排名|名次|排)(前){amount}`,
  `(前){amount}(有|是|都是)?${which}`,
  `${which}…(前){amount}`,
  '(前几名|前几位)',
]

export default command<{ unit: Unit; indicator: Indicator | undefined }>({
  name: '排名',
  aliases: ['名次', '排行', '排行榜', '排名榜'],
  summary: '看谁在前面、我们排第几、谁进步最大',
  examples: ['排名', '前三名是谁', '我们排第几', '红色物业前五', '谁进步最大', '全区街道排名'],
  action: 'ranking',
  reads: true,
  phrases: [
    `${look}?${week}(总)?(排名|名次|排行|排位)(榜|表|情况|怎么样|咋样|变化|有变化|多少|怎么看|在哪看)?${week}`,
    `${week}(排|在)?…(第几)(名|位)?${week}`,
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
    '^(倒数|最后|后){amount}$',
    `(后几名|最后几名)`,
  ],
  unless: [
    '为什么|为啥|凭什么|咋(算|排|评|会)|怎么(算|排|评|会)|依据|规则|公式',
    '差(了)?(几|多少|{amount})|{unit}(比|跟|和|与|同){unit}|(跟|和|与|比)第',
    // A number that is reported in the same breath must not go unheard.
    '{indicator}(完成)?{amount}(,|;|。)',
    '提醒|通报|截止|期限|到期|最后(一天|期限|时间|什么时候)|撤回|编号|绑定',
  ],
  whole: true,
  args: { unit: ranked(), indicator: indicator() },
  async run({ unit, indicator }, turn) {
    const asked = askedIn(turn.meaning.text)
    const other = otherTimeIn(turn.meaning.text, turn.today, turn.meaning.day)
    if (other !== undefined)
      throw new UserError(
        `排名只查得到现在的和上周的。想看和${other}比有什么变化，可以说“我们跟${other}比”。`,
      )
    if (indicator && asked.period === 'last-week' && ['table', 'top', 'last', 'place'].includes(asked.want))
      throw new UserError(`单项指标的排名只有现在的，可以说“${indicator.name}排名”。`)
    const isLeaf = turn.roster.children(unit.id).length === 0
    const isOne =
      asked.want === 'place' || asked.want === 'moved' || (isLeaf && asked.want === 'table' && isNamed(turn))
    if (isOne) {
      if (!seesPlace(turn, unit, { personal: indicator?.kind === 'score' })) throw new UserError(othersHidden)
      if (indicator) return indicatorPlace(turn, unit, indicator, asked)
      return asked.want === 'moved' ? movedReply(turn, unit, asked) : placeReply(turn, unit, asked)
    }
    const scope = (isLeaf && unit.parent !== null && turn.roster.units.get(unit.parent)) || unit
    if (indicator) return indicatorTable(turn, scope, indicator, asked)
    const field = fieldOf(turn, scope, asked.below)
    if (asked.want === 'climbers') return climbersReply(turn, field, asked)
    return asked.want === 'last' ? lastReply(turn, field, asked) : tableReply(turn, field, asked)
  },
})

const othersHidden = '这里只看得到前三名和本单位的名次。可以问“前三名是谁”“我们排第几”。'

const named = ({ meaning, roster }: Turn) =>
  meaning.units.filter(({ candidates }) => candidates.some(({ id }) => id !== roster.root.id))
const isNamed = (turn: Turn) => named(turn).length > 0
