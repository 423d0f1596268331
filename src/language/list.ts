// A pasted list, one line a place or an indicator, read line by line; what the heading says holds for all (`domain.md` C3.5). Pure.
import { longestKept } from './normalize.ts'
import type { Meaning } from './understand.ts'

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

export interface Reading {
  read(words: string): Meaning
  /** Whether words are a report, and no plan or question. */
  isReport(meaning: Meaning): boolean
}

/** 「1.」 「1、」 「(1)」 「①」 at the head of a line; 「3个红色物业」 is no number of a line. */
const numbering =
  /^[(【[]?\d{1,3}(?:[)】\]]\s*|[.、:,]\s*(?!\d)|\s+|(?=\p{Script=Han})(?![个家人户名万件项处条栋座所位成]))/u
const headingWords = /#|接龙|统计|汇总|填报|上报|报数|情况|数据|进展|完成|截[至止]/g

/** @returns the list, or a sentence about what is wrong with all of it */
export function readList(text: string, { read, isReport }: Reading): List | string {
  const rows = text.split('\n').map((row) => row.trim())
  const body = rows.findIndex((row) => bare(row) !== '' && read(bare(row)).items.some(({ amount }) => amount))
  if (body < 0)
    return '接龙里一个数也没有。请第一行写指标，下面一行一个单位和数，例如：\n红色物业接龙\n1. 金苑社区 3'
  const heading = rows.slice(0, body).filter(Boolean).join(' ')
  const entries = rows.slice(body).map(bare).filter(Boolean)
  if (entries.length > mostLines || text.length >= longestKept)
    return `这份接龙太长了，一次最多${mostLines}行。一行也没有登记，请分几次发。`
  const above = headOf(heading, { read, isReport })
  if (typeof above === 'string') return above
  const lines = entries.map((entry, at) => lineOf(entry, at + 1, above, { read, isReport }))
  for (const [at, line] of lines.entries()) line.why ??= sameAs(line, lines.slice(0, at))
  const isWithoutIndicator =
    above.indicator === '' && lines.every(({ meaning }) => meaning.indicators.length === 0)
  return { heading, lines, isWithoutIndicator }
}

const bare = (row: string) => row.replace(numbering, '').replace(/^[-*•·#]+\s*/, '')

interface Heading {
  unit: string
  indicator: string
  day: string
}

/** 红色物业接龙, 金苑社区： — one indicator or one unit for all lines. */
function headOf(heading: string, { read, isReport }: Reading): Heading | string {
  const words = heading.replace(headingWords, ' ').trim()
  const meaning = read(words)
  const [unit, indicator] = [meaning.units[0], meaning.indicators[0]]
  if (meaning.indicators.length > 1)
    return `标题“${heading}”里有几个指标，分不清每行报的是哪一项。请一项发一份。`
  // 下周计划 above a list makes plans of its numbers.
  if (indicator && !isReport(read(`${words} 1个`)))
    return `标题“${heading}”没看懂，怕不是完成数。请把标题写成“${indicator.candidates[0]?.name ?? ''}接龙”再发。`
  const name = (spot: typeof unit) => (spot ? meaning.text.slice(spot.start, spot.end) : '')
  const [, month, day] = meaning.day?.split('-').map(Number) ?? []
  return { unit: name(unit), indicator: name(indicator), day: meaning.day ? `${month}月${day}日` : '' }
}

function lineOf(entry: string, number: number, above: Heading, { read, isReport }: Reading): ListLine {
  const alone = read(entry)
  const words = [
    alone.day === undefined ? above.day : '',
    alone.units.length === 0 ? above.unit : '',
    alone.indicators.length === 0 ? above.indicator : '',
    entry,
  ]
  const meaning = read(words.filter(Boolean).join(' '))
  return { number, text: entry, meaning, why: doubtOf(meaning, alone, isReport) }
}

function doubtOf(meaning: Meaning, alone: Meaning, isReport: Reading['isReport']): string | undefined {
  const { items, rest, people, units } = meaning
  const left = rest.replace(/[^\p{Script=Han}\p{L}\d]+/gu, ' ').trim()
  if (people.length > 0 && units.length === 0) return '只有人名，请写单位'
  if (left !== '' && alone.units.length === 0 && /^\p{Script=Han}{2,}$/u.test(left))
    return `没有“${left}”这个单位`
  if (items.every(({ amount }) => !amount)) return '没有数'
  if (left !== '') return `“${left}”没听懂`
  if (items.some(({ indicator }) => !indicator)) return '没说是哪一项'
  if (items.some(({ amount }) => !amount)) return '有一项没有数'
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
