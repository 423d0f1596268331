// What a question about missing reports, or a nudge, is about: units, indicator, level and the stretch of time.
import { indicator as indicatorArg, pickUnit, strangerInPrivate } from './args.ts'
import type { Calendar } from './campaign/calendar.ts'
import { collectionStart } from './campaign/collection.ts'
import { addDays, dateOf, momentOf, timeOf } from './clock.ts'
import { type Span, unitsOfPeople } from './database/missing.ts'
import { leavesOf } from './database/progress.ts'
import type { Indicator, Unit } from './database/roster.ts'
import type { Level } from './database/schema.ts'
import { UserError } from './errors.ts'
import { findPeriod } from './language/periods.ts'
import { Question } from './question.ts'
import { may, ownUnit, type Turn } from './turn.ts'
import { day } from './wording.ts'

export interface Asked {
  scope: Unit
  /** 社区 or 村 where only those are asked about, else empty. */
  level: '社区' | '村' | ''
  /** The communities and villages that are asked about. */
  units: number[]
  indicator: Indicator | undefined
  span: Span
  /** A period was named: nothing else is asked about. */
  isPeriod: boolean
  /** The span in words: 这周（11月16日到11月22日）, 11月20日 18:00以来. */
  when: string
}

/** @throws UserError when it cannot be asked like this; @returns a Question when a name may mean several */
export async function askedIn(
  turn: Turn,
  action: 'missing' | 'nudge',
  calendar: Calendar,
): Promise<Asked | Question> {
  const indicator = indicatorArg()(turn)
  if (indicator instanceof Question) return indicator
  if (indicator && indicator.source !== 'chat')
    throw new UserError(`“${indicator.name}”由系统从别处取数，不用在群里报，没有谁没报。`)
  const several = action === 'nudge' ? await severalIn(turn) : []
  if (several instanceof Question) return several
  const scope = several.length > 1 ? over(turn, several) : await scopeOf(turn, action)
  if (scope instanceof Question) return scope
  const level = levelOf(turn.meaning.text)
  const places = several.length > 1 ? several : [scope]
  const units = [...new Set(places.flatMap(({ id }) => leavesOf(turn.roster, id)))].filter(
    (id) => level === '' || turn.roster.units.get(id)?.level === levels[level],
  )
  return { scope, level, units, indicator, ...spanOf(turn, action, calendar) }
}

/** What is named; a person stands for the own unit. Else the group's unit, or the part of it that is the sender's. */
async function scopeOf(turn: Turn, action: 'missing' | 'nudge'): Promise<Unit | Question> {
  const { meaning, roster, chatUnit, message, person } = turn
  if (meaning.units.length > 0) return namedUnit(turn)
  if (meaning.people.length > 0) return unitOfPerson(turn)
  if (message.chat.kind === 'group' && !chatUnit)
    throw new UserError('这个群还没有绑定单位。请街道组织委员或区专班 @我 发“绑定 街道名称”。')
  const own = ownUnit(turn) ?? (person && roster.root)
  if (chatUnit && own && !may(turn, action, chatUnit) && roster.isWithin(own.id, chatUnit.id)) return own
  const meant = chatUnit ?? own
  if (!meant) throw new UserError(strangerInPrivate)
  return meant
}

/** 汝河路街道金苑社区 is one place; several places are asked about one by one. */
function namedUnit(turn: Turn): Unit | Question {
  const picked: Unit[] = []
  for (const spot of turn.meaning.units) {
    const unit = pickUnit(turn, spot)
    if (unit instanceof Question) return unit
    picked.push(unit)
  }
  const last = picked.at(-1)
  const isOne = picked.every((unit) => last && turn.roster.isWithin(last.id, unit.id))
  if (!last || !isOne) throw new UserError('一次只能问一个单位。问整个街道，请说街道的名字。')
  return last
}

/** 催催金苑和汝河小区: the units that are named, each for itself; fewer than two where it is one place. */
async function severalIn(turn: Turn): Promise<Unit[] | Question> {
  const { units, people } = turn.meaning
  if (units.length === 0 && people.length < 2) return []
  const picked: Unit[] = []
  for (const spot of units) {
    const unit = pickUnit(turn, spot)
    if (unit instanceof Question) return unit
    picked.push(unit)
  }
  for (const spot of units.length === 0 ? people : []) {
    const unit = await unitOfPerson({ ...turn, meaning: { ...turn.meaning, people: [spot] } })
    if (unit instanceof Question) return unit
    picked.push(unit)
  }
  // 汝河路街道金苑社区 is only the latter.
  const isOuter = (unit: Unit) =>
    picked.some((other) => other.id !== unit.id && turn.roster.isWithin(other.id, unit.id))
  return [...new Set(picked)].filter((unit) => !isOuter(unit))
}

/** The smallest unit that has all of them in it. */
function over({ roster }: Turn, [first, ...more]: Unit[]): Unit {
  let top = first
  while (top?.parent != null && more.some(({ id }) => !roster.isWithin(id, top?.id ?? 0)))
    top = roster.units.get(top.parent)
  return top ?? roster.root
}

async function unitOfPerson({ meaning, roster, db, today }: Turn): Promise<Unit | Question> {
  const [spot] = meaning.people
  if (!spot || meaning.people.length > 1) throw new UserError('一次只能问一个人的单位。')
  const ids = await unitsOfPeople(
    db,
    spot.candidates.map(({ id }) => id),
    today,
  )
  const [only, ...others] = ids.flatMap((id) => roster.units.get(id) ?? [])
  const name = meaning.text.slice(spot.start, spot.end)
  if (!only) throw new UserError(`${name}名下没有单位。请说单位的名字。`)
  if (others.length === 0) return only
  const options = [only, ...others].map((unit) => ({
    label: unit.name,
    words: `${meaning.text.slice(0, spot.start)}${unit.name}${meaning.text.slice(spot.end)}`,
  }))
  return new Question(`您说的是哪个单位的${name}？`, options)
}

const levels = { 社区: 'community', 村: 'village' } as const satisfies Record<string, Level>

function levelOf(text: string): Asked['level'] {
  const found = /(?:哪些?|哪几个|哪个|几个|多少个?|所有|各个?)(?:的)?(社区|村)/.exec(text)
  return (found?.[1] as Asked['level'] | undefined) ?? ''
}

function spanOf(
  { meaning, today, now }: Turn,
  action: 'missing' | 'nudge',
  calendar: Calendar,
): Pick<Asked, 'span' | 'isPeriod' | 'when'> {
  const { text, day: named } = meaning
  const found = findPeriod(text, today, 'back')
  const period = found?.period ?? (named === undefined ? undefined : { start: named, end: named })
  if (!period) {
    const from = collectionStart(now, calendar)
    const span = {
      from,
      until: new Date(now.getTime() + 1),
      firstDay: addDays(dateOf(from), 1),
      lastDay: today,
    }
    return { span, isPeriod: false, when: `${day(dateOf(from))}${timeOf(from)}以来` }
  }
  const { start, end } = period
  if (start > today && action === 'nudge')
    throw new UserError(`现在只催到今天没报的。到时候再催，可以先说“${day(start)}9点提醒我催报”。`)
  if (start > today) throw new UserError('那时候还没到。可以问“这周谁没报”。')
  const dates = start === end ? day(start) : `${day(start)}到${day(end)}`
  const word = found ? text.slice(found.start, found.end) : ''
  return {
    span: {
      from: momentOf(start, '00:00'),
      until: momentOf(addDays(end, 1), '00:00'),
      firstDay: start,
      lastDay: end,
    },
    isPeriod: true,
    when: word === '' ? dates : `${word}（${dates}）`,
  }
}
