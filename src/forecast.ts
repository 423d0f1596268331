// How far a unit's indicators are from their targets, and when they will get there at the pace of the last four weeks
// (`domain.md` C4.8, N16).
import Fraction from 'fraction.js'
import { inOrder } from './campaign/entry.ts'
import { type Forecast, forecast, paceDays, type Way, wayOf, wayOfWhole } from './campaign/forecast.ts'
import { together } from './campaign/standing.ts'
import { chartOf, type Line } from './chart.ts'
import { addDays } from './clock.ts'
import { cellsOn } from './database/history.ts'
import { type ChartCell, chartCells, leavesOf } from './database/progress.ts'
import type { Indicator, Unit } from './database/roster.ts'
import type { Turn } from './turn.ts'

/** One indicator that concerns the unit. */
export interface Course {
  line: Line
  way: Way
  /** Where it was four weeks ago. */
  before: Way
  /** 个, 个百分点 …: what the way is counted in; '' where it is not counted: 落实 or not. */
  uom: string
  /** What is missing, in words: 还差2个; '' = done. */
  left: string
}

export async function coursesOf(turn: Turn, unit: Unit): Promise<Course[]> {
  const { db, roster, today } = turn
  return turn.cached(`courses:${unit.id}`, async () => {
    const lines = await chartOf(turn, unit)
    const cells = await chartCells(db, roster, leavesOf(roster, unit.id))
    const earlier = await cellsOn(db, cells, addDays(today, -paceDays))
    return lines.flatMap((line): Course[] => {
      if (line.standing.share === 'na') return []
      const { indicator, cell } = line
      const of = (all: ChartCell[]) => all.filter((one) => one.indicator === indicator.id)
      const [way, before] = [wayIn(line, of(cells)), wayIn(line, of(earlier))]
      const uom = uomOf(indicator, cell !== undefined)
      return [{ line, way, before, uom, left: leftText({ line, way, uom }, of(cells)) }]
    })
  })
}

/** @param until the day that is asked about, where it is earlier than the indicator's own */
export function forecastOf(
  { line, way, before }: Course,
  today: string,
  until?: string,
): Forecast & { due: string } {
  const due = until !== undefined && until < line.due ? until : line.due
  return { ...forecast(way, before.value, today, due), due }
}

/** At most two decimals; what is more than nothing does not become it. */
export const amount = (number: Fraction): string => {
  const rounded = number.round(2)
  return rounded.equals(0) && number.gt(0) ? '不到0.01' : rounded.toString().replace('-', '−')
}

function wayIn({ indicator, cell }: Line, cells: ChartCell[]): Way {
  const [only] = cells
  if (cell && only) return wayOf(only, only)
  return wayOfWhole(indicator.kind, indicator.direction, together(cells))
}

function uomOf({ kind, uom }: Indicator, alone: boolean): string {
  if (kind === 'count' || kind === 'amount') return uom
  if (kind === 'yes_no') return alone ? '' : '个单位'
  return kind === 'score' && alone ? '分' : '个百分点'
}

function leftText({ line, way, uom }: Pick<Course, 'line' | 'way' | 'uom'>, cells: ChartCell[]): string {
  const { indicator, cell, reached } = line
  if (reached === 'na' || reached.gte(1)) return ''
  if (cell && indicator.kind === 'yes_no') return '还没落实'
  if (cell && indicator.kind === 'milestone') {
    return `还差${inOrder(indicator.steps)
      .filter((step) => reached.lt(indicator.steps[step] ?? 0))
      .join('、')}`
  }
  const pieces = indicator.kind === 'ratio' ? piecesLeft(cells) : undefined
  if (pieces) return `还差${pieces}个`
  return `${way.down ? '还要减' : '还差'}${amount(way.down ? way.value.sub(way.target) : way.target.sub(way.value))}${uom}`
}

/** How many more of the whole a ratio needs; undefined while not everybody has said of how many. */
function piecesLeft(cells: ChartCell[]): Fraction | undefined {
  const { num, den, target, applicable } = together(cells)
  const parted = cells.filter((cell) => cell.reported && cell.num !== null && cell.den !== null).length
  if (num === null || den === null || parted < applicable) return undefined
  const left = new Fraction(target ?? 100).mul(den).div(100).sub(num).ceil()
  return left.gt(0) ? left : undefined
}
