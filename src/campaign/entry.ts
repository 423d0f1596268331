// What an amount means for an indicator, and whether it is believed at once (`domain.md` C3.1, C3.9).
import Fraction from 'fraction.js'
import type { CellState } from './cell.ts'
import { completion, type Measure, percent } from './completion.ts'

/** One number as it will be written. */
export interface Entry {
  op: 'set' | 'add' | 'zero'
  value: string | null
  num: string | null
  den: string | null
  step: string | null
}

/** An amount as understood from a sentence (`language/amounts.ts`). */
export type Said =
  | { kind: 'number'; value: string; scaled: boolean; uom: string }
  | { kind: 'ratio'; num: string; den: string }
  | { kind: 'percent'; value: string }
  | { kind: 'step'; step: string }
  | { kind: 'whole' | 'yes' | 'no' }

export interface Subject extends Measure {
  name: string
  uom: string
  /** Milestones, with the share reached. */
  steps: Record<string, number>
}

const nothing = { value: null, num: null, den: null, step: null }

/** What a number may have: enough for every budget, and for 0.0001 万元 (`domain.md` C1). */
const most = { digits: 12, decimals: 4 }

/** @returns the entry, or a sentence that says how this indicator is reported */
export function entryOf(subject: Subject, said: Said, add: boolean): Entry | string {
  const entry = entryFor(subject, said, add)
  if (typeof entry === 'string') return entry
  const parts = [entry.value, entry.num, entry.den].flatMap((one) => (one === null ? [] : [one.split('.')]))
  if (parts.some(([whole = '']) => whole.replace('-', '').length > most.digits))
    return `这个数太大了，没有登记。${subject.name}最多${most.digits}位数，请核对后再报。`
  if (entry.step === null && parts.some(([, decimals = '']) => decimals.length > most.decimals))
    return `小数太长了，没有登记。${subject.name}最多报${most.decimals}位小数。`
  return entry
}

function entryFor(subject: Subject, said: Said, add: boolean): Entry | string {
  const how = (example: string) => `${subject.name}请这样报：${example}`
  const set = (entry: Partial<Entry>): Entry => ({ op: 'set', ...nothing, ...entry })
  const { kind, name, uom, target } = subject
  switch (kind) {
    case 'count':
    case 'amount': {
      if (said.kind === 'number') return set({ op: add ? 'add' : 'set', value: inUnit(said, uom) })
      if (said.kind === 'ratio' && target !== null && new Fraction(said.den).equals(target))
        return set({ value: said.num })
      if (said.kind === 'whole' && target !== null) return set({ value: target })
      return how(`“${name}3${uom}”`)
    }
    case 'ratio':
      if (said.kind === 'ratio') return set({ num: said.num, den: said.den })
      if (said.kind === 'percent') return set({ value: said.value })
      if (said.kind === 'whole') return set({ value: '100' })
      return how(`“${name}38/40”（已覆盖/总数）`)
    case 'yes_no':
      if (said.kind === 'yes' || said.kind === 'whole') return set({ value: '1' })
      if (said.kind === 'no') return set({ value: '0' })
      return how(`“${name}已落实”或“${name}没落实”`)
    case 'milestone': {
      const steps = inOrder(subject.steps)
      const step = said.kind === 'whole' ? steps.at(-1) : said.kind === 'step' ? said.step : ''
      const share = subject.steps[step ?? '']
      if (step && share !== undefined) return set({ step, value: new Fraction(share).toString() })
      return how(`“${name}过了${steps[0] ?? '第一步'}”（节点：${steps.join('、')}）`)
    }
    case 'score':
      if (said.kind === 'number') return set({ value: said.value })
      return how(`“${name}86分”`)
  }
}

/** 申报, 创建, 初验, 验收: by the share they stand for, however the database keeps them. */
export function inOrder(steps: Record<string, number>): string[] {
  return Object.entries(steps)
    .sort(([, a], [, b]) => a - b)
    .map(([step]) => step)
}

/** 十八万五 and 185000元 are both 18.5 when the indicator counts in 万元. */
function inUnit({ value, scaled, uom }: Extract<Said, { kind: 'number' }>, unit: string): string {
  const inTenThousands = unit.startsWith('万')
  const plain = scaled || (uom !== '' && !uom.startsWith('万') && unit.endsWith(uom))
  return inTenThousands && plain ? new Fraction(value).div(10_000).toString() : value
}

/**
 * Why a number should be asked about before it counts; undefined when it is believed.
 * @param before the cell as it stands, `after` as it would stand
 */
export function doubtOf(subject: Subject, before: CellState, after: CellState): string | undefined {
  const { direction } = subject
  const reason = wrongInItself(subject, after)
  if (reason !== undefined) return reason
  const value = new Fraction(after.value ?? 0)
  if (before.report_id === null) return jumpOf(subject, new Fraction(subject.baseline), value)
  const [old, now] = [comparable(subject, before), comparable(subject, after)]
  if (direction === 'up' ? now.lt(old) : now.gt(old))
    return `比上次（${show(subject, before)}）${direction === 'up' ? '少' : '多'}`
  return jumpOf(subject, new Fraction(before.value ?? 0), value)
}

/** A correction may lower a number and may jump, but not beyond twice the target (`domain.md` C3.9). */
export function impossible(subject: Subject, right: Amounts): string | undefined {
  const reason = wrongInItself(subject, right)
  const { kind, direction, target, uom } = subject
  if (reason !== undefined || target === null || direction === 'down') return reason
  const isCount = kind === 'count' || kind === 'amount'
  const most = new Fraction(target).mul(2)
  return isCount && most.gt(0) && new Fraction(right.value ?? 0).gt(most)
    ? `超过目标${target}${uom}的两倍`
    : undefined
}

type Amounts = Pick<CellState, 'value' | 'num' | 'den'>

/** More than all, negative, a broken piece: whatever was there before. */
function wrongInItself(subject: Subject, after: Amounts): string | undefined {
  const { kind, uom } = subject
  if (after.num !== null && after.den !== null && new Fraction(after.num).gt(after.den))
    return `${after.num}比总数${after.den}还多`
  if (kind === 'ratio' && after.num === null && new Fraction(after.value ?? 0).gt(100)) return '超过了100%'
  const value = new Fraction(after.value ?? 0)
  if (value.lt(0) || (after.num !== null && new Fraction(after.num).lt(0))) return '是负数'
  if (kind === 'count' && !new Fraction(after.value ?? 0).mod(1).equals(0)) return `不是整${uom}`
  if (kind === 'score' && subject.target !== null && value.gt(subject.target))
    return `超过满分${subject.target}`
  return undefined
}

/** Far more than planned: over 1.2 × target, and over half a target more than before. */
function jumpOf(
  { kind, direction, target, uom }: Subject,
  before: Fraction,
  value: Fraction,
): string | undefined {
  if ((kind !== 'count' && kind !== 'amount') || direction === 'down' || target === null) return undefined
  const limit = [new Fraction(target).mul('1.2'), before.add(new Fraction(target).mul('0.5'))]
  return limit.every((most) => value.gt(most)) ? `比目标${target}${uom}多出太多` : undefined
}

/** Whether a total lies behind another: what was meant as an increment often does. */
export const isTotalBelow = (
  { kind, direction }: Pick<Subject, 'kind' | 'direction'>,
  said: Pick<CellState, 'value'>,
  before: Pick<CellState, 'value' | 'report_id'>,
): boolean => {
  if ((kind !== 'count' && kind !== 'amount') || before.report_id === null) return false
  const [value, old] = [new Fraction(said.value ?? 0), new Fraction(before.value ?? 0)]
  return direction === 'up' ? value.lt(old) : value.gt(old)
}

/** Ratios are compared by their share, everything else by its number. */
export function comparable(subject: Measure, cell: Amounts): Fraction {
  if (subject.kind !== 'ratio') return new Fraction(cell.value ?? 0)
  const share = completion({ ...subject, target: '100' }, cell)
  return share === 'na' ? new Fraction(0) : share
}

/** A cell's value as people write it: 3个, 38/40, 已落实, 初验, 86分; 未报 when there is none. */
export function show(
  { kind, uom }: Pick<Subject, 'kind' | 'uom'>,
  cell: Omit<CellState, 'pending_id'>,
): string {
  if (cell.report_id === null) return '未报'
  if (kind === 'yes_no') return cell.value === '1' ? '已落实' : '未落实'
  if (kind === 'milestone') return cell.step ?? percentOf(cell.value)
  if (kind === 'ratio')
    return cell.num !== null && cell.den !== null ? `${cell.num}/${cell.den}` : `${cell.value}%`
  return `${cell.value}${uom}`
}

const percentOf = (share: string | null) => `${percent(new Fraction(share ?? 0))}%`
