// Which rows of a pasted list are its heading, which are examples and which are lines of it (`domain.md` C3.5). Pure.

import type { Spot } from './lexicon.ts'
import { sameBreath, unfold } from './list-split.ts'
import { footerOf, isTotalRow, type Kind, kindBelow } from './list-totals.ts'
import {
  isExample,
  isExampleLabel,
  isTableHead,
  saysNumber,
  titleWords,
  withoutCourtesy,
  withoutExample,
} from './list-words.ts'
import type { Meaning } from './understand.ts'

export interface Row {
  text: string
  /** 「1.」 stood before it. */
  isNumbered: boolean
  /** What it means without the heading. */
  alone: Meaning
}

export interface Reading {
  read(words: string): Meaning
  /** Whether words are a report, and no plan or question. */
  isReport(meaning: Meaning): boolean
  /** Whether a unit is the other one or belongs to it. */
  isWithin(unit: number, other: number): boolean
}

/** 「1.」 「1、」 「(1)」 「①」 「一、」 at the head of a line; 「3个红色物业」, 「11月20日」 and 「3 7」 have none. */
const numbering =
  /^(?:[(【[]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)】\]][.、:,]?\s*|(?:\d{1,3}|[一二三四五六七八九十]{1,3})[.、:,]\s*(?!\d)|\d{1,3}\p{M}+\s*|\d{1,3}\s+(?![\d\s]+$|[个家人户名万件项处条栋座所位成%/])|\d{1,3}(?=\p{Script=Han})(?![个家人户名万件项处条栋座所位成月日号年点时周期季楼]))/u
const ornament = /^(?:[\p{Extended_Pictographic}\p{Mn}*•·#>-]\s*)+/u

/** DingTalk and WeCom send some of their pictures as words. */
const faces = /\[(?:鲜花|玫瑰|送花花|赞|强|抱拳|握手|胜利|OK|微笑|呲牙|庆祝|加油|鼓掌|爱心|比心|合十|对勾)\]/g

/** Lines under a heading of their own. */
export interface Part {
  heading: string[]
  lines: Row[]
  /** 合计 11: to be compared with as many lines above it. */
  totals: { row: Row; above: number }[]
  /** 以上均为新增 stood below. */
  kind?: Kind
}

/** @returns the list's parts, and what says of which day they are; blank rows, rules and examples are neither */
export function layOut(text: string, reading: Reading): { parts: Part[]; footers: Row[] } {
  const rows = text
    .split('\n')
    .flatMap((row) => unfold(row, reading))
    .map((row) => rowOf(row, reading))
    .filter((row) => /[\p{L}\p{N}]/u.test(row.text))
  let part: Part = { heading: [], lines: [], totals: [] }
  const [parts, footers]: [Part[], Row[]] = [[part], []]
  for (const [at, whole] of rows.entries()) {
    const below = rows.slice(at + 1)
    if (part.lines.length > 0 && opensPart(whole, below, reading)) {
      part = { heading: [whole.text], lines: [], totals: [] }
      parts.push(part)
      continue
    }
    const { heading, lines } = part
    const inHeading = lines.length === 0
    if (inHeading && (isExample(whole.text) || isTableHead(whole.text))) continue
    const footer = inHeading ? undefined : footerOf(whole, reading)
    if (footer) {
      footers.push(footer)
      continue
    }
    const kind = inHeading ? undefined : kindBelow(whole.text)
    if (kind) {
      for (const one of parts) one.kind ??= kind
      continue
    }
    if (!inHeading && isTotalRow(whole, lines, reading)) {
      part.totals.push({ row: whole, above: lines.length })
      continue
    }
    // 谢谢大家 below the last line.
    if (!inHeading && !whole.isNumbered && !/[\p{L}\d]/u.test(withoutCourtesy(whole.text, false))) continue
    if (inHeading && isExampleLabel(whole.text) && below[0] && !saysNumber(below[0].alone)) continue
    const short = inHeading ? withoutExample(whole.text) : whole.text
    const row = short === whole.text ? whole : { ...whole, text: short, alone: reading.read(short) }
    const several = sameBreath(row, inHeading, reading)
    if (several?.title) heading.push(several.title)
    if (several) lines.push(...several.parts)
    else if (inHeading && (opensPart(row, below, reading) || isAbove(row, below, heading, reading)))
      heading.push(row.text)
    else lines.push(row)
  }
  return { parts, footers }
}

/** 监督员接龙, 汝河小区: — what names just what the lines under it leave out is their heading. */
function opensPart({ text }: Row, below: Row[], { read, isWithin }: Reading): boolean {
  const at = below.findIndex(({ alone }) => saysNumber(alone))
  const next = below[at]?.alone
  const said = read(withoutCourtesy(text, true))
  // 金苑 没有, 汝河南 2: rows with mistakes are no heading and its line.
  if (!next || saysNumber(said) || isVague.test(text) || ![said, next].every(isPlain)) return false
  const [named, left] = [said.indicators.length > 0, next.indicators.length === 0]
  // 金苑, 淮河路, 7: only one of the two can have the number; 汝河路街道, 金苑, 7 is one place.
  const others = below.slice(0, at).flatMap(({ alone }) => alone.units)
  if (!others.every((other) => isOneWithin(other, said.units, isWithin)) && said.units.length > 0)
    return false
  if (!named) return said.units.length > 0 && next.units.length === 0
  return left && (said.units.length === 0 || next.units.length === 0)
}

const isPlain = ({ people, rest }: Meaning) => people.length === 0 && !/[\p{L}\d]/u.test(rest)

function rowOf(row: string, { read }: Reading): Row {
  const plain = row.trim().replace(ornament, '')
  const text = plain.replace(numbering, '').replace(ornament, '').replace(faces, ' ').trim()
  return { text, isNumbered: numbering.test(plain), alone: read(text) }
}

/** Whether a row above all lines is heading. What may be a line is one: it is listed when nobody can read it. */
function isAbove(row: Row, below: Row[], heading: string[], { read, isWithin }: Reading): boolean {
  // 红色物业完成: said of all lines under it, unless they have indicators of their own.
  const isWanted = below.some(
    ({ alone }) => alone.units.length > 0 && alone.indicators.length === 0 && saysNumber(alone),
  )
  const said = read(withoutCourtesy(row.text, isWanted))
  if (saysNumber(said) || isExampleLabel(row.text)) return false
  const { units, indicators } = said
  if (row.isNumbered) return isWanted && isPlain(said) && indicators.length > 0 && units.length === 0
  if (titleWords.test(row.text)) return true
  const places = below.flatMap(({ alone }) => alone.units)
  const isAround = places.length === 0 || places.some((place) => isOneWithin(place, units, isWithin))
  const hasTitle = heading.some((above) => titleWords.test(above) || read(above).indicators.length > 0)
  // 金苑 没有, or 金苑 among rows that speak of other places.
  if (units.length > 0 && !isAround) return false
  if ((units.length > 0 || !hasTitle) && isVague.test(row.text)) return false
  return !hasTitle || isPlain(said) || below.some(({ isNumbered }) => isNumbered) || isNote.test(row.text)
}

/** 没有, 无新增, 七八个: an amount that is none. */
const isVague = /(?:没有?|无|未|零|[几多]|[一二三四五六七八九]{2}).{0,3}$/

/** What stands between a title and its lines, and asks or explains. */
const isNote =
  /[:?]$|如下|各位|大家|各社区|各村|请|谢谢|辛苦|麻烦|注意|备注|说明|单位|序号|数量|截[至止]|[您你]好/

/** Whether a unit that is named is one of those others, or belongs to one of them. */
export function isOneWithin({ candidates }: Spot, others: Spot[], isWithin: Reading['isWithin']): boolean {
  return others.some((other) =>
    other.candidates.some(({ id }) => candidates.some((unit) => isWithin(unit.id, id))),
  )
}
