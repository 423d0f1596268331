// What a bulletin says: the week, the red and black list, one indicator (`domain.md` C8). Pure.
import { percent } from './campaign/completion.ts'
import type { Lamp } from './campaign/schedule.ts'
import type { Indicator, Roster, Unit } from './database/roster.ts'
import { lines, type Reply } from './message.ts'
import { type Board, type BoardLine, boardOf, climbersOn, labelOf } from './ranking-board.ts'
import { momentText, nameOf, vetoNote } from './ranking-words.ts'
import { climbersLine, dueText, overallText, standingIn, type Week } from './weekly-words.ts'
import { day, lamps } from './wording.ts'

/** Bytes; what is left of 1,800 is for number, sentence and signature. */
const mostBytes = 1_400
/** How many names to a list: the most that fit. */
const lengths = [20, 14, 10, 8, 6, 5, 4, 3, 2, 1]
const best = 3

/** 总体 → 前三 → 进步最大 → 红灯指标 → 到期 → 点评 → 数据截至. The comment names the last: it needs an approver. */
export function weeklyBulletin(roster: Roster, unit: Unit, week: Week): Reply {
  const board = boardOf(roster.children(unit.id), week.now, week.before)
  const last = groupsOf(board).flatMap(({ lines }) => lastOn(lines).map((line) => lastText(line)))
  return fitting(`${unit.name}周通报（${day(week.date)}）`, (most) => [
    overallText(roster, unit, week),
    ...firstLines(board),
    ...[climbersLine(board) ?? []].flat(),
    redText(roster, unit, week, most),
    dueText(roster, unit, week),
    ...(last.length > 0 ? [`点评：名次靠后的是${named(last, most)}，请对照红灯指标抓紧。`] : []),
    ...vetoLines(board),
    endText(week),
  ])
}

/** @returns undefined when there are too few units for anybody to be first or last */
export function redBlackBulletin(roster: Roster, unit: Unit, week: Week): Reply | undefined {
  const board = boardOf(roster.children(unit.id), week.now, week.before)
  const groups = groupsOf(board)
  if (groups.every(({ lines }) => lastOn(lines).length === 0)) return undefined
  return fitting(`${unit.name}红黑榜（${day(week.date)}）`, (most) => [
    overallText(roster, unit, week),
    ...groups.flatMap(({ label, lines }) => {
      const of = groups.length > 1 ? `（${label}）` : ''
      const last = lastOn(lines).map((line) => lastText(line, whyText(roster, line.of, week, most)))
      const first = lines.filter(({ rank }) => rank <= best)
      return [
        `红榜${of}：${named(first.map(firstText), most)}。`,
        ...(last.length > 0 ? [`黑榜${of}：${named(last, most, '；')}。`] : []),
      ]
    }),
    ...vetoLines(board),
    endText(week),
  ])
}

/** One indicator: how far it is, and which units show which lamp. */
export function indicatorBulletin(roster: Roster, unit: Unit, indicator: Indicator, week: Week): Reply {
  const own = standingIn(roster, unit, week)?.standings.get(indicator.id)
  const children = roster.children(unit.id).flatMap((of) => {
    const one = standingIn(roster, of, week)?.standings.get(indicator.id)
    return one && one.share !== 'na' ? [{ of, share: one.share, lamp: one.lamp }] : []
  })
  children.sort((a, b) => b.share.compare(a.share) || a.of.roster - b.of.roster)
  const share = own && own.share !== 'na' ? own.share : undefined
  const isZeroed = ({ id }: Unit) => week.now.units.get(id)?.zeroed?.includes(indicator.id) === true
  return fitting(`${unit.name}${indicator.name}通报（${day(week.date)}）`, (most) => [
    own && share
      ? `${indicator.name}完成 ${percent(share)}%，序时 ${percent(own.schedule)}%，${lamps[own.lamp].mark} ${lamps[own.lamp].long}，${day(indicator.due)}到期。`
      : `${indicator.name}不涉及。`,
    ...bestFirst.flatMap((lamp) => {
      const some = children.filter((one) => one.lamp === lamp)
      const names = some.map(
        (one) =>
          `${one.of.short}${isZeroed(one.of) ? '※' : ''}${lamp === 'done' ? '' : ` ${percent(one.share)}%`}`,
      )
      const { mark, long } = lamps[lamp]
      return some.length > 0 ? [`${mark} ${long}（${some.length}个）：${named(names, most)}。`] : []
    }),
    ...(children.some(({ of }) => isZeroed(of)) ? ['※是一票否决，这一项计0分。'] : []),
    endText(week),
  ])
}

const bestFirst: Lamp[] = ['done', 'green', 'yellow', 'red']

const groupsOf = (board: Board) => board.groups.filter(({ lines }) => lines.length > 1)

function firstLines(board: Board): string[] {
  const groups = groupsOf(board)
  const first = groups.map(({ label, lines }) => {
    const names = lines.filter(({ rank }) => rank <= best).map((line) => `${nameOf(line)} ${line.total}`)
    return `${groups.length > 1 ? `${label} ` : ''}${names.join('、')}`
  })
  return first.length > 0 ? [`前三：${first.join('；')}。`] : []
}

/** The last few of enough, ties and all; never one of the first three. */
function lastOn(group: BoardLine[]): BoardLine[] {
  const count = group.length >= 12 ? 3 : group.length >= 8 ? 2 : group.length > best ? 1 : 0
  return group.filter(({ rank, bottomRank }) => bottomRank <= count && rank > best)
}

const firstText = (line: BoardLine) => `${nameOf(line)} ${line.total}（第${line.rank}名）`
const lastText = (line: BoardLine, why = '') => {
  const { total, rank, bottomRank, tied } = line
  return `${nameOf(line)} ${total}（${tied ? '并列' : ''}第${rank}名${bottomRank === 1 ? '，末位' : ''}${why}）`
}

/** What ※ means, where one of those who are named has it. */
function vetoLines(board: Board): string[] {
  const named = groupsOf(board).flatMap(({ lines }) => [
    ...lines.filter(({ rank }) => rank <= best),
    ...lastOn(lines),
  ])
  return [vetoNote([...named, ...climbersOn(board)])].filter(Boolean)
}

/** 红灯指标：共建项目（8个社区、1个村红灯） */
function redText(roster: Roster, unit: Unit, week: Week, most: number): string {
  const own = standingIn(roster, unit, week)?.standings
  const red = [...roster.indicators.values()].filter(({ id }) => own?.get(id)?.lamp === 'red')
  if (red.length === 0) return '红灯指标：没有。'
  const names = red.map(({ id, name }) => {
    const units = roster
      .children(unit.id)
      .filter((child) => standingIn(roster, child, week)?.standings.get(id)?.lamp === 'red')
    const counts = [...new Set(units.map(({ level }) => level))].map(
      (level) => `${units.filter((one) => one.level === level).length}个${labelOf(level)}`,
    )
    return `${name}${counts.length > 0 ? `（${counts.join('、')}红灯）` : ''}`
  })
  return `红灯指标：${lamps.red.mark} ${named(names, most)}。`
}

/** Why a unit is on the black list. People's own test scores are nobody's business (`domain.md` N25). */
function whyText(roster: Roster, unit: Unit, week: Week, most: number): string {
  const own = standingIn(roster, unit, week)?.standings
  const red = [...roster.indicators.values()]
    .filter(({ id, kind }) => kind !== 'score' && own?.get(id)?.lamp === 'red')
    .map(({ name }) => name)
  return red.length > 0 ? `，红灯：${named(red, Math.min(most, 3))}` : ''
}

const endText = ({ due, now }: Week) =>
  `数据截至${momentText(due)}，规则第${now.ruleVersion}版。口径：累计数，没报的按没完成算，不涉及的不算。`

/** The first so many, and how many there are. */
export const named = (names: string[], most: number, comma = '、'): string =>
  `${names.slice(0, most).join(comma)}${names.length > most ? `等${names.length}个` : ''}`

/** With as many names as fit into one message. */
export function fitting(title: string, textsWith: (most: number) => string[]): Reply {
  const fits = (most: number) => Buffer.byteLength([title, ...textsWith(most)].join('\n')) <= mostBytes
  return lines(textsWith(lengths.find(fits) ?? 1), title)
}
