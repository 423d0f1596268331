// 进度：一个单位、一项指标现在到哪一步了。

import { indicator, strangerInGroup, unit } from '../src/args.ts'
import { percent } from '../src/campaign/completion.ts'
import { gap } from '../src/campaign/standing.ts'
import { chartBelow, chartOf, type Line, summary } from '../src/chart.ts'
import { dateOf, daysBetween } from '../src/clock.ts'
import { command } from '../src/command.ts'
import type { Indicator, Unit } from '../src/database/roster.ts'
import { type Verification, verificationsOf } from '../src/database/verifications.ts'
import { UserError } from '../src/errors.ts'
import { extensionOf } from '../src/extending-view.ts'
import { progressIntent } from '../src/intents/progress.ts'
import { lampCounts, lampSought } from '../src/lamp-counts.ts'
import type { Block, Reply } from '../src/message.ts'
import { baselineNote, type Marks, marksOf } from '../src/progress-marks.ts'
import { isTold } from '../src/ranking-sight.ts'
import { isPrivate, scoreGap, scoreRefusal, seesScores } from '../src/score-sight.ts'
import { may, type Turn } from '../src/turn.ts'
import { day, lamps, percentText } from '../src/wording.ts'

export default command<{ unit: Unit; indicator: Indicator | undefined }>({
  name: '进度',
  aliases: ['进展', '完成情况'],
  summary: '看一个单位或一项指标现在到哪一步了',
  examples: ['进度', '金苑社区进度', '红色物业进度', '我们完成多少了', '红色物业全区进度'],
  action: 'progress',
  reads: true,
  phrases: [
    '(进度|进展|完成情况|完成率|情况|怎么样|咋样|啥样|多少|到哪|哪一步|落实了没|完成了没|完成没|达标)',
    '(了吗|了么|没有$|了没|几(个|家|人|户|万|处|名|项)?(了)?(？)?$)',
    // Where names are said, how many, how far or whether is a question about them.
    '({indicator}|{unit})…(几|多少)(个|家|人|户|处|名|万|万元|栋|项)?(人|数|院|钱)?(了|的)?(？)?$',
    '(到|得)(什么|啥|哪|哪个|何种)(程度|地步|步骤|阶段|环节|程度了|样子|样)',
    '(什么|啥|如何|怎么|咋)(情况|程度|样子|进展|水平|状态)',
    '({indicator}|{unit})…(怎么样|咋样|如何|怎样|怎么回事|咋回事)(了)?(？)?$',
    '({indicator}|{unit})…(完成|落实|达标|到位|覆盖|弄完|干完|做完|搞完|动工|验收|搞定|弄好|{amount})(了)?(没|没有|不|吗|么)(？)?$',
    '(几个|多少个|几家|哪些|哪几个|哪个|有没有)(社区|村|街道|单位|指标|项目)(都|已经|还|是|全|没|没有)?…(完成|弄完|达标|落实|搞完|做完|干完|红灯|绿灯|黄灯|灰灯|红|{amount})',
    '(亮|是|都是|有)(着|了)?(红灯|黄灯|绿灯|灰灯|红的|绿的|黄的)',
    '(没|没有|未)(弄完|干完|做完|搞完|达标|落实|到位)(的)?(有)?(哪些|哪几|几|谁|什么|啥)?',
    '(没|没有|未|尚未|还没)(完成|弄完|干完|做完|搞完|办完|{amount}|搞定|弄好|干好|达标|落实|到位|办结|拿下)(的)?…(哪|几|啥|什么|谁|多少|清单|名单|单子|列)',
    '({indicator}|{unit})…(完成|落实|达标|到位|覆盖|弄完|干完|做完|搞完|搞定)(了)?(没|没有|吗|不)(,|！|!|。|？)',
    '(没完成|未完成|哪些|几项)',
    '(哪几项|哪几个|哪些|几项)…(完成|搞完|弄完|做完|干完|落实|达标|{amount})',
    // Names alone, and words that only ask for them.
    '^(请|麻烦)?(查询|查|看|反馈|提供|汇报|列出|列一下|统计|发|说说|说一下|讲讲|问问|问一下|想知道|想看看|了解)(一下|下)?…({indicator}|{unit})',
    '({indicator}|{unit})(的)?(完成)?(数据|数字|数|完成数|情况|现状|状况|汇总|明细)(呢|是|怎么样)?(？)?$',
    '({indicator}|{unit})(呢)(？)?$',
    '(查|看)(一下|下|看)?',
    '(有|亮)?(了)?(几个|多少个|几盏|多少|哪些|哪几个|哪几项|哪个|哪项|几项)(指标|项目|项|工作)?(是|亮|有|还是)?(了|着)?(红灯|黄灯|绿灯)',
    '(红灯|黄灯|绿灯|灰灯)',
    '(红灯|黄灯|绿灯|灰灯)(的)?(数|数量|个数)?(是)?(最多|最少|多)…(街道|社区|村|单位)?',
    '(谁|哪个|哪家|哪些|哪几个)…(红灯|黄灯|绿灯|灰灯)(数)?(最多|最少|多)',
    '(红灯|黄灯|绿灯|灰灯)(数)?(最多|最少)(的)(是)?(街道|社区|村|单位|谁|哪个|哪家)',
    // 没完成 is an amount.
    '({indicator})…(谁|哪些|哪几个|哪个|哪家)(社区|村|街道|单位)?(还)?{amount}(的)?(？)?$',
    '(最多|最少)(的)?(红灯|黄灯|绿灯|灰灯)',
    // Who is still missing among those that have to finish.
    '({indicator})…(还)?(差|缺|剩)(着|下)?(谁|哪些|哪几个|哪几家|哪个|哪家)(社区|村|街道|单位)?',
    '({indicator})…(谁|哪些|哪几个|哪个|哪家)(社区|村|街道|单位)?(还)?(没有|没|未)(完成|弄完|干完|做完|搞完|达标|落实|到位|办完)',
    '({indicator})…(没有|没|未)(完成|弄完|干完|做完|搞完|达标|落实|到位|办完)(的)?(都)?(有|是)?(谁|哪些|哪几个|哪个|哪家)',
    '(亮)(着|了)?(完成灯|{amount}灯|{amount})…(谁|哪|几|多少|单位|社区|村)',
    '(红灯|黄灯|绿灯)(的)?(有|是)?(指标|项目)?(有)?(几个|几项|几盏|多少|哪些|哪几个|哪几项)',
    '(完成灯|亮完成|亮了完成)',
    '(有|有没有|没有)(亮)?(红灯|黄灯)(吗|没有|没)?',
    // Said alone, or of all there is.
    '^(请)?(汇总|总体|整体|全盘|总的)(一下|数据|情况)?$',
    '(整体|总体|总的|全盘)(的)?(完成)?(进度|情况|进展|咋样|怎么样|如何|完成率|数据)',
    '(完成率|序时进度|序时|进度条)(是|到)?(多少|几|哪)',
    '(我|我们|咱|咱们|{unit})(还)?(差|欠|缺|剩)(着|下|了)?(啥|什么|哪些|哪几项|哪几样)',
    '(我|我们|咱|咱们|{unit})?(还有|还剩)(哪些|哪几项|啥|什么|几项)(指标|任务|活|事)?(没|没有|未)(做|弄|干|完成|搞|办)',
    '(哪些|哪几项|哪几个|哪项|什么|啥)(指标|任务|项目|工作)?(是)?(滞后|落后|拖后|没跟上|赶不上|掉队|拖着)(的|了)?',
    '^(各|各个|每个|所有)(社区|村|街道|单位)(的)?(现在)?{indicator}(的)?(情况|进度|数|多少)?$',
    '^{unit}$',
    '^{indicator}$',
    '^{unit}(的)?{indicator}(呢)?(？)?$',
    '^{indicator}{unit}(呢)?(？)?$',
    '(欠|差|缺|少|剩)(着|下)?(几|多少)(个|家|人|户)?{indicator}',
  ],
  unless: [
    // People among themselves.
    '^(@)?{person}(书记|主任|支书|哥|姐|老师)?(,|:)?(你|您|恁)|^(那|嗯)?(,)?(他家|她家|那家|这家|人家)(呢|咋样|怎么样|如何|多少)?(？)?$',
    '{amount}(、|,|;){indicator}…{amount}|(如下)(:)…{amount}',
    '(请|望)查收|{indicator}(目前|现在|的|累计)?(完成|进展)?(情况|进度|进展|数|数据|数量)(:|是|为|,)?{amount}(,|;|!|$)',
    '(打算|准备|争取|力争|计划)(再|要|把|去|谈|弄|搞|签|建|下)|(改成|改为)|(能|能不能|能否|会|可以)(按时|按期|如期|全部|都)?(完成|弄完|做完|干完|搞完|达标|配齐|{amount})',
    ...['怎么报', '标准', '要求', '截止', '期限', '谁管', '负责', '电话', '排', '名'],
    // 红色物业3个进展顺利 tells a number, whatever it says of it.
    '{amount}…(进展|进度|情况)(都)?(很|比较|还|基本)?(顺利|良好|正常|不错|可以|稳定|可控|说明)',
    '{amount}…(进度|完成率)(是|到|达到|约)?{amount}',
  ],
  whole: /^(?:(?:进度|进展)[\p{P}\s]*)+$/u,
  intent: progressIntent,
  args: { unit: unit('chat'), indicator: indicator() },
  async run({ unit, indicator }, turn) {
    if (!may(turn, 'progress', unit)) throw new UserError(strangerInGroup)
    const place = inGroup(turn) ? 'group' : 'private'
    const lamp = lampSought(turn.meaning.text)
    if (lamp) return lampCounts(turn, unit, lamp)
    const isOnlyOpen = indicator !== undefined && unfinished.test(turn.meaning.text)
    const tellsScores = seesScores(turn, unit)
    const tellsAll = isTold(turn, unit)
    const sight = `${place}:${tellsAll}:${tellsScores}`
    return turn.cached(`progress:${sight}:${unit.id}:${indicator?.id ?? ''}:${isOnlyOpen}`, () =>
      indicator ? oneIndicator(turn, unit, indicator, isOnlyOpen) : allIndicators(turn, unit, tellsAll),
    )
  },
})

/** 共建项目谁没完成, 还差哪几个社区: only those below that are not done. */
const unfinished =
  /(?:谁|哪|几).{0,8}(?:没有?|未)(?:完成|弄完|干完|做完|搞完|达标|落实|到位|办完)|(?:没有?|未)(?:完成|弄完|干完|做完|搞完|达标|落实|到位|办完).{0,4}(?:谁|哪|几)|(?:差|缺|剩)[着下]?(?:谁|哪)/

async function allIndicators(turn: Turn, unit: Unit, tellsAll: boolean): Promise<Reply> {
  const lines = await chartOf(turn, unit)
  const all = summary(lines)
  if (!all) return { title: `${unit.name}进度`, blocks: [text('还没有涉及的指标。')] }
  const counts = Object.entries(lamps).flatMap(([lamp, { mark, long }]) => {
    const n = lines.filter(({ standing }) => standing.lamp === lamp).length
    return n > 0 ? `${mark}${long}${n}项` : []
  })
  // Most lines end on the same day: said once, a phone shows each indicator in one line.
  const usual = mostFrequent(lines.map(({ due }) => due))
  const marks = await marksOf(turn, lines)
  return {
    title: `${unit.name}进度（${day(turn.today)}）`,
    blocks: [
      text(
        `${tellsAll ? `总体完成 ${percent(all.share)}%，` : ''}序时 ${percent(all.schedule)}%。${counts.join(' ')}`,
      ),
      {
        kind: 'table',
        head: ['指标', '完成', '完成率', '截止'],
        rows: lines.map((line) => {
          const isHidden = isPrivate(turn, line)
          return [
            `${marks.lamp(line)} ${line.indicator.name}`,
            isHidden ? scoreGap(turn) : marks.dated(line),
            isHidden ? '' : percentText(line.standing.share),
            line.due === usual ? '' : day(line.due),
          ]
        }),
      },
      text(
        [
          ...[`没写截止的都是${day(usual)}。`, oldNote(lines, marks)],
          ...[baselineNote(lines, ({ indicator }) => indicator.name), ...marks.notes],
        ].join(''),
      ),
    ],
  }
}

const oldNote = (lines: Line[], marks: Marks): string =>
  lines.some(marks.isOld) ? '带日期的是沿用的旧数，有变化请更新。' : ''

function mostFrequent(days: string[]): string {
  const times = (one: string) => days.filter((other) => other === one).length
  return days.toSorted((a, b) => times(b) - times(a))[0] ?? ''
}

/** @param isOnlyOpen whether of the units below only those are shown that are not done */
async function oneIndicator(
  turn: Turn,
  unit: Unit,
  indicator: Indicator,
  isOnlyOpen: boolean,
): Promise<Reply> {
  const line = (await chartOf(turn, unit)).find((one) => one.indicator.id === indicator.id)
  if (!line) throw new UserError(`${unit.name}不涉及“${indicator.name}”这一项。`)
  if (isPrivate(turn, line)) throw new UserError(scoreRefusal(turn, indicator))
  const isScore = inGroup(turn) && indicator.kind === 'score'
  const parts = line.cell || isScore ? [] : await chartBelow(turn, unit, indicator)
  const isPersonal = indicator.kind === 'score' && parts.some(({ cell }) => cell)
  const all = isPersonal && !seesScores(turn, unit) ? [] : parts
  const open = all.filter(({ standing: { lamp, share } }) => lamp !== 'done' && share !== 'na')
  const below = isOnlyOpen ? open : all
  const marks = await marksOf(turn, [line, ...below])
  const first = line.cell ? (await extensionOf(turn, line)).first : ''
  const checks = line.cell?.report_id ? await verificationsOf(turn.db, [line.cell.report_id]) : []
  return {
    title: `${unit.name} · ${indicator.name}`,
    blocks: [
      { kind: 'fields', fields: [...fieldsOf(line, marks, turn.today, first), ...checkedBy(checks)] },
      ...(isOnlyOpen && all.length > 0
        ? [text(open.length > 0 ? `还没完成的${open.length}个：` : '都完成了。')]
        : []),
      ...(below.length > 0 ? [tableOf(below, marks)] : []),
      ...[oldNote(below, marks), baselineNote(below, ({ unit }) => unit.short), ...marks.notes]
        .filter(Boolean)
        .map(text),
    ],
  }
}

const checkedBy = (checks: Verification[]): [string, string][] =>
  checks.length > 0 ? [['核实', checks.map(({ name, at }) => `${name} ${day(dateOf(at))}`).join('、')]] : []

/** @param first the first deadline in words, where it was extended */
function fieldsOf(line: Line, marks: Marks, today: string, first: string): [string, string][] {
  const { standing, cell, due, indicator } = line
  const { long } = lamps[standing.lamp]
  const behind = gap(standing)
  const left = daysBetween(today, due)
  const fields: [string, string][] = [
    ['完成', `${marks.shown(line)}${standing.share === 'na' ? '' : `（${percentText(standing.share)}）`}`],
  ]
  if (behind)
    fields.push([
      '状态',
      `${marks.lamp(line)} ${long}，序时 ${percent(standing.schedule)}%，偏差 ${percent(behind.div(100))} 个百分点`,
    ])
  if (line.baseline !== undefined)
    fields.push(['起点', `${line.baseline}${indicator.uom}（从起点到目标算完成率）`])
  if (indicator.kind === 'ratio' && cell?.target) fields.push(['目标', `${cell.target}%`])
  fields.push(['截止', `${due}${first}（${left < 0 ? `已逾期${-left}天` : `还有${left}天`}）`])
  if (!cell) return [...fields, ['已报', `${line.reported}/${line.applicable} 个村（社区）`]]
  fields.push(['责任人', cell.responsible ?? '未指定'])
  if (cell.as_of)
    fields.push(['数据', `截至${day(cell.as_of)}${marks.isOld(line) ? '，沿用的旧数，有变化请更新' : ''}`])
  if (cell.pending_id !== null) fields.push(['待确认', `有一条还没确认的数（编号${cell.pending_id}）`])
  return fields
}

const inGroup = ({ message }: Turn) => message.chat.kind === 'group'

const tableOf = (below: Line[], marks: Marks): Block => ({
  kind: 'table',
  head: ['单位', '完成', '完成率'],
  rows: below.map((line) => [
    `${marks.lamp(line)} ${line.unit.short}`,
    marks.dated(line),
    percentText(line.standing.share),
  ]),
})
const text = (words: string): Block => ({ kind: 'text', text: words })
