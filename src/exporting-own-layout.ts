// The table that a clerk loaded, with the numbers of an export in it: her rows, columns and styles (`domain.md` N8).
import type { Line } from './chart.ts'
import { type LoadedTable, loadedTables } from './database/loaded-tables.ts'
import { lampOf, linesByPlace } from './exporting-grid.ts'
import type { ExportView } from './exporting-view.ts'
import { type Change, fill, withDay } from './sheet/fill.ts'
import { type Place, type Places, placesIn } from './sheet/fill-places.ts'
import { dayIn } from './sheet/number-dates.ts'
import type { Known } from './sheet/numbers.ts'
import { readSheets } from './sheet/read.ts'
import type { Turn } from './turn.ts'

/** Looked at, newest first, until one is wholly within what may be exported. */
const mostTables = 3
/** Larger tables take too long while others wait. */
const mostRows = 3_000

export interface OwnLayout {
  file?: { name: string; bytes: Buffer }
  /** For 说明. */
  note: string
}

/** @returns undefined when nobody has loaded a table about these units alone */
export async function ownLayout(turn: Turn, view: ExportView): Promise<OwnLayout | undefined> {
  const { db, roster } = turn
  for (const table of await loadedTables(db, roster.campaign.id, mostTables)) {
    const sheets = await readSheets(table.bytes)
    const rows = sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0)
    if (rows > mostRows) continue
    const places = placesIn(sheets, knownOf(view), { today: turn.today, fileName: table.fileName })
    if (places.places.length === 0) continue
    // Not a line of others: their numbers are not this person's to take away.
    if ([...places.units].every((id) => roster.isWithin(id, view.unit.id)))
      return filled(turn, view, table, places)
  }
  return undefined
}

function knownOf({ roster }: ExportView): Known {
  const { starts, ends } = roster.campaign
  return { units: [...roster.units.values()], indicators: [...roster.indicators.values()], starts, ends }
}

async function filled(turn: Turn, view: ExportView, table: LoadedTable, places: Places): Promise<OwnLayout> {
  const span = { starts: view.roster.campaign.starts, today: turn.today }
  const isCurrent = currentSheets(places, (text) => dayIn(text, span))
  const of = linesByPlace(view)
  const lineAt = ({ unit, indicator }: Place) => of.get(`${unit}/${indicator}`)
  const taken = places.places.filter(({ sheet }) => isCurrent(sheet))
  const dates = taken.flatMap((place) => lineAt(place)?.cell?.as_of ?? [])
  const day = dates.reduce((a, b) => (a > b ? a : b), span.starts)
  const changes = taken.flatMap((place) => changeAt(place, lineAt(place)))
  const renamed: { from: string; to: string }[] = []
  for (const { sheet, row, at, text } of places.dated.filter((one) => isCurrent(one.sheet))) {
    const now = withDay(text, day)
    if (now === undefined || dayIn(now, span) !== day)
      return { note: `您导入的《${table.fileName}》里的日期“${text}”改不了，没有附上填好的表。` }
    if (row === undefined || at === undefined) renamed.push({ from: sheet, to: now })
    else changes.push({ sheet, row, at, value: now })
  }
  for (const { sheet, row, at } of places.days)
    if (isCurrent(sheet)) changes.push({ sheet, row, at, value: day, isDay: true })
  const name = nameOf(table.fileName, day)
  const bytes = await fill(table.bytes, { changes, renamed })
  const lost = /\.xls$/i.test(table.fileName) ? '（旧版 .xls 的颜色和列宽带不过来）' : ''
  return {
    file: { name, bytes },
    note: `另附《${name}》：您导入的表${lost}，数是截至${day}的，灯用底色和数后面的符号标出；有公式的格子没有动，打开时重新计算。`,
  }
}

/** A table for every week: those of earlier weeks stay as they are. */
function currentSheets({ dated, places }: Places, dayOf: (text: string) => string | undefined) {
  const days = new Map(dated.map(({ sheet, text }) => [sheet, dayOf(text) ?? '']))
  const sheets = new Set(places.map(({ sheet }) => sheet))
  const latest = [...sheets].map((sheet) => days.get(sheet) ?? '').reduce((a, b) => (a > b ? a : b), '')
  return (sheet: string) => (days.get(sheet) ?? latest) === latest
}

function nameOf(fileName: string, day: string): string {
  const base = fileName.replace(/\.[a-z]{2,5}$/i, '')
  return `${withDay(base, day) ?? `${base}_${day}`}.xlsx`
}

/** What has to change in a cell so that it says what counts now; what it says already stays as it is written. */
function changeAt(place: Place, line: Line | undefined): Change[] {
  const { sheet, row, at, says } = place
  if (!line?.cell || line.reached === 'na') return []
  const where = { sheet, row, at }
  if (line.reported === 0) return says ? [{ ...where, value: null }] : []
  const lamp = lampOf(line)
  const right = valueFor(place, line)
  if (right === undefined) return []
  return isSame(place, line) ? [{ ...where, lamp }] : [{ ...where, ...right, lamp }]
}

type Right = Pick<Change, 'value' | 'isShare'>

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
