// 比一比：两个单位谁在前面、差多少；或者一个单位现在比上周、比上个月怎么样。
import { indicator, strangerInGroup, unit } from '../src/args.ts'
import { addDays } from '../src/clock.ts'
import { command } from '../src/command.ts'
import { pairOf, thenIn } from '../src/compare-asked.ts'
import { indicatorThenReply, thenReply } from '../src/compare-then.ts'
import { unitsReply } from '../src/compare-units.ts'
import type { Indicator } from '../src/database/roster.ts'
import { UserError } from '../src/errors.ts'
import { compareIntent } from '../src/intents/ranking.ts'
import { everydayLife } from '../src/language/everyday-life.ts'
import { Question } from '../src/question.ts'
import { may } from '../src/turn.ts'

const than = '(跟|和|与|同|比|较|离|距|距离|对比)'
const place = '(第一名|第一|榜首|头名|前面那个|(上|前|下|后){amount})'
const we = '(我们|咱们|俺们|我|咱|俺)(社区|村|街道)?'
const better = '(谁|哪个|哪家|哪边|强|靠前|领先|高|低|快|慢|差|多|好|厉害)'
const how = '(怎么样|咋样|如何|变化|有变化|变了多少|涨了多少|多少)?'
const months = [...'一二三四五六七八九', '十', '十一', '十二'].flatMap((word, at) => [
  `${at + 1}月`,
  `${word}月`,
])
const past = `(上周|上上周|上一周|上个周|上星期|上个星期|上礼拜|上个礼拜|上月|上个月|上季度|上个季度|昨天|前天|去年|年初|月初|月底|月末|上次|${months.toReversed().join('|')}|{day})`
const now = '(这周|本周|这一周|这个星期|这星期|本星期|这个月|本月|现在|目前|今天)'
const pass = '(超过|超|赶上|赶超|追上|追平|反超)'
const front = '(前面|前头|前边|前一名|上一名|后面|后头|后边|下一名)'
const more =
  '(进步|退步|长进|强|好|差|提升|提高|起色|改观|改善|好转|变化|增|涨|降|升|多|少|快|慢|咋样|怎么样|怎样|如何|差距|差别|区别|变|进展|推进)'
/** With these in it a sentence is a comparison, whatever else it speaks of. */
const telling =
  /(?:环比|同比|第[一二三四五六七八九十\d]+名?|榜首|头名|[上前下后]一名|[我咱俺]们?.{0,4}[前后][面头边]|[前后][面头边]那?[一个家名]|(?:跟|和|与|同|比起?|较|相较于?)(?:上上?个?(?:周|月|星期|礼拜|季)|去年|年初|月初|昨天|前天|十?[一二三四五六七八九十\d]月)|(?:周|月|星期|礼拜|季度)(?:的)?.{0,6}(?:比|对比|比较))/
const change = '(涨|增加|增长|多|提高|推进|前进|上升)'

export default command<{ indicator: Indicator | undefined }>({
  name: '比一比',
  aliases: ['对比', '比较一下'],
  summary: '两个单位比，或者现在跟上周、上个月比',
  examples: [
    '金苑和汝河小区比一比',
    '跟汝河小区比一下',
    '我们跟第一名差几分',
    '跟上周比怎么样',
    '红色物业这周涨了多少',
  ],
  seldom: true,
  whole: telling,
  action: 'ranking',
  reads: true,
  phrases: [
    `(谁|哪个|哪家)…${we}…(前|后)(面|头|边)`,
    `${we}…(前|后)(面|头|边)…(谁|哪|几|多少|差)`,
    `${than}…${front}…(差|比|多少|几|高|低|远|多)`,
    `${than}…${place}…(差|远|多少|几|多大|距离)`,
    `(前|后)(面|头|边)…(离|跟|和|比|距|差)…(多少|几|远|多大)`,
    '(跟|和|与|比|离|距|距离)(第一|第二|第三|第四|第五|第六|第七|第八|第九|第十)…(差|多少|几|远|多大)',
    '{unit}…(超过|赶上|追上|赶超|反超|追平|撵上|领先|落后)(了)?{unit}',
    `${than}…${past}…${more}`,
    `${past}…${than}…${now}…${more}`,
    `${now}…${past}…(比|对比|比较|对照|相比|变化|差)`,
    `${past}…${now}…(比|对比|比较|对照|相比|变化|差)`,
    `${past}(到|至)${past}…${more}`,
    `(对比|比较|对照)…${past}`,
    `(对比|比较|比一比|比一下|比比|对照)…{unit}…{unit}`,
    '(上|下|后){amount}(是)?(谁|哪)',
    '{unit}(跟|和|与|、){unit}…(摆|放)(在)?({amount}|一起|一处)',
    '{unit}…{unit}…(谁|哪个|哪家|哪边|哪一个)',
    '{unit}…{unit}…(对比|比较|比一比|比一下|比比|相比|差距|差多少|差几|谁更|谁的|哪个更|pk|PK)',
    '(拿|把){unit}…{unit}…(比)',
    '(落后|领先|超过|超出|甩开|赶上|追上|赶超|反超|追平|高出|低于|高于){unit}…(多少|几|多|没|吗)',
    '(比|跟|和|与|同|离|距){unit}…(少|多|高|低|差|落后|领先)(了|着)?(几|多少)(分)?',
    '(差|落后){unit}(多少|几)(分)?',
    '(落后|领先|超|高|低|多|少)(了)?{unit}(多少|几)',
    '(多少|几|怎么|咋|如何|还要|还得|什么时候|啥时候|何时|几时)…(超过|赶上|追上|赶超|反超|追平|撵上){unit}',
    '(超过|赶上|追上|赶超|反超|追平|撵上)(了)?{unit}(没|吗|没有|不)',
    `${we}…(跟|和|与|同|比){unit}…${better}`,
    `{unit}…(跟|和|与|同|比)${we}…${better}`,
    '{unit}…(pk|PK|Pk|vs|VS|对比|比对|对阵|对){unit}',
    '{unit}(、|,|跟|和|与)?{unit}(、|,|跟|和|与)?(这)?(两个|俩|仨|三个|几个|{amount})?(社区|村|街道|单位)?(比比|比一比|比一下|对比|pk|PK|比较|比|差|谁|哪个)(看|看看|一下)?',
    `${now}(的)?(情况|进度|数据)?${than}${past}`,
    '(比|跟|和|与|离|距)(第)(一名|{amount}|一)…(差|低|少|高|多|远)(了)?(几|多少)(分|名)?',
    `${now}(的)?(对比|比对|比照|比){past}`.replace('{past}', past),
    `(本周|这周|本月|这个月|上周|上月|本季度)?(的)?(环比|同比)(上周|上月|上个月)?(怎么样|咋样|如何|情况|变化|数据|增长|涨|降)?(了)?(多少|几)?`,
    `(比|较|跟|和)${past}(相比|比)?(有啥|有什么|有没有|有多大|是不是)?(变化|进步|退步|进展|提高|好转|起色)(了)?(没有|没|吗|么)?`,
    '{unit}…(跟|和|与|同|比|、|对|还是){unit}…(谁|哪个|哪家|比|差|对比|相比)',
    '{unit}…(比)…{unit}…(差|高|低|快|慢|多|少|好|强|怎么样|咋样|如何)',
    '(跟|和|与|同|拿)({person})?(他们|她们|那边|那儿|家|那|的)?{unit}…(比|比起来|比一比|谁家|谁)(看|看看)?(,|，)?…(谁家|谁|哪家|哪个|哪边)…(多|少|高|低|快|慢|强|好|差|前)',
    '(跟|和|与|同|比|拿){unit}…(比|比一比|比一下|比比|相比|对比|差)',
    '{unit}…(比)(我们|咱们|俺们|我|咱|俺)…(高|低|差|快|慢|多|少|好|强)',
    '(比){unit}(高|低|差|快|慢|多|少|好|强)',
    '(对比|比较|比一比|比一下)(一下)?(一下)?(我们)?(跟|和|与)?{unit}',
    '(谁|哪个)…{unit}(跟|和|与|还是){unit}',
    '{unit}{unit}(谁|哪个|哪家|对比|比较|比一比|比一下|比比)',
    // How far somebody else is, not how far it has come: 离华达还有多少分.
    '(跟|和|与|同|比|离|距|距离){unit}…(差|落后|有)(了|着)?(多少|几|多远)(分)?',
    `(多少|几)(分)?(才能|才|能|可以)?…${pass}({unit}|${place.slice(1, -1)})`,
    `(怎么|咋|如何|什么时候|啥时候)(样)?(才能|才|能|可以)?…${pass}({unit}|${place.slice(1, -1)})`,
    `${pass}({unit}|${place.slice(1, -1)})…(多少|几|多久)(分)?`,
    `${than}…${place}…(差|比|多少|几|高|低|远|多远)`,
    `${than}(第)…(名)…(差|比)…(多少|几|多远)?`,
    `(差|落后)${place}(多少|几)(分)?`,
    `${than}…${past}…(比|相比|比起来|怎么样|咋样|如何|变化|变了|涨|高|低|快|慢|进步)${how}`,
    `${past}(到|${than.slice(1, -1)})${now}(比|相比|比比|比一比|比较|对比|变化|怎么样)${how}`,
    `(${now.slice(1, -1)}|${past.slice(1, -1)})${than}${past}(比|相比|比比|比一比|比较|对比)(一下)?${how}`,
    `(比|较|对比)${past}…(怎么样|咋样|如何|变化|涨|高|低|快|慢|多少|几)`,
    `(从)?${past}(以来|到现在|至今)…(变化|变了|${change.slice(1, -1)}|怎么样)`,
    `{indicator}…${change}(了)(多少|几)`,
    `(这周|本周|这个星期|这星期|本月|这个月|上周|上个月|今天|昨天)…${change}(了)(多少|几)(个|分|家|人)?`,
  ],
  // However much else it tells of how things stand.
  decisive: [
    '(比|跟|和|与|同|离|距){unit}…(少|多|高|低|差|落后|领先)(了|着)?(几|多少)',
    '(对比|比较|比一比|比一下|比比|对照)…{unit}…{unit}',
    '{unit}(跟|和|与|同|比|、|,|还是|对|及)?{unit}…(对比|比较|比一比|比一下|比比|相比|谁|哪个|哪家|哪边|哪一?个|差多少|差几|pk|PK)',
  ],
  unless: [
    everydayLife,
    '提醒|通报|截止|期限|到期|撤回|编号|绑定|电话|负责|谁管|没报|申请',
    '(怎么|咋)(算|来)',
    '第一(时间|书记|责任人|批|步|督导组|要务)',
    '(多少|几)(名|位)',
    // A number that is reported in the same breath must not go unheard.
    '{indicator}(完成)?{amount}(,|;|。)',
    '(多|少|高|低|增加|新增|涨)(了)?{amount}',
    '{amount}…(比|较|跟)…(多|少|增)',
  ],
  intent: compareIntent,
  args: { indicator: indicator() },
  async run({ indicator }, turn) {
    const { text, units } = turn.meaning
    const grew = new RegExp(`${change}了?(?:多少|几)`).test(text)
    const then = thenIn(turn) ?? (grew ? { date: addDays(turn.today, -7), label: '一周前' } : undefined)
    if (then && units.length < 2 && !/第一|上一名|前一名|榜首/.test(text)) {
      const meant = unit('chat')(turn)
      if (meant instanceof Question) return meant
      if (!may(turn, 'progress', meant)) throw new UserError(strangerInGroup)
      return indicator ? indicatorThenReply(turn, meant, indicator, then) : thenReply(turn, meant, then)
    }
    if (then && units.length > 1)
      throw new UserError(
        '两个单位只比得了现在的，可以说“金苑和汝河小区比一比”。一个单位和以前比，说“金苑跟上周比”。',
      )
    const pair = await pairOf(turn)
    if (pair instanceof Question) return pair
    return unitsReply(turn, ...pair, indicator)
  },
})
