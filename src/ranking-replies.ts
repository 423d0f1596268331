// Answers about the ranking of some units: the table, the best, the last, one place, and who moved.
import { movement } from './campaign/ranking.ts'
import type { Unit } from './database/roster.ts'
import { placeIn } from './database/snapshots-read.ts'
import { peerPlace } from './database/totals-read.ts'
import { UserError } from './errors.ts'
import { line, type Reply } from './message.ts'
import { liveTotals } from './ranking.ts'
import type { Asked } from './ranking-asked.ts'
import { type Board, climbersOn, labelOf, lineOf } from './ranking-board.ts'
import { boardFor, boardOn, type Field, momentsOf, tooFew } from './ranking-field.ts'
import { mayNameLast, privateHint, seesAll } from './ranking-sight.ts'
import {
  climbText,
  type Found,
  footnote,
  momentText,
  nameOf,
  placeText,
  rankText,
  tables,
  text,
  topName,
  vetoNote,
} from './ranking-words.ts'
import { ownUnit, type Turn } from './turn.ts'
import { day } from './wording.ts'

export { boardFor, fieldOf } from './ranking-field.ts'

/** Of all communities of a district only so many are listed, and in a street's group the best. */
const longest = 20
const best = 3

/** The table, or as much of it as may be seen; with 前五 the first five. */
export async function tableReply(turn: Turn, field: Field, asked: Asked): Promise<Reply> {
  const board = await boardOn(turn, field, asked.period)
  const few = tooFew(turn, field, board)
  if (few) return few
  const everybody = asked.below.length > 0 && field.scope.id === turn.roster.root.id
  const sees = seesAll(turn, field.scope, { everybody })
  const all = everybody ? longest : Number.POSITIVE_INFINITY
  const wanted = asked.want === 'top' ? asked.count : all
  const most = sees ? Math.min(wanted, all) : Math.min(wanted, best)
  const isCut = board.groups.some(({ lines }) => lines.some(({ rank }) => rank > most))
  return {
    title: `${field.name}${asked.want === 'top' ? topName(most) : '排名'}（${whenText(turn, board)}）`,
    blocks: [
      ...tables(board, { most }),
      ...(isCut && asked.want !== 'top' ? ownPlace(turn, board) : []),
      ...notes([
        isCut && sees && asked.want !== 'top' ? cutText(board, most) : '',
        footnote(board, most),
        most < wanted && !sees ? hint(turn, field.scope) : '',
      ]),
    ],
  }
}

const cutText = ({ groups }: Board, most: number) =>
  `共${groups.reduce((count, { lines }) => count + lines.length, 0)}个单位，只列到第${most}名，别的请按名字问“…排第几”。`

/** One unit's place, in its street and in the district. */
export async function placeReply(turn: Turn, unit: Unit, { period }: Asked): Promise<Reply> {
  const places = await placesOf(turn, unit, period)
  const [first] = places
  if (!first) return line(`${unit.name}没有参评：没有涉及的指标。`)
  const total = first.line.total ?? (await liveTotals(turn, [unit])).units.get(unit.id)?.total
  const more = places
    .slice(1)
    .map((one) => `；${placeText(one, one.where.name)}`)
    .join('')
  const where = `${unit.name}${first.line.vetoed ? '※' : ''}${placeText(first, first.where.name)}，得分 ${total}`
  return line(
    `${overText(first.board)}${where}${more}。${footnote({ ...first.board, groups: [] })}${vetoNote([first.line])}`,
  )
}

/**
 * Place and score of one of the first three in its street, which every table shows.
 * @returns undefined for any other unit
 */
export async function bestReply(turn: Turn, unit: Unit): Promise<Reply | undefined> {
  const parent = unit.parent === null ? undefined : turn.roster.units.get(unit.parent)
  if (!parent) return undefined
  const found = lineOf(await boardFor(turn, turn.roster.children(parent.id), undefined), unit.id)
  if (!found || found.group.lines.length < 2 || found.line.rank > best) return undefined
  return line(
    `${unit.name}${placeText(found, parent.name)}，得分 ${found.line.total}。得分明细只给本单位看。`,
  )
}

/** How far one unit moved. */
export async function movedReply(turn: Turn, unit: Unit, { period }: Asked): Promise<Reply> {
  const [first] = await placesOf(turn, unit, period)
  if (!first) return line(`${unit.name}没有参评：没有涉及的指标。`)
  const { board, group } = first
  const { movement, rank } = first.line
  const where = `${first.where.name}${group.lines.length}个${group.label}`
  const [over, now] = [overText(board), board.at ? '排' : '现在排']
  const compared = board.since && '换了街道或分组，名次不作比较。'
  if (movement === undefined)
    return line(
      `${over}${unit.name}${now}${rankText(first.line)}（${where}）。${compared || sinceText(board)}`,
    )
  if (movement === 'new')
    return line(`${over}${unit.name}上次还没有名次，${now}${rankText(first.line)}（${where}）。`)
  const change =
    movement === 0
      ? `名次没有变，还是${rankText(first.line)}`
      : `${movement > 0 ? '升' : '降'}了${Math.abs(movement)}名：第${rank + movement}名→${rankText(first.line)}`
  return line(`${over}${unit.name}${change}（${where}）。${sinceText(board)}`)
}

/** Who moved up most; when nobody has since the last snapshot, also who had in the week before it. */
export async function climbersReply(turn: Turn, field: Field, { period }: Asked): Promise<Reply> {
  const board = await boardOn(turn, field, period)
  const few = tooFew(turn, field, board)
  if (few) return few
  const up = climbersOn(board)
  if (up.length > 0)
    return line(
      `${overText(board)}${field.name}进步最大：${up.map(climbText).join('、')}。${sinceText(board)}`,
    )
  const none = board.since
    ? `${momentText(board.since)}排名以来，${field.name}还没有升名次的单位。`
    : sinceText(board)
  if (period || !board.since) return line(none)
  const week = await boardOn(turn, field, 'this-week')
  const earlier = climbersOn(week)
  if (earlier.length === 0 || !week.since) return line(none)
  return line(`${none}从${momentText(week.since)}算，进步最大：${earlier.map(climbText).join('、')}。`)
}

/** 谁倒数: in a group never a list of its own (`domain.md` C8, N13). */
export async function lastReply(turn: Turn, field: Field, asked: Asked): Promise<Reply> {
  if (turn.message.chat.kind === 'group') return tableReply(turn, field, { ...asked, want: 'table' })
  const board = await boardOn(turn, field, asked.period)
  const few = tooFew(turn, field, board)
  if (few) return few
  if (!mayNameLast(turn, field.scope)) {
    const own = ownPlace(turn, board)
    return { blocks: [...own, text('最后几名不单独列给各单位；要看别的，可以问“前三名是谁”。')] }
  }
  const groups = board.groups.flatMap(({ label, lines }) => {
    const last = lines.filter(({ bottomRank }) => bottomRank <= asked.count)
    const names = last.map((one) => `${nameOf(one)} ${one.total}（${rankText(one)}）`)
    return lines.length > 1 ? [`${label}${lines.length}个，排在最后：${names.join('、')}`] : []
  })
  return { title: `${field.name}（${whenText(turn, board)}）`, blocks: groups.map(text) }
}

interface PlaceFound extends Found {
  where: Unit
  board: Pick<Board, 'since' | 'otherRules' | 'at'>
}

/** The unit's place in its street, and among its likes in the whole district. */
async function placesOf(turn: Turn, unit: Unit, period: Asked['period']): Promise<PlaceFound[]> {
  const { roster } = turn
  const { then } = await momentsOf(turn, period)
  const above = then?.moved.get(unit.id)?.parent ?? unit.parent
  const parent = above === null ? undefined : roster.units.get(above)
  if (!parent)
    throw new UserError(`${unit.name}自己不参加排名。可以问“全区街道排名”，或者问某个街道、社区排第几。`)
  const board = await boardFor(turn, roster.children(parent.id), period)
  const found = lineOf(board, unit.id)
  if (!found) return []
  const near = { ...found, where: parent, board }
  const wide = parent.id === roster.root.id ? undefined : await peerPlaceOf(turn, unit, period)
  const places = [near, ...(wide ? [{ ...wide, where: roster.root, board }] : [])]
  // Where there is nobody to be compared with there is no place: the only village of a street has one in the district.
  const compared = places.filter(({ group }) => group.lines.length > 1)
  return compared.length > 0 ? compared : places
}

/** Its place among all units of its peer group, however many there are. */
async function peerPlaceOf(turn: Turn, unit: Unit, period: Asked['period']): Promise<Found | undefined> {
  const { then, before } = await momentsOf(turn, period)
  const place = then ? placeIn(then, unit.id) : await peerPlace(turn.db, unit.id)
  if (!place) return undefined
  const peer = then?.units.get(unit.id)?.peer ?? unit.peer
  const sameRules = before?.ruleVersion === (then?.ruleVersion ?? turn.roster.campaign.ruleVersion)
  const moved = before && movement({ rank: place.rank, peer }, before.units.get(unit.id), sameRules)
  return {
    line: {
      ...{ rank: place.rank, tied: place.tied, movement: moved },
      // What is over had a total of its own; now it is read where it is told.
      ...(then && { total: then.units.get(unit.id)?.total ?? '' }),
    },
    group: { label: labelOf(peer), lines: { length: place.size } },
  }
}

export function ownPlace(turn: Turn, board: Board) {
  const own = ownUnit(turn)
  const found = own && lineOf(board, own.id)
  return found
    ? [text(`${own.name}${found.line.vetoed ? '※' : ''}${placeText(found)}，得分 ${found.line.total}。`)]
    : []
}

export const sinceText = (board: Pick<Board, 'since' | 'otherRules'>): string =>
  board.since
    ? `和${momentText(board.since)}的排名比。`
    : board.otherRules
      ? '规则已调整，不作比较。'
      : '还没有周排名可以比，周五18:00出第一次。'

/** Of a week that is over it is said which one. */
export const whenText = ({ today }: Turn, { at }: Board): string => (at ? momentText(at) : day(today))
const overText = ({ at }: Pick<Board, 'at'>): string => (at ? `${momentText(at)}的排名：` : '')

function hint(turn: Turn, scope: Unit): string {
  const elsewhere = privateHint(turn, scope)
  if (elsewhere) return `其余名次${elsewhere}`
  return turn.message.chat.kind === 'group'
    ? '其余单位可私聊我问“我们排第几”。'
    : '其余名次由街道、区专班掌握。'
}

const notes = (parts: string[]) => {
  const words = parts.join('')
  return words ? [text(words)] : []
}
