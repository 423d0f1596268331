// Answers about the ranking of some units: the table, the best, the last, one place, and who moved.
import { mondayOf } from './campaign/dates.ts'
import { addDays, momentOf } from './clock.ts'
import type { Unit } from './database/roster.ts'
import { lastSnapshot, type Snapshot, snapshotBefore } from './database/snapshots.ts'
import { UserError } from './errors.ts'
import { line, type Reply } from './message.ts'
import { liveStandings, totalsIn, totalsOf } from './ranking.ts'
import type { Asked } from './ranking-asked.ts'
import { type Board, boardOf, climbersOn, levels, lineOf } from './ranking-board.ts'
import { mayNameLast, seesAll } from './ranking-sight.ts'
import {
  climbText,
  footnote,
  momentText,
  placeText,
  rankText,
  tables,
  text,
  topName,
} from './ranking-words.ts'
import { ownUnit, type Turn } from './turn.ts'
import { day } from './wording.ts'

/** Of all communities of a district only so many are listed, and in a street's group the best. */
const longest = 20
const best = 3

/** Some units that are ranked among each other. */
export interface Field {
  /** The unit that they are parts of. */
  scope: Unit
  /** 汝河路街道, 全区街道, 全区社区. */
  name: string
  units: Unit[]
}

/** The parts of a unit; of the district its streets, or all communities or villages. */
export function fieldOf({ roster }: Pick<Turn, 'roster'>, scope: Unit, below: Asked['below'] = []): Field {
  const isDistrict = scope.id === roster.root.id
  if (!isDistrict) return { scope, name: scope.name, units: roster.children(scope.id) }
  if (below.length === 0) return { scope, name: `${scope.name}街道`, units: roster.children(scope.id) }
  const units = [...roster.units.values()].filter(({ level }) => below.some((one) => one === level))
  const what = below.map((level) => levels[level]).join('、')
  return { scope, name: `${scope.name}${what}`, units }
}

/**
 * The ranking of a field: as it is now, with the movement since the last snapshot; with a week named, since the
 * snapshot before that week began (`domain.md` C5.6).
 */
export async function boardFor(turn: Turn, units: Unit[], period: Asked['period']): Promise<Board> {
  const { db, roster, now, today } = turn
  const { id: campaign, ruleVersion } = roster.campaign
  const monday = mondayOf(today)
  const beforeWeek = (first: string) =>
    turn.cached(`snapshot before ${first}`, () => snapshotBefore(db, campaign, momentOf(first, '00:00')))
  const totals = (snapshot: Snapshot | undefined) => snapshot && totalsIn(snapshot)
  if (period === 'last-week') {
    const then = await beforeWeek(monday)
    if (!then) throw new UserError('上周还没有排名。')
    return boardOf(units, totalsIn(then), totals(await beforeWeek(addDays(monday, -7))))
  }
  const before =
    period === 'this-week'
      ? await beforeWeek(monday)
      : await turn.cached('snapshot', () => lastSnapshot(db, campaign, now))
  return boardOf(units, totalsOf(await liveStandings(turn, units), ruleVersion), totals(before))
}

/** The table, or as much of it as may be seen; with 前五 the first five. */
export async function tableReply(turn: Turn, field: Field, asked: Asked): Promise<Reply> {
  const board = await boardFor(turn, field.units, asked.period)
  const everybody = asked.below.length > 0 && field.scope.id === turn.roster.root.id
  const sees = seesAll(turn, field.scope, { everybody })
  const all = everybody ? longest : Number.POSITIVE_INFINITY
  const wanted = asked.want === 'top' ? asked.count : all
  const most = sees ? Math.min(wanted, all) : Math.min(wanted, best)
  const isCut = board.groups.some(({ lines }) => lines.some(({ rank }) => rank > most))
  const when = board.at ? momentText(board.at) : day(turn.today)
  return {
    title: `${field.name}${asked.want === 'top' ? topName(most) : '排名'}（${when}）`,
    blocks: [
      ...tables(board, { most }),
      ...(isCut && asked.want !== 'top' ? ownPlace(turn, board) : []),
      ...notes([footnote(board, most), most < wanted && !sees ? hint(turn) : '']),
    ],
  }
}

/** One unit's place, in its street and in the district. */
export async function placeReply(turn: Turn, unit: Unit, { period }: Asked): Promise<Reply> {
  const places = await placesOf(turn, unit, period)
  const [first] = places
  if (!first) return line(`${unit.name}没有参评：没有涉及的指标。`)
  const { field, board, found } = first
  const where = `${unit.name}${placeText(found, field.scope.name)}，得分 ${found.line.total}`
  const more = places
    .slice(1)
    .map((one) => `；${placeText(one.found, one.field.scope.name)}`)
    .join('')
  return line(`${where}${more}。${footnote({ ...board, groups: [] })}`)
}

/** How far one unit moved. */
export async function movedReply(turn: Turn, unit: Unit, { period }: Asked): Promise<Reply> {
  const [first] = await placesOf(turn, unit, period)
  if (!first) return line(`${unit.name}没有参评：没有涉及的指标。`)
  const { field, board, found } = first
  const { movement, rank } = found.line
  const where = `${field.scope.name}${found.group.lines.length}个${found.group.label}`
  if (movement === undefined) return line(`${unit.name}现在排${rankText(found.line)}。${sinceText(board)}`)
  if (movement === 'new')
    return line(`${unit.name}上次还没有名次，现在排${rankText(found.line)}（${where}）。`)
  const change =
    movement === 0
      ? `名次没有变，还是${rankText(found.line)}`
      : `${movement > 0 ? '升' : '降'}了${Math.abs(movement)}名：第${rank + movement}名→${rankText(found.line)}`
  return line(`${unit.name}${change}（${where}）。${sinceText(board)}`)
}

/** Who moved up most; when nobody has since the last snapshot, also who had in the week before it. */
export async function climbersReply(turn: Turn, field: Field, { period }: Asked): Promise<Reply> {
  const board = await boardFor(turn, field.units, period)
  const up = climbersOn(board)
  if (up.length > 0)
    return line(`${field.name}进步最大：${up.map(climbText).join('、')}。${sinceText(board)}`)
  const none = board.since
    ? `${momentText(board.since)}排名以来，${field.name}还没有升名次的单位。`
    : sinceText(board)
  if (period || !board.since) return line(none)
  const week = await boardFor(turn, field.units, 'this-week')
  const earlier = climbersOn(week)
  if (earlier.length === 0 || !week.since) return line(none)
  return line(`${none}从${momentText(week.since)}算，进步最大：${earlier.map(climbText).join('、')}。`)
}

/** 谁倒数: in a group never a list of its own (`domain.md` C8, N13). */
export async function lastReply(turn: Turn, field: Field, asked: Asked): Promise<Reply> {
  if (turn.message.chat.kind === 'group') return tableReply(turn, field, { ...asked, want: 'table' })
  const board = await boardFor(turn, field.units, asked.period)
  if (!mayNameLast(turn, field.scope)) {
    const own = ownPlace(turn, board)
    return { blocks: [...own, text('最后几名不单独列给各单位；要看别的，可以问“前三名是谁”。')] }
  }
  const groups = board.groups.flatMap(({ label, lines }) => {
    const last = lines.filter(({ bottomRank }) => bottomRank <= asked.count)
    const names = last.map((one) => `${one.of.short} ${one.total}（${rankText(one)}）`)
    return lines.length > 1 ? [`${label}${lines.length}个，排在最后：${names.join('、')}`] : []
  })
  return { title: `${field.name}（${day(turn.today)}）`, blocks: groups.map(text) }
}

/** The unit's place in the field of its street, and in that of the district. */
async function placesOf(turn: Turn, unit: Unit, period: Asked['period']) {
  const { roster } = turn
  const parent = unit.parent === null ? undefined : roster.units.get(unit.parent)
  if (!parent)
    throw new UserError(`${unit.name}自己不参加排名。可以问“全区街道排名”，或者问某个街道、社区排第几。`)
  const isLeaf = parent.id !== roster.root.id
  const fields = [
    fieldOf(turn, parent),
    ...(isLeaf ? [fieldOf(turn, roster.root, ['community', 'village'])] : []),
  ]
  const places = await Promise.all(
    fields.map(async (field) => {
      const board = await boardFor(turn, field.units, period)
      const found = lineOf(board, unit.id)
      return found ? [{ field, board, found }] : []
    }),
  )
  // Where there is nobody to be compared with there is no place: the only village of a street has one in the district.
  const compared = places.flat().filter(({ found }) => found.group.lines.length > 1)
  return compared.length > 0 ? compared : places.flat()
}

function ownPlace(turn: Turn, board: Board) {
  const own = ownUnit(turn)
  const found = own && lineOf(board, own.id)
  return found ? [text(`${own.name}${placeText(found)}，得分 ${found.line.total}。`)] : []
}

const sinceText = (board: Board): string =>
  board.since
    ? `和${momentText(board.since)}的排名比。`
    : board.otherRules
      ? '规则已调整，不作比较。'
      : '还没有周排名可以比，周五18:00出第一次。'

const hint = ({ message }: Turn): string =>
  message.chat.kind === 'group' ? '其余单位可私聊我问“我们排第几”。' : '其余名次由街道、区专班掌握。'

const notes = (parts: string[]) => {
  const words = parts.join('')
  return words ? [text(words)] : []
}
