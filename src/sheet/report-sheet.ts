// The sheet 数据: numbers of the past, cumulative, a line for every unit, indicator and day.
import Fraction from 'fraction.js'
import type { IndicatorEntry, ReportEntry, TargetEntry } from './campaign.ts'
import { dateWithin } from './indicator-sheet.ts'
import type { Problem } from './problems.ts'
import type { Sheet } from './read.ts'
import { type Row, tableRows } from './table.ts'
import { type Book, cellOf } from './target-sheet.ts'
import { noteRepeats } from './unit-sheet.ts'
import { decimal, key, percent, whole, yesNo } from './values.ts'

type Measured = Pick<ReportEntry, 'value' | 'num' | 'den' | 'step'>
const nothing: Measured = { value: null, num: null, den: null, step: null }

/** @param today numbers of a later day are refused: until that day, one would overrule every report of a chat */
export function readReports(
  sheets: Sheet[],
  book: Book,
  { targets, today = '9999' }: { targets: TargetEntry[]; today?: string | undefined },
  problems: Problem[],
): ReportEntry[] {
  const required = ['单位', '指标', '日期', '数值']
  const form = { sheet: '数据', required, optional: ['分子', '分母', '节点', '报送人'], mayBeAbsent: true }
  const full = new Map(targets.map((entry) => [`${entry.unit}/${entry.indicator}`, entry.target]))
  const entries = tableRows(sheets, form, problems).flatMap((row) => {
    const cell = cellOf(row, book)
    if (row.text('日期') === '') row.problem('日期', '不能空着')
    const asOf = dateWithin(row, '日期', book.plan)
    if (asOf !== null && asOf > today) row.problem('日期', `${asOf} 晚于今天（${today}），日期不能晚于今天`)
    if (!cell || asOf === null) return []
    const { unit, indicator } = cell
    const most = full.get(`${unit.code}/${indicator.code}`) ?? indicator.target ?? '100'
    const measured = measure(row, indicator, most)
    const reporter = book.findPerson(row, '报送人', (person) => person.unit === unit.code) ?? null
    return measured
      ? { row, report: { unit: unit.code, indicator: indicator.code, asOf, ...measured, reporter } }
      : []
  })
  noteRepeats(
    entries,
    ({ report }) => `${report.unit}/${report.indicator}/${report.asOf}`,
    ({ row }, first) => row.problem('日期', `与第${first.row.row}行重复：同一单位、指标、日期只能有一个数`),
  )
  return entries.map(({ report }) => report)
}

function measure(row: Row, indicator: IndicatorEntry, fullMark: string): Measured | undefined {
  if (indicator.kind === 'milestone') return reachedStep(row, indicator)
  if (indicator.kind === 'ratio' && (row.text('分子') !== '' || row.text('分母') !== '')) return parts(row)
  const value = row.need('数值', parsers[indicator.kind])
  if (value === null) return undefined
  if (indicator.kind !== 'score' || new Fraction(value).lte(fullMark)) return { ...nothing, value }
  row.problem('数值', `${value} 超过满分 ${fullMark}`)
  return undefined
}

const parsers = { count: whole, amount: decimal, ratio: percent, yes_no: yesNo, score: decimal } as const

function parts(row: Row): Measured | undefined {
  const num = row.need('分子', decimal)
  const den = row.need('分母', decimal)
  if (num === null || den === null) return undefined
  if (new Fraction(num).lte(den)) return { ...nothing, num, den }
  row.problem('分子', `${num} 大于分母 ${den}`)
  return undefined
}

function reachedStep(row: Row, { steps }: IndicatorEntry): Measured | undefined {
  const said = row.text('节点')
  const step = steps.find(([name]) => key(name) === key(said))
  if (step) return { ...nothing, value: step[1], step: step[0] }
  const names = steps.map(([name]) => name).join('、')
  row.problem('节点', said === '' ? '不能空着' : `没有「${said}」这个节点，可以写：${names}`)
  return undefined
}
