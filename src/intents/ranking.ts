// 排名, 得分, 比一比: whose place, in which scope, the first or the last of it, or two of them side by side (`domain.md` §1).
import { ours } from '../args.ts'
import { bothOf, ofLevel, placeWords } from '../compare-asked.ts'
import type { Unit } from '../database/roster.ts'
import type { Spot } from '../language/lexicon.ts'
import { findNumbers } from '../language/numerals.ts'
import { findPeriod } from '../language/periods.ts'
import { Question } from '../question.ts'
import { askedIn, namelessText } from '../ranking-asked.ts'
import { comparedPeriods } from './compared-periods.ts'
import { type Heard, type Intent, intent, type Slots } from './intent.ts'
import { indicatorSlot, pickedUnit, unsaidUnit } from './places.ts'
import { progressIntent } from './progress.ts'

/** 排名: a table, its first or last, or the place of one. */
export function rankingIntent(heard: Heard): Intent {
  const { roster, today } = heard
  const asked = askedIn(namelessText(heard))
  const { want, count } = asked
  const isPlace = want === 'place' || want === 'moved'
  const found = scopeIn(heard)
  const isLeaf = found.one !== undefined && roster.children(found.one.id).length === 0
  const isOne = isPlace || (isLeaf && want === 'table' && (found.isNamed || asked.ours))
  const period =
    asked.period === 'this-week'
      ? findPeriod('本周', today, 'back')
      : findPeriod(namelessText(heard), today, 'back')
  const shared = {
    ...indicatorSlot(heard),
    ...(period && { period: period.period }),
    ...(['moved', 'climbers', 'fallers'].includes(want) && { metric: 'rank_change' }),
  }
  if (isOne) {
    const [only] = asked.below.length === 1 ? asked.below : []
    return intent('ranking.query', {
      ...placeSlots(heard, found),
      ...(only && { unit_level: only }),
      ...shared,
    })
  }
  const parent = found.one?.parent == null ? undefined : roster.units.get(found.one.parent)
  const scope = asked.streets && !found.isNamed ? roster.root : isLeaf && parent ? parent : found.one
  return intent('ranking.query', {
    ...found.slots,
    ...(scope && { unit: scope.name }),
    unit_level: levelOf(heard, asked, scope),
    ...((want === 'top' || want === 'climbers') && { top: count }),
    ...((want === 'last' || want === 'fallers') && { bottom: count }),
    ...shared,
  })
}

/** 得分: why a place is what it is. */
export function explainIntent(heard: Heard): Intent {
  return intent('ranking.query', {
    ...placeSlots(heard, scopeIn(heard)),
    ...indicatorSlot(heard),
    metric: 'explain',
  })
}

function levelOf({ roster }: Heard, { streets, below }: ReturnType<typeof askedIn>, scope: Unit | undefined) {
  if (streets) return 'street'
  if (below.length === 1) return below[0]
  return below.length === 0 && scope?.id === roster.root.id ? 'street' : undefined
}

interface Scope {
  one?: Unit
  isNamed: boolean
  /** Empty for a unit that is sure, else what is asked. */
  slots: Slots
}

const isRoot = ({ roster }: Heard, { candidates }: Spot) =>
  candidates.every(({ id }) => id === roster.root.id)

/** The unit that is named besides the district, else the group's or one's own. */
function scopeIn(heard: Heard): Scope {
  const { meaning, roster } = heard
  const [spot, other] = meaning.units.filter((one) => !isRoot(heard, one))
  if (!spot) {
    const isOurs = ours.test(meaning.text)
    const saysRoot = meaning.units.length > 0 && !isOurs
    const one = saysRoot ? roster.root : unsaidUnit(heard, 'chat')
    return { ...(one && { one }), isNamed: false, slots: {} }
  }
  const first = pickedUnit(heard, spot)
  const second = other && pickedUnit(heard, other)
  // 汝河路街道的金苑排第几: the smaller one.
  const inner = first.one && second?.one && roster.isWithin(second.one.id, first.one.id) ? second : first
  const { unit: _, ...asks } = inner.slots
  return {
    ...(inner.one && { one: inner.one }),
    isNamed: true,
    slots: inner.one ? {} : { ...inner.slots, ...asks },
  }
}

/** `rank_of`, and the scope in which it is looked for. */
function placeSlots(heard: Heard, { one, isNamed, slots }: Scope): Slots {
  const { roster, meaning } = heard
  const saysRoot = meaning.units.some((spot) => isRoot(heard, spot))
  // 全区排第几, with nobody named, is about who asks.
  const unit = saysRoot && !isNamed ? (unsaidUnit(heard, 'mine') ?? one) : one
  const { unit: guess, ...asks } = slots
  const isStreet = unit?.level === 'street'
  const where = saysRoot ? roster.root : roster.units.get(unit?.parent ?? roster.root.id)
  return {
    ...asks,
    ...(guess !== undefined && { rank_of: guess }),
    ...(unit && { rank_of: unit.name }),
    ...(where && { unit: where.name }),
    ...(isStreet && { unit_level: 'street' }),
  }
}

/** 比一比: two units, or one and whoever has a place, or one now and then. */
export function compareIntent(heard: Heard): Intent {
  const { text, units } = heard.meaning
  const indicator = indicatorSlot(heard)
  const spots = units.filter((spot) => !isRoot(heard, spot))
  const place = placeOf(text)
  const grew =
    /(?:涨|增加|增长|多|提高|推进|前进|上升)了?(?:多少|几)/.test(text) &&
    !/[比较跟和与从超赶追撵]|(?<![今本]年)以来|至今/.test(namelessText(heard))
  // 上个月多了几个: within one stretch of time, which nothing is compared with.
  if (spots.length < 2 && !place && grew) return progressIntent(heard, { agg: 'delta' })
  const periods = spots.length < 2 && !place ? comparedPeriods(text, heard.today) : undefined
  if (periods) {
    const [spot] = units
    const slots = spot ? pickedUnit(heard, spot).slots : { unit: unsaidUnit(heard, 'chat')?.name }
    return intent('ranking.compare', { ...slots, ...indicator, periods })
  }
  const [one, other, ...more] = spots
  if (one && other) {
    const both = bothOf(heard, one, other)
    if (both instanceof Question) {
      const candidates = both.options.map(({ label }) => label)
      return intent('ranking.compare', { ambiguous: 'unit', candidates, ...indicator })
    }
    const rest = more.flatMap((spot) => pickedUnit(heard, spot).one?.name ?? [])
    return intent('ranking.compare', { units: [...both.map(({ name }) => name), ...rest], ...indicator })
  }
  const own = unsaidUnit(heard, 'mine')
  if (place) {
    const picked = one && pickedUnit(heard, one)
    if (picked && !picked.one) return intent('ranking.compare', { ...picked.slots, ...indicator })
    const unit = picked?.one ?? own
    return intent('ranking.compare', { units: unit ? [unit.name, place] : [place], ...indicator })
  }
  if (!one) return intent('ranking.compare', { ...indicator, missing: ['unit'] })
  const picked = pickedUnit(heard, own ? ofLevel(heard, one, own.level) : one)
  if (!picked.one) return intent('ranking.compare', { ...picked.slots, ...indicator })
  const { level } = picked.one
  const with_ = own?.level !== level && heard.chatUnit?.level === level ? heard.chatUnit : own
  return intent('ranking.compare', {
    units: with_ ? [with_.name, picked.one.name] : [picked.one.name],
    ...indicator,
  })
}

/** Who has a place: the first one, the one before. */
function placeOf(text: string): string | undefined {
  const found = placeWords.exec(text)
  if (!found) return undefined
  const [, first, above, below, number] = found
  if (first) return '@rank:1'
  if (above) return '@prev'
  if (below) return '@next'
  return `@rank:${findNumbers(number ?? '')[0]?.value ?? 1}`
}
