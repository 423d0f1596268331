// What the wall chart of a street or of the district shows now (`domain.md` N7): read once, drawn by `picture/`.
import Fraction from 'fraction.js'
import { percent } from './campaign/completion.ts'
import { keptCompletion } from './campaign/kept-completion.ts'
import type { Lamp } from './campaign/schedule.ts'
import { chartGrid, chartOf, type Line, summary } from './chart.ts'
import { addDays, dateOf, daysBetween } from './clock.ts'
import { type Indicator, isActive, type Unit } from './database/roster.ts'
import { allSharesIn, lastSnapshot } from './database/snapshots.ts'
import { openOf } from './deadlines.ts'
import type { Mark } from './picture/marks.ts'
import type { Figure, Note } from './picture/parts.ts'
import type { Row, WallChart } from './picture/wall-chart.ts'
import { type Board, type BoardLine, climbersOn, levels } from './ranking-board.ts'
import { boardFor } from './ranking-field.ts'
import { seesAll } from './ranking-sight.ts'
import { climbText, nameOf } from './ranking-words.ts'
import type { Turn } from './turn.ts'
import { day, lamps, moment } from './wording.ts'

/** Under `top3` so many places are told; the others stand in the order of the roster, without. */
const best = 3
const soon = 7
const mostNames = 3

/** @param unit a street or the district */
export async function wallChartOf(turn: Turn, unit: Unit): Promise<WallChart> {
  const { roster, now, today } = turn
  const children = roster.children(unit.id)
  const [grid, own, board] = [
    await chartGrid(turn, unit),
    await chartOf(turn, unit),
    await boardFor(turn, children, undefined),
  ]
  const all = [...roster.indicators.values()].filter(
    (one) => isActive(one) && grid.some(({ indicator }) => indicator.id === one.id),
  )
  // A person's score is nobody else's business (`domain.md` N25).
  const isHidden = ({ kind, id }: Indicator) =>
    turn.message.chat.kind === 'group' &&
    kind === 'score' &&
    grid.some(({ indicator, cell }) => indicator.id === id && cell)
  const [hidden, columns] = [all.filter(isHidden), all.filter((one) => !isHidden(one))]
  const rows = rowsOf(turn, unit, board, columns, grid)
  const marks = rows.flatMap((row) => row.marks)
  const kinds = [...new Set(children.map(({ level }) => levels[level]))]
  return {
    ...{ title: `${roster.campaign.name} · 作战挂图`, rows, columns: columns.map(columnName) },
    subtitle: `${unit.name} · ${kinds.map((kind) => `${countOf(children, kind)}个${kind}`).join('、')} · ${day(today)}`,
    parts: kinds.join('、'),
    figures: await figuresOf(turn, unit, own, marks),
    legend: legendOf(marks),
    notes: [...(await notesOf(turn, unit, board)), ...hiddenNote(hidden)],
    footer: `数据截至 ${moment(now)}　规则第${roster.campaign.ruleVersion}版`,
  }
}

/** What is left out of a picture for a group. */
export const hiddenNote = (hidden: Indicator[]): Note[] =>
  hidden.map(({ name }) => ({ label: '未列', text: `${name}：个人成绩不在群里公布` }))

const countOf = (units: Unit[], kind: string) => units.filter(({ level }) => levels[level] === kind).length

/** Names stand upright: of a long one the shortest that everybody says. */
function columnName({ name, aliases }: Indicator): string {
  if ([...name].length <= 6) return name
  const said = aliases.filter((one) => /^\p{Script=Han}{3,6}$/u.test(one))
  return said.toSorted((a, b) => b.length - a.length)[0] ?? name
}

function rowsOf(turn: Turn, unit: Unit, board: Board, columns: Indicator[], grid: Line[]): Row[] {
  const isWhole = seesAll(turn, unit)
  const of = new Map(grid.map((line) => [`${line.unit.id}/${line.indicator.id}`, line]))
  const marksOf = (id: number) =>
    columns.map((indicator) => {
      const line = of.get(`${id}/${indicator.id}`)
      return line ? markOf(line) : ({ lamp: 'grey' } as const)
    })
  const several = board.groups.length > 1
  return board.groups.flatMap(({ label, lines, apart }) => {
    const told = lines.filter(({ rank }) => isWhole || rank <= best)
    const others = [...lines.filter((line) => !told.includes(line)).map(({ of }) => of), ...apart].toSorted(
      (a, b) => a.roster - b.roster,
    )
    const rows: Row[] = [
      ...told.map((line) => ({ ...placed(line, lines.length > 1), marks: marksOf(line.of.id) })),
      ...others.map(({ id, short }) => ({ name: short, marks: marksOf(id) })),
    ]
    return rows.map((row, at) => (several && at === 0 ? { ...row, group: label } : row))
  })
}

const placed = (line: BoardLine, isRanked: boolean): Omit<Row, 'marks'> => ({
  ...(isRanked && { rank: line.rank, movement: line.movement }),
  name: nameOf(line),
  score: line.total,
})

export const markOf = ({ standing, applicable, reported, cell }: Line): Mark => ({
  lamp: standing.lamp,
  ...(applicable > 0 && reported === 0 && { missing: true }),
  ...(cell?.pending_id != null && { pending: true }),
})

/** How far, against the schedule, and since last time. */
async function figuresOf(turn: Turn, unit: Unit, own: Line[], marks: Mark[]): Promise<Figure[]> {
  const overall = overallOf(own, marks)
  return overall.length > 1 ? [...overall, await changeOf(turn, unit, own)] : overall
}

/** How far a unit is, and how far from the schedule; one figure without a number where nothing concerns it. */
export function overallOf(own: Line[], marks: Mark[]): Figure[] {
  const all = summary(own)
  if (!all) return [{ label: '总体完成', value: '—', unit: '', note: '还没有涉及的指标', tone: 'plain' }]
  const reds = marks.filter(({ lamp }) => lamp === 'red').length
  const behind = new Fraction(percent(all.share)).sub(percent(all.schedule))
  return [
    {
      ...{
        label: '总体完成',
        value: twoDecimals(percent(all.share)),
        unit: '%',
        note: `序时 ${percent(all.schedule)}%`,
      },
      tone: 'plain',
    },
    {
      ...{
        label: '对比序时',
        value: signed(behind),
        unit: '点',
        note: reds > 0 ? `红灯 ${reds} 盏` : '没有红灯',
      },
      tone: behind.lt(0) ? (behind.lt(-15) ? 'bad' : 'warn') : 'good',
    },
  ]
}

/** How much further it is than in the last snapshot (`domain.md` C5.6). @param own its indicators now */
export async function changeOf({ db, roster, now, today }: Turn, unit: Unit, own: Line[]): Promise<Figure> {
  const all = summary(own)
  const share = new Fraction(all ? percent(all.share) : 0)
  const snapshot = await lastSnapshot(db, roster.campaign.id, now)
  const figure = { label: '比上次', value: '—', unit: '', tone: 'plain' as const }
  if (!snapshot) return { ...figure, note: '还没有上一次' }
  const takenOn = dateOf(snapshot.takenAt)
  const label = daysBetween(takenOn, today) <= 7 ? '比上周' : `比${day(takenOn)}`
  if (snapshot.ruleVersion !== roster.campaign.ruleVersion)
    return { ...figure, label, note: '规则已调整，不比' }
  const kept = await allSharesIn(db, snapshot)
  const before = keptCompletion(roster.indicators.values(), (id) => kept(unit.id, id), [
    snapshot.units.get(unit.id)?.total,
    share.valueOf().toFixed(2),
  ])
  if (before === null) return { ...figure, label, note: '那时还没有参评' }
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
async function notesOf(turn: Turn, unit: Unit, board: Board): Promise<Note[]> {
  const { today } = turn
  const up = board.since ? climbersOn(board) : []
  const due = (await openOf(turn, unit)).filter((one) => one.due >= today && one.due <= addDays(today, soon))
  const tasks = due.slice(0, mostNames).map(({ indicator, due, shown }) => {
    return `${indicator.name}（${day(due)}，${shown}）`
  })
  const more = due.length > mostNames ? `等${due.length}项` : ''
  return [
    ...(up.length > 0 ? [{ label: '进步最大', text: up.slice(0, mostNames).map(climbText).join('、') }] : []),
    { label: '7天到期', text: tasks.length > 0 ? `${tasks.join('、')}${more}` : '没有' },
  ]
}
