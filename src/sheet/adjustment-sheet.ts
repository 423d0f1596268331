// The sheet 加减分: points that a document gives to a unit or takes from it (`domain.md` C4.5).
import Fraction from 'fraction.js'
import { limits } from '../campaign/adjustments.ts'
import type { AdjustmentEntry } from './campaign.ts'
import type { Problem } from './problems.ts'
import type { Sheet } from './read.ts'
import { sheetNamed, tableRows } from './table.ts'
import { noteRepeats, type Units } from './unit-sheet.ts'
import { type Parser, signed, text } from './values.ts'

const sheet = '加减分'

/** @returns null when the file has no such sheet: then it says nothing about them */
export function readAdjustments(
  sheets: Sheet[],
  { findUnit }: Units,
  problems: Problem[],
): AdjustmentEntry[] | null {
  if (!sheetNamed(sheets, sheet)) return null
  const form = { sheet, required: ['单位', '分值', '文号'], optional: ['事由'] }
  const rows = tableRows(sheets, form, problems).map((row) => {
    if (row.text('单位') === '') row.problem('单位', '不能空着')
    const unit = findUnit(row, '单位')?.code
    const said = { points: row.need('分值', points), document: row.need('文号', text) }
    return { row, unit, ...said, reason: row.text('事由') }
  })
  noteRepeats(
    rows.filter(({ unit, document }) => unit !== undefined && document !== null),
    ({ unit, document }) => `${unit}/${document}`,
    ({ row }, first) =>
      row.problem('文号', `与第${first.row.row}行重复：一个单位的一个文号只写一行，分值请合并`),
  )
  return rows.flatMap(({ unit, points, document, reason }) =>
    unit === undefined || points === null || document === null ? [] : { unit, points, document, reason },
  )
}

const points: Parser<string> = (cell) => {
  const number = signed(cell)
  if ('wrong' in number) return number
  const value = new Fraction(number.value)
  if (value.equals(0)) return { wrong: '不能是 0' }
  if (value.gt(limits.plus)) return { wrong: `${value} 太多，加分最多 ${limits.plus} 分` }
  return value.lt(-limits.minus) ? { wrong: `${value} 太多，减分最多 ${limits.minus} 分` } : number
}
