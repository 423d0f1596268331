// A pasted list, one line a place or an indicator, read line by line; what the heading says holds for all (`domain.md` C3.5). Pure.
import { isTotal, speaksOfMore } from './adding.ts'
import type { Spot } from './lexicon.ts'
import { isOneWithin, layOut, type Reading, type Row } from './list-rows.ts'
import { unclearMark } from './list-split.ts'
import { isDueDay, wrongTotal } from './list-totals.ts'
import { saysNumber, withoutCourtesy } from './list-words.ts'
import { longestKept } from './normalize.ts'
import type { Item, Meaning } from './understand.ts'

export const mostLines = 200

export interface ListLine {
  /** Counted from 1, without the heading. */
  number: number
  text: string
  meaning: Meaning
  /** Why it is not clear what it reports; undefined when it is. */
  why: string | undefined
}

export interface List {
  heading: string
  lines: ListLine[]
  /** No line says which indicator, and the heading does not either. */
  isWithoutIndicator: boolean
}

/** @returns the list, or a sentence about what is wrong with all of it */
export function readList(text: string, reading: Reading): List | string {
  const isLong = text.length >= longestKept || text.split('\n').length > 2 * mostLines
  const { parts, footers } = isLong ? { parts: [], footers: [] } : layOut(text, reading)
  const rows = parts.flatMap((part) => part.lines)
  if (isLong || rows.length > mostLines)
    return `这份接龙太长了，一次最多${mostLines}行。一行也没有登记，请分几次发。`
  if (!rows.some(({ alone }) => saysNumber(alone)))
    return '接龙里一个数也没有。请第一行写指标，下面一行一个单位和数，例如：\n红色物业接龙\n1. 金苑社区 3'
  const asOf = footers.find(({ text, alone }) => alone.day && !isDueDay(text, reading))
  const lines: ListLine[] = []
  let above: Heading = { unit: '', places: [], indicator: '', day: '', isNew: false }
  for (const part of parts) {
    const own = headOf(part.heading.join(' '), reading)
    if (typeof own === 'string') return own
    above = under(above, own)
    if (asOf && above.day !== '' && above.day !== dayIn(asOf.alone))
      return `标题说的是${above.day}，下面又写“${asOf.text}”，一行也没有登记。请只写一个日期，整份重新发。`
    const saysAll = /累计|总数|总量/.test(part.heading.join(' '))
    if (part.kind === 'all' ? above.isNew : part.kind === 'new' && saysAll)
      return `标题“${part.heading.join(' ')}”和下面写的不一样，是累计数还是新增数？请只写一样，整份重新发。`
    const isNew = above.isNew || part.kind === 'new'
    const indicator = above.indicator || (text.includes('\n') ? '' : saidFirst(part.lines))
    const head = { ...above, indicator, isNew, ...(asOf && { day: dayIn(asOf.alone) }) }
    const mine = part.lines.map((row, at) => lineOf(row, lines.length + at + 1, head, reading))
    lines.push(...mine)
    for (const total of mine.some(({ why }) => why) ? [] : part.totals) {
      const wrong = wrongTotal(total.row, mine.slice(0, total.above))
      if (wrong) return wrong
    }
  }
  for (const [at, line] of lines.entries()) line.why ??= sameAs(line, lines.slice(0, at))
  const isWithoutIndicator =
    above.indicator === '' && lines.every(({ meaning }) => meaning.indicators.length === 0)
  return { heading: parts.flatMap((part) => part.heading).join(' '), lines, isWithoutIndicator }
}

interface Heading {
  unit: string
  /** The units that it names, without those that only say where these are. */
  places: Spot[]
  indicator: string
  day: string
  /** 本周新增: its numbers come on top of what is there. */
  isNew: boolean
}

/** What a heading below lines leaves out is what stood above them. */
const under = (above: Heading, own: Heading): Heading => ({
  ...(own.unit === '' ? { unit: above.unit, places: above.places } : { unit: own.unit, places: own.places }),
  indicator: own.indicator || above.indicator,
  day: own.day || above.day,
  isNew: own.isNew || (own.indicator === '' && above.isNew),
})

/** 截止11月27日: until when lines may be added. */
const due = /截止[^,;。()\s]*/

/** A heading that speaks of what is missing. */
const isLacking = /(?:没有?|未|尚未)完成|[差剩缺欠]/

/** 红色物业接龙, 金苑社区： — one indicator or one unit for all lines. */
function headOf(heading: string, reading: Reading): Heading | string {
  const { read, isReport, isWithin } = reading
  const words = withoutCourtesy(isDueDay(heading, reading) ? heading.replace(due, ' ') : heading, true)
  const meaning = read(words)
  const { units, text } = meaning
  const indicator = meaning.indicators[0]
  if (meaning.indicators.length > 1)
    return `标题“${heading}”里有几个指标，分不清每行报的是哪一项。请一项发一份。`
  // 下周计划 or 还差 above a list makes something else of its numbers.
  if (indicator && (isLacking.test(heading) || !isReport(read(`${words} 1个`))))
    return `标题“${heading}”没看懂，怕不是完成数。请把标题写成“${indicator.candidates[0]?.name ?? ''}接龙”再发。`
  const isNew = speaksOfMore(words)
  if (isNew && /累计|总数|总量/.test(words))
    return `标题“${heading}”没看懂，是累计数还是新增数？请只写一样，整份重新发。`
  return {
    unit: text.slice(units[0]?.start ?? 0, units.at(-1)?.end ?? 0),
    places: units.filter(
      (unit) => !units.some((other) => other !== unit && isOneWithin(other, [unit], isWithin)),
    ),
    indicator: indicator ? text.slice(indicator.start, indicator.end) : '',
    day: dayIn(meaning),
    isNew,
  }
}

/** 金苑红色物业3个，汝河小区8个: in one breath the first place says of what all numbers are. */
function saidFirst([first, ...others]: Row[]): string {
  const [spot, ...more] = first?.alone.indicators ?? []
  const isOnly = more.length === 0 && others.every(({ alone }) => alone.indicators.length === 0)
  return first && spot && isOnly ? first.alone.text.slice(spot.start, spot.end) : ''
}

function dayIn({ day }: Meaning): string {
  const [, month, date] = day?.split('-').map(Number) ?? []
  return day === undefined ? '' : `${month}月${date}日`
}

function lineOf({ text, alone }: Row, number: number, above: Heading, reading: Reading): ListLine {
  const words = [
    alone.day === undefined ? above.day : '',
    alone.units.length === 0 ? above.unit : '',
    alone.indicators.length === 0 ? above.indicator : '',
    text,
  ]
  const said = reading.read(words.filter(Boolean).join(' '))
  const mark = unclearMark(text, alone)
  const meaning = above.isNew ? { ...said, items: said.items.map((item) => asNew(said.text, item)) } : said
  return {
    number,
    text,
    meaning,
    why: mark ? `“${mark}”分不清是行号还是数，请一行写一个单位` : doubtOf(meaning, alone, above, reading),
  }
}

/** Under 本周新增 a number is new, unless it is said to be all there is. */
const asNew = (text: string, item: Item): Item =>
  item.amount?.kind === 'number' && !item.added && !isTotal(text, item.amount) ? { ...item, add: true } : item

function doubtOf(
  meaning: Meaning,
  { units, people, indicators }: Meaning,
  { unit, places }: Heading,
  { isReport, isWithin }: Reading,
): string | undefined {
  const { items, rest } = meaning
  const left = rest.replace(/[^\p{Script=Han}\p{L}\d]+/gu, ' ').trim()
  // 监督员 张建国 1人 under 金苑社区 has its place; 李秀英 4 may mean hers.
  if (people.length > 0 && units.length === 0 && (unit === '' || indicators.length === 0))
    return '只有人名，请写单位'
  const isUnknown = /^\p{Script=Han}{2,}$/u.test(left) && !unit.includes(left)
  if (isUnknown && units.length === 0 && indicators.length === 0) return `没有“${left}”这个单位`
  if (items.every(({ amount }) => !amount)) return '没有数'
  if (left !== '') return `“${left}”没听懂`
  if (items.some(({ indicator }) => !indicator)) return '没说是哪一项'
  if (items.some(({ amount }) => !amount)) return '有一项没有数'
  if (places.length > 0 && units.some((one) => !isOneWithin(one, places, isWithin)))
    return `标题说的是“${unit}”`
  return isReport(meaning) ? undefined : '不像是完成数'
}

/** The same cell twice: nobody knows which of the two counts. */
function sameAs(line: ListLine, before: ListLine[]): string | undefined {
  const places = ({ meaning }: ListLine) =>
    meaning.items.map(({ unit, indicator }) =>
      [unit, indicator].map((spot) => spot?.candidates.map(({ id }) => id).join('/') ?? '').join(':'),
    )
  const mine = places(line)
  const twin = before.find((other) => places(other).some((place) => mine.includes(place)))
  if (twin) return `和第${twin.number}行是同一个单位的同一项`
  return new Set(mine).size < mine.length ? '同一项写了两次' : undefined
}
