// What a file would change, in the few lines that a phone shows.
import { show } from './campaign/entry.ts'
import { briefChanges, briefNotes, type Changes, hasChanges, unchanged } from './database/load-changes.ts'
import type { Roster } from './database/roster.ts'
import type { CellChange, Shown } from './database/row-images.ts'

const mostNumbers = 20
const mostUnits = 6
const mostNotes = 2

/** Kinds of changes, what is doubtful, the numbers that change, and what was left out: at most about fourteen lines. */
export function previewLines(
  changes: Changes,
  cells: CellChange[],
  roster: Roster | undefined,
  leftOut: string[],
): string[] {
  const notes = [...leftOut, ...briefNotes(changes)]
  const rest = notes.length - mostNotes
  const shownNotes = [...notes.slice(0, mostNotes), ...(rest > 0 ? [`另有 ${rest} 条说明。`] : [])]
  if (!hasChanges(changes)) return [unchanged(changes), ...briefChanges(changes), ...shownNotes]
  return [...briefChanges(changes), ...(roster ? numberLines(cells, roster, changes) : []), ...shownNotes]
}

/** 金苑社区：红色物业 2→3个，监督员 5→6名; those that go down first. */
function numberLines(cells: CellChange[], roster: Roster, { reports }: Changes): string[] {
  const byUnit = new Map<number, string[]>()
  const lowerFirst = cells.toSorted((a, b) => Number(isLower(b)) - Number(isLower(a)))
  let told = 0
  for (const cell of lowerFirst) {
    const [unit, indicator] = [roster.units.get(cell.unit_id), roster.indicators.get(cell.indicator_id)]
    if (!unit || !indicator || told >= mostNumbers) continue
    if (!byUnit.has(unit.id) && byUnit.size >= mostUnits) continue
    const words = `${indicator.name} ${moved(indicator, cell)}`
    byUnit.set(unit.id, [...(byUnit.get(unit.id) ?? []), words])
    told++
  }
  const lines = [...byUnit].map(([unit, words]) => `${roster.units.get(unit)?.name}：${words.join('，')}`)
  if (cells.length > told) lines.push(`另有 ${cells.length - told} 个数要改。`)
  const same = reports.added + reports.changed - cells.length
  if (same > 0)
    lines.push(`${cells.length > 0 ? '其余 ' : ''}${same} 个数不改现在的数：和现在的一样，或者日期较早。`)
  return lines
}

const isLower = ({ before, after }: CellChange) =>
  before?.value != null && after?.value != null && Number(after.value) < Number(before.value)

export function moved(indicator: Parameters<typeof show>[0], { before, after }: CellChange): string {
  const words = (one: Shown | null) =>
    show(indicator, { ...(one ?? nothing), as_of: null, reported_at: null, report_id: one && 1 })
  const [from, to] = [words(before), words(after)]
  const { uom } = indicator
  const bare = uom !== '' && from.endsWith(uom) && to.endsWith(uom) ? from.slice(0, -uom.length) : from
  return `${bare}→${to}`
}

const nothing: Shown = { value: null, num: null, den: null, step: null }
