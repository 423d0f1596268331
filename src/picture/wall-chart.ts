// The wall chart as one portrait picture: how far, who stands where, which lamps, what to do next (`domain.md` N7).
import type { Movement } from '../campaign/ranking.ts'
import { inSlices } from '../slices.ts'
import { colours, inLines, margin, type Pen, paper, picture, type Strip, width, write } from './canvas.ts'
import { drawArrow, drawMark, type Mark } from './marks.ts'
import {
  bannerHeight,
  drawBanner,
  drawFigures,
  drawFooter,
  drawLegend,
  drawNotes,
  type Figure,
  figuresHeight,
  type Note,
} from './parts.ts'

export interface WallChart {
  title: string
  subtitle: string
  figures: Figure[]
  /** What the rows are called: 街道, 社区. */
  parts: string
  /** Names of the indicators, to be written upright. */
  columns: string[]
  rows: Row[]
  legend: { mark: Mark; word: string }[]
  notes: Note[]
  footer: string
}

export interface Row {
  /** Of another peer group than the row before: 村. */
  group?: string
  /** Absent = not ranked, or not to be told here. */
  rank?: number
  movement?: Movement
  name: string
  /** Two decimals; absent as the rank is. */
  score?: string
  /** One for each column. */
  marks: Mark[]
}

const [rankRight, moveAt, nameLeft, scoreRight, gridLeft] = [92, 136, 184, 414, 436]
const [headSize, headLine] = [28, 33]
/** Longer names of columns are cut: they stand upright, one character a line. */
const mostUpright = 8
const rowHeights = { one: 60, two: 84 }
const groupHeight = 56

/** @returns a PNG, 1080 pixels wide; other work gets its turn while it is drawn */
export async function drawWallChart(chart: WallChart): Promise<Buffer> {
  const { columns, rows } = chart
  // For measuring: how wide a name, how high the text below the table becomes is known when it is drawn.
  const rough = paper(1)
  const upright = columns.map((name) => uprightOf(name))
  const room = nameWidth(rows)
  const names = await inSlices(rows, ({ name }) => inLines(rough, name, room, 2, { size: 30 }))
  const height = names.some(({ length }) => length > 1) ? rowHeights.two : rowHeights.one
  const headHeight = Math.max(2, ...upright.map(({ length }) => length)) * headLine + 74
  return picture([
    { height: bannerHeight, draw: (pen) => drawBanner(pen, chart.title, chart.subtitle) },
    { height: figuresHeight, draw: (pen) => drawFigures(pen, chart.figures) },
    { height: headHeight, draw: (pen) => drawHead(pen, chart, upright, headHeight) },
    ...rows.flatMap((row, at): Strip[] => [
      ...(row.group === undefined ? [] : [groupStrip(row.group)]),
      { height, draw: (pen) => drawRow(pen, row, names[at] ?? [row.name], { height, shaded: at % 2 === 0 }) },
    ]),
    { height: drawBelow(rough, chart), draw: (pen) => drawBelow(pen, chart) },
  ])
}

const groupStrip = (group: string): Strip => ({
  height: groupHeight,
  draw: (pen) => write(pen, group, margin, 40, { colour: colours.soft }),
})

/** @returns its height */
function drawBelow(pen: Pen, { legend, notes, footer }: WallChart): number {
  return drawFooter(pen, footer, drawNotes(pen, notes, drawLegend(pen, legend, 16) + 10))
}

/** Where no row has a score the name has its room as well. */
const nameWidth = (rows: Row[]): number =>
  (rows.some(({ score }) => score !== undefined) ? scoreRight - 96 : gridLeft - 16) - nameLeft

function drawHead(pen: Pen, { columns, parts, rows }: WallChart, upright: string[][], bottom: number): void {
  const head = { colour: colours.soft }
  if (rows.some(({ rank }) => rank !== undefined)) write(pen, '名次', margin, bottom - 18, head)
  write(pen, parts, nameLeft, bottom - 18, head)
  if (rows.some(({ score }) => score !== undefined))
    write(pen, '得分', scoreRight, bottom - 18, { ...head, align: 'right' })
  for (const [at, characters] of upright.entries()) {
    const x = columnAt(at, columns.length)
    for (const [line, one] of characters.entries()) {
      const y = bottom - 18 - (characters.length - 1 - line) * headLine
      write(pen, one, x, y, { size: headSize, align: 'center' })
    }
  }
}

const columnAt = (at: number, columns: number): number => {
  const each = (width - margin + 8 - gridLeft) / Math.max(columns, 1)
  return gridLeft + each * (at + 0.5)
}

/** Brackets and quotation marks lie down when they stand upright: they are left out. */
function uprightOf(name: string): string[] {
  const characters = [...name.replaceAll(/[\p{P}\s]/gu, '')]
  return characters.length > mostUpright ? [...characters.slice(0, mostUpright - 1), '…'] : characters
}

function drawRow(
  pen: Pen,
  { rank, movement, score, marks }: Row,
  name: string[],
  { height, shaded }: { height: number; shaded: boolean },
): void {
  if (shaded) {
    pen.fillStyle = colours.row
    pen.fillRect(margin - 16, 0, width - 2 * margin + 32, height)
  }
  const middle = height / 2
  const line = middle + 11
  if (rank !== undefined)
    write(pen, String(rank), rankRight - 14, line, {
      ...{ size: 34, bold: true, align: 'center', colour: rank <= 3 ? colours.banner : colours.ink },
    })
  drawMovement(pen, movement, middle)
  const step = 36
  for (const [at, row] of name.entries())
    write(pen, row, nameLeft, line + (at - (name.length - 1) / 2) * step, { size: 30 })
  if (score !== undefined) write(pen, score, scoreRight, line, { size: 30, align: 'right' })
  const each = (width - margin + 8 - gridLeft) / Math.max(marks.length, 1)
  const size = Math.min(28, each * 0.72)
  for (const [at, mark] of marks.entries()) drawMark(pen, mark, columnAt(at, marks.length), middle, size)
}

/** Places up or down; nothing where places are not compared. */
function drawMovement(pen: Pen, movement: Movement, middle: number): void {
  if (movement === undefined) return
  const style = { colour: colours.soft, align: 'center' as const }
  if (movement === 'new') write(pen, '新', moveAt, middle + 10, style)
  else if (movement === 0) write(pen, '—', moveAt, middle + 10, style)
  else {
    drawArrow(pen, movement > 0, moveAt - 13, middle, 18)
    write(pen, String(Math.abs(movement)), moveAt + 2, middle + 10, {
      colour: movement > 0 ? colours.green : colours.red,
    })
  }
}
