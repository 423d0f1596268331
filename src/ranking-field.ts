// Which units are ranked among each other, and at which moment: now, last week, or a week before (`domain.md` C5.6, C5.7).
import { mondayOf } from './campaign/dates.ts'
import { addDays, dateOf, momentOf } from './clock.ts'
import { firstSnapshot } from './database/history.ts'
import type { Unit } from './database/roster.ts'
import { lastSnapshot, type Snapshot, snapshotBefore } from './database/snapshots.ts'
import { UserError } from './errors.ts'
import { line, type Reply } from './message.ts'
import { liveTotals, totalsIn } from './ranking.ts'
import type { Asked } from './ranking-asked.ts'
import { type Board, boardOf, levels } from './ranking-board.ts'
import { seesAll } from './ranking-sight.ts'
import { momentText, nameOf } from './ranking-words.ts'
import type { Turn, Viewing } from './turn.ts'
import { day } from './wording.ts'

/** Some units that are ranked among each other. */
export interface Field {
  /** The unit that they are parts of. */
  scope: Unit
  /** 汝河路街道, 全区街道, 全区社区. */
  name: string
  units: Unit[]
  /** Of these only the communities, or only the villages, are asked for. */
  only: Asked['below']
}

/** The parts of a unit, or those of one level; of the district its streets, or all communities or villages. */
export function fieldOf({ roster }: Pick<Turn, 'roster'>, scope: Unit, below: Asked['below'] = []): Field {
  const what = below.map((level) => levels[level]).join('、')
  const children = roster.children(scope.id)
  if (scope.id !== roster.root.id)
    return { scope, name: `${scope.name}${what}`, units: children, only: below }
  if (below.length === 0) return { scope, name: `${scope.name}街道`, units: children, only: [] }
  const units = [...roster.units.values()].filter(({ level }) => below.some((one) => one === level))
  return { scope, name: `${scope.name}${what}`, units, only: [] }
}

/** The board of a field; what is not asked for of it is left out after ranking. */
export async function boardOn(turn: Turn, { units, only }: Field, period: Asked['period']): Promise<Board> {
  const board = await boardFor(turn, units, period)
  if (only.length === 0) return board
  const isAsked = ({ level }: Unit) => only.some((one) => one === level)
  const groups = board.groups.map((group) => ({
    ...{ label: group.label, lines: group.lines.filter(({ of }) => isAsked(of)) },
    apart: group.apart.filter(isAsked),
  }))
  return { ...board, groups: groups.filter(({ lines, apart }) => lines.length + apart.length > 0) }
}

/** What is said where only one level is asked for, and there are not two of it to be ranked. */
export function tooFew(turn: Turn, { scope, only }: Field, { groups }: Board): Reply | undefined {
  const lines = groups.flatMap((group) => group.lines)
  if (only.length === 0 || lines.length > 1) return undefined
  const what = only.map((level) => levels[level]).join('、')
  const [one] = lines
  const total = one && seesAll(turn, scope) ? `${nameOf(one)} ${one.total}` : one?.of.name
  const there = one ? `只有1个${what}（${total}），不排名` : `没有${what}可以排`
  return line(`${scope.name}${there}。可以问“全区${what}排名”。`)
}

/**
 * The ranking of a field: as it is now, with the movement since the last snapshot; with a week named, since the
 * snapshot before that week began; of a time that is over its last snapshot (`domain.md` C5.6).
 */
export async function boardFor(turn: Viewing, units: Unit[], period: Asked['period']): Promise<Board> {
  const { then, before } = await momentsOf(turn, period)
  const totals = (snapshot: Snapshot | undefined) => snapshot && totalsIn(snapshot)
  if (then) return boardOf(units, totalsIn(then), totals(before))
  return boardOf(units, await liveTotals(turn, units), totals(before))
}

/** Which snapshot is shown (absent = now), and which one it is compared with. */
export async function momentsOf(
  { db, roster, now, today }: Viewing,
  period: Asked['period'],
): Promise<{ then?: Snapshot; before: Snapshot | undefined }> {
  const campaign = roster.campaign.id
  const monday = mondayOf(today)
  const beforeWeek = (first: string) => snapshotBefore(db, campaign, momentOf(first, '00:00'))
  if (period === 'this-week') return { before: await beforeWeek(monday) }
  if (period === undefined) return { before: await lastSnapshot(db, campaign, now) }
  if (typeof period === 'object') {
    const then = await beforeWeek(addDays(period.end, 1))
    if (!then) throw new UserError(await sinceWhen(db, campaign, period.label))
    return { then, before: await snapshotBefore(db, campaign, then.takenAt) }
  }
  const then = await beforeWeek(monday)
  if (!then) throw new UserError('上周还没有排名。')
  return { then, before: await beforeWeek(addDays(monday, -7)) }
}

async function sinceWhen(db: Turn['db'], campaign: number, label: string): Promise<string> {
  const first = await firstSnapshot(db, campaign)
  return first
    ? `${label}还没有排名，最早的一次是${momentText(first)}，往后每周一次。可以说“${day(dateOf(first))}的排名”。`
    : '还没有周排名，周五18:00出第一次。现在的可以说“排名”。'
}
