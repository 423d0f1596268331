// What is reported: one number or several, a list, or that nothing is new (`domain.md` C3).
import { eitherIn } from '../language/either.ts'
import { readList } from '../language/list.ts'
import type { Item, Meaning } from '../language/understand.ts'
import { ownUnit } from '../turn.ts'
import { type Heard, type Intent, intent, type Slots } from './intent.ts'
import { numberSlots } from './numbers.ts'
import { pickedIndicator, pickedUnit, unsaidUnit } from './places.ts'

/** 报数. */
export function reportIntent(heard: Heard): Intent {
  const { meaning } = heard
  const said = meaning.items.filter(({ amount, indicator }) => amount || indicator)
  if (meaning.nothingNew && said.every(({ amount }) => !amount)) return nothingNew(heard)
  const items = said.map((item) => itemSlots(heard, item))
  const asks = isDoubtful(meaning) || isRefused(heard) || saysTwice(items)
  const asOf = meaning.day === undefined ? {} : { as_of: meaning.day }
  return reportOf(heard, items, { ...asOf, ...(asks && { needs_confirm: true }) })
}

/** 接龙: the numbers of all lines; a doubtful line is asked about, and then nothing is written. */
export function listIntent(heard: Heard): Intent {
  const { meaning, commands, read, roster } = heard
  const list = readList(meaning.text, {
    read,
    isReport: ({ command }) => ['报数', '接龙'].includes(commands[command ?? -1]?.name ?? ''),
    isWithin: roster.isWithin,
  })
  if (typeof list === 'string') return intent('progress.report', { missing: ['value'] })
  const items = list.lines.flatMap((line) => line.meaning.items.map((item) => itemSlots(heard, item)))
  const isUnclear = list.lines.some(({ why }) => why !== undefined)
  const day = list.lines.find((line) => line.meaning.day !== undefined)?.meaning.day
  return reportOf(heard, items, {
    ...(day !== undefined && { as_of: day }),
    ...(isUnclear && { needs_confirm: true }),
  })
}

/** What `src/reporting.ts` sends back to be said again: a person's name is no place, and one day at a time. */
const isRefused = ({ meaning: { people, units, otherDay } }: Heard): boolean =>
  (people.length > 0 && units.length === 0) || otherDay !== undefined

/** 红色物业3个，红色物业4个: one number for a cell. */
function saysTwice(items: Slots[]): boolean {
  const cells = items.map(({ unit, indicator }) => `${unit}/${indicator}`)
  return cells.some(
    (cell, at) =>
      cells.indexOf(cell) < at && JSON.stringify(items[cells.indexOf(cell)]) !== JSON.stringify(items[at]),
  )
}

/** One number stands by itself, several are items. */
function reportOf(heard: Heard, items: Slots[], more: Slots): Intent {
  const [only = { missing: ['indicator', 'value'] }, ...others] = items
  const own = ownUnit(heard)?.name
  const onBehalf = items.some(({ unit }) => unit !== undefined && own !== undefined && unit !== own)
  const shared = { ...more, ...(onBehalf && { on_behalf: true }) }
  if (others.length === 0) return intent('progress.report', { ...only, ...shared })
  const asks = items.some((item) => ['needs_confirm', 'ambiguous', 'missing'].some((slot) => slot in item))
  const units = [...new Set(items.map(({ unit }) => unit))]
  const common = units.length === 1 && units[0] !== undefined ? { unit: units[0] } : {}
  const first = items.find((item) => 'ambiguous' in item)
  return intent(
    'progress.report',
    {
      ...common,
      items: items.map(({ ambiguous: _a, candidates: _c, needs_confirm: _n, missing: _m, ...item }) => item),
      ...(first && { ambiguous: first['ambiguous'], candidates: first['candidates'] }),
      ...shared,
    },
    asks,
  )
}

export function itemSlots(heard: Heard, item: Item): Slots {
  const place = item.unit ? pickedUnit(heard, item.unit) : undefined
  const unsaid = place ? undefined : unsaidUnit(heard, 'mine')
  // A street's numbers, and the district's, are those of its communities: of which one has to be said.
  const isWhole = unsaid !== undefined && heard.roster.children(unsaid.id).length > 0
  const unit = place ? place.one : isWhole ? undefined : unsaid
  const what = item.indicator && pickedIndicator(heard, item.indicator)
  const either = item.amount ? undefined : eitherIn(heard.meaning.text)
  const lacks = [
    ...(isWhole ? ['unit'] : []),
    ...(what ? [] : ['indicator']),
    ...(item.amount || either ? [] : ['value']),
  ]
  return {
    ...(unit && { unit: unit.name }),
    ...place?.slots,
    ...what?.slots,
    ...numberSlots(heard, item, unit, what?.one),
    ...(either && { ambiguous: 'value', candidates: either }),
    ...(lacks.length > 0 && { missing: lacks }),
  }
}

function nothingNew(heard: Heard): Intent {
  const { meaning, today } = heard
  const [spot] = meaning.units
  const what = meaning.indicators.map((one) => pickedIndicator(heard, one).slots)
  const place = spot ? pickedUnit(heard, spot).slots : { unit: unsaidUnit(heard, 'mine')?.name }
  // 本周没啥新变化: since when makes no difference.
  const unclear = meaning.unclear.replace(/[本这]?一?个?(?:周|礼拜|星期)|[本这]个?月|这[两几]天|吧/g, '')
  const asks = isDoubtful({ ...meaning, unclear }) || isRefused(heard) || meaning.units.length > 1
  return intent('progress.report', {
    ...{ ...place, ...what[0], op: 'zero_report', as_of: meaning.day ?? today },
    ...(asks && { needs_confirm: true }),
  })
}

/** What is left unexplained turns a report into a question. */
export const isDoubtful = ({ unclear, isTangled }: Meaning): boolean =>
  isTangled || /[\p{L}\d<>≤≥→]/u.test(unclear.replace(/[^\p{Script=Han}\p{L}\d<>≤≥→]+/gu, ' ').trim())
