// The Fridays of the past: a campaign that is loaded with its history gets the snapshots that it would have had.
import type { CellEvent } from '../campaign/cell.ts'
import { weekdayOf } from '../campaign/dates.ts'
import { addDays, dateOf, momentOf } from '../clock.ts'
import { decisionsOf } from './adjustments.ts'
import { cellKey, type Load } from './load-common.ts'
import { chartCells, leavesOf } from './progress.ts'
import { keptFrom } from './rebuild.ts'
import type { Roster } from './roster.ts'
import { writeSnapshot } from './snapshots.ts'
import { withState } from './standings.ts'

const weeks = 8
const friday = 5

/**
 * Derives the snapshots of the last eight Fridays, 18:00, from the numbers that a new campaign brought, so that
 * movement can be shown from the first day (`domain.md` C5.6). Of each cell only the weeks are added up in which
 * something was said of it.
 */
export async function loadSnapshots(load: Load, roster: Roster): Promise<void> {
  const { tx, now, by, isNew } = load
  if (!isNew) return
  const fridays = fridaysBefore(now, weeks).filter((day) => day >= roster.campaign.starts)
  if (fridays.length === 0) return
  const events = await eventsOf(load)
  const cells = await chartCells(tx, roster, leavesOf(roster, roster.root.id))
  let states = cells.map((cell) => ({
    cell,
    events: events.get(cellKey(cell.unit, cell.indicator)) ?? [],
    upTo: -1,
  }))
  for (const date of fridays) {
    states = states.map((state) => {
      const upTo = state.events.findLastIndex(({ as_of }) => as_of <= date) + 1
      return upTo === state.upTo
        ? state
        : { ...state, upTo, cell: withState(state.cell, state.events.slice(0, upTo)) }
    })
    const { lines } = await keptFrom(
      roster,
      await decisionsOf(tx, roster.campaign.id, date),
      async (leaves) => {
        const wanted = new Set(leaves)
        return states.flatMap(({ cell }) => (wanted.has(cell.unit) ? cell : []))
      },
    )
    const highWater = Math.max(0, ...states.map((state) => state.events[state.upTo - 1]?.id ?? 0))
    await writeSnapshot(tx, roster, { at: momentOf(date, '18:00'), by, lines, highWater, date })
  }
}

/** Dates of the last Fridays whose 18:00 has passed, oldest first. */
export function fridaysBefore(now: Date, count: number): string[] {
  const today = dateOf(now)
  const last = addDays(today, -((weekdayOf(today) - friday + 7) % 7))
  const newest = momentOf(last, '18:00') < now ? last : addDays(last, -7)
  return Array.from({ length: count }, (_, week) => addDays(newest, -7 * (count - 1 - week)))
}

/** All that was said of each cell; imported numbers have their ids in the order of the days they speak of. */
async function eventsOf({ tx, campaignId }: Load): Promise<Map<string, CellEvent[]>> {
  const rows = await tx
    .selectFrom('report')
    .where('campaign_id', '=', campaignId)
    .orderBy('id')
    .select(['unit_id', 'indicator_id', 'id', 'op', 'value', 'num', 'den', 'step'])
    .select(['as_of', 'reported_at', 'status', 'supersedes'])
    .execute()
  const events = new Map<string, CellEvent[]>()
  for (const { unit_id, indicator_id, ...event } of rows) {
    const key = cellKey(unit_id, indicator_id)
    const known = events.get(key)
    if (known) known.push(event)
    else events.set(key, [event])
  }
  return events
}
