// The cells of one unit's row in a wide table: values, pairs of numerator and denominator, marks below steps.
import type { Findings } from './number-rows.ts'
import {
  isMarked,
  type Measured,
  partsOf,
  type Reading,
  reached,
  saysNothing,
  valueIn,
} from './number-values.ts'
import type { Wide } from './number-wide.ts'
import type { Cell, SheetRow } from './read.ts'

interface Of {
  unit: number
  asOf: string
  findings: Findings
}

export function readCells(wide: Wide, row: SheetRow, { unit, asOf, findings }: Of): void {
  const { sheet, roles, title } = wide
  const cell = (at: number) => row.cells[at] ?? null
  const wrong = (at: number, message: string) =>
    findings.problem({ sheet: sheet.name, row: row.row, column: title(at), at, message })
  const add = (at: number, indicator: number, measured: Measured) =>
    findings.add({
      sheet: sheet.name,
      row: row.row,
      column: title(at),
      at,
      unit,
      indicator,
      asOf,
      ...measured,
    })
  const paired = new Set<number>()

  for (const [at, role] of roles.entries()) {
    if (role.kind !== 'num' && role.kind !== 'den') continue
    const { indicator } = role
    if (role.kind === 'den' || paired.has(indicator.id)) continue
    const den = roles.findIndex((other) => other.kind === 'den' && other.indicator === indicator)
    if (saysNothing(cell(at)) && saysNothing(cell(den))) continue
    paired.add(indicator.id)
    const reading = den < 0 ? { wrong: '有分子，没有「分母」列' } : partsOf(cell(at), cell(den))
    if ('measured' in reading) add(at, indicator.id, reading.measured)
    else wrong('isDen' in reading ? den : at, reading.wrong)
  }
  for (const [at, role] of roles.entries()) {
    if (role.kind !== 'value') continue
    const { indicator } = role
    const joint = jointRows(wide, row, at)
    if (joint > 1) wrong(at, `合并单元格跨了 ${joint} 行，分不清是哪个单位的数，请拆开分别填`)
    if (joint > 1 || paired.has(indicator.id)) continue
    const said: Cell = cell(at)
    if (said === null || saysNothing(said)) continue
    const reading: Reading = valueIn(said, indicator)
    if ('measured' in reading) add(at, indicator.id, reading.measured)
    else wrong(at, reading.wrong)
  }
  readSteps(wide, row, { wrong, add })
}

/** The furthest step that is marked. */
function readSteps(
  { roles }: Wide,
  row: SheetRow,
  how: {
    wrong(at: number, message: string): void
    add(at: number, indicator: number, measured: Measured): void
  },
): void {
  const furthest = new Map<number, { at: number; share: number; measured: Measured }>()
  for (const [at, role] of roles.entries()) {
    const cell = row.cells[at] ?? null
    if (role.kind !== 'step' || cell === null || saysNothing(cell)) continue
    const marked = isMarked(cell)
    if (typeof marked === 'object') how.wrong(at, marked.wrong)
    if (marked !== true) continue
    const share = role.indicator.steps[role.step] ?? 0
    const before = furthest.get(role.indicator.id)
    if (!before || share > before.share)
      furthest.set(role.indicator.id, { at, share, measured: reached(role.step, role.indicator) })
  }
  for (const [indicator, { at, measured }] of furthest) how.add(at, indicator, measured)
}

/** How many rows a merged cell covers that begins here and is not all of one unit; else 1. */
function jointRows({ grid, roles }: Wide, { row }: SheetRow, at: number): number {
  const merge = grid.merge(row, at)
  if (!merge || merge.bottom === merge.top || merge.top !== row) return 1
  const unit = grid.merge(
    row,
    roles.findIndex(({ kind }) => kind === 'unit' || kind === 'code'),
  )
  const isOneUnit = unit !== undefined && unit.top <= merge.top && unit.bottom >= merge.bottom
  return isOneUnit ? 1 : merge.bottom - merge.top + 1
}
