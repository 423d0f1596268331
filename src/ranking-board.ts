// A board: some units ranked among each other, and how their places moved since a moment of the past. Pure.
import { climbers, type Movement, movement, type Place, rank } from './campaign/ranking.ts'
import type { Unit } from './database/roster.ts'
import type { Level } from './database/schema.ts'

/** What units had at one moment: now, or in a snapshot. */
export interface Totals {
  ruleVersion: number
  units: { get(unit: number): UnitThen | undefined }
  /**
   * Units that were below another one than they are now, as they were. Absent = not known: then what it is compared with
   * is ranked among the same units.
   */
  moved?: ReadonlyMap<number, Unit>
  /** Absent = now. */
  takenAt?: Date
}

export interface UnitThen {
  peer: string
  total: string | null
  /** A veto is in force (※); one that puts it behind all others, whatever its total. */
  vetoed?: boolean
  last?: boolean
  /** Indicators that a veto made nothing; only of snapshots. */
  zeroed?: number[]
}

export interface BoardLine extends Place {
  of: Unit
  movement: Movement
  vetoed?: boolean
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

/**
 * Ranks these units among each other, peer group by peer group (`domain.md` C5.5–C5.8). The parts of a street are those
 * that it had at the moment: a week that was published stays as it was. Who has come from another street since then is
 * not compared.
 */
export function boardOf(units: Unit[], now: Totals, before: Totals | undefined): Board {
  const field = fieldThen(units, now)
  const known = new Map(field.map((unit) => [unit.id, unit]))
  const fieldBefore = before ? fieldThen(units, now.moved ? before : now) : []
  const there = new Set(fieldBefore.map(({ id }) => id))
  const earlier = new Map(
    (before ? ranked(fieldBefore, before) : [])
      .flatMap(({ places }) => places)
      .map((place) => [place.unit, place]),
  )
  const moved = (place: Place) =>
    before && (there.has(place.unit) || !before.units.get(place.unit))
      ? movement(place, earlier.get(place.unit), sameRules)
      : undefined
  const sameRules = before?.ruleVersion === now.ruleVersion
  const groups = ranked(field, now).map(({ peer, places, apart }) => ({
    label: labelOf(peer),
    lines: places.flatMap((place): BoardLine[] => {
      const of = known.get(place.unit)
      const vetoed = now.units.get(place.unit)?.vetoed ?? false
      return of ? [{ ...place, of, movement: moved(place), vetoed }] : []
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

/** Those that were below the same unit at that moment, where all of these are below one now. */
function fieldThen(units: Unit[], { moved }: Totals): Unit[] {
  const [first] = units
  const parent = first?.parent
  if (!moved?.size || parent == null || units.some((unit) => unit.parent !== parent)) return units
  return [
    ...units.filter(({ id }) => !moved.has(id)),
    ...[...moved.values()].filter((unit) => unit.parent === parent),
  ]
}

const ranked = (units: Unit[], totals: Totals) =>
  rank(
    units.flatMap(({ id, roster }) => {
      const one = totals.units.get(id)
      return one ? [{ unit: id, roster, peer: one.peer, total: one.total, last: one.last ?? false }] : []
    }),
  )

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
