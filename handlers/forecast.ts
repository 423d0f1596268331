// 预测：还差多少，每周要完成多少，按现在的速度什么时候能完成。

import { indicator, strangerInGroup } from '../src/args.ts'
import { dayOf, monthOf } from '../src/campaign/dates.ts'
import { command } from '../src/command.ts'
import type { Indicator, Unit } from '../src/database/roster.ts'
import { UserError } from '../src/errors.ts'
import { coursesOf } from '../src/forecast.ts'
import { courseReply, coursesReply, type Question } from '../src/forecast-words.ts'
import { progressIntent } from '../src/intents/progress.ts'
import { findPeriod } from '../src/language/periods.ts'
import { isPrivate, scoreRefusal } from '../src/score-sight.ts'
import { may, type Turn } from '../src/turn.ts'
import { own } from '../src/whose.ts'

/** 完成 is an amount where no question follows it: 能完成不. */
const done = '(完成|{amount}|配齐|弄完|搞完|弄成|达标|完|成|完得成|做完|干完|办完|达标)'
const piece = '(个|家|人|户|处|名|万元|万|分|个点|个百分点)'

export default command<{ unit: Unit; indicator: Indicator | undefined }>({
  name: '预测',
  aliases: ['差距', '目标'],
  summary: '看还差多少、每周要完成多少、按现在的速度能不能按期完成',
  examples: [
    '红色物业还差几个',
    '照这个速度年底能完成不',
    '每周还要完成多少',
    '落后序时多少',
    '红色物业目标是多少',
  ],
  seldom: true,
  action: 'progress',
  reads: true,
  phrases: [
    `(还|还要|一共|总共)?(差|缺)(着|了)?(多少|几)${piece}?(没)?(完成|{amount})?`,
    `(还剩|剩下|还剩下)(多少|几)${piece}?(没)?(完成|{amount})?`,
    '(离|距|距离)(目标|完成|达标)(还)?(有|差)…(多少|几|多远)',
    '({indicator}|{unit})…(目标|任务|目标任务|任务目标|年度目标|年度任务|指标任务)(数|值|量)?(是|呢|？)?$',
    '(比|跟|和|与|对照|按)(序时|时间进度|计划进度|计划)(进度)?…(慢|快|落后|滞后|超前|差|拖|欠)',
    '(目标|任务)(数|值|量)?(是|为|定的是|有|要|到底是)?(多少|几|啥|什么)',
    `{indicator}(的)?(要|得|应该)${done}?(多少|几)${piece}?`,
    `(按|照|按照|以)…(速度|进度|这样|势头|劲头)…(能|能不能|能否|可以|什么时候|啥时候|几时|哪天|多久)…${done}`,
    `(按|照|按照)…(速度|势头)`,
    `(按|照|按照|以|就)…(劲头|干法|弄法|搞法|节奏|步子)…(能|能不能|能否|可以|得)`,
    `(年底|月底|年前|到时候|{day})(前|之前)?(能|能不能|能否|可以)(全部|都|按时|按期)?${done}`,
    `(预计|估计|大概)(什么时候|啥时候|几时|何时|哪天|多久|多长时间)…${done}`,
    `(能|能不能|能否|能够|可以)(按时|按期|如期|到期|年底|月底)?(前)?(全部|都)?${done}`,
    `(这周|本周|下周|这个月|本月|下个月|月底|年底|年前|今年|{day})(前|之前|内|以内)?(能|能不能|能否|可以)(全部|都)?${done}`,
    `(来得及|来不来得及|赶得上|赶不赶得上|完得成|完不完得成)`,
    `(什么时候|啥时候|几时|何时|哪天|多久|多长时间)(能|可以|才能|才)${done}`,
    `(每周|每星期|每个星期|一周|一个星期|每礼拜|每天|每月)(还)?(要|得|需要|需|该|应该|至少)…(多少|几)`,
    '(落后|滞后|超前|差|比|离|跟|和)(序时)(进度)?(差|落后|滞后)?(了)?(多少|几|吗|没)?',
    '(落后|滞后)(了)?(多少|几)',
    `(还)?(要|得|需要|需|差)(几|多少)(个)?(周|星期|礼拜|月)(才)?(能)?${done}?`,
    '({indicator}|{unit}|我们|咱们|俺们|咱)(的)?(完成|进度)?(预测)(一下|情况|结果)?',
    '(序时)(进度)?(差|落后|滞后|偏差|超前)(了)?(多少|几)?',
  ],
  unless: [
    // How far another unit is ahead is a comparison.
    '(跟|和|与|同|比|离|距|距离){unit}|(超过|超|赶上|赶超|追上|追平|反超)({unit}|第一|前)',
    '第一|(上|前|下|后){amount}|榜首|第…名|几名|多少名|{unit}…(比|跟|和|与){unit}',
    '几天|多少天|到期|截止|几项|哪些|提醒|延期|延长|宽限|通报|报名|谁',
    // A number that is reported, or meant to be, is neither.
    '{indicator}…{amount}(,|;|。)',
    '(完成|签|弄|做|报|建|搞){amount}',
  ],
  whole: true,
  intent: (heard) => progressIntent(heard, {}, 'forecast'),
  args: { unit: own(), indicator: indicator() },
  async run({ unit, indicator }, turn) {
    if (!may(turn, 'progress', unit)) throw new UserError(strangerInGroup)
    const courses = await coursesOf(turn, unit)
    const asked = { unit, today: turn.today, place: turn, ...wanted(turn) }
    if (!indicator) return coursesReply(courses, asked)
    const course = courses.find(({ line }) => line.indicator.id === indicator.id)
    if (!course) throw new UserError(`${unit.name}不涉及“${indicator.name}”这一项。`)
    if (isPrivate(turn, course.line)) throw new UserError(scoreRefusal(turn, indicator))
    return courseReply(course, asked)
  },
})

function wanted({ meaning: { text, day }, today }: Turn): Pick<Question, 'want' | 'until'> {
  const named = /(?<!下个?)月底|月末/.test(text)
    ? dayOf(monthOf(today), -1)
    : (day ?? findPeriod(text, today, 'ahead')?.period.end)
  const until = named !== undefined && named >= today ? named : undefined
  if (/序时|落后|滞后|超前/.test(text)) return { want: 'schedule', until }
  if (
    /能|速度|势头|劲头|来得及|赶|完得成|每|一周|一个星期|什么时候|啥时候|哪天|几时|多久|预测|[几少]个?(?:周|星期|礼拜|月)/.test(
      text,
    )
  )
    return { want: 'pace', until }
  if (/目标|任务|要|得|应该/.test(text) && !/差|缺|剩|离|距/.test(text)) return { want: 'target', until }
  return { want: 'gap', until }
}
