// One number of a report as slots: value, num and den, pct, bool, milestone or complete, and whether it is believed.
import Fraction from 'fraction.js'
import type { CellState } from '../campaign/cell.ts'
import { doubtOf, type Entry, entryOf } from '../campaign/entry.ts'
import type { Indicator, Unit } from '../database/roster.ts'
import type { Item } from '../language/understand.ts'
import type { Heard, Slots } from './intent.ts'

/** @returns the amount as slots, numbers in the indicator's unit; `needs_confirm` when the book speaks against it */
export function numberSlots(
  heard: Heard,
  item: Item,
  unit: Unit | undefined,
  indicator: Indicator | undefined,
): Slots {
  const { amount, add } = item
  if (!amount) return {}
  if (!indicator) return bare(item)
  const known = unit && heard.standing(unit.id, indicator.id)
  const target = known?.target ?? null
  const entry = entryOf({ ...indicator, target }, amount, add)
  // What does not fit the indicator is asked about.
  if (typeof entry === 'string')
    return { ...bare(item), ...(fits(indicator, amount) ? {} : { needs_confirm: true }) }
  const before = stateOf(known ? { ...empty, value: known.value } : empty, known !== undefined)
  const doubt = doubtOf({ ...indicator, target }, before, after(before, entry))
  return {
    ...bare(item),
    ...inUnit(indicator, amount, entry),
    ...((doubt !== undefined || !addsUp(item, entry, known?.value)) && { needs_confirm: true }),
  }
}

/** 累计3个，新增1个 where 1 stands: what was there and what is new must come to what there is (`src/reporting.ts`). */
function addsUp({ added }: Item, { op, value }: Entry, before: string | undefined): boolean {
  if (added?.kind !== 'number' || op !== 'set' || value === null || before === undefined) return true
  const now = new Fraction(value)
  return now.equals(before) || now.equals(new Fraction(before).add(added.value))
}

/** Totals of a part, whole or not: 38/40 of a count whose target nobody knows. */
const fits = ({ kind }: Indicator, { kind: said }: NonNullable<Item['amount']>) =>
  (kind === 'count' && (said === 'ratio' || said === 'whole')) || (kind === 'ratio' && said === 'number')

function inUnit({ kind }: Indicator, amount: NonNullable<Item['amount']>, entry: Entry): Slots {
  if (entry.value === null || kind === 'milestone') return {}
  // 任务4个，完成3个 of a count is the 3.
  if (amount.kind === 'ratio' && kind !== 'ratio')
    return { value: Number(entry.value), num: undefined, den: undefined }
  return amount.kind === 'number' ? { value: Number(entry.value) } : {}
}

function bare({ amount, add }: Item): Slots {
  const op = add ? 'add' : 'set'
  switch (amount?.kind) {
    case 'number':
      return { value: Number(amount.value), op }
    case 'ratio':
      return { num: Number(amount.num), den: Number(amount.den), op: 'set' }
    case 'percent':
      return { pct: Number(amount.value), op }
    case 'step':
      return { milestone: amount.step, op: 'set' }
    case 'whole':
      return { complete: true, op: 'set' }
    case 'yes':
    case 'no':
      return { bool: amount.kind === 'yes', op: 'set' }
    default:
      return {}
  }
}

const empty = { value: null, num: null, den: null, step: null }

const stateOf = (entry: Pick<Entry, 'value' | 'num' | 'den' | 'step'>, reported: boolean): CellState => ({
  ...entry,
  ...{ as_of: null, reported_at: null, report_id: reported ? 1 : null, pending_id: null },
})

function after(before: CellState, entry: Entry): CellState {
  if (entry.op !== 'add') return stateOf(entry, true)
  const value = new Fraction(before.value ?? 0).add(entry.value ?? 0).toString()
  return stateOf({ ...entry, value }, true)
}
