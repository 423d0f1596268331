// From what was said to what is written, and to the line or the question that goes back (`domain.md` C3).
import Fraction from 'fraction.js'
import { pickIndicator, pickUnit } from './args.ts'
import { type Entry, entryOf, show } from './campaign/entry.ts'
import { addDays } from './clock.ts'
import { type ChartCell, chartCells } from './database/progress.ts'
import type { NewReport } from './database/reports.ts'
import { type Indicator, isActive, type Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import { isTotal, sinceWhen } from './language/adding.ts'
import { eitherIn } from './language/either.ts'
import type { Spot } from './language/lexicon.ts'
import { isOneWithin } from './language/list-rows.ts'
import type { Item } from './language/understand.ts'
import { Question } from './question.ts'
import { yuanOrMore } from './ten-thousands.ts'
import { demand, ownUnit, type Turn } from './turn.ts'
import { day } from './wording.ts'

/** One number as the person means it; an indicator or amount that is missing is asked for. */
export interface Meant {
  unit: Unit
  indicator: Indicator
  amount: NonNullable<Item['amount']>
  add: boolean
  /** What of it is new, where the sentence says both. */
  added?: Item['added']
}

/** @returns everything the sentence reports, or the question that has to be answered first */
export function meantBy(turn: Turn, fallback: Unit | undefined): Meant[] | Question {
  const meant: Meant[] = []
  // 「张建国红色物业3个」 may mean his unit or ours: a person's name is no place.
  if (turn.meaning.people.length > 0 && turn.meaning.units.length === 0)
    throw new UserError('请说是哪个单位的，不要只说人名。例如“金苑社区红色物业3个”。')
  for (const item of turn.meaning.items) {
    const unit = item.unit ? pickUnit(turn, item.unit) : fallback
    if (unit instanceof Question) return unit
    if (!unit) throw new UserError('报哪个单位的？请带上单位，例如“金苑社区红色物业3个”。')
    demand(turn, 'report', unit, '报数')
    if (turn.roster.children(unit.id).length > 0)
      throw new UserError(
        `${unit.name}的数由各村（社区）报，请带上是哪一个，例如“${childOf(turn, unit)}红色物业3个”。`,
      )
    const indicator = item.indicator ? pickIndicator(turn, item.indicator) : whichIndicator(turn, unit)
    if (indicator instanceof Question) return indicator
    if (!item.amount && turn.meaning.items.length > 1)
      throw new UserError(
        `没听出“${indicator.name}”是多少，一项也没有登记。请把数说全，没变的不用报，例如“${indicator.name}3${indicator.uom}”。`,
      )
    if (!item.amount) return askAmount(turn, unit, indicator)
    const { amount, add, added } = item
    meant.push({ unit, indicator, amount, add, ...(added && { added }) })
  }
  return onlyOnce(meant)
}

/** One number for a cell: what is said twice is a slip of the tongue, and which of two numbers is meant nobody knows. */
function onlyOnce(meant: Meant[]): Meant[] {
  const known = new Map<string, Meant>()
  for (const one of meant) {
    const key = `${one.unit.id}/${one.indicator.id}`
    const before = known.get(key)
    if (!before) known.set(key, one)
    else if (one.add || before.add || sizeOf(one.amount) !== sizeOf(before.amount))
      throw new UserError(
        `${one.unit.short}的“${one.indicator.name}”说了两次，一项也没有登记。请只说一个数，例如“${one.indicator.name}3${one.indicator.uom}”。`,
      )
  }
  return [...known.values()]
}

const sizeOf = ({ start: _start, end: _end, ...size }: Meant['amount']) => JSON.stringify(size)

/** A community or village of the street, or of the district. */
function childOf(turn: Turn, { id }: Unit): string {
  const [child] = turn.roster.children(id)
  return child ? childOf(turn, child) || child.name : ''
}

/**
 * @returns what is to be written, or the question whether a number is meant in 元
 * @throws UserError when the day cannot be, or the number does not fit the indicator
 */
export async function reportsOf(turn: Turn, meant: Meant[]): Promise<NewReport[] | Question> {
  if (turn.meaning.isTangled)
    throw new UserError(
      '没听出哪个数是哪个单位的，一项也没有登记。请一个单位一行，例如：\n红色物业接龙\n金苑 3\n汝河小区 8',
    )
  const own = ownUnit(turn)
  const asOf = dayOf(turn)
  const reports: NewReport[] = []
  for (const one of meant) {
    const { unit, indicator, amount, add } = one
    const cell = await cellOf(turn, unit, indicator)
    mustApply(unit, indicator, cell)
    const { target } = cell
    const what = `${unit.short}·${indicator.name}`
    const asked = yuanOrMore(what, indicator, { said: turn.meaning.text, amount, target })
    if (asked) return asked
    const entry = entryOf({ ...indicator, target }, amount, add)
    if (typeof entry === 'string') throw new UserError(entry)
    const rest = turn.meaning.unclear.replace(/[^\p{Script=Han}\p{L}\d<>≤≥→]+/gu, ' ').trim()
    const doubt = /[\p{L}\d<>≤≥→]/u.test(rest)
      ? `“${rest.slice(0, 20)}”没听懂`
      : mismatch(turn.meaning.text, one, entry, cell)
    reports.push({
      ...{ unit, indicator, entry, asOf, target },
      onBehalf: unit.id !== own?.id,
      ...(doubt !== undefined && { doubt }),
    })
  }
  return reports
}

/** 累计3个，新增1个: what was there and what is new must come to what there is; a number that stands already does no harm. */
function mismatch(
  text: string,
  { indicator, amount, added }: Meant,
  entry: Entry,
  cell: ChartCell,
): string | undefined {
  if (!added || entry.op !== 'set' || !cell.reported) return undefined
  const more =
    added.kind === 'number' ? entryOf({ ...indicator, kind: 'count', target: null }, added, true) : ''
  const [total, before] = entry.num === null ? [entry.value, cell.value] : [entry.num, cell.num]
  if (typeof more === 'string' || more.value === null || total === null || before === null)
    return '新增的和累计的没法核对'
  const now = new Fraction(total)
  if (now.equals(new Fraction(before).add(more.value))) return undefined
  if (now.equals(before)) {
    // 累计2个，本周新增1个 may be said twice; 2个，又签了1个 may well be three.
    const isAll = isTotal(text, amount) || sinceWhen(text).some(({ start }) => start >= amount.end)
    return isAll || more.value === '0' ? undefined : `原来记的就是${show(indicator, cell)}，又说新增了`
  }
  const said = more.value === '0' ? '没有新增' : `新增${more.value}${indicator.uom}`
  return `说是${said}，可原来记的是${show(indicator, cell)}，合起来不是${show(indicator, { ...cell, ...entry })}`
}

/** The day the numbers speak of: today, unless the sentence names one that has come. */
export function dayOf(turn: Turn): string {
  const { meaning, today, roster } = turn
  if (meaning.day !== undefined && meaning.otherDay !== undefined)
    throw new UserError(
      `说了两个日子（${day(meaning.day)}和${day(meaning.otherDay)}），一项也没有登记。不同日子的数请分开报。`,
    )
  const named = meaning.day ?? today
  if (named > today) throw new UserError(`${day(named)}还没到。到那天再报，或者不带日期报现在的数。`)
  if (named < lastFriday(today) && !mayReachBack(turn.person))
    throw new UserError(`${day(named)}的数已经进了上周的排名，要改请找街道组织委员或区专班。`)
  if (named < roster.campaign.starts) throw new UserError(`${day(named)}还没开始攻坚，不能报那天的数。`)
  return named
}

/** The ranking is taken on Fridays: what is older is in it (`domain.md` C3.4). */
export function lastFriday(today: string): string {
  const sinceFriday = (new Date(today).getUTCDay() + 2) % 7
  return addDays(today, -sinceFriday)
}

export const mayReachBack = (person: Turn['person']) =>
  person?.duties.some(({ role }) => role === 'street_admin' || role === 'district_admin') ?? false

/** @throws UserError when nobody reports this number in a chat */
function mustApply(unit: Unit, indicator: Indicator, cell: ChartCell | undefined): asserts cell is ChartCell {
  if (!cell?.applies) throw new UserError(`${unit.name}不涉及“${indicator.name}”，不用报。`)
  if (indicator.source !== 'chat') throw new UserError(`“${indicator.name}”由系统从别处取数，不用在群里报。`)
}

/** 没有新进展: refreshes the date of what is named, or of all that the unit has reported (`domain.md` C3.8). */
export async function nothingNew(turn: Turn, own: Unit | undefined): Promise<NewReport[] | Question> {
  const { meaning, roster } = turn
  const places = placesOf(meaning.units, roster.isWithin)
  const [place, another] = places
  const unit = place ? pickUnit(turn, place) : own
  if (unit instanceof Question) return unit
  if (!unit) throw new UserError('哪个单位没有新进展？请带上单位全称。')
  // One receipt tells of one unit: nobody is to believe that the others were noted, too.
  if (another)
    throw new UserError(
      `零报告一次只报一个单位，${places.length}个单位都没有登记。请分开说，例如“${unit.name}零报告”。`,
    )
  demand(turn, 'report', unit, '报数')
  const read = meaning.indicators.map((spot) => pickIndicator(turn, spot))
  const asked = read.find((one) => one instanceof Question)
  if (asked instanceof Question) return asked
  const named = read.flatMap((one) => (one instanceof Question ? [] : one))
  if (roster.children(unit.id).length > 0) {
    const example = `${childOf(turn, unit)}${named[0]?.name ?? ''}零报告`
    const asking = `哪个单位没有新进展？${unit.name}的数由各村（社区）报，请带上是哪一个，例如“${example}”。`
    return new Question(asking, [], { said: meaning.text })
  }
  const cells = await chartCells(turn.db, roster, [unit.id])
  for (const indicator of named) {
    const cell = cells.find((one) => one.indicator === indicator.id)
    mustApply(unit, indicator, cell)
    if (!cell.reported)
      throw new UserError(`${unit.short}的“${indicator.name}”还没有报过数，没有什么可以照旧的。请直接报数。`)
  }
  const asOf = dayOf(turn)
  const entry = { op: 'zero' as const, value: null, num: null, den: null, step: null }
  const reports = cells.flatMap((cell): NewReport[] => {
    const indicator = roster.indicators.get(cell.indicator)
    if (!indicator || !cell.reported || indicator.source !== 'chat') return []
    if (named.length > 0 ? !named.includes(indicator) : !isActive(indicator)) return []
    return [{ unit, indicator, entry, asOf, target: cell.target, onBehalf: unit.id !== own?.id }]
  })
  if (reports.length === 0) throw new UserError(`${unit.name}还没有报过数，没有什么可以照旧的。`)
  return reports
}

/** 汝河路街道金苑社区 is one place, and so is one that is named twice. */
function placesOf(units: Spot[], isWithin: (unit: number, other: number) => boolean): Spot[] {
  const holds = (around: Spot, one: Spot) => isOneWithin(one, [around], isWithin)
  return units.filter((unit, at) =>
    units.every((other, index) => index === at || !holds(unit, other) || (holds(other, unit) && index > at)),
  )
}

/** Asked when no indicator is said; the answer completes the sentence. */
export function whichIndicator(turn: Turn, unit: Unit, doing = '报'): Question {
  const { text } = turn.meaning
  const open = [...turn.roster.indicators.values()].filter(
    (one) => one.appliesTo.includes(unit.level) && one.source === 'chat' && isActive(one),
  )
  const options = open.map(({ name }) => ({ label: name, words: `${text} ${name}` }))
  return new Question(doing === '报' ? `${unit.name}报哪一项？` : `${doing}${unit.name}的哪一项？`, options, {
    said: text,
  })
}

function askAmount(turn: Turn, unit: Unit, indicator: Indicator): Question {
  const { text } = turn.meaning
  const choices =
    indicator.kind === 'yes_no'
      ? ['已落实', '没落实']
      : indicator.kind === 'milestone'
        ? Object.keys(indicator.steps)
        : []
  const either = eitherIn(text)?.map((number) => `${number}${indicator.uom}`) ?? []
  const example = indicator.kind === 'ratio' ? '38/40' : `3${indicator.uom}`
  const asking = `${unit.short}·${indicator.name}完成多少？${choices.length > 0 ? '' : `例如“${example}”。`}`
  const options = [
    ...choices.map((choice) => ({ label: choice, words: `${text} ${choice}` })),
    // 三四个: said anew, for what was said says of no number that it is sure.
    ...either.map((number) => ({ label: number, words: `${unit.name}${indicator.name}${number}` })),
  ]
  return new Question(asking, options, { said: text, number: options.length === 0 })
}

export async function cellOf(turn: Turn, unit: Unit, indicator: Indicator): Promise<ChartCell | undefined> {
  const [cell] = await chartCells(turn.db, turn.roster, [unit.id], [indicator])
  return cell
}
