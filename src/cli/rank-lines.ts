// The cells of a `rank` fixture, and what they add up to for streets and the district (`domain.md` C4.1, C4.2, C4.7).
import type Fraction from 'fraction.js'
import { calendarOf } from '../campaign/calendar.ts'
import { completion } from '../campaign/completion.ts'
import { type Mark, markOf, markOfWhole } from '../campaign/score.ts'
import { type Part, wholeOf } from '../campaign/standing.ts'
import { noSums, plus, type Sums, sumsOf } from '../campaign/sums.ts'
import type { Weighed } from '../campaign/totals.ts'
import type { Fixture } from './rank-fixture.ts'

/** One indicator of one unit, before its schedule is looked at. */
export interface Line {
  share: Fraction | 'na'
  mark: Mark
  /** A community may have a day of its own; a sum has the indicator's. */
  due?: string
}

/** 不涉及, by decision or because the indicator is not for the unit's level. */
export const nothing: Line = { share: 'na', mark: 'na' }

/** The lines of every unit: those of a unit that has nothing below it are its own cells, the others add theirs up. */
export function linesOf(fixture: Fixture, weighed: Weighed[], date: string): Line[][] {
  const { units, indicators, options } = fixture
  const entries = entriesOf(fixture, weighed)
  const calendar = calendarOf()
  const children = grouped(
    units.map(({ parent }, at) => ({ parent, at })),
    ({ parent }) => parent,
  )
  const partsOf = (at: number) => children.get(units[at]?.code)
  const sums = new Map<number, Sums[]>()
  const sumsAt = (at: number): Sums[] => {
    const known = sums.get(at)
    if (known) return known
    const parts = partsOf(at)?.map((part) => sumsAt(part.at))
    const made = indicators.map((_, id) => {
      if (parts) return parts.map((part) => part[id] ?? noSums()).reduce(plus)
      const entry = entries[at]?.[id]
      return entry ? sumsOf(entry) : noSums()
    })
    sums.set(at, made)
    return made
  }
  return units.map((_, at) =>
    indicators.map(({ kind, direction }, id): Line => {
      const entry = entries[at]?.[id]
      if (partsOf(at)) {
        const whole = wholeOf({ kind, direction, zeroTarget: options.zeroTarget }, sumsAt(at)[id] ?? noSums())
        return { share: whole.share, mark: markOfWhole(whole) }
      }
      if (!entry?.applies) return nothing
      const share = completion(entry, entry)
      return { share, mark: markOf({ ...entry, share }, date, calendar), due: entry.due }
    }),
  )
}

/** A cell of a community or village. */
interface Entry extends Part {
  due: string
  pending: boolean
  asOf: string | null
}

const blank: Partial<Fixture['cells'][number]> = {}

/** Each unit's own cells, of the indicators that are for its level. What is absent is 未报. */
function entriesOf(
  { units, indicators, cells, options }: Fixture,
  weighed: Weighed[],
): (Entry | undefined)[][] {
  const given = grouped(cells, ({ unit }) => unit)
  return units.map(({ code, level }) => {
    const mine = new Map(given.get(code)?.map((cell) => [cell.indicator, cell]))
    return indicators.map(({ code: name, kind, direction, applies_to, steps, ...indicator }, id) => {
      if (!applies_to.includes(level)) return undefined
      const cell = mine.get(name) ?? blank
      const { value, num = null, den = null, step, pending = false } = cell
      const reached = kind === 'milestone' && step !== undefined ? steps.get(step) : value
      return {
        ...{ kind, direction, zeroTarget: options.zeroTarget, applies: !cell.na },
        ...{ baseline: cell.baseline ?? indicator.baseline, target: cell.target ?? indicator.target ?? null },
        ...{ value: reached ?? null, num, den, asOf: cell.as_of ?? null },
        reported: reached !== undefined || (kind === 'ratio' && num !== null),
        ...{ pending, due: cell.due ?? weighed[id]?.due ?? '' },
      }
    })
  })
}

/** By a key, in the order given. */
export function grouped<T, K>(some: T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const one of some) {
    const known = groups.get(keyOf(one))
    if (known) known.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}
