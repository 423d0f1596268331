// What has to change in a clerk's table so that it says what counts now; what says it already stays as it is written.
import { together } from './campaign/standing.ts'
import type { Line } from './chart.ts'
import { leavesOf } from './database/progress.ts'
import { lampOf, linesByPlace } from './exporting-grid.ts'
import { withoutPhones } from './exporting-records.ts'
import type { ExportView } from './exporting-view.ts'
import type { Change } from './sheet/fill.ts'
import { isDay, redated } from './sheet/fill-dates.ts'
import type { Places } from './sheet/fill-found.ts'
import { figure, type Sum } from './sheet/fill-sums.ts'
import type { Place } from './sheet/fill-what.ts'
import type { Span } from './sheet/number-dates.ts'

export interface OwnChanges {
  /** Of what day the numbers are. */
  day: string
  changes: Change[]
  renamed: { from: string; to: string }[]
  /** Those of the changes that only empty a cell, and what stood there in words. */
  emptied: Map<Change, string>
  /** Indicators of which the table had numbers that are in no report. */
  unreported: Set<string>
  /** Titles that speak of another day. */
  outdated: string[]
}

/** @param isHers nobody else has anything of the table but what was recognised */
export function changesIn(view: ExportView, places: Places, span: Span, isHers: boolean): OwnChanges {
  const isCurrent = currentSheets(places)
  const of = linesByPlace(view)
  const lineAt = ({ unit, indicator }: Pick<Place, 'unit' | 'indicator'>) => of.get(`${unit}/${indicator}`)
  const taken = places.places.filter(({ sheet }) => isCurrent(sheet))
  const dates = taken.flatMap((place) => lineAt(place)?.cell?.as_of ?? [])
  const day = dates.reduce((a, b) => (a > b ? a : b), span.starts)
  const made: OwnChanges = {
    day,
    changes: [],
    renamed: [],
    emptied: new Map(),
    unreported: new Set(),
    outdated: [],
  }
  for (const place of taken) {
    const line = lineAt(place)
    const changes = changeAt(place, line, isHers)
    made.changes.push(...changes)
    // Her figure is in no report: it does not count, and she is told that it went.
    if (line?.reported === 0 && changes.length > 0) made.unreported.add(line.indicator.name)
  }
  const moved = movedIn(made.changes)
  for (const sum of places.sums)
    if (isCurrent(sum.sheet) && (isHers || sum.what !== undefined))
      sumChange(sum, { view, of, isStale: !isHers || moved(sum) }, made)
  const days = daysByRow(taken, lineAt)
  for (const { sheet, row, at } of places.days) {
    const value = days.get(`${sheet}/${row}`)
    if (value !== undefined && isCurrent(sheet)) made.changes.push({ sheet, row, at, value, isDay: true })
  }
  redate(places, isCurrent, span, made)
  return isHers ? made : withoutWords(places, made)
}

/** The last day of the numbers of each row. */
function daysByRow(places: Place[], lineAt: (place: Place) => Line | undefined): Map<string, string> {
  const days = new Map<string, string>()
  for (const place of places) {
    const name = `${place.sheet}/${place.row}`
    const day = lineAt(place)?.cell?.as_of
    if (day && day > (days.get(name) ?? '')) days.set(name, day)
  }
  return days
}

/** A table for every week: those of earlier weeks stay as they are. */
export function currentSheets({ sheets }: Pick<Places, 'sheets'>): (sheet: string) => boolean {
  const days = new Map(sheets.map(({ name, day }) => [name, day]))
  const latest = sheets.map(({ day }) => day ?? '').reduce((a, b) => (a > b ? a : b), '')
  return (sheet) => (days.get(sheet) ?? latest) === latest
}

/** What was typed from numbers that are others now is no longer so. */
function movedIn(changes: Change[]): (sum: Sum) => boolean {
  const valued = changes.filter((change) => 'value' in change)
  const columns = new Set(valued.map(({ sheet, at }) => `${sheet}/${at}`))
  const sheets = new Set(valued.map(({ sheet }) => sheet))
  // Places and points depend on what others have.
  return ({ sheet, at, what }) =>
    what === undefined || what === 'share' ? sheets.has(sheet) : columns.has(`${sheet}/${at}`)
}

interface How {
  view: ExportView
  of: Map<string, Line>
  isStale: boolean
}

function sumChange(sum: Sum, { view, of, isStale }: How, { changes, emptied }: OwnChanges): void {
  const { sheet, row, at, title } = sum
  const right = sumOf(sum, view, of)
  if (!isStale && (!right || (!right.isShare && right.value === figure(sum.cell)))) return
  const change: Change = { sheet, row, at, ...(right ?? { value: null }) }
  changes.push(change)
  if (!right) emptied.set(change, `“${title}”`)
}

type Right = Pick<Change, 'value' | 'isShare'>

/** @returns undefined when it is not known here */
function sumOf(sum: Sum, { roster }: ExportView, of: Map<string, Line>): Right | undefined {
  const { what, indicator, of: whose } = sum
  if (!whose || what === undefined || indicator === undefined) return undefined
  const line = 'unit' in whose ? of.get(`${whose.unit}/${indicator}`) : undefined
  if ('unit' in whose && !line) return undefined
  if (what === 'share') return shareOf(sum, line)
  const units = 'units' in whose ? whose.units : leavesOf(roster, whose.unit)
  const cells = units.flatMap((unit) => of.get(`${unit}/${indicator}`)?.cell ?? [])
  const reported = cells.filter((cell) => cell.reported)
  if (reported.length === 0) return undefined
  if (typeof what === 'object') {
    const steps = roster.indicators.get(indicator)?.steps ?? {}
    return { value: reported.filter(({ step }) => isReached(step, what.step, steps)).length }
  }
  const { value, num, den } = together('unit' in whose ? cells : reported)
  const isParted = reported.every((cell) => cell.num !== null && cell.den !== null)
  if (what !== 'value') return isParted ? { value: Number(what === 'num' ? num : den) } : undefined
  if (value !== null) return { value: Number(value) }
  return isParted && Number(den) > 0 ? { value: Number(num) / Number(den), isShare: true } : undefined
}

/** Of what is simply how much of the target there is; hers may be of another target, then it is not known. */
function shareOf({ cell, from }: Sum, line: Line | undefined): Right | undefined {
  if (!line || line.reached === 'na' || line.baseline !== undefined) return undefined
  if (line.reported === 0) return { value: null }
  const { kind, direction } = line.indicator
  const was = line.cell ? (from ?? Number.NaN) / Number(line.cell.target) : undefined
  const isHers = was === undefined || [1, 100].some((whole) => Math.abs(figure(cell) / whole - was) < 0.006)
  const isPlain = (kind === 'count' || kind === 'amount') && direction === 'up' && isHers
  return isPlain ? { value: line.reached.valueOf(), isShare: true } : undefined
}

function redate(
  { dated }: Places,
  isCurrent: (sheet: string) => boolean,
  span: Span,
  made: OwnChanges,
): void {
  for (const { sheet, row, at, text, isTitle } of dated) {
    if (!isCurrent(sheet)) continue
    const value = redated(text, made.day, span)
    if (row === undefined || at === undefined) {
      if (value === undefined) made.outdated.push(text)
      else if (value !== text) made.renamed.push({ from: sheet, to: value })
    } else if (value === undefined && isTitle) made.outdated.push(text)
    else {
      const change: Change = { sheet, row, at, value: value ?? null, ...(isDay(text) && { isDay: true }) }
      made.changes.push(change)
      if (value === undefined) made.emptied.set(change, `“${text}”`)
    }
  }
}

/** For others: of the texts only those that were recognised, and no phone number in them. */
function withoutWords({ kept, dated }: Places, made: OwnChanges): OwnChanges {
  const nameOf = ({ sheet, row, at }: Partial<Place>) => `${sheet}/${row}/${at}`
  const known = new Set(kept.map(nameOf))
  const foreign = new Set(dated.map(nameOf).filter((spot) => !known.has(spot)))
  const changes = made.changes.filter((change) => !foreign.has(nameOf(change)))
  for (const change of changes)
    if (typeof change.value === 'string') change.value = withoutPhones(change.value)
  const changed = new Set(changes.map(nameOf))
  for (const { cell, ...spot } of kept) {
    const value = typeof cell === 'string' ? withoutPhones(cell) : cell
    if (typeof value === 'string' && value !== cell && !changed.has(nameOf(spot)))
      changes.push({ ...spot, value })
  }
  const words = [...made.emptied].filter(([change]) => !foreign.has(nameOf(change)))
  const emptied = new Map(words.map(([change, what]) => [change, withoutPhones(what)]))
  return { ...made, changes, emptied, outdated: made.outdated.map(withoutPhones) }
}

function changeAt(place: Place, line: Line | undefined, isHers: boolean): Change[] {
  const { sheet, row, at, says } = place
  if (!line?.cell || line.reached === 'na') return []
  const where = { sheet, row, at }
  if (line.reported === 0) return says ? [{ ...where, value: null }] : []
  const lamp = lampOf(line)
  const right = valueFor(place, line)
  if (right === undefined) return []
  return isHers && isSame(place, line) ? [{ ...where, lamp }] : [{ ...where, ...right, lamp }]
}

function valueFor({ what }: Place, { cell, indicator }: Line): Right | undefined {
  if (!cell) return undefined
  const { value, num, den, step } = cell
  if (typeof what === 'object') return { value: isReached(step, what.step, indicator.steps) ? '√' : null }
  if (what === 'num') return num === null ? undefined : { value: Number(num) }
  if (what === 'den') return den === null ? undefined : { value: Number(den) }
  switch (indicator.kind) {
    case 'milestone':
      return step === null ? undefined : { value: step }
    case 'yes_no':
      return { value: value === '1' ? '是' : '否' }
    case 'ratio':
      if (num !== null && den !== null) return { value: Number(num) / Number(den), isShare: true }
      return value === null ? undefined : { value: Number(value) / 100, isShare: true }
    default:
      return value === null ? undefined : { value: Number(value) }
  }
}

const isReached = (step: string | null, mark: string, steps: Record<string, number>): boolean =>
  step !== null && (steps[step] ?? 0) >= (steps[mark] ?? 1)

function isSame({ what, says }: Place, { cell, indicator }: Line): boolean {
  if (!says || !cell) return false
  if (typeof what === 'object')
    return (says.value === '1') === isReached(cell.step, what.step, indicator.steps)
  if (what !== 'value') return says.num === cell.num && says.den === cell.den
  if (indicator.kind === 'milestone') return says.step === cell.step
  if (indicator.kind !== 'ratio' || cell.num === null) return Number(says.value) === Number(cell.value)
  return Math.abs(Number(says.value) - (100 * Number(cell.num)) / Number(cell.den)) < 0.005
}
