// What is left and when it will be done, in one line for one indicator, as a table for all (`domain.md` C4.8, N16).
import Fraction from 'fraction.js'
import { percent } from './campaign/completion.ts'
import { gap } from './campaign/standing.ts'
import { summary, vetoNotes } from './chart.ts'
import type { Unit } from './database/roster.ts'
import { daysLeft } from './deadlines.ts'
import { amount, type Course, forecastOf } from './forecast.ts'
import { lines, line as oneLine, type Reply } from './message.ts'
import { isTold } from './ranking-sight.ts'
import { isPrivate, scoreGap } from './score-sight.ts'
import type { Place } from './turn.ts'
import { day, lamps, percentText } from './wording.ts'

export interface Question {
  unit: Unit
  today: string
  /** gap = what is left, pace = what it needs and when it is done, target, schedule = against the schedule line. */
  want: 'gap' | 'pace' | 'target' | 'schedule'
  /** The day that is asked about: 月底能完成吗. */
  until: string | undefined
  /** Where it is asked, and by whom: not all values may be told everywhere (`domain.md` N25). */
  place: Place
}

/** What is said of one indicator, with the veto that makes it nothing. */
export function courseReply(course: Course, asked: Question): Reply {
  return oneLine([courseText(course, asked), ...vetoNotes([course.line])].join(''))
}

/** 金苑·红色物业 2/4个，还差2个；到12月31日每周要0.33个，最近四周每周0.25个，按这个速度预计1月17日完成，晚17天。 */
function courseText(course: Course, { unit, today, want, until }: Question): string {
  const { line, left, way, uom } = course
  const { indicator, standing, due } = line
  const head = `${unit.short}·${indicator.name} ${shownOf(course)}`
  if (want === 'target') {
    const goal = `${unit.short}·${indicator.name}目标${targetText(course)}，现在${shownOf(course)}`
    return `${goal}，${left || '已完成'}；截止${day(due)}（${daysLeft(today, due)}）。`
  }
  if (want === 'schedule') {
    const share = percentText(standing.share)
    return `${head}，完成 ${share}，序时 ${percent(standing.schedule)}%，${aheadText(gap(standing))}。`
  }
  if (left === '') return `${head}，已完成。`
  if (uom === '') return `${head}，截止${day(due)}（${daysLeft(today, due)}）。`
  const { need, pace, due: date } = forecastOf(course, today, until)
  const late = need === undefined ? `${day(date)}${date < today ? '已过' : '就是今天'}` : ''
  const needed = need ? `到${day(date)}每周要${amount(need)}${uom}` : late
  const went = pace.equals(0)
    ? '最近四周没有变化'
    : `最近四周每周${pace.lt(0) ? `倒退${amount(pace.neg())}` : amount(pace)}${uom}`
  const down = way.down && !pace.equals(0) ? went.replace('每周', '每周减') : went
  return `${head}，${left}；${needed}，${down}，${etaText(course, today, until)}。`
}

/** All indicators of a unit. */
export async function coursesReply(courses: Course[], asked: Question): Promise<Reply> {
  const { unit, today, want, place } = asked
  const isHidden = ({ line }: Course) => isPrivate(place, line)
  const open = courses.filter(({ left }) => left !== '')
  const notes = vetoNotes(courses.map(({ line }) => line))
  const titled = (what: string, texts: string[], head: string[], rows: string[][]): Reply => ({
    title: `${unit.name}${what}（${day(today)}）`,
    blocks: [
      ...texts.map((text) => ({ kind: 'text' as const, text })),
      ...(rows.length > 0 ? [{ kind: 'table' as const, head, rows }] : []),
      ...notes.map((text) => ({ kind: 'text' as const, text })),
    ],
  })
  const shown = (course: Course) => (isHidden(course) ? scoreGap(place) : shownOf(course))
  const name = ({ line: { indicator, standing } }: Course) => `${lamps[standing.lamp].mark} ${indicator.name}`
  if (want === 'target')
    return titled(
      '目标',
      [],
      ['指标', '目标', '现在'],
      courses.map((each) => [name(each), targetText(each), shown(each)]),
    )
  if (want === 'schedule') return scheduleReply(courses, asked, titled)
  if (open.length === 0) return lines([`${unit.name}${courses.length}项都完成了。`, ...notes])
  const count = `${courses.length}项里还有${open.length}项没完成。`
  if (want === 'gap')
    return titled(
      '还差多少',
      [count],
      ['指标', '现在', '还差', '截止'],
      open.map((each) => [
        name(each),
        shown(each),
        isHidden(each) ? '' : each.left.replace(/^还差/, ''),
        day(each.line.due),
      ]),
    )
  const counted = open.filter((each) => each.uom !== '')
  const told = counted.filter((each) => !isHidden(each))
  const inTime = told.filter((each) => {
    const { late } = forecastOf(each, today, asked.until)
    return late !== undefined && late <= 0
  })
  const some =
    inTime.length === 0
      ? `这${told.length}项都不能按期完成`
      : inTime.length === told.length
        ? `这${told.length}项都能按期完成`
        : `${told.length}项里${inTime.length}项能按期完成`
  const verdict = `按最近四周的速度，${some}。`
  return titled(
    '预测',
    [count, verdict],
    ['指标', '还差', '每周要', '四周每周', '预计'],
    counted.map((each) => {
      if (isHidden(each)) return [name(each), scoreGap(place), '', '', '']
      const { need, pace } = forecastOf(each, today, asked.until)
      return [
        name(each),
        each.left.replace(/^还差/, ''),
        need ? `${amount(need)}${each.uom}` : '',
        `${amount(pace)}${each.uom}`,
        etaText(each, today, asked.until).replace('按这个速度预计', ''),
      ]
    }),
  )
}

function scheduleReply(
  courses: Course[],
  { place, unit }: Question,
  titled: (what: string, texts: string[], head: string[], rows: string[][]) => Reply,
): Reply {
  const all = summary(courses.map(({ line }) => line))
  const behind = courses
    .flatMap((course) => {
      const points = gap(course.line.standing)
      return points?.lt(0) ? [{ course, points }] : []
    })
    .toSorted((a, b) => a.points.compare(b.points))
  const whole = all
    ? isTold(place, unit)
      ? `总体完成 ${percent(all.share)}%，序时 ${percent(all.schedule)}%，${aheadText(all.share.sub(all.schedule).mul(100))}。`
      : `序时 ${percent(all.schedule)}%。`
    : '还没有涉及的指标。'
  return titled(
    '序时',
    [whole, behind.length > 0 ? `落后序时的${behind.length}项：` : '各项都不落后。'],
    ['指标', '完成率', '序时', '落后'],
    behind.map(({ course, points }) => {
      const { indicator, standing } = course.line
      const name = `${lamps[standing.lamp].mark} ${indicator.name}`
      if (isPrivate(place, course.line)) return [name, scoreGap(place), '', '']
      return [name, percentText(standing.share), `${percent(standing.schedule)}%`, amount(points.neg())]
    }),
  )
}

/** 按这个速度预计1月17日完成，晚17天; 按现速无法完成. */
function etaText(course: Course, today: string, until: string | undefined): string {
  const { eta, late } = forecastOf(course, today, until)
  if (eta === undefined || late === undefined) return '按现速无法完成'
  // Beside deadlines of this year, 1月17日 alone would read like a day that is over.
  const year = eta.slice(0, 4) === today.slice(0, 4) ? '' : `${eta.slice(0, 4)}年`
  const when = late > 0 ? `晚${late}天` : late < 0 ? `早${-late}天` : '正好到期那天'
  return `按这个速度预计${year}${day(eta)}完成，${when}`
}

/** 落后7.77个百分点 */
function aheadText(points: Fraction | undefined): string {
  const shown = (points ?? new Fraction(0)).round(2)
  if (shown.equals(0)) return '正好在序时上'
  return `${shown.lt(0) ? '落后' : '超前'}${shown.abs()}个百分点`
}

function targetText({ line: { indicator, cell }, way }: Course): string {
  const { kind, uom } = indicator
  if (kind === 'yes_no') return cell ? '已落实' : `${amount(way.target)}个单位`
  if (kind === 'milestone') return cell ? (Object.keys(indicator.steps).at(-1) ?? '100%') : '100%'
  if (kind === 'count' || kind === 'amount') return `${amount(way.target)}${uom}`
  return kind === 'score' && cell ? `${amount(way.target)}分` : `${amount(way.target)}%`
}

/** 平均88% where there is no sum. */
const shownOf = ({ line }: Course): string =>
  line.shown === '平均' ? `平均${percentText(line.standing.share)}` : line.shown
