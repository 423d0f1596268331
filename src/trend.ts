// How far a unit was at each of the last snapshots, and where the schedule had it (`domain.md` C4.3, C5.6).
import Fraction from 'fraction.js'
import { keptCompletion } from './campaign/kept-completion.ts'
import { scheduleLine } from './campaign/schedule.ts'
import { overall } from './campaign/standing.ts'
import { type Line, summary } from './chart.ts'
import { dateOf } from './clock.ts'
import type { Unit } from './database/roster.ts'
import { allSharesIn, snapshotBefore } from './database/snapshots.ts'
import { isTold } from './ranking-sight.ts'
import type { Viewing } from './turn.ts'

/** 0…1; the last one is now. */
export interface TrendPoint {
  date: string
  share: number
  schedule: number
}

const mostWeeks = 8

/**
 * Only snapshots under the rules of now: what was weighed otherwise is no point of the same line.
 * None where how far the unit is may not be told.
 * @param own the unit's indicators as they stand now
 */
export function trendOf(viewing: Viewing, unit: Unit, own: Line[]): Promise<TrendPoint[]> {
  const { db, roster, now, today } = viewing
  if (!isTold(viewing, unit)) return Promise.resolve([])
  return viewing.cached(`trend:${unit.id}`, async () => {
    const all = summary(own)
    if (!all) return []
    const points = [{ date: today, share: all.share.valueOf(), schedule: all.schedule.valueOf() }]
    for (let at = now; points.length <= mostWeeks; ) {
      const snapshot = await snapshotBefore(db, roster.campaign.id, at)
      if (!snapshot || snapshot.ruleVersion !== roster.campaign.ruleVersion) break
      at = snapshot.takenAt
      const kept = await allSharesIn(db, snapshot)
      const total = snapshot.units.get(unit.id)?.total
      const share = keptCompletion(roster.indicators.values(), (id) => kept(unit.id, id), [total])
      if (share === null) break
      const date = dateOf(at)
      points.unshift({ date, share: Number(share) / 100, schedule: scheduleOn(own, date) })
    }
    return points
  })
}

function scheduleOn(own: Line[], date: string): number {
  const parts = own.map(({ indicator, due, standing }) => {
    const { weight, cap, starts, plan } = indicator
    return {
      weight,
      cap,
      share: standing.share === 'na' ? ('na' as const) : scheduleLine({ starts, due, plan }, date),
    }
  })
  return (overall(parts) ?? new Fraction(0)).valueOf()
}
