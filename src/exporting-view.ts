// What an export tells of a unit and all below it, now or as it was at the end of a day: read once, for every sheet.
import { type Line, linesFrom } from './chart.ts'
import { addDays, momentOf } from './clock.ts'
import {
  type Days,
  type Reported,
  reportsOf,
  type Sayer,
  type Sending,
  sayersOfReports,
  sendingsOf,
} from './database/exports.ts'
import { cellsOn } from './database/history.ts'
import { chartCells, leavesOf } from './database/progress.ts'
import { type Indicator, isActive, type Roster, type Unit } from './database/roster.ts'
import { lastSnapshot, type Snapshot, snapshotBefore } from './database/snapshots.ts'
import type { Dates } from './language/periods.ts'
import { type Marks, marksOf } from './progress-marks.ts'
import { liveTotals, totalsIn } from './ranking.ts'
import { type Board, boardOf } from './ranking-board.ts'
import { may, type Turn } from './turn.ts'

/** More would make a file that no phone opens; what is left out is said. */
export const mostReports = 20_000
export const mostSendings = 5_000

export interface ExportView {
  roster: Roster
  unit: Unit
  /** It and all below it, each street before its communities. */
  units: Unit[]
  /** The columns: indicators that are switched on and concern somebody here. */
  indicators: Indicator[]
  /** The day whose end is shown; today for now. */
  date: string
  /** Absent = everything up to now. */
  period?: Dates
  now: Date
  lines: Line[]
  marks: Marks
  /** Rankings of the parts of each unit; of one community the street's, of which only its own line may be shown. */
  boards: { scope: Unit; board: Board }[]
  /** The snapshot that places of a day of the past are those of; undefined = there was none, or they are of now. */
  snapshot: Snapshot | undefined
  reports: Reported[]
  sayers: Map<number, Sayer>
  /** Absent = not for this person. */
  sendings?: Sending[]
}

/** The last day that is shown. */
export const endOf = (period: Dates | undefined, today: string): string =>
  period && period.end < today ? period.end : today

/** @param turn of somebody who may export the unit */
export async function exportView(turn: Turn, unit: Unit, period: Dates | undefined): Promise<ExportView> {
  const { db, roster, now, today } = turn
  const date = endOf(period, today)
  const units = withBelow(roster, unit)
  const leaves = leavesOf(roster, unit.id)
  const sight = { ...turn, today: date }
  const days: Days = { ...(period && { start: period.start }), end: date }
  // One after the other: a connection each would be taken from those who speak with the bot meanwhile.
  const { lines, sayers } = await linesAtEnd(sight, today, units, leaves)
  const { snapshot, boards } = await ranked(turn, unit, date)
  const reports = await reportsOf(db, leaves, days, mostReports)
  const sendings = await sendingsFor(turn, unit, days)
  return {
    ...{ roster, unit, units, date, now, lines, sayers, snapshot, boards, reports },
    ...(period && { period }),
    indicators: [...roster.indicators.values()].filter(
      (one) => isActive(one) && lines.some(({ indicator }) => indicator.id === one.id),
    ),
    marks: await marksOf(sight, lines),
    ...(sendings && { sendings }),
  }
}

/** @param sight `today` = the day whose end is shown */
async function linesAtEnd(sight: Turn, today: string, units: Unit[], leaves: number[]) {
  const { db, roster } = sight
  const now = await chartCells(db, roster, leaves)
  const cells = sight.today < today ? await cellsOn(db, now, sight.today) : now
  const counting = cells.flatMap(({ report_id }) => report_id ?? [])
  return { lines: await linesFrom(sight, units, cells), sayers: await sayersOfReports(db, counting) }
}

async function ranked(
  turn: Turn,
  unit: Unit,
  date: string,
): Promise<Pick<ExportView, 'snapshot' | 'boards'>> {
  const isThen = date < turn.today
  const until = momentOf(addDays(date, 1), '00:00')
  const snapshot = isThen ? await snapshotBefore(turn.db, turn.roster.campaign.id, until) : undefined
  return { snapshot, boards: isThen && !snapshot ? [] : await boardsOf(turn, unit, snapshot) }
}

const withBelow = (roster: Roster, unit: Unit): Unit[] => [
  unit,
  ...roster.children(unit.id).flatMap((child) => withBelow(roster, child)),
]

/** Movement is since the snapshot before the one that is shown, or since the last one. */
async function boardsOf(turn: Turn, unit: Unit, then: Snapshot | undefined): Promise<ExportView['boards']> {
  const { db, roster, now } = turn
  const campaign = roster.campaign.id
  const before = then
    ? await snapshotBefore(db, campaign, then.takenAt)
    : await lastSnapshot(db, campaign, now)
  const parent = unit.parent === null ? undefined : roster.units.get(unit.parent)
  const isLeaf = roster.children(unit.id).length === 0
  const scopes = isLeaf && parent ? [parent] : withBelow(roster, unit)
  const boards: ExportView['boards'] = []
  for (const scope of scopes) {
    const parts = roster.children(scope.id)
    if (parts.length === 0) continue
    const totals = then ? totalsIn(then) : await liveTotals(turn, parts)
    boards.push({ scope, board: boardOf(parts, totals, before && totalsIn(before)) })
  }
  return boards
}

/** The file goes to the person alone: what a group may see of its own is not the measure. */
async function sendingsFor(turn: Turn, unit: Unit, days: Days): Promise<Sending[] | undefined> {
  const { chatUnit: _, ...alone } = turn
  if (!may(alone, 'delivery', unit)) return undefined
  const { db, roster } = turn
  const scope = {
    units: [...roster.units.keys()].filter((id) => roster.isWithin(id, unit.id)),
    everybody: unit.id === roster.root.id,
  }
  return sendingsOf(db, roster.campaign.id, scope, days, mostSendings)
}
