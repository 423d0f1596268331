// From a checked `rank` fixture to its rows, by the functions that the bot's own totals and places come from.
import type Fraction from 'fraction.js'
import { netOf } from '../campaign/adjustments.ts'
import { calendarOf } from '../campaign/calendar.ts'
import { completion } from '../campaign/completion.ts'
import { twoPlaces } from '../campaign/decimal.ts'
import { movement, type Place, rank } from '../campaign/ranking.ts'
import { type Lamp, scheduleLine } from '../campaign/schedule.ts'
import { type Mark, markOf, markOfWhole, scoreOf } from '../campaign/score.ts'
import { type Part, type Standing, wholeOf } from '../campaign/standing.ts'
import { noSums, plus, type Sums, sumsOf } from '../campaign/sums.ts'
import { standingsOf, type Tally, type Weighed } from '../campaign/totals.ts'
import type { Fixture } from './rank-fixture.ts'

export interface CellRow {
  /** Per cent with two decimals, before the cap; null = 不涉及. */
  completion: string | null
  lamp: Lamp
  state: Mark
  /** Points: weight · completion, as far as it counts. */
  score: string | null
}

export interface UnitRow {
  code: string
  /** null = 未参评; then it has no place either. */
  total: string | null
  rank: number | null
  bottom_rank: number | null
  change: number | 'new' | null
  peer: string
  cells: Record<string, CellRow>
}

export interface Rows {
  /** Where every indicator should be, for its own due date, in per cent. */
  schedule: Record<string, string>
  /** In the order of the fixture. */
  units: UnitRow[]
}

/** Completions, lamps, marks, scores, totals and places at the end of a day (`domain.md` C4, C5). */
export function rowsOf(fixture: Fixture, date: string): Rows {
  const { units, indicators, options, campaign } = fixture
  const weighed = indicators.map(
    (one, id): Weighed => ({
      ...{ id, weight: one.weight, cap: one.cap, plan: one.plan },
      ...{ starts: one.start ?? campaign.start, due: one.due ?? campaign.end },
    }),
  )
  const points = grouped(fixture.adjustments, ({ unit }) => unit)
  const lines = linesOf(fixture, weighed, date)
  const tallies = units.map(({ code }, at) => {
    const given = weighed.map((one, id) => ({ ...one, ...(lines[at]?.[id] ?? nothing) }))
    const decision = { net: netOf(points.get(code) ?? []).net, zeroed: new Set<number>() }
    return standingsOf(given, date, options.thresholds, decision)
  })
  const places = placesOf(fixture, tallies)
  return {
    schedule: Object.fromEntries(
      weighed.map((one, id) => [codeOf(fixture, id), twoPlaces(scheduleLine(one, date).mul(100))]),
    ),
    units: units.map(({ code, level }, at) => {
      const place = places.get(at)
      return {
        ...{ code, total: tallies[at]?.total ?? null },
        ...{ rank: place?.rank ?? null, bottom_rank: place?.bottomRank ?? null },
        ...{ change: place ? changeOf(fixture, code, place) : null, peer: level },
        cells: Object.fromEntries(
          weighed.map((one, id) => [
            codeOf(fixture, id),
            cellRow(one, tallies[at]?.standings.get(id), lines[at]?.[id]?.mark),
          ]),
        ),
      }
    }),
  }
}

/** One indicator of one unit, before its schedule is looked at. */
interface Line {
  share: Fraction | 'na'
  mark: Mark
  /** A community may have a day of its own; a sum has the indicator's. */
  due?: string
}

const nothing: Line = { share: 'na', mark: 'na' }

/** The lines of every unit: those of a unit that has nothing below it are its own cells, the others add theirs up. */
function linesOf(fixture: Fixture, weighed: Weighed[], date: string): Line[][] {
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
      const { value, num = null, den = null, step, pending } = cell
      const reached = kind === 'milestone' && step !== undefined ? steps.get(step) : value
      return {
        ...{ kind, direction, zeroTarget: options.zeroTarget, applies: !cell.na },
        ...{ baseline: cell.baseline ?? indicator.baseline, target: cell.target ?? indicator.target ?? null },
        ...{ value: reached ?? null, num, den, asOf: cell.as_of ?? null },
        reported: reached !== undefined || (kind === 'ratio' && num !== null),
        ...{ pending: pending !== undefined, due: cell.due ?? weighed[id]?.due ?? '' },
      }
    })
  })
}

/** The place of each unit among those of its level. */
function placesOf({ units }: Fixture, tallies: Tally[]): Map<number, Place> {
  const groups = rank(
    units.map(({ level }, at) => ({ unit: at, roster: at, peer: level, total: tallies[at]?.total ?? null })),
  )
  return new Map(groups.flatMap(({ places }) => places.map((place) => [place.unit, place])))
}

function changeOf({ previous, rule_version }: Fixture, code: string, place: Place): number | 'new' | null {
  if (!previous) return null
  const rank = previous.ranks.get(code)
  const before = rank === undefined ? undefined : { rank, peer: place.peer }
  return movement(place, before, previous.rule_version === rule_version) ?? null
}

function cellRow({ weight, cap }: Weighed, standing: Standing | undefined, mark: Mark = 'na'): CellRow {
  if (!standing || standing.share === 'na')
    return { completion: null, lamp: 'grey', state: 'na', score: null }
  const { share, lamp } = standing
  const score = scoreOf(share, weight, cap)
  return {
    ...{ completion: twoPlaces(share.mul(100)), lamp, state: mark },
    score: score ? twoPlaces(score) : null,
  }
}

const codeOf = ({ indicators }: Fixture, id: number): string => indicators[id]?.code ?? ''

function grouped<T, K>(some: T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const one of some) {
    const known = groups.get(keyOf(one))
    if (known) known.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}
