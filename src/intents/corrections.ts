// 更正, 撤回, 核实: what is said about numbers that were reported before (`domain.md` C3.3, C3.10).
import { doubtOf, entryOf, impossible } from '../campaign/entry.ts'
import type { Indicator } from '../database/roster.ts'
import { type Correction, isUnheard, readCorrection } from '../language/correction.ts'
import { mustAskUndo } from '../language/undoing.ts'
import { type Heard, type Intent, intent, type Slots } from './intent.ts'
import { indicatorSlot, pickedIndicator, unitSlot } from './places.ts'

export function correctIntent(heard: Heard): Intent {
  const { meaning, today } = heard
  const [spot] = meaning.indicators
  const indicator = spot && pickedIndicator(heard, spot).one
  const found = readCorrection(meaning, Object.keys(indicator?.steps ?? {}))
  const sizeOf = (said: typeof found.value): number | undefined => {
    if (said?.kind !== 'number') return undefined
    const entry = indicator && entryOf({ ...indicator, target: null }, said, false)
    return Number(entry && typeof entry !== 'string' && entry.value !== null ? entry.value : said.value)
  }
  const { value } = found
  const right: Slots = {
    ...(value?.kind === 'number' && { value: sizeOf(value) }),
    ...(value?.kind === 'ratio' && { num: Number(value.num), den: Number(value.den) }),
    ...(value?.kind === 'percent' && { pct: Number(value.value) }),
    ...(value?.kind === 'step' && { milestone: value.step }),
    ...((value?.kind === 'yes' || value?.kind === 'no') && { bool: value.kind === 'yes' }),
    ...(value?.kind === 'whole' && { complete: true }),
  }
  const old = sizeOf(found.old)
  const nothing = value === undefined && found.change === undefined
  const place = unitSlot(heard, 'mine')
  // One number at a time, and of one cell: `src/correcting-subject.ts`.
  const several = meaning.indicators.length > 1 || meaning.units.length > 1 || meaning.otherDay !== undefined
  // 由2个变成3个: what stands in the book was right until now.
  const name = found.how === 'moved' ? 'progress.report' : 'report.correct'
  return intent(name, {
    ...place,
    ...indicatorSlot(heard),
    ...right,
    ...(found.how === 'moved' && { op: 'set' }),
    ...(isImpossible(heard, found, indicator, place['unit']) && { needs_confirm: true }),
    ...(found.change !== undefined && { delta: sizeOf(found.off) ?? Number(found.change) }),
    ...{ old, as_of: meaning.day === today ? undefined : meaning.day },
    ...(nothing && { missing: [...(spot ? [] : ['indicator']), 'value'] }),
    ...((found.unclear || isUnheard(found) || several || isBareMuch(found, indicator)) && {
      needs_confirm: true,
    }),
  })
}

/** 少报了5000 where 万元 are counted: 元, surely, but it is asked (`src/ten-thousands.ts`). */
const isBareMuch = ({ off }: Correction, indicator: Indicator | undefined): boolean =>
  off?.kind === 'number' &&
  !off.scaled &&
  off.uom === '' &&
  indicator?.uom.startsWith('万') === true &&
  Math.abs(Number(off.value)) >= 1_000

/** A right number beyond twice the target is asked about all the same (`domain.md` C3.9). */
function isImpossible(
  { roster, standing }: Heard,
  { value, how }: Correction,
  indicator: Indicator | undefined,
  unit: unknown,
): boolean {
  const place = [...roster.units.values()].find(({ name }) => name === unit)
  if (!indicator || !place || !value) return false
  const known = standing(place.id, indicator.id)
  const entry = entryOf({ ...indicator, target: known?.target ?? null }, value, false)
  if (typeof entry === 'string') return false
  const subject = { ...indicator, target: known?.target ?? null }
  if (how !== 'moved' || !known) return impossible(subject, entry) !== undefined
  const before = {
    ...entry,
    value: known.value,
    as_of: null,
    reported_at: null,
    report_id: 1,
    pending_id: null,
  }
  return doubtOf(subject, before, { ...before, ...entry }) !== undefined
}

export function undoIntent(heard: Heard): Intent {
  const { meaning } = heard
  const asks = mustAskUndo(meaning)
  const isNamed = meaning.indicators.length > 0 || meaning.day !== undefined || meaning.units.length > 0
  return intent('report.undo', {
    target: isNamed ? 'match' : 'last',
    ...(isNamed && unitSlot(heard, 'mine')),
    ...indicatorSlot(heard),
    ...{ as_of: meaning.day, report: meaning.number, ...(asks && { needs_confirm: true }) },
  })
}

export function verifyIntent(heard: Heard, result: 'verified' | 'rejected'): Intent {
  const { units, indicators, number } = heard.meaning
  const isNumbered = number !== undefined
  const missing = [
    ...(units.length > 0 || isNumbered ? [] : ['unit']),
    ...(indicators.length > 0 || isNumbered ? [] : ['indicator']),
  ]
  return intent('report.verify', {
    ...(units.length > 0 && unitSlot(heard, 'mine')),
    ...{ ...indicatorSlot(heard), result },
    ...(missing.length > 0 && { missing }),
    ...((units.length > 1 || indicators.length > 1 || isOther(heard)) && { needs_confirm: true }),
  })
}

/** 红色物业5个属实 where 2 stand: which number is true? */
function isOther(heard: Heard): boolean {
  const { roster, standing, meaning } = heard
  const amount = meaning.items.find((item) => item.amount)?.amount
  const named = { ...unitSlot(heard, 'mine'), ...indicatorSlot(heard) }
  const unit = [...roster.units.values()].find(({ name }) => name === named['unit'])
  const indicator = [...roster.indicators.values()].find(({ name }) => name === named['indicator'])
  const known = unit && indicator && standing(unit.id, indicator.id)
  return known !== undefined && amount?.kind === 'number' && Number(amount.value) !== Number(known.value)
}
