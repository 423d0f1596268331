// Where a unit stands among its like, and who is just above it, as far as that may be told (`domain.md` C5, N13).
import Fraction from 'fraction.js'
import type { Unit } from './database/roster.ts'
import { type BoardGroup, type BoardLine, lineOf } from './ranking-board.ts'
import { boardFor, fieldOf } from './ranking-replies.ts'
import { seesAll } from './ranking-sight.ts'
import { namesOf, placeText } from './ranking-words.ts'
import type { Turn } from './turn.ts'

export interface Standing {
  line: BoardLine
  group: BoardGroup
  /** 汝河路街道, 全区: among whose parts. */
  where: Unit
  /** Whether the places of the others may be told here. */
  sees: boolean
}

/** Among the parts of its street; where it is the only one of its kind, among all of the district. */
export async function standingOf(turn: Turn, unit: Unit): Promise<Standing | undefined> {
  const { roster } = turn
  const parent = unit.parent === null ? undefined : roster.units.get(unit.parent)
  if (!parent) return undefined
  const near = await placeIn(turn, unit, parent, false)
  if (parent.id === roster.root.id || (near && near.group.lines.length > 1)) return near
  return (await placeIn(turn, unit, roster.root, true)) ?? near
}

async function placeIn(
  turn: Turn,
  unit: Unit,
  where: Unit,
  everybody: boolean,
): Promise<Standing | undefined> {
  const below = everybody ? (['community', 'village'] as const) : []
  const board = await boardFor(turn, fieldOf(turn, where, [...below]).units, undefined)
  const found = lineOf(board, unit.id)
  return found && { ...found, where, sees: seesAll(turn, where, { everybody }) }
}

/** 在汝河路街道9个社区中排第9名（持平） */
export const standingText = (standing: Standing): string => placeText(standing, standing.where.name)

/**
 * 上一名是华达（高3.32分）; '' where there is nobody above, or the table is not for this place, or a veto and not the score
 * puts it there.
 */
export function aboveText({ line, group, sees }: Standing): string {
  if (!sees || group.lines.length < 2 || line.last) return ''
  if (line.rank === 1) return line.tied ? '' : '前面没有别的单位了。'
  const rank = Math.max(...group.lines.filter((one) => one.rank < line.rank).map((one) => one.rank))
  const above = group.lines.filter((one) => one.rank === rank)
  const [first] = above
  if (!first) return ''
  const gap = new Fraction(first.total).sub(line.total).toString()
  const names =
    above.length > 3
      ? `${namesOf(above.slice(0, 3).map(({ of }) => of))}等${above.length}个`
      : namesOf(above.map(({ of }) => of))
  return `上一名是${names}（高${gap}分）。`
}
