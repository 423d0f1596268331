// The wall chart as a picture for who asks: as it is now, or as the last snapshot of a time that is over has it.
import { weekOf } from './bulletin-week.ts'
import { addDays, momentOf } from './clock.ts'
import type { Unit } from './database/roster.ts'
import { snapshotBefore } from './database/snapshots.ts'
import { UserError } from './errors.ts'
import { drawUnitPage } from './picture/unit-page.ts'
import { drawWallChart, type WallChart } from './picture/wall-chart.ts'
import { isTold, seesAll } from './ranking-sight.ts'
import { leftOut, seesScores } from './score-sight.ts'
import type { Turn, Viewing } from './turn.ts'
import { unitPageOf } from './unit-page.ts'
import { wallChartOf } from './wall-chart.ts'
import { weekChart } from './week-chart.ts'
import { moment } from './wording.ts'

export interface Picture {
  picture: Buffer
  /** The moment that it shows, in words. */
  at: string
}

export async function pictureNow(turn: Turn, unit: Unit): Promise<Picture> {
  const hasParts = turn.roster.children(unit.id).length > 0
  const picture = hasParts
    ? await drawWallChart(await wallChartOf(turn, unit))
    : await drawUnitPage(await unitPageOf(turn, unit))
  return { picture, at: moment(turn.now) }
}

/** @param end the last day of that time */
export async function pictureThen(turn: Turn, unit: Unit, end: string): Promise<Picture> {
  const { chart, at } = await chartThen(turn, unit, end)
  return { picture: await drawWallChart(chart), at }
}

/** What the picture of that time shows. */
export async function chartThen(
  turn: Viewing,
  unit: Unit,
  end: string,
): Promise<{ chart: WallChart; at: string }> {
  const { db, roster } = turn
  if (roster.children(unit.id).length === 0)
    throw new UserError(`以前的挂图只有街道和全区的；${unit.short}以前的数请说“${unit.short}上周的进度”。`)
  const snapshot = await snapshotBefore(db, roster.campaign.id, momentOf(addDays(end, 1), '00:00'))
  if (!snapshot) throw new UserError('那时候还没有定格过排名，画不出来。现在的请说“挂图”。')
  const week = await db.transaction().execute((tx) => weekOf(tx, roster, snapshot))
  const sight = {
    isWhole: seesAll(turn, unit),
    isTold: isTold(turn, unit),
    ...(!seesScores(turn, unit) && { noScores: leftOut(turn.message.chat.kind) }),
  }
  return { chart: weekChart(roster, unit, week, sight), at: moment(snapshot.takenAt) }
}
