// A list in one breath, 红色物业接龙：金苑3，汝河小区8, is several lines. Pure.
import type { Reading, Row } from './list-rows.ts'
import { saysNumber, titleWords, withoutCourtesy } from './list-words.ts'

/** 「 1.金苑」 「2、汝河小区」 「(3)淮河路」 within a row. */
const inside = /(?:\(\d{1,3}\)|(?<![\d.])\d{1,3}(?:[.、]|(?<!\([^()]*)\)))\s*(?=\p{L})/gu
/** 接龙1.金苑: what a first mark may stand behind; behind a name it may as well be the number of that. */
const clearOf = new RegExp(`(?:^|[\\s,;:、。(]|${titleWords.source})$`)

/** 金苑3，汝河小区8，合计11: the total is no number of the last place. */
const total = /[,;。、\s]\s*(?=(?:合计|共计|总计|总数|小计)[^,;。、]*\d[^,;。、]*$)/

/** @returns the rows of a list that was sent in one: 红色物业接龙 1.金苑3 2.汝河小区8 */
export function unfold(row: string, { read }: Pick<Reading, 'read'>): string[] {
  const [body = '', sum] = read(row).units.length > 1 ? row.split(total) : [row]
  if (sum !== undefined) return [...unfold(body, { read }), sum]
  const starts: number[] = []
  let due: number | undefined
  for (const { index, 0: mark } of row.matchAll(inside)) {
    const number = Number(mark.replace(/\D/g, ''))
    // 1.金苑2.汝河小区8: behind 1. a 2. numbers a line. 金苑1、汝河小区2 has no line 1.
    const isFirst = (index === 0 || number === 1) && (mark[0] === '(' || clearOf.test(row.slice(0, index)))
    if (due === undefined ? !isFirst : number !== due) continue
    starts.push(index)
    due = number + 1
  }
  const parts = starts.map((from, at) => row.slice(from, starts[at + 1]).trim())
  const isLine = (words: string) => {
    const alone = read(words.replace(/^\(?\d+[.、)]\s*/, ''))
    return saysNumber(alone) || alone.units.length > 0
  }
  // 红色物业 1、监督员 2、共建项目 3 are numbers, not those of lines.
  const isTitled = titleWords.test(row.slice(0, starts[0]))
  if (parts.length < (isTitled ? 1 : 2) || !parts.every(isLine)) return [row]
  return [row.slice(0, starts[0]), ...parts]
}

/** 金苑2.汝河小区8 without a 1.: the 2 numbers a line, or is how many 金苑 has. */
const eitherOne = /\p{Script=Han}\s*(\d[\d.]*(?:\.|(?<!\([^()]*)\)))\s*$/u

/** @returns the 「2.」 of which nobody knows whether it numbers a line */
export const unclearMark = (text: string, { units }: Row['alone']): string | undefined =>
  units.map(({ start }) => eitherOne.exec(text.slice(0, start))?.[1]).find(Boolean)

const separators = /[,;、。:]/

/**
 * @param mayHaveTitle nothing but heading stands above the row
 * @returns a row's lines when it names several units with a number each; what has no unit stays with the one before
 */
export function sameBreath(
  { text, isNumbered, alone }: Row,
  mayHaveTitle: boolean,
  { read }: Pick<Reading, 'read'>,
): { title: string; parts: Row[] } | undefined {
  if (unclearMark(text, alone)) return undefined
  const isTitle = (words: string) => titleWords.test(words) || read(words).indicators.length > 0
  const all = cutsOf(text, alone, read)
  const first = text.slice(0, all[1])
  // 汝河路街道红色物业：金苑3，汝河小区8
  const isLed = titleWords.test(first) || (first.endsWith(':') && isTitle(first))
  const cuts = isLed && !saysNumber(read(first)) ? all.slice(1) : all
  const part = (words: string): Row => ({ text: words, isNumbered, alone: read(words) })
  const parts = cuts.map((from, at) => part(trimmed(text.slice(from, cuts[at + 1]))))
  const counted = parts.filter(({ alone }) => saysNumber(alone))
  const places = new Set(counted.map(({ alone }) => alone.units.at(-1)?.candidates[0]?.id))
  const ahead = text.slice(0, cuts[0]).split(/(?<=[,;、。:])/)
  // 红色物业接龙：金苑3，汝河小区没有
  const isList = text.slice(0, cuts[0]).includes('接龙') && parts.length > 1
  if (places.size < (isList ? 1 : 2)) return undefined
  const titled = ahead.findLastIndex(isTitle) + 1
  const title = ahead.slice(0, titled).join('')
  if (title !== '' && (!mayHaveTitle || saysNumber(read(withoutCourtesy(title, true))))) return undefined
  // 红色物业接龙：翠竹2，金苑3，汝河小区8: a name that nobody knows is a line, too.
  const unknown = ahead.slice(titled).map(trimmed).filter(Boolean)
  return { title: trimmed(title), parts: [...unknown.map(part), ...parts] }
}

/** Where each unit's part begins: behind the last comma before it, or at its name. */
function cutsOf(text: string, { units, indicators }: Row['alone'], read: Reading['read']): number[] {
  const cuts: number[] = []
  for (const [at, { start }] of units.entries()) {
    const from = units[at - 1]?.end ?? 0
    const between = text.slice(from, start)
    const comma = [...between].findLastIndex((character) => separators.test(character))
    // 汝河路街道金苑社区 is one place.
    if (at > 0 && between.trim() === '') continue
    // 金苑3 监督员 汝河小区8: without a comma nobody knows whose the indicator is.
    const hasIndicator = indicators.some((one) => one.start >= from && one.end <= start)
    if (comma < 0 && at > 0 && hasIndicator && saysNumber(read(between))) continue
    cuts.push(comma < 0 ? start : from + comma + 1)
  }
  return cuts
}

const trimmed = (words: string) => words.replace(/^[\s,;、。:]+|[\s,;、。:]+$/g, '')
