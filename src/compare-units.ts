// Two units side by side: score, place, lamps, and where each of them is ahead (`domain.md` C5.5).
import Fraction from 'fraction.js'
import { percent } from './campaign/completion.ts'
import { chartOf, type Line, summary, vetoNotes } from './chart.ts'
import { vetoesOf } from './database/adjustments.ts'
import type { Indicator, Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import { line, type Reply } from './message.ts'
import { type BoardLine, levels, lineOf } from './ranking-board.ts'
import { boardFor, fieldOf } from './ranking-replies.ts'
import { isTold, seesAll, seesPlace } from './ranking-sight.ts'
import { nameOf, namesOf, rankText, text } from './ranking-words.ts'
import { isPrivate, scoreRefusal } from './score-sight.ts'
import type { Turn } from './turn.ts'
import { day, lamps, percentText } from './wording.ts'

/** So many indicators are named in which one is ahead. */
const mostNamed = 3
/** These are told under `top3` too. */
const best = 3

/** Two units by everything, or by one indicator. */
export async function unitsReply(turn: Turn, one: Unit, other: Unit, indicator?: Indicator): Promise<Reply> {
  if (one.id === other.id) throw new UserError(`说的都是${one.name}。可以说“金苑和汝河小区比一比”。`)
  // 桐柏路街道 and 桐柏路社区 are both 桐柏路.
  const [a, b] = one.short === other.short ? [inFull(one), inFull(other)] : [one, other]
  const [left, right] = [await chartOf(turn, a), await chartOf(turn, b)]
  if (indicator) return line(byOne(turn, [a, b], [left, right], indicator))
  const [all, others] = [summary(left), summary(right)]
  if (!all || !others) throw new UserError(`${(all ? b : a).name}没有参评：没有涉及的指标。`)
  const found = await placesOf(turn, a, b)
  const hidden = found ? [] : [a, b].filter((unit) => !isTold(turn, unit))
  const { verdict, rows, heads } = found
    ? await byPlace(turn, found)
    : hidden.length > 0
      ? { verdict: `这里看不到${namesOf(hidden)}的得分，只比各项。`, rows: [], heads: [a.short, b.short] }
      : byShare([a, b], [percent(all.share), percent(others.share)])
  return {
    title: `${a.short}和${b.short}（${day(turn.today)}）`,
    blocks: [
      text(verdict),
      {
        kind: 'table',
        head: ['单位', ...heads],
        rows: [...rows, ['各项', lampsOf(left), lampsOf(right)]],
      },
      ...aheadTexts(turn, [a, b], left, right).map(text),
      ...vetoNotes([...left, ...right]).map(text),
    ],
  }
}

const inFull = (unit: Unit): Unit => ({ ...unit, short: unit.name })

interface Overall {
  verdict: string
  rows: string[][]
  heads: string[]
}

/** By score and place; where a veto and not the score gives a place, it says so. */
async function byPlace(turn: Turn, lines: [BoardLine, BoardLine]): Promise<Overall> {
  const [a, b] = lines
  const gap = new Fraction(a.total).sub(b.total)
  const ahead = gap.gt(0) ? a : b
  const verdict = gap.equals(0)
    ? `${a.of.short}和${b.of.short}得分一样。`
    : `${ahead.of.short}${lines.some(({ last }) => last) ? '得分高' : '领先'}${gap.abs()}分。`
  return {
    verdict: `${verdict}${await vetoedText(turn, lines)}`,
    rows: [
      ['得分', a.total, b.total],
      ['名次', rankText(a), rankText(b)],
    ],
    heads: lines.map(nameOf),
  }
}

function byShare([a, b]: [Unit, Unit], shares: [string, string]): Overall {
  const gap = new Fraction(shares[0]).sub(shares[1])
  const verdict = gap.equals(0)
    ? `${a.short}和${b.short}总体完成率一样。`
    : `${(gap.gt(0) ? a : b).short}领先${gap.abs()}个百分点。`
  return {
    verdict: `${verdict}${apartText(a, b)}`,
    rows: [['总体完成', ...shares.map((share) => `${share}%`)]],
    heads: [a.short, b.short],
  }
}

/** ※汝河小区有一票否决（否决2号），名次排在所有同类单位后面。 */
async function vetoedText({ db, roster, today }: Turn, lines: BoardLine[]): Promise<string> {
  const vetoed = lines.filter((one) => one.vetoed)
  if (vetoed.length === 0) return ''
  const vetoes = await vetoesOf(db, roster.campaign.id, today)
  const each = vetoed.map(({ of, last }) => {
    const documents = (vetoes.get(of.id) ?? []).map(({ document }) => document).join('、')
    return `※${of.short}有一票否决（${documents}）${last ? '，名次排在所有同类单位后面' : ''}。`
  })
  return each.join('')
}

/**
 * Both on one board, as far as it may be seen: the whole table, one's own, and the first three. Undefined where they are
 * not ranked among each other.
 */
async function placesOf(turn: Turn, a: Unit, b: Unit): Promise<[BoardLine, BoardLine] | undefined> {
  const { roster } = turn
  if (a.level !== b.level || a.parent === null || b.parent === null) return undefined
  const everybody = a.parent !== b.parent
  const where = everybody ? roster.root : roster.units.get(a.parent)
  if (!where) return undefined
  const field = fieldOf(turn, where, everybody ? ['community', 'village'] : [])
  const board = await boardFor(turn, field.units, undefined)
  const [one, other] = [lineOf(board, a.id), lineOf(board, b.id)]
  if (!one || !other || one.group !== other.group) return undefined
  const sees = ({ of, rank }: BoardLine) => rank <= best || seesPlace(turn, of)
  const isOpen = seesAll(turn, where, { everybody }) || (sees(one.line) && sees(other.line))
  return isOpen ? [one.line, other.line] : undefined
}

/** Why places are not compared. */
function apartText(a: Unit, b: Unit): string {
  if (a.level === b.level) return ''
  const leaves = ['community', 'village']
  if (leaves.includes(a.level) && leaves.includes(b.level)) return '社区和村分开排名，这里只比完成率。'
  return `级别不同（${levels[a.level]}和${levels[b.level]}），不比名次，只比完成率。`
}

const lampsOf = (lines: Line[]): string =>
  Object.entries(lamps)
    .flatMap(([lamp, { mark }]) => {
      const n = lines.filter(({ standing }) => standing.lamp === lamp).length
      return n > 0 && lamp !== 'grey' ? `${mark}${n}` : []
    })
    .join(' ')

/** 金苑领先：政策掌握（90%比80%）; what concerns one of them only is left out, and people's own scores where they are not told. */
function aheadTexts(turn: Turn, [a, b]: [Unit, Unit], left: Line[], right: Line[]): string[] {
  const gaps = left.flatMap((mine) => {
    const theirs = right.find(({ indicator }) => indicator.id === mine.indicator.id)
    if (!theirs || isPrivate(turn, mine) || isPrivate(turn, theirs)) return []
    const [one, other] = [counted(mine), counted(theirs)]
    return one && other ? [{ mine, theirs, gap: one.sub(other) }] : []
  })
  const side = (unit: Unit, sign: 1 | -1) => {
    const ahead = gaps
      .filter(({ gap }) => gap.mul(sign).gt(0))
      .toSorted((x, y) => y.gap.mul(sign).compare(x.gap.mul(sign)))
    if (ahead.length === 0) return []
    const named = ahead.slice(0, mostNamed).map(({ mine, theirs }) => {
      const [better, worse] = sign > 0 ? [mine, theirs] : [theirs, mine]
      return `${mine.indicator.name}（${markedShare(better)}比${markedShare(worse)}）`
    })
    return [
      `${unit.short}领先${ahead.length}项：${named.join('、')}${ahead.length > mostNamed ? '等' : ''}。`,
    ]
  }
  return [...side(a, 1), ...side(b, -1)]
}

/** 0%※ where a veto makes it nothing. */
const markedShare = ({ standing: { share }, vetoed }: Line): string =>
  `${percentText(share)}${vetoed === undefined ? '' : '※'}`

/** Completion as far as it counts; undefined = 不涉及. */
function counted({ standing: { share }, indicator: { cap } }: Line): Fraction | undefined {
  if (share === 'na') return undefined
  return share.gt(cap) ? new Fraction(cap) : share
}

function byOne(turn: Turn, units: [Unit, Unit], charts: [Line[], Line[]], indicator: Indicator): string {
  const found = units.map((unit, at) => {
    const one = charts[at]?.find((each) => each.indicator.id === indicator.id)
    if (!one || one.standing.share === 'na')
      throw new UserError(`${unit.name}不涉及“${indicator.name}”这一项，没法比。`)
    if (isPrivate(turn, one)) throw new UserError(scoreRefusal(turn, indicator))
    return { unit, one, share: counted(one) ?? new Fraction(0) }
  })
  const each = found.map(
    ({ unit, one }) => `${unit.short} ${one.shown}（${percentText(one.standing.share)}）`,
  )
  const [a, b] = found
  const gap = (a?.share ?? new Fraction(0)).sub(b?.share ?? 0)
  const verdict = gap.equals(0)
    ? '两个一样'
    : `${(gap.gt(0) ? a : b)?.unit.short}领先${percent(gap.abs())}个百分点`
  const notes = vetoNotes(found.map(({ one }) => one))
  return `${indicator.name}：${each.join('，')}，${verdict}。${notes.join('')}`
}
