// The wall chart of a week that was kept: as the snapshot has it, whatever was reported since (`domain.md` N7, C8).
import Fraction from 'fraction.js'
import { best } from './board-view.ts'
import { percent } from './campaign/completion.ts'
import { dateOf } from './clock.ts'
import { type Indicator, isActive, type Roster, type Unit } from './database/roster.ts'
import type { Mark } from './picture/marks.ts'
import type { Figure } from './picture/parts.ts'
import type { Row, WallChart } from './picture/wall-chart.ts'
import { type BoardGroup, boardOf } from './ranking-board.ts'
import { nameOf } from './ranking-words.ts'
import {
  changeFigure,
  columnName,
  hiddenNote,
  legendOf,
  noSnapshot,
  overallFigures,
  partsOf,
  untold,
} from './wall-chart.ts'
import {
  climbersLine,
  completionBefore,
  completionNow,
  dueText,
  standingIn,
  type Week,
} from './weekly-words.ts'
import { day, moment } from './wording.ts'

/**
 * What a snapshot does not keep is not on it: who had reported nothing, and what waited for its check.
 * @param unit a street or the district
 * @param sight whether all places may be told, and how far the unit itself is; why nobody's own score may, absent = it may
 */
export function weekChart(
  roster: Roster,
  unit: Unit,
  week: Week,
  sight: { isWhole: boolean; isTold: boolean; noScores?: string },
): WallChart {
  const children = roster.children(unit.id)
  const marksOf = marksIn(roster, week)
  const concerned = [...roster.indicators.values()].filter(
    (one) => isActive(one) && children.some((child) => marksOf(child, [one])[0]?.lamp !== 'grey'),
  )
  // Of a street the score is its mean; of a community it is somebody's own (`domain.md` N25).
  const isHidden = ({ kind }: Indicator) =>
    sight.noScores !== undefined &&
    kind === 'score' &&
    children.some(({ id }) => roster.children(id).length === 0)
  const columns = concerned.filter((one) => !isHidden(one))
  const board = boardOf(children, week.now, week.before)
  const rows = board.groups.flatMap((group, at) => {
    const mine = rowsOf(group, sight.isWhole, (one) => marksOf(one, columns))
    const [first, ...rest] = mine
    return first && board.groups.length > 1
      ? [{ ...first, group: board.groups[at]?.label ?? '' }, ...rest]
      : mine
  })
  const marks = rows.flatMap((row) => row.marks)
  const parts = partsOf({ roster }, unit)
  const climbers = climbersLine(board)
  return {
    ...{ title: `${roster.campaign.name} · 作战挂图`, rows, columns: columns.map(columnName) },
    subtitle: `${unit.name} · ${parts.map(({ kind, count }) => `${count}个${kind}`).join('、')} · ${day(week.date)}`,
    parts: parts.map(({ kind }) => kind).join('、'),
    figures: figuresOf(roster, unit, week, { isTold: sight.isTold, marks }),
    legend: legendOf(marks),
    notes: [
      ...(climbers === undefined ? [] : [{ label: '进步最大', text: climbers.replace(/^进步最大：/, '') }]),
      { label: '下周', text: dueText(roster, unit, week, '下周') },
      ...hiddenNote(concerned.filter(isHidden), sight.noScores ?? ''),
    ],
    footer: `数据截至 ${moment(week.due)}　规则第${week.now.ruleVersion}版`,
  }
}

function marksIn(roster: Roster, week: Week) {
  const known = new Map<number, ReturnType<typeof standingIn>>()
  return (unit: Unit, columns: Indicator[]): Mark[] => {
    if (!known.has(unit.id)) known.set(unit.id, standingIn(roster, unit, week))
    const standings = known.get(unit.id)?.standings
    return columns.map(({ id }) => ({ lamp: standings?.get(id)?.lamp ?? 'grey' }))
  }
}

function rowsOf({ lines, apart }: BoardGroup, isWhole: boolean, marksOf: (unit: Unit) => Mark[]): Row[] {
  const told = lines.filter(({ rank }) => isWhole || rank <= best)
  const others = [...lines.filter((line) => !told.includes(line)).map(({ of }) => of), ...apart]
  return [
    ...told.map((line) => ({
      ...(lines.length > 1 && { rank: line.rank, movement: line.movement }),
      ...{ name: nameOf(line), score: line.total, marks: marksOf(line.of) },
    })),
    ...others
      .toSorted((a, b) => a.roster - b.roster)
      .map((one) => ({ name: one.short, marks: marksOf(one) })),
  ]
}

function figuresOf(
  roster: Roster,
  unit: Unit,
  week: Week,
  { isTold, marks }: { isTold: boolean; marks: Mark[] },
): Figure[] {
  const completion = completionNow(roster, unit, week)
  const schedule = standingIn(roster, unit, week)?.schedule
  if (completion === null || !schedule)
    return [{ label: '总体完成', value: '—', unit: '', note: '还没有涉及的指标', tone: 'plain' }]
  if (!isTold) return [untold(percent(schedule))]
  const overall = overallFigures(completion, percent(schedule), marks)
  if (!week.before?.takenAt) return [...overall, noSnapshot]
  const then = {
    takenOn: dateOf(week.before.takenAt),
    before: completionBefore(roster, unit, week, completion) ?? null,
    isSame: week.before.ruleVersion === week.now.ruleVersion,
  }
  return [...overall, changeFigure(new Fraction(completion), then, week.date)]
}
