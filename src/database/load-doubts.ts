// Numbers and targets of a load that a person should look at: it writes them, but never in silence (`domain.md` C3.1).
import Fraction from 'fraction.js'
import { sql } from 'kysely'
import { inPortions } from '../breathe.ts'
import type { CellState } from '../campaign/cell.ts'
import { doubtOf, type Subject, show } from '../campaign/entry.ts'
import type { IndicatorEntry } from '../sheet/campaign.ts'
import type { TouchedCell } from './load-cells.ts'
import type { Count } from './load-changes.ts'
import { cellKey, type Load, recordset } from './load-common.ts'
import type { NameOf } from './load-names.ts'

/** A number of the file, by the ids of its cell. */
export type Dated = TouchedCell & Pick<CellState, 'value' | 'num' | 'den' | 'step'> & { as_of: string }

interface Before extends TouchedCell, Omit<CellState, 'pending_id' | 'reported_at'> {
  target: string | null
  baseline: string
  from_chat: boolean | null
}

/**
 * Notes the new numbers that jump, and the totals that are lower than what stands. Numbers of days before the one that counts are history.
 * @param fresh what is about to be written, `all` of the file: what is written today is compared with what the file knows
 */
export async function noteDoubts(
  load: Load,
  { fresh, all }: { fresh: Dated[]; all: Dated[] },
  indicators: Map<number, IndicatorEntry & Pick<Subject, 'zeroTarget'>>,
  nameOf: NameOf,
  count: Count,
): Promise<void> {
  const cells = await standingBefore(load, fresh)
  const known = new Map<string, Dated[]>()
  for (const one of all) {
    const key = cellKey(one.unit_id, one.indicator_id)
    const others = known.get(key)
    if (others) others.push(one)
    else known.set(key, [one])
  }
  const subjects = new Map(
    [...indicators].map(([id, one]) => [id, { ...one, steps: Object.fromEntries(one.steps.map(numbered)) }]),
  )
  for await (const portion of inPortions(fresh)) for (const one of portion) note(one)

  function note(one: Dated): void {
    const key = cellKey(one.unit_id, one.indicator_id)
    const [cell, indicator] = [cells.get(key), subjects.get(one.indicator_id)]
    if (!cell || !indicator || (cell.as_of ?? '') > one.as_of) return
    const { target, baseline } = cell
    const subject = { ...indicator, target, baseline }
    const before = newest(known.get(key) ?? [], cell, one.as_of)
    const after = stateOf(one)
    const reason = doubtOf(subject, before, after)
    if (reason === undefined) return
    const isLower = reason.startsWith('比上次')
    // In a history of months, shares and marks go up and down: only totals may not.
    if (isLower && subject.kind !== 'count' && subject.kind !== 'amount') return
    if (isLower && before.report_id === cell.report_id && cell.from_chat)
      count.lower.push(`${nameOf(one)} ${plainly(after)}，群里 ${plainly(before)}`)
    else count.doubtful.push(`${nameOf(one)} ${show(subject, before)}→${show(subject, after)}，${reason}`)
  }
}

/**
 * Numbers of a file that were loaded before, and whose cells show another one now.
 * @param all of the file: of a cell only its newest number counts, and those of `fresh` are about to be written
 */
export async function overtaken(
  load: Load,
  { fresh, all }: { fresh: Dated[]; all: Dated[] },
  nameOf: NameOf,
): Promise<string[]> {
  const newestOf = new Map<string, Dated>()
  for (const one of all) {
    const key = cellKey(one.unit_id, one.indicator_id)
    if ((newestOf.get(key)?.as_of ?? '') < one.as_of) newestOf.set(key, one)
  }
  for (const one of fresh) {
    const key = cellKey(one.unit_id, one.indicator_id)
    if (newestOf.get(key)?.as_of === one.as_of) newestOf.delete(key)
  }
  const cells = await standingBefore(load, [...newestOf.values()])
  return [...newestOf].flatMap(([key, one]) => {
    const cell = cells.get(key)
    if (!cell || cell.report_id === null || plainly(cell) === plainly(one)) return []
    return [`${nameOf(one)} 文件${plainly(one)}，现在${plainly(cell)}`]
  })
}

const numbered = ([step, share]: [string, string]): [string, number] => [step, Number(share)]
const plainly = ({ value, num, den, step }: Pick<CellState, 'value' | 'num' | 'den' | 'step'>) =>
  step ?? value ?? `${num}/${den}`

/** Numbers of the file have no ids yet. */
const inFile = 0
const stateOf = ({ value, num, den, step, as_of }: Dated): CellState => ({
  ...{ value, num, den, step, as_of, reported_at: null, report_id: inFile, pending_id: null },
})

/** What stood before a day: of the file's number and the database's the later, and on one day the file's. */
function newest(ofFile: Dated[], cell: Before, day: string): CellState {
  const earlier = ofFile.filter(({ as_of }) => as_of < day)
  const last = earlier.reduce<Dated | undefined>(
    (best, one) => (best && best.as_of >= one.as_of ? best : one),
    undefined,
  )
  if (last && (cell.as_of === null || last.as_of >= cell.as_of)) return stateOf(last)
  return { ...cell, reported_at: null, pending_id: null }
}

async function standingBefore({ tx }: Load, cells: TouchedCell[]): Promise<Map<string, Before>> {
  const { rows } = await sql<Before>`select distinct r.unit_id, r.indicator_id,
      trim_scale(coalesce(target.target, indicator.target_default))::text as target,
      coalesce(target.baseline, indicator.baseline)::text as baseline, trim_scale(cell.value)::text as value,
      trim_scale(cell.num)::text as num, trim_scale(cell.den)::text as den, cell.step, cell.as_of, cell.report_id,
      report.platform <> 'import' as from_chat
    from ${recordset(
      cells.map(({ unit_id, indicator_id }) => ({ unit_id, indicator_id })),
      'unit_id bigint, indicator_id bigint',
    )}
    join indicator on indicator.id = r.indicator_id
    left join target on target.unit_id = r.unit_id and target.indicator_id = r.indicator_id
    left join cell on cell.unit_id = r.unit_id and cell.indicator_id = r.indicator_id
    left join report on report.id = cell.report_id`.execute(tx)
  return new Map(rows.map((row) => [cellKey(row.unit_id, row.indicator_id), row]))
}

/** A target as it was and is: of a cell, or of all cells of an indicator that have none of their own. */
export interface TargetChange {
  unit_id: number | null
  indicator_id: number
  before: string | null
  after: string | null
}

const isLower = ({ before, after }: TargetChange) =>
  before !== null && after !== null && new Fraction(after).lt(before)

/** What has been reported beyond targets that were lowered, in words. */
export async function beyondTargets(
  { tx, campaignId }: Load,
  changes: TargetChange[],
  nameOf: NameOf,
): Promise<string[]> {
  const lowered = changes.filter(isLower).map(({ unit_id, indicator_id }) => ({ unit_id, indicator_id }))
  if (lowered.length === 0) return []
  const { rows } = await sql<TouchedCell & { value: string; target: string; uom: string }>`select distinct
      cell.unit_id, cell.indicator_id, trim_scale(cell.value)::text as value, indicator.uom,
      trim_scale(coalesce(target.target, indicator.target_default))::text as target
    from ${recordset(lowered, 'unit_id bigint, indicator_id bigint')}
    join cell on cell.indicator_id = r.indicator_id and cell.unit_id = coalesce(r.unit_id, cell.unit_id)
    join indicator on indicator.id = r.indicator_id and direction = 'up' and kind in ('count', 'amount', 'score')
    left join target on target.unit_id = cell.unit_id and target.indicator_id = cell.indicator_id
    where cell.campaign_id = ${campaignId} and coalesce(target.applies, true)
      and (r.unit_id is not null or target.target is null)
      and cell.value > coalesce(target.target, indicator.target_default)
    order by 1, 2`.execute(tx)
  return rows.map((row) => `${nameOf(row)} 目标${row.target}${row.uom}，已报${row.value}${row.uom}`)
}
