// What one community's or village's page shows now (`domain.md` N7): read once, drawn by `picture/`.
import { gap } from './campaign/standing.ts'
import { chartOf, type Line } from './chart.ts'
import type { Unit } from './database/roster.ts'
import type { Figure } from './picture/parts.ts'
import type { IndicatorRow, UnitPage } from './picture/unit-page.ts'
import { lineOf } from './ranking-board.ts'
import { boardFor } from './ranking-field.ts'
import { seesPlace } from './ranking-sight.ts'
import { movedText } from './ranking-words.ts'
import { isPrivate, leftOut } from './score-sight.ts'
import type { Viewing } from './turn.ts'
import { changeOf, hiddenNote, legendOf, markOf, overallOf } from './wall-chart.ts'
import { day, moment, percentText } from './wording.ts'

/** @param unit a community or village */
export async function unitPageOf(turn: Viewing, unit: Unit): Promise<UnitPage> {
  const { roster, now, today } = turn
  const parent = roster.units.get(unit.parent ?? 0)
  const all = await chartOf(turn, unit)
  const isHidden = (line: Line) => isPrivate(turn, line)
  const [hidden, lines] = [all.filter(isHidden), all.filter((line) => !isHidden(line))]
  const marks = lines.map(markOf)
  const overall = overallOf(turn, unit, all, marks)
  return {
    title: `${unit.name} · 作战挂图`,
    subtitle: `${roster.campaign.name} · ${parent ? `${parent.name} · ` : ''}${day(today)}`,
    figures: [...overall, ...(overall.length > 1 ? [await placeOf(turn, unit, all)] : [])],
    rows: lines.map(rowOf),
    legend: legendOf(marks),
    notes: hiddenNote(
      hidden.map(({ indicator }) => indicator),
      leftOut(turn.message.chat.kind),
    ),
    footer: `数据截至 ${moment(now)}　规则第${roster.campaign.ruleVersion}版`,
  }
}

function rowOf(line: Line): IndicatorRow {
  const { indicator, standing, cell, due, shown, reached } = line
  const behind = gap(standing)
  const { share, schedule } = standing
  const who = cell?.responsible ? `${cell.responsible} · ` : ''
  return {
    ...{ mark: markOf(line), name: indicator.name, shown },
    ...(share !== 'na' &&
      behind && {
        bar: {
          ...{ share: share.valueOf(), schedule: schedule.valueOf() },
          text: `${percentText(share)}，序时${percentText(schedule)}`,
        },
      }),
    below: reached === 'na' ? '' : `${who}${day(due)}截止`,
  }
}

/** Its place in its street, where that may be told; else how it moved since last time. */
async function placeOf(turn: Viewing, unit: Unit, lines: Line[]): Promise<Figure> {
  const parent = turn.roster.units.get(unit.parent ?? 0)
  const board =
    parent && seesPlace(turn, unit)
      ? await boardFor(turn, turn.roster.children(parent.id), undefined)
      : undefined
  const found = board && lineOf(board, unit.id)
  if (!found || found.group.lines.length < 2) return changeOf(turn, unit, lines)
  const { line, group } = found
  const moved = movedText(line.movement)
  return {
    ...{ label: '街道名次', value: String(line.rank), unit: `/${group.lines.length}` },
    ...{ note: `得分 ${line.total}${moved && `，${moved}`}`, tone: 'plain' },
  }
}
