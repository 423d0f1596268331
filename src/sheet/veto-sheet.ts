// The sheet 一票否决: off unless the plan switches it on, and never without a document and two people (`domain.md` C4.6).
import { effectNames } from '../campaign/adjustments.ts'
import type { IndicatorEntry, TargetEntry, UnitEntry, VetoEntry } from './campaign.ts'
import { dateWithin } from './indicator-sheet.ts'
import { approver } from './people-sheet.ts'
import type { Problem } from './problems.ts'
import type { Sheet } from './read.ts'
import { type Row, sheetNamed, tableRows } from './table.ts'
import type { Book } from './target-sheet.ts'
import { noteRepeats } from './unit-sheet.ts'
import { date, text, word } from './values.ts'

const sheet = '一票否决'
const effects = Object.fromEntries(
  Object.entries(effectNames).map(([effect, name]) => [name, effect as VetoEntry['effect']]),
)
const switchedOff =
  '没有打开。中央对一票否决从严控制，默认不用；确有依据的，请在「方案」加一行「一票否决」，内容写「开」'

/** @returns null when the file has no such sheet: then it says nothing about them */
export function readVetoes(
  sheets: Sheet[],
  book: Book,
  targets: TargetEntry[],
  problems: Problem[],
): VetoEntry[] | null {
  if (!sheetNamed(sheets, sheet)) return null
  const required = ['单位', '影响', '文号', '事由', '批准人', '批准人2', '起']
  const rows = tableRows(sheets, { sheet, required, optional: ['指标', '止'] }, problems)
  if (rows.length > 0 && book.plan?.settings.veto === false)
    problems.push({ sheet, row: 0, message: switchedOff })
  const entries = rows.map((row) => ({ row, ...toVeto(row, book, targets) }))
  noteRepeats(
    entries.filter(({ unit, document }) => unit !== undefined && document !== null),
    ({ unit, document }) => `${unit?.code}/${document}`,
    ({ row }, first) => row.problem('文号', `与第${first.row.row}行重复：一个单位的一个文号只写一行`),
  )
  return entries.flatMap(({ veto }) => veto ?? [])
}

interface Reading {
  unit: UnitEntry | undefined
  document: string | null
  /** Missing when anything needed is. */
  veto?: VetoEntry
}

function toVeto(row: Row, book: Book, targets: TargetEntry[]): Reading {
  const { unit, indicator } = whatItHits(row, book)
  const effect = row.text('影响') === '' ? 'no_award' : row.read('影响', word(effects))
  const document = row.need('文号', text)
  const reason = row.need('事由', text)
  const [first, second] = ['批准人', '批准人2'].map((column) => {
    if (row.text(column) === '') row.problem(column, '不能空着')
    return approver(row, column, book.findPerson)
  })
  if (row.text('起') === '') row.problem('起', '不能空着')
  const starts = dateWithin(row, '起', book.plan)
  // The effect of a document may well last longer than the campaign.
  const ends = row.read('止', date)
  if (first && first.person === second?.person) row.problem('批准人2', '与批准人相同，一票否决要由两个人批准')
  if (starts !== null && ends !== null && ends < starts) row.problem('止', '早于起始日期')
  if (effect !== null) checkIndicator(row, effect, unit, indicator, targets)
  if (!unit || effect === null || document === null || reason === null) return { unit, document }
  if (!first || !second || starts === null) return { unit, document }
  const approved = { approvedBy: first.said, approvedByToo: second.said, starts, ends }
  const veto = { unit: unit.code, indicator: indicator?.code ?? null, effect, document, reason, ...approved }
  return { unit, document, veto }
}

function whatItHits(row: Row, { findUnit, findIndicator }: Book) {
  if (row.text('单位') === '') row.problem('单位', '不能空着')
  const indicator = findIndicator(row, '指标')
  const unit = findUnit(row, '单位', ({ level }) => indicator?.appliesTo.includes(level) ?? false)
  return { unit, indicator }
}

/** An indicator belongs to 该项得0分 only, and has to be one that the unit is measured by. */
function checkIndicator(
  row: Row,
  effect: VetoEntry['effect'],
  unit: UnitEntry | undefined,
  indicator: IndicatorEntry | undefined,
  targets: TargetEntry[],
): void {
  const isZero = effect === 'indicator_zero'
  if (isZero && row.text('指标') === '') row.problem('指标', '影响是「该项得0分」时不能空着')
  if (!isZero && row.text('指标') !== '') row.problem('指标', '影响是「该项得0分」时才写，请空着')
  if (!isZero || !unit || !indicator) return
  const isPlace = unit.level === 'community' || unit.level === 'village'
  const isExempt = targets.some(
    (target) => target.exempt && target.unit === unit.code && target.indicator === indicator.code,
  )
  if ((isPlace && !indicator.appliesTo.includes(unit.level)) || isExempt)
    row.problem('指标', `「${indicator.name}」不适用于「${unit.name}」`)
}
