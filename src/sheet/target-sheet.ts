// The sheet 任务: what each unit has to reach, by when, and who answers for it.
import type { IndicatorEntry, PlanEntry, TargetEntry, UnitEntry } from './campaign.ts'
import { dateWithin, type Indicators, points, targetParser } from './indicator-sheet.ts'
import { approver, type People } from './people-sheet.ts'
import type { Problem } from './problems.ts'
import type { Sheet } from './read.ts'
import { type Row, tableRows } from './table.ts'
import { noteRepeats, type Units } from './unit-sheet.ts'

const sheet = '任务'

export interface Book extends Units, People, Indicators {
  plan: PlanEntry | undefined
}

export function readTargets(sheets: Sheet[], book: Book, problems: Problem[]): TargetEntry[] {
  const optional = ['目标', '基数', '截止日期', '责任人', '不涉及原因', '批准人']
  const rows = tableRows(sheets, { sheet, required: ['单位', '指标'], optional }, problems)
  const entries = rows.flatMap((row) => {
    const target = toTarget(row, book)
    return target ? { row, target } : []
  })
  noteRepeats(
    entries,
    ({ target }) => `${target.unit}/${target.indicator}`,
    ({ row }, first) => row.problem('指标', `与第${first.row.row}行重复`),
  )
  const targets = entries.map(({ target }) => target)
  if (entries.length === rows.length && rows.length > 0) noteWithoutTarget(book, targets, problems)
  return targets
}

function toTarget(row: Row, book: Book): TargetEntry | undefined {
  const cell = cellOf(row, book)
  if (!cell) return undefined
  const { unit, indicator } = cell
  const reason = row.text('不涉及原因')
  const approvedBy = row.text('批准人')
  if (approvedBy !== '') approver(row, '批准人', book.findPerson)
  if (reason !== '' && approvedBy === '') row.problem('批准人', '写了不涉及原因，就要写批准人')
  if (reason === '' && approvedBy !== '') row.problem('不涉及原因', '写了批准人，就要写不涉及原因')
  return {
    unit: unit.code,
    indicator: indicator.code,
    target: row.read('目标', targetParser(indicator.kind)),
    baseline: row.read('基数', points),
    due: dateWithin(row, '截止日期', book.plan),
    responsible: book.findPerson(row, '责任人', (person) => person.unit === unit.code) ?? null,
    exempt: reason === '' ? null : { reason, approvedBy },
  }
}

/** The unit and indicator that a row speaks of; undefined when they are not clear or do not belong together. */
export function cellOf(
  row: Row,
  { findUnit, findIndicator }: Book,
): { unit: UnitEntry; indicator: IndicatorEntry } | undefined {
  for (const column of ['单位', '指标']) if (row.text(column) === '') row.problem(column, '不能空着')
  const indicator = findIndicator(row, '指标')
  const unit = findUnit(row, '单位', ({ level }) => indicator?.appliesTo.includes(level) ?? false)
  if (!unit || !indicator) return undefined
  if (indicator.appliesTo.includes(unit.level)) return { unit, indicator }
  row.problem('指标', `「${indicator.name}」不适用于「${unit.name}」`)
  return undefined
}

/** Without a target a count could not be reached by anybody: better said now than found on the chart. */
function noteWithoutTarget({ units, indicators }: Book, targets: TargetEntry[], problems: Problem[]): void {
  const given = new Set(
    targets.filter((t) => t.exempt !== null || t.target !== null).map((t) => `${t.unit}/${t.indicator}`),
  )
  for (const { code, name, kind, target, appliesTo } of indicators) {
    if (target !== null || (kind !== 'count' && kind !== 'amount')) continue
    const without = units.filter(
      (unit) => appliesTo.includes(unit.level) && !given.has(`${unit.code}/${code}`),
    )
    const some = without.slice(0, 3).map((unit) => unit.name)
    if (without.length > 0)
      problems.push({
        ...{ sheet, row: 0 },
        message: `「${name}」有 ${without.length} 个单位没有目标，如 ${some.join('、')}；请在「任务」填目标，或在「指标」填默认目标`,
      })
  }
}
