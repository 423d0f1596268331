// Who has not reported: never at all, not in a span, or so long ago that the number has grown old (`domain.md` C4.2, N4).
import { grouped } from './alert-words.ts'
import type { Calendar } from './campaign/calendar.ts'
import { completion } from './campaign/completion.ts'
import { isCarried } from './campaign/score.ts'
import type { ReportableCell } from './database/missing.ts'
import type { Indicator, Roster, Unit } from './database/roster.ts'

/** What one unit has not reported. */
export interface Lacking {
  unit: Unit
  /** 未报: they apply, and nothing was ever accepted for them. */
  never: Indicator[]
  /** 沿用: not done, and older than cadence and grace. */
  carried: Indicator[]
  /** Nothing was reported in the span, of all that is asked about. */
  silent: boolean
  /** Who answers for the first of the cells, where somebody is named. */
  responsible: number | null
}

interface Asking {
  today: string
  calendar: Calendar
  /** A certain stretch of days is asked about. */
  isPeriod: boolean
  /** The cells are of this one only. */
  indicator: Indicator | undefined
}

/**
 * Units that lack something, in roster order. 不涉及 is never lacking (`domain.md` N11). What is done need not be
 * reported again: it does not grow old, and a unit that has nothing left to report is not silent, unless certain days
 * are asked about. Of one indicator nobody is silent merely since the last ranking: its cadence counts (N6).
 */
export function lackingOf(
  roster: Roster,
  cells: ReportableCell[],
  { today, calendar, isPeriod, indicator }: Asking,
): Lacking[] {
  const byUnit = new Map(grouped(cells, ({ unit }) => unit).map((own) => [own[0]?.unit, own]))
  return [...roster.units.values()].flatMap((unit): Lacking[] => {
    const own = (byUnit.get(unit.id) ?? []).flatMap((cell) => {
      const indicator = roster.indicators.get(cell.indicator)
      return indicator ? { cell, indicator } : []
    })
    const applying = own.filter(({ cell, indicator }) => cell.applies && shareOf(cell, indicator) !== 'na')
    const never = applying.filter(({ cell }) => cell.as_of === null)
    const open = applying.filter(({ cell, indicator }) => {
      const share = shareOf(cell, indicator)
      return cell.as_of === null || share === 'na' || share.lt(1)
    })
    const carried = open.filter(
      ({ cell: { as_of, cadence } }) => as_of !== null && isCarried(as_of, today, calendar, cadence),
    )
    const expected = isPeriod ? applying : indicator ? [] : open
    const silent = expected.length > 0 && own.every(({ cell }) => !cell.heard)
    if (never.length + carried.length === 0 && !silent) return []
    const names = (of: typeof own) => of.map(({ indicator }) => indicator)
    const responsible = applying[0]?.cell.responsible ?? null
    return [{ unit, never: names(never), carried: names(carried), silent, responsible }]
  })
}

const shareOf = (cell: ReportableCell, { kind, direction, zeroTarget }: Indicator) =>
  completion({ ...cell, kind, direction, zeroTarget }, cell)
