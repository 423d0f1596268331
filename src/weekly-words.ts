// What a chat hears of the week's ranking: how far, who stands where, who moved, the lamps, and what falls due. Pure.
import Fraction from 'fraction.js'
import { percent } from './campaign/completion.ts'
import { mondayOf } from './campaign/dates.ts'
import { type KeptShares, keptCompletion } from './campaign/kept-completion.ts'
import type { Lamp } from './campaign/schedule.ts'
import { sharesFrom } from './campaign/shares.ts'
import { addDays, dateOf, daysBetween } from './clock.ts'
import type { Line } from './database/lines.ts'
import { leavesOf } from './database/progress.ts'
import { type Indicator, isActive, type Roster, type Unit } from './database/roster.ts'
import { standingOf, type UnitStanding } from './database/standings.ts'
import type { Block, Reply } from './message.ts'
import { type Board, boardOf, climbersOn, lineOf, type Totals } from './ranking-board.ts'
import {
  climbText,
  footnote,
  momentText,
  nameOf,
  placeText,
  tables,
  text,
  vetoNote,
} from './ranking-words.ts'
import { day, lamps } from './wording.ts'

export interface Week {
  /** The moment of the snapshot, and its calendar date. */
  due: Date
  date: string
  /** What every unit had, and the due dates that units have for themselves. */
  lines: Map<number, Line>
  dueOf: (unit: number, indicator: number) => string | undefined
  now: Totals
  before: Totals | undefined
  /** The completions that were kept with both. */
  shares: { now: KeptShares; before: KeptShares | undefined }
}

const best = 3
/** So many names in a sentence. */
const mostNames = 5
const worstFirst: Lamp[] = ['red', 'yellow', 'green', 'done', 'grey']

/**
 * The Friday broadcast for a chat of that unit (`domain.md` C8, N13): the table of its parts under `full`, the first
 * three and who moved up under `top3`. In neither is there a list of the last. A community's own chat hears its place.
 */
export function weeklyReply(roster: Roster, unit: Unit, week: Week): Reply {
  const children = roster.children(unit.id)
  const parent = unit.parent === null ? undefined : roster.units.get(unit.parent)
  const places =
    children.length > 0
      ? ofParts(roster, boardOf(children, week.now, week.before))
      : ofOne(unit, boardOf(parent ? roster.children(parent.id) : [unit], week.now, week.before), parent)
  return {
    title: `${unit.name}周排名（${day(week.date)}）`,
    blocks: [
      text(overallText(roster, unit, week)),
      ...places,
      text(`各指标的灯：\n${lampLines(roster, unit, week).join('\n')}`),
      text(dueText(roster, unit, week, '下周')),
      text(`数据截至${momentText(week.due)}，规则第${roster.campaign.ruleVersion}版。`),
    ],
  }
}

function ofParts(roster: Roster, board: Board): Block[] {
  const isFull = roster.campaign.settings.ranking_visibility === 'full'
  const notes = [
    footnote(board, isFull ? undefined : best),
    ...(isFull ? [] : ['其余单位可私聊我问“我们排第几”。']),
  ].join('')
  const compared = board.groups.filter(({ lines }) => lines.length > 1)
  const first = compared.map(({ label, lines }) => {
    const names = lines
      .filter(({ rank }) => rank <= best)
      .map(nameOf)
      .join('、')
    return `${compared.length > 1 ? `${label} ` : ''}${names}`
  })
  return [
    ...tables(board, isFull ? {} : { most: best }),
    ...(notes ? [text(notes)] : []),
    ...(isFull && first.length > 0 ? [text(`前三：${first.join('；')}。`)] : []),
    ...climbersText(board),
  ]
}

function climbersText(board: Board): Block[] {
  const line = climbersLine(board)
  return line === undefined ? [] : [text(line)]
}

/** Who moved up most; undefined where places are not compared. */
export function climbersLine(board: Board): string | undefined {
  if (!board.since) return undefined
  const up = climbersOn(board)
  if (up.length === 0) return '进步最大：这周没有升名次的单位。'
  const more = up.length > mostNames ? `等${up.length}个` : ''
  return `进步最大：${up.slice(0, mostNames).map(climbText).join('、')}${more}。`
}

function ofOne(unit: Unit, board: Board, parent: Unit | undefined): Block[] {
  const found = lineOf(board, unit.id)
  return found
    ? [
        text(
          `${unit.name}${found.line.vetoed ? '※' : ''}${placeText(found, parent?.name)}。${footnote({ ...board, groups: [] })}${vetoNote([found.line])}`,
        ),
      ]
    : []
}

/** 总体完成 84.67%，序时 90.46%（落后5.79个百分点），比上周 +1.20 个百分点。 */
export function overallText(roster: Roster, unit: Unit, week: Week): string {
  const { before, now, date } = week
  const standing = standingIn(roster, unit, week)
  const completion = completionNow(roster, unit, week)
  if (!standing?.schedule || completion === null) return '还没有涉及的指标。'
  const ahead = new Fraction(completion).sub(standing.schedule.mul(100)).round(2)
  const gap = ahead.lt(0) ? `（落后${ahead.neg()}个百分点）` : ''
  const reached = `总体完成 ${completion}%，序时 ${percent(standing.schedule)}%${gap}`
  const earlier = completionBefore(roster, unit, week, completion)
  if (!before?.takenAt || !earlier) return `${reached}。`
  if (before.ruleVersion !== now.ruleVersion) return `${reached}。规则已调整，不和上次比。`
  const takenOn = dateOf(before.takenAt)
  const then = daysBetween(takenOn, date) === 7 ? '上周' : day(takenOn)
  const change = new Fraction(completion).sub(earlier)
  if (change.equals(0)) return `${reached}，和${then}持平。`
  return `${reached}，比${then} ${change.gt(0) ? '+' : ''}${change.toString()} 个百分点。`
}

/** How far the unit was at the snapshot, without points by document, which are in its total (`domain.md` C4.5). */
export function completionNow(roster: Roster, unit: Unit, week: Week): string | null {
  const { now, shares } = week
  const total = now.units.get(unit.id)?.total ?? null
  // The weights of other rules are not at hand.
  if (now.ruleVersion !== roster.campaign.ruleVersion) return total
  const candidates = [total, standingIn(roster, unit, week)?.completion]
  return keptCompletion(roster.indicators.values(), (id) => shares.now(unit.id, id), candidates)
}

/** The same at the snapshot before; where nothing has changed since, it is the same number. */
export function completionBefore(
  roster: Roster,
  unit: Unit,
  { before, shares }: Week,
  now: string,
): string | null | undefined {
  const kept = shares.before
  const candidates = [before?.units.get(unit.id)?.total, now]
  return kept && keptCompletion(roster.indicators.values(), (id) => kept(unit.id, id), candidates)
}

/** ■ 严重滞后或逾期：红色物业、共建项目 */
function lampLines(roster: Roster, unit: Unit, week: Week): string[] {
  const each = standingIn(roster, unit, week)?.standings ?? new Map()
  return worstFirst.flatMap((lamp) => {
    const names = [...roster.indicators.values()].filter(({ id }) => each.get(id)?.lamp === lamp)
    const { mark, long } = lamps[lamp]
    return names.length > 0 ? [`${mark} ${long}：${names.map(({ name }) => name).join('、')}`] : []
  })
}

export function standingIn(
  roster: Roster,
  unit: Unit,
  { lines, date, dueOf }: Week,
): UnitStanding | undefined {
  const line = lines.get(unit.id)
  return line && standingOf(roster, unit, line, date, dueOf)
}

/**
 * What falls due from Monday to Sunday of the coming week and is not done.
 * @param called what that week is called; absent = by its days
 */
export function dueText(roster: Roster, unit: Unit, week: Week, called?: string): string {
  const from = addDays(mondayOf(week.date), 7)
  const until = addDays(from, 6)
  const when = called ?? `${day(from)}至${day(until)}`
  const open = new Map<string, number>()
  for (const leaf of leavesOf(roster, unit.id))
    for (const { indicator, due } of openIn(roster, leaf, week)) {
      if (due < from || due > until) continue
      const key = `${due} ${indicator.name}`
      open.set(key, (open.get(key) ?? 0) + 1)
    }
  if (open.size === 0) return `${when}没有要到期而没完成的任务。`
  const isLeaf = roster.children(unit.id).length === 0
  const tasks = [...open].sort().map(([key, n]) => {
    const [due = '', name] = key.split(' ')
    return `${name}（${day(due)}${isLeaf ? '' : `，${n}个单位没完成`}）`
  })
  return `${when}到期：${tasks.join('、')}。`
}

/** What applies to a community or village and is not done, with the day on which it is due. */
function openIn(
  roster: Roster,
  leaf: number,
  { lines, dueOf }: Week,
): { indicator: Indicator; due: string }[] {
  const shares = sharesFrom(lines.get(leaf)?.shares ?? '')
  return [...roster.indicators.values()].flatMap((indicator, at) => {
    const share = shares[at]
    if (share === undefined || share === 'na' || share.gte(1) || !isActive(indicator)) return []
    return [{ indicator, due: dueOf(leaf, indicator.id) ?? indicator.due }]
  })
}
