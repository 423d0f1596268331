// One cell of a clerk's table as the number of an indicator: nothing, a value, or what is wrong with it.
import Fraction from 'fraction.js'
import { quoted } from './near.ts'
import type { Known, NumberEntry } from './numbers.ts'
import type { Cell } from './read.ts'
import { decimal, key, type Parser, percent, whole, yesNo } from './values.ts'

type Filled = NonNullable<Cell>
type Indicator = Known['indicators'][number]
export type Measured = Pick<NumberEntry, 'value' | 'num' | 'den' | 'step'>
export type Reading = { measured: Measured } | { wrong: string }

export const nothing: Measured = { value: null, num: null, den: null, step: null }
const silent = new Set([
  '',
  '-',
  '--',
  '—',
  '——',
  '–',
  '/',
  '\\',
  '无',
  '暂无',
  '空',
  '未报',
  '未上报',
  '不涉及',
])
/** What is counted in any of these is counted in 「个」 as well. */
const counters = '个家次户人名处件条项栋座场份支'

/** Whether a cell says nothing: never zero. */
export const saysNothing = (cell: Cell): boolean =>
  cell === null || (typeof cell === 'string' && silent.has(key(cell)))

/** Excel's own errors, and a formula that was never worked out. */
export const isFormulaError = (cell: Cell): boolean =>
  typeof cell === 'string' &&
  /^#(REF!|DIV\/0!|VALUE!|NAME\?|NUM!|N\/A|NULL!|SPILL!|CALC!|ERR!)$/i.test(cell.trim())

export const formulaError = (cell: Cell): string =>
  String(cell) === '#CALC!'
    ? '公式还没有算出结果，请用 Excel 打开、保存后再发'
    : `公式出错（${cell}），请改好公式，或直接填数`

/** What a cell of a column of values says. */
export function valueIn(cell: Filled, indicator: Indicator): Reading {
  if (isFormulaError(cell)) return { wrong: formulaError(cell) }
  if (indicator.kind === 'milestone') return stepOf(cell, indicator)
  const parsed = parserOf(indicator)(cell)
  return 'wrong' in parsed ? parsed : { measured: { ...nothing, value: parsed.value } }
}

/** A numerator and its denominator; both have to be there. */
export function partsOf(num: Cell, den: Cell): Reading | { wrong: string; isDen: true } {
  const [above, below] = [num, den].map((cell) => {
    if (saysNothing(cell)) return { wrong: '分子和分母要一起填' }
    if (isFormulaError(cell)) return { wrong: formulaError(cell) }
    return decimal(unitless(cell as Filled, ''))
  })
  if (!above || 'wrong' in above) return { wrong: above?.wrong ?? '' }
  if (!below || 'wrong' in below) return { wrong: below?.wrong ?? '', isDen: true }
  if (new Fraction(above.value).gt(below.value)) return { wrong: `${above.value} 大于分母 ${below.value}` }
  return { measured: { ...nothing, num: above.value, den: below.value } }
}

/** Whether a cell below a step's name marks it as reached. */
export function isMarked(cell: Filled): boolean | { wrong: string } {
  if (isFormulaError(cell)) return { wrong: formulaError(cell) }
  const parsed = yesNo(cell)
  return 'wrong' in parsed ? parsed : parsed.value === '1'
}

export function reached(step: string, { steps }: Indicator): Measured {
  return { ...nothing, value: String(steps[step]), step }
}

function stepOf(cell: Filled, indicator: Indicator): Reading {
  const names = Object.keys(indicator.steps)
  const step = names.find((name) => key(name) === key(String(cell)).replace(/^已|(?:完成|阶段|通过)$/g, ''))
  const exact = names.find((name) => key(name) === key(String(cell))) ?? step
  if (exact !== undefined) return { measured: reached(exact, indicator) }
  return { wrong: `没有「${quoted(cell)}」这个节点，可以写：${names.join('、')}` }
}

function parserOf({ kind, uom }: Indicator): Parser<string> {
  if (kind === 'yes_no') return yesNo
  const parser = kind === 'ratio' ? percent : kind === 'count' ? whole : decimal
  return (cell) => {
    const bare = unitless(cell, uom)
    const parsed = parser(bare)
    if ('value' in parsed) return parsed
    const isVague =
      typeof cell === 'string' && /\d/.test(cell) && !/^-?[\d,.]+[%％]?$/.test(key(String(bare)))
    if (isVague)
      return { wrong: `「${quoted(cell)}」不是准确的数，请只写数字${uom ? `（单位：${uom}）` : ''}` }
    return { wrong: `${parsed.wrong}${advice.find(([end]) => parsed.wrong.endsWith(end))?.[1] ?? ''}` }
  }
}

/** What to do about it, by what it ends with. */
const advice = [
  ['不是数字', '，请填阿拉伯数字'],
  ['是负数', '，不能小于 0'],
  ['不是整数', '，请填整数'],
  ['超过 100%', '，请核对'],
] as const

/** 「3个」 → 「3」, when that is what the indicator is counted in. */
function unitless(cell: Filled, uom: string): Filled {
  if (typeof cell !== 'string') return cell
  const said = key(cell)
  const suffix = /^-?[\d,.]+(\D+)$/.exec(said)?.[1]
  if (suffix === undefined) return cell
  const isCounted = suffix.length === 1 && counters.includes(suffix) && (uom === '个' || uom === '')
  return suffix === key(uom) || isCounted ? said.slice(0, -suffix.length) : cell
}
