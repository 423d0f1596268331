// 更正, 撤回, 核实: what is said about numbers that were reported before (`domain.md` C3.3, C3.10).
import { entryOf } from '../campaign/entry.ts'
import { readCorrection } from '../language/correction.ts'
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
  return intent('report.correct', {
    ...unitSlot(heard, 'mine'),
    ...indicatorSlot(heard),
    ...right,
    ...(found.change !== undefined && { delta: Number(found.change) }),
    ...{ old, as_of: meaning.day === today ? undefined : meaning.day },
    ...(nothing && { missing: [...(spot ? [] : ['indicator']), 'value'] }),
    ...(found.unclear && { needs_confirm: true }),
  })
}

export function undoIntent(heard: Heard): Intent {
  const { meaning } = heard
  const isNamed = meaning.indicators.length > 0 || meaning.day !== undefined || meaning.units.length > 0
  return intent('report.undo', {
    target: isNamed ? 'match' : 'last',
    ...(isNamed && unitSlot(heard, 'mine')),
    ...indicatorSlot(heard),
    ...{ as_of: meaning.day, report: meaning.number },
  })
}

export function verifyIntent(heard: Heard, result: 'verified' | 'rejected'): Intent {
  return intent('report.verify', { ...unitSlot(heard, 'mine'), ...indicatorSlot(heard), result })
}
