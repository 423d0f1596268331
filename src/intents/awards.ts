// 十佳, 约谈: who is on the lists of the year's end (`domain.md` C11).
import { type Heard, type Intent, intent } from './intent.ts'
import { indicatorSlot } from './places.ts'

export function awardIntent(heard: Heard): Intent {
  const { text, units } = heard.meaning
  const award = /约谈|谈话|喝茶/.test(text) ? '约谈' : '十佳'
  const [unit] = units
  const only = unit?.candidates.length === 1 ? unit.candidates[0]?.name : undefined
  return intent('award.query', { award, unit: only, ...indicatorSlot(heard) })
}
