// What the wall chart of a street or of the district shows now (`domain.md` N7): read once, for the picture and the page.
import type { Movement } from './campaign/ranking.ts'
import { chartGrid, chartOf, type Line } from './chart.ts'
import { addDays } from './clock.ts'
import { type Indicator, isActive, type Unit } from './database/roster.ts'
import { openOf } from './deadlines.ts'
import { type Board, type BoardLine, climbersOn } from './ranking-board.ts'
import { boardFor } from './ranking-field.ts'
import { seesAll } from './ranking-sight.ts'
import { climbText } from './ranking-words.ts'
import { seesScores } from './score-sight.ts'
import type { Viewing } from './turn.ts'
import { day } from './wording.ts'

export interface BoardView {
  unit: Unit
  columns: Indicator[]
  /** Left out: people's own scores that are not told here (`domain.md` N25). */
  hidden: Indicator[]
  rows: BoardRow[]
  /** The unit's own indicators. */
  own: Line[]
  /** Who moved up most since the last snapshot; absent = there is nothing to compare with. */
  climbers?: string[]
  /** What falls due within seven days. */
  due: string[]
  /** The moment that places are compared with. */
  since?: Date
}

export interface BoardRow {
  /** Of another peer group than the row before: 村. */
  group?: string
  unit: Unit
  /** Absent = not ranked, or not to be told here. */
  rank?: number
  movement?: Movement
  /** A veto is in force (※). */
  vetoed?: boolean
  /** Two decimals; absent as the rank is. */
  score?: string | null
  /** One for each column; undefined = the indicator does not concern the unit. */
  lines: (Line | undefined)[]
}

/** Under `top3` so many places are told; the others stand in the order of the roster, without. */
export const best = 3
const soon = 7
const mostNames = 3

/** @param unit a street or the district */
export async function boardViewOf(viewing: Viewing, unit: Unit): Promise<BoardView> {
  const { roster } = viewing
  const [grid, own, board, due] = await Promise.all([
    chartGrid(viewing, unit),
    chartOf(viewing, unit),
    boardFor(viewing, roster.children(unit.id), undefined),
    dueOf(viewing, unit),
  ])
  const all = [...roster.indicators.values()].filter(
    (one) => isActive(one) && grid.some(({ indicator }) => indicator.id === one.id),
  )
  const tellsScores = seesScores(viewing, unit)
  // Of a street the score is a mean. One's own alone would make no column: it stands on the page of one's own unit.
  const isHidden = ({ id, kind }: Indicator) =>
    kind === 'score' && !tellsScores && grid.some(({ indicator, cell }) => indicator.id === id && cell)
  const columns = all.filter((one) => !isHidden(one))
  const climbers = board.since && climbersOn(board).slice(0, mostNames).map(climbText)
  return {
    ...{ unit, own, due, columns, hidden: all.filter(isHidden) },
    rows: rowsOf(viewing, unit, board, columns, grid),
    ...(climbers && { climbers }),
    ...(board.since && { since: board.since }),
  }
}

function rowsOf(viewing: Viewing, unit: Unit, board: Board, columns: Indicator[], grid: Line[]): BoardRow[] {
  const isWhole = seesAll(viewing, unit)
  const of = new Map(grid.map((line) => [`${line.unit.id}/${line.indicator.id}`, line]))
  const linesOf = (id: number) => columns.map((indicator) => of.get(`${id}/${indicator.id}`))
  const several = board.groups.length > 1
  return board.groups.flatMap(({ label, lines, apart }) => {
    const told = lines.filter(({ rank }) => isWhole || rank <= best)
    const others = [...lines.filter((line) => !told.includes(line)).map(({ of }) => of), ...apart].toSorted(
      (a, b) => a.roster - b.roster,
    )
    const rows: BoardRow[] = [
      ...told.map((line) => ({ ...placed(line, lines.length > 1), lines: linesOf(line.of.id) })),
      ...others.map((unit) => ({ unit, lines: linesOf(unit.id) })),
    ]
    return rows.map((row, at) => (several && at === 0 ? { ...row, group: label } : row))
  })
}

const placed = (line: BoardLine, isRanked: boolean): Omit<BoardRow, 'lines'> => ({
  ...(isRanked && { rank: line.rank, movement: line.movement }),
  ...(line.vetoed && { vetoed: true }),
  unit: line.of,
  score: line.total,
})

async function dueOf(viewing: Viewing, unit: Unit): Promise<string[]> {
  const { today } = viewing
  const open = await openOf(viewing, unit)
  return open
    .filter((one) => one.due >= today && one.due <= addDays(today, soon))
    .map(({ indicator, due, shown }) => `${indicator.name}（${day(due)}，${shown}）`)
}
