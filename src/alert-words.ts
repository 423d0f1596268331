// How a deadline alert speaks of cells that are not done: headings, one line an indicator, names as far as they fit.
import { isOverdue, type Slot, type Stage } from './campaign/alerts.ts'
import { inOrder, show } from './campaign/entry.ts'
import type { Lamp } from './campaign/schedule.ts'
import { daysBetween } from './clock.ts'
import type { ChartCell } from './database/progress.ts'
import type { Indicator, Roster, Unit } from './database/roster.ts'
import { day, lamps } from './wording.ts'

/** A cell that is not done, on a day when its deadline is spoken of. */
export interface OpenCell {
  unit: Unit
  indicator: Indicator
  cell: ChartCell
  stage: Stage
  lamp: Lamp
}

/** How cells are listed. */
export interface Listing {
  /** The one unit's own values, the units below by name, or a count for each street. */
  depth: 'own' | 'units' | 'streets'
  /** A group reads it: people's test scores stay out of it (`domain.md` N25). */
  isPublic: boolean
  /** How many names to a list. */
  most: number
}

/** @returns the heading of what is due on one day, without the colon */
export function heading(stage: Stage, due: string, today: string): string {
  const days = daysBetween(today, due)
  const date = `${day(due)}（${weekday(due)}）`
  if (isOverdue(stage)) return `${day(due)}到期，已逾期${-days}天`
  const still = stage === 'T15' ? '下午仍没完成' : '还没完成'
  if (days === 0) return `今天（${day(due)}）到期，${still}`
  if (days === 1 && stage === 'T-1') return `明天（${day(due)}）到期，${still}`
  // A deadline on a day off: today is the last chance, and the date alone would not say so.
  if (stage === 'T') return `${date}到期，那天不上班，今天请完成`
  if (stage === 'T15') return `${date}到期，那天不上班，${still}`
  if (stage === 'T-1') return `${date}到期，到期前只剩今天上班，${still}`
  return `${date}到期，还有${days}天`
}

/** One line an indicator, with values or names. */
export function namedLines(roster: Roster, open: OpenCell[], listing: Listing): string[] {
  const { depth, isPublic, most } = listing
  const counted = (name: string, n: number) => `${name}：${n}个单位`
  if (depth === 'own')
    return open.map((one) => {
      const pending = one.cell.pending_id === null ? '' : '（有一条数还没确认）'
      return `${lamps[one.lamp].mark} ${one.indicator.name} ${standingOf(one, isPublic, true)}${pending}`.trimEnd()
    })
  if (depth === 'streets')
    return withStreets(roster, open, most, (name, cells, streets) =>
      streets ? `${name}（${cells.length}个单位）：${streets}` : counted(name, cells.length),
    )
  return byIndicator(open).map(([{ name, kind }, cells]) => {
    if (most === 0 || (isPublic && kind === 'score')) return counted(name, cells.length)
    const units = unitsOf(cells, isPublic)
    if (units.length <= most) return `${name}（${units.length}个单位）：${units.join('、')}`
    return `${name}：${units.slice(0, most).join('、')} 等${units.length}个单位`
  })
}

/** One line an indicator: how many are red, yellow and, where they are passed on, green; for a district by street. */
export function lampLines(roster: Roster, open: OpenCell[], { depth, most }: Listing): string[] {
  const counts = (cells: OpenCell[]) =>
    (['red', 'yellow', 'green'] as const).flatMap((lamp) => {
      const n = cells.filter((one) => one.lamp === lamp).length
      return n > 0 ? ` ${lamps[lamp].mark}${lamps[lamp].word}${n}个` : []
    })
  if (depth === 'streets')
    return withStreets(
      roster,
      open,
      most,
      (name, cells, streets) => `${name}${counts(cells).join('')}${streets && `：${streets}`}`,
    )
  return byIndicator(open).map(([{ name }, cells]) => `${name}${counts(cells).join('')}`)
}

/** One line for all: 共建项目4个单位、红色物业2个单位. */
export function countLine(open: OpenCell[]): string {
  return byIndicator(open)
    .map(([{ name }, cells]) => `${name}${cells.length}个单位`)
    .join('、')
}

/** A sentence that reports one of them, as it may be typed. `own` = all of one unit: then it says what is to reach. */
export function exampleOf(
  open: { indicator: Indicator; cell: Pick<ChartCell, 'target'> }[],
  own = false,
): string {
  const reported = open.filter(({ indicator }) => indicator.source === 'chat')
  const chosen = reported.find(({ indicator }) => indicator.kind === 'count') ?? reported[0] ?? open[0]
  if (!chosen) return ''
  const { name, kind, uom, steps } = chosen.indicator
  if (kind === 'ratio') return `${name}38/40`
  if (kind === 'yes_no') return `${name}已落实`
  if (kind === 'milestone') return `${name}过了${inOrder(steps).at(-1)}`
  return kind === 'score' ? `${name}86分` : `${name}完成${own ? (chosen.cell.target ?? 3) : 3}${uom}`
}

/** 期限提醒（11月23日 周一 上午） */
export function titleOf(today: string, slot: Slot): string {
  return `期限提醒（${day(today)} ${weekday(today)} ${slot === '09:00' ? '上午' : '下午'}）`
}

const weekday = (date: string) => `周${'日一二三四五六'[new Date(date).getUTCDay()]}`

export function grouped<T>(items: T[], keyOf: (item: T) => string | number): T[][] {
  const groups = new Map<string | number, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return [...groups.values()]
}

function byIndicator(open: OpenCell[]): [Indicator, OpenCell[]][] {
  const groups = grouped(open, ({ indicator }) => indicator.id)
  return groups.flatMap((cells): [Indicator, OpenCell[]][] => (cells[0] ? [[cells[0].indicator, cells]] : []))
}

/**
 * A line for each indicator with all streets; where that is too long none is left out for another: then they stand in
 * one line at the end, all indicators together.
 */
function withStreets(
  roster: Roster,
  open: OpenCell[],
  most: number,
  line: (name: string, cells: OpenCell[], streets: string) => string,
): string[] {
  const groups = byIndicator(open)
  const streets = roster.children(roster.root.id)
  const counts = (cells: OpenCell[]) =>
    streets.flatMap(({ id, short }) => {
      const n = cells.filter(({ unit }) => roster.isWithin(unit.id, id)).length
      return n > 0 ? `${short}${n}` : []
    })
  if (most >= streets.length)
    return groups.map(([{ name }, cells]) => line(name, cells, counts(cells).join('、')))
  const all = most > 0 ? [`各街道合计（项）：${counts(open).join('、')}`] : []
  return [...groups.map(([{ name }, cells]) => line(name, cells, '')), ...all]
}

/** 金苑 1/3: a community and a village with the same short name are told apart. */
function unitsOf(open: OpenCell[], isPublic: boolean): string[] {
  const times = new Map(
    grouped(open, ({ unit }) => unit.short).map((same) => [same[0]?.unit.short, same.length]),
  )
  return open.map((one) => {
    const name = times.get(one.unit.short) === 1 ? one.unit.short : one.unit.name
    return `${name} ${standingOf(one, isPublic)}`.trimEnd()
  })
}

/** 1/3, 38/40, 初验, 未报; alone with its unit of measure, behind a name without. */
function standingOf({ indicator, cell }: OpenCell, isPublic: boolean, alone = false): string {
  const { kind, uom } = indicator
  if ((kind === 'count' || kind === 'amount') && cell.reported && cell.target !== null)
    return `${cell.value}/${cell.target}${alone ? uom : ''}`
  if (kind === 'score' && isPublic) return ''
  // 未落实 behind every name would say nothing: that is what the list is of.
  if (kind === 'yes_no' && cell.reported && !alone) return ''
  return show(indicator, cell)
}
