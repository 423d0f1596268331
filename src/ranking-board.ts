// A board: some units ranked among each other, and how their places moved since a moment of the past. Pure.
import { climbers, type Movement, movement, type Place, rank } from './campaign/ranking.ts'
import type { Unit } from './database/roster.ts'
import type { Level } from './database/schema.ts'

/** What units had at one moment: now, or in a snapshot. */
export interface Totals {
  ruleVersion: number
  /** `last`: a veto puts it behind all others, whatever its total. */
  units: { get(unit: number): { peer: string; total: string | null; last?: boolean } | undefined }
  /** Absent = now. */
  takenAt?: Date
}

export interface BoardLine extends Place {
  of: Unit
  movement: Movement
}

export interface BoardGroup {
  /** 街道, 社区, 村, or the name of a peer group of its own. */
  label: string
  lines: BoardLine[]
  /** 未参评. */
  apart: Unit[]
}

export interface Board {
  groups: BoardGroup[]
  /** The moment that it shows; absent = now. */
  at?: Date
  /** The moment that places are compared with; absent = there is none, or the rules were others. */
  since?: Date
  /** 规则已调整，不作比较. */
  otherRules: boolean
}

/** Ranks these units among each other, peer group by peer group (`domain.md` C5.5–C5.8). */
export function boardOf(units: Unit[], now: Totals, before: Totals | undefined): Board {
  const known = new Map(units.map((unit) => [unit.id, unit]))
  const ranked = (totals: Totals) =>
    rank(
      units.flatMap(({ id, roster }) => {
        const one = totals.units.get(id)
        return one ? [{ unit: id, roster, peer: one.peer, total: one.total, last: one.last ?? false }] : []
      }),
    )
  const earlier = new Map(
    (before ? ranked(before) : []).flatMap(({ places }) => places).map((place) => [place.unit, place]),
  )
  const sameRules = before?.ruleVersion === now.ruleVersion
  const groups = ranked(now).map(({ peer, places, apart }) => ({
    label: labelOf(peer),
    lines: places.flatMap((place): BoardLine[] => {
      const of = known.get(place.unit)
      return of
        ? [{ ...place, of, movement: before && movement(place, earlier.get(place.unit), sameRules) }]
        : []
    }),
    apart: apart.flatMap(({ unit }) => known.get(unit) ?? []),
  }))
  return {
    groups,
    ...(now.takenAt && { at: now.takenAt }),
    ...(before?.takenAt && sameRules && { since: before.takenAt }),
    otherRules: before !== undefined && !sameRules,
  }
}

export const levels: Record<Level, string> = {
  district: '区',
  street: '街道',
  community: '社区',
  village: '村',
}

/** What a peer group is called: the level, unless it is a group of its own. */
export const labelOf = (peer: string): string => (peer in levels ? levels[peer as Level] : peer)

/** Where one unit stands on a board. */
export function lineOf(board: Board, unit: number): { line: BoardLine; group: BoardGroup } | undefined {
  for (const group of board.groups) {
    const line = group.lines.find(({ of }) => of.id === unit)
    if (line) return { line, group }
  }
  return undefined
}

/** Those who moved up most in each peer group (`domain.md` C8 进步最大). */
export const climbersOn = (board: Board): (BoardLine & { movement: number })[] =>
  board.groups.flatMap(({ lines }) => climbers(lines))
