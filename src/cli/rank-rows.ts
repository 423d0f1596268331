// From a checked `rank` fixture to its rows, by the functions that the bot's own totals and places come from.
import { netOf } from '../campaign/adjustments.ts'
import { twoPlaces } from '../campaign/decimal.ts'
import { movement, type Place, rank } from '../campaign/ranking.ts'
import { type Lamp, scheduleLine } from '../campaign/schedule.ts'
import { type Mark, scoreOf } from '../campaign/score.ts'
import type { Standing } from '../campaign/standing.ts'
import { standingsOf, type Tally, type Weighed } from '../campaign/totals.ts'
import type { Fixture } from './rank-fixture.ts'
import { grouped, linesOf, nothing } from './rank-lines.ts'

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
    return standingsOf(given, date, options.thresholds, netOf(points.get(code) ?? []).net)
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
