// The ranking by one indicator: by its completion as far as it counts, with the number itself beside it.
import Fraction from 'fraction.js'
import { rank, totalOf } from './campaign/ranking.ts'
import { chartBelow, type Line } from './chart.ts'
import type { Indicator, Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import { line, type Reply } from './message.ts'
import type { Asked } from './ranking-asked.ts'
import { type Board, type BoardLine, labelOf, levels, lineOf } from './ranking-board.ts'
import { seesAll } from './ranking-sight.ts'
import { footnote, placeText, tables, text, topName, vetoNote } from './ranking-words.ts'
import { scoreRefusal } from './score-sight.ts'
import { ownUnit, type Turn } from './turn.ts'
import { day } from './wording.ts'

const best = 3
/** Of all communities of a district only so many are listed. */
const longest = 20

interface Ranked {
  board: Board
  /** 75%（3/4个） */
  score(line: BoardLine): string
}

/** The table by one indicator, or as much of it as may be seen (`domain.md` C5, N13). */
export async function indicatorTable(
  turn: Turn,
  scope: Unit,
  indicator: Indicator,
  asked: Asked,
): Promise<Reply> {
  askedInPrivate(turn, indicator)
  comparable(indicator, asked)
  const { board, score } = await rankedBy(turn, scope, indicator, asked.below)
  const level = asked.below.map((one) => levels[one]).join('、')
  const name = `${scope.name}${level}`
  if (board.groups.every(({ lines }) => lines.length < 2) && level !== '')
    throw new UserError(
      `${scope.name}没有两个以上的${level}可以按“${indicator.name}”排名。可以说“${indicator.name}排名”。`,
    )
  const personal = indicator.kind === 'score'
  const everybody = level !== '' && scope.id === turn.roster.root.id
  const sees = seesAll(turn, scope, { personal, everybody })
  const all = everybody ? longest : Number.POSITIVE_INFINITY
  const wanted = asked.want === 'top' ? Math.min(asked.count, all) : all
  const most = sees ? wanted : personal ? 0 : Math.min(wanted, best)
  const own = ownUnit(turn)
  const found = own && lineOf(board, own.id)
  const mine = found
    ? [text(`${own.name}${score(found.line)}，${placeText(found)}。${vetoNote([found.line])}`)]
    : []
  if (most === 0 && mine.length === 0) throw new UserError(scoreRefusal(turn, indicator))
  const what = asked.want === 'top' ? topName(most) : '排名'
  const note = footnote(board, most)
  return {
    title: `${name} · ${indicator.name}${most > 0 ? what : ''}（${day(turn.today)}）`,
    blocks: [
      ...(most > 0 ? tables(board, { most, score: { head: '完成率', text: score } }) : []),
      ...(sees ? [] : mine),
      ...(note && most > 0 ? [text(note)] : []),
    ],
  }
}

/** One unit's place by one indicator. */
export async function indicatorPlace(
  turn: Turn,
  unit: Unit,
  indicator: Indicator,
  asked: Asked,
): Promise<Reply> {
  askedInPrivate(turn, indicator)
  comparable(indicator, asked)
  const parent = unit.parent === null ? undefined : turn.roster.units.get(unit.parent)
  if (!parent) throw new UserError(`${unit.name}自己不参加排名。可以问“${indicator.name}前五”。`)
  const { board, score } = await rankedBy(turn, parent, indicator)
  const found = lineOf(board, unit.id)
  if (!found) throw new UserError(`${unit.name}不涉及“${indicator.name}”这一项。`)
  return line(
    `${unit.name}的${indicator.name}${score(found.line)}，${placeText(found, parent.name)}。${vetoNote([found.line])}`,
  )
}

async function rankedBy(
  turn: Turn,
  scope: Unit,
  indicator: Indicator,
  below: Asked['below'] = [],
): Promise<Ranked> {
  const { roster } = turn
  const isWide = below.length > 0 && scope.id === roster.root.id
  const lines: Line[] = []
  for (const one of isWide ? roster.children(scope.id) : [scope])
    lines.push(...(await chartBelow(turn, one, indicator)))
  return boardBy(
    lines.filter(({ unit: { level } }) => below.length === 0 || below.some((one) => one === level)),
    indicator,
  )
}

function boardBy(lines: Line[], indicator: Indicator): Ranked {
  const byUnit = new Map(lines.map((one) => [one.unit.id, one]))
  const contenders = lines.map(({ unit, standing: { share } }) => ({
    ...{ unit: unit.id, roster: unit.roster, peer: unit.peer },
    // Over-fulfilment pays no more here than in the total (`domain.md` C4.5).
    total: share === 'na' ? null : totalOf(share.gt(indicator.cap) ? new Fraction(indicator.cap) : share),
  }))
  const groups = rank(contenders).map(({ peer, places, apart }) => ({
    label: labelOf(peer),
    lines: places.flatMap((place): BoardLine[] => {
      const of = byUnit.get(place.unit)?.unit
      const vetoed = byUnit.get(place.unit)?.vetoed !== undefined
      return of ? [{ ...place, of, movement: undefined, vetoed }] : []
    }),
    apart: apart.flatMap(({ unit }) => byUnit.get(unit)?.unit ?? []),
  }))
  return {
    board: { groups, otherRules: false },
    score: ({ unit, total }) => `${total.replace(/\.?0+$/, '')}%（${byUnit.get(unit)?.shown}）`,
  }
}

/** People's own test scores are no matter for a group (`domain.md` N25). */
function askedInPrivate({ message }: Turn, { kind, name }: Indicator): void {
  if (kind === 'score' && message.chat.kind === 'group')
    throw new UserError(`“${name}”是个人测试成绩，不在群里排。请私聊我问。`)
}

function comparable({ name }: Indicator, { want }: Asked): void {
  if (want === 'moved' || want === 'climbers' || want === 'fallers')
    throw new UserError(`名次变化只按总分算。可以问“谁进步最大”，或者“${name}前五”。`)
}
