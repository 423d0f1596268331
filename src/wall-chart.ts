// The wall chart of a street or of the district as `picture/` draws it (`domain.md` N7).
import Fraction from 'fraction.js'
import { type BoardRow, type BoardView, boardViewOf } from './board-view.ts'
import { percent } from './campaign/completion.ts'
import { keptCompletion } from './campaign/kept-completion.ts'
import type { Lamp } from './campaign/schedule.ts'
import { type Line, summary } from './chart.ts'
import { dateOf, daysBetween } from './clock.ts'
import type { Indicator, Unit } from './database/roster.ts'
import { allSharesIn, lastSnapshot } from './database/snapshots.ts'
import type { Mark } from './picture/marks.ts'
import type { Figure, Note } from './picture/parts.ts'
import type { Row, WallChart } from './picture/wall-chart.ts'
import { levels } from './ranking-board.ts'
import { isTold } from './ranking-sight.ts'
import { nameOf } from './ranking-words.ts'
import { leftOut } from './score-sight.ts'
import type { Place, Viewing } from './turn.ts'
import { day, lamps, moment } from './wording.ts'

/** How many of what falls due, and of who moved up, a picture names. */
const mostNames = 3

/** @param unit a street or the district */
export async function wallChartOf(viewing: Viewing, unit: Unit): Promise<WallChart> {
  const { roster, now, today } = viewing
  const view = await boardViewOf(viewing, unit)
  const marks = view.rows.flatMap(({ lines }) => lines.map(markOf))
  const parts = partsOf(viewing, unit)
  return {
    ...{ title: `${roster.campaign.name} · 作战挂图`, rows: view.rows.map(rowOf) },
    columns: view.columns.map(columnName),
    subtitle: `${unit.name} · ${parts.map(({ kind, count }) => `${count}个${kind}`).join('、')} · ${day(today)}`,
    parts: parts.map(({ kind }) => kind).join('、'),
    figures: await figuresOf(viewing, view.unit, view.own, marks),
    legend: legendOf(marks),
    notes: [...notesOf(view), ...hiddenNote(view.hidden, leftOut(viewing.message.chat.kind))],
    footer: `数据截至 ${moment(now)}　规则第${roster.campaign.ruleVersion}版`,
  }
}

/** What is directly below a unit, and how many of each: 14个街道; 12个社区、3个村. */
export function partsOf({ roster }: Pick<Viewing, 'roster'>, unit: Unit): { kind: string; count: number }[] {
  const kinds = roster.children(unit.id).map(({ level }) => levels[level])
  return [...new Set(kinds)].map((kind) => ({ kind, count: kinds.filter((one) => one === kind).length }))
}

/** What is left out of a picture. @param why as `leftOut` has it */
export const hiddenNote = (hidden: Indicator[], why: string): Note[] =>
  hidden.map(({ name }) => ({ label: '未列', text: `${name}：${why}` }))

/** Names stand upright: of a long one the shortest that everybody says. */
export function columnName({ name, aliases }: Indicator): string {
  if ([...name].length <= 6) return name
  const said = aliases.filter((one) => /^\p{Script=Han}{3,6}$/u.test(one))
  return said.toSorted((a, b) => b.length - a.length)[0] ?? name
}

function rowOf({ group, unit, rank, movement, vetoed, score, lines }: BoardRow): Row {
  return {
    ...(group !== undefined && { group }),
    ...(rank !== undefined && { rank, movement }),
    name: nameOf({ of: unit, vetoed: vetoed ?? false }),
    ...(score != null && { score }),
    marks: lines.map(markOf),
  }
}

export function markOf(line: Line | undefined): Mark {
  if (!line) return { lamp: 'grey' }
  const { standing, applicable, reported, cell } = line
  return {
    lamp: standing.lamp,
    ...(applicable > 0 && reported === 0 && { missing: true }),
    ...(cell?.pending_id != null && { pending: true }),
  }
}

/** How far, against the schedule, and since last time. */
export async function figuresOf(viewing: Viewing, unit: Unit, own: Line[], marks: Mark[]): Promise<Figure[]> {
  const overall = overallOf(viewing, unit, own, marks)
  return overall.length > 1 ? [...overall, await changeOf(viewing, unit, own)] : overall
}

/**
 * How far a unit is, and how far from the schedule; one figure without a number where nothing concerns it, or where it
 * may not be told.
 */
export function overallOf(place: Place, unit: Unit, own: Line[], marks: Mark[]): Figure[] {
  const all = summary(own)
  if (!all) return [{ label: '总体完成', value: '—', unit: '', note: '还没有涉及的指标', tone: 'plain' }]
  if (!isTold(place, unit)) return [untold(percent(all.schedule))]
  return overallFigures(percent(all.share), percent(all.schedule), marks)
}

/** In place of all three: from each of them how far it is could be worked out. @param schedule in per cent */
export const untold = (schedule: string): Figure => ({
  ...{ label: '总体完成', value: '不列', unit: '', note: `只公布前三名的得分，序时 ${schedule}%` },
  tone: 'plain',
})

/** @param share how far, and where the schedule has it, both in per cent */
export function overallFigures(share: string, schedule: string, marks: Mark[]): Figure[] {
  const reds = marks.filter(({ lamp }) => lamp === 'red').length
  const behind = new Fraction(share).sub(schedule)
  return [
    { label: '总体完成', value: twoDecimals(share), unit: '%', note: `序时 ${schedule}%`, tone: 'plain' },
    {
      ...{ label: '对比序时', value: signed(behind), unit: '点' },
      note: reds > 0 ? `红灯 ${reds} 盏` : '没有红灯',
      tone: behind.lt(0) ? (behind.lt(-15) ? 'bad' : 'warn') : 'good',
    },
  ]
}

export const noSnapshot: Figure = {
  ...{ label: '比上次', value: '—', unit: '', note: '还没有上一次' },
  tone: 'plain',
}

/** How much further it is than in the last snapshot (`domain.md` C5.6). @param own its indicators now */
export async function changeOf(
  { db, roster, now, today }: Viewing,
  unit: Unit,
  own: Line[],
): Promise<Figure> {
  const all = summary(own)
  const share = new Fraction(all ? percent(all.share) : 0)
  const snapshot = await lastSnapshot(db, roster.campaign.id, now)
  if (!snapshot) return noSnapshot
  const kept = await allSharesIn(db, snapshot)
  const candidates = [snapshot.units.get(unit.id)?.total, share.valueOf().toFixed(2)]
  const before = keptCompletion(roster.indicators.values(), (id) => kept(unit.id, id), candidates)
  const isSame = snapshot.ruleVersion === roster.campaign.ruleVersion
  return changeFigure(share, { takenOn: dateOf(snapshot.takenAt), before, isSame }, today)
}

/**
 * @param share in per cent
 * @param then the completion at the snapshot before, and whether it was under the same rules
 */
export function changeFigure(
  share: Fraction,
  { takenOn, before, isSame }: { takenOn: string; before: string | null; isSame: boolean },
  date: string,
): Figure {
  const label = daysBetween(takenOn, date) <= 7 ? '比上周' : `比${day(takenOn)}`
  const figure = { label, value: '—', unit: '', tone: 'plain' as const }
  if (!isSame) return { ...figure, note: '规则已调整，不比' }
  if (before === null) return { ...figure, note: '那时还没有参评' }
  const change = share.sub(before)
  return {
    ...{ label, value: signed(change), unit: '点', note: `${day(takenOn)} ${before}%` },
    tone: change.gt(0) ? 'good' : change.lt(0) ? 'bad' : 'plain',
  }
}

const twoDecimals = (number: string): string => Number(number).toFixed(2)

const signed = (points: Fraction): string =>
  `${points.gt(0) ? '+' : points.lt(0) ? '-' : ''}${points.abs().valueOf().toFixed(2)}`

const order: Lamp[] = ['done', 'green', 'yellow', 'red', 'grey']

/** What is on the picture, and no more. */
export function legendOf(marks: Mark[]): WallChart['legend'] {
  const entries: WallChart['legend'] = order
    .filter((lamp) => marks.some((mark) => mark.lamp === lamp && !mark.missing))
    .map((lamp) => ({ mark: { lamp }, word: lamps[lamp].long }))
  const missing = marks.find((mark) => mark.missing && mark.lamp !== 'grey')
  if (missing) entries.push({ mark: { lamp: missing.lamp, missing: true }, word: '未报' })
  if (marks.some(({ pending }) => pending))
    entries.push({ mark: { lamp: 'green', pending: true }, word: '有数待核' })
  return entries
}

/** Who moved up, and what falls due. */
function notesOf({ climbers = [], due }: BoardView): Note[] {
  const more = due.length > mostNames ? `等${due.length}项` : ''
  const first = due.slice(0, mostNames).join('、')
  return [
    ...(climbers.length > 0 ? [{ label: '进步最大', text: climbers.join('、') }] : []),
    { label: '7天到期', text: first ? `${first}${more}` : '没有' },
  ]
}
