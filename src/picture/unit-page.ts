// One unit's page: its indicators with bars against the schedule line, who answers for them and until when (`domain.md` N7).
import { setImmediate as turn } from 'node:timers/promises'
import { inSlices } from '../slices.ts'
import { colours, margin, type Pen, packed, paper, width, widthOf, write } from './canvas.ts'
import { drawMark, type Mark } from './marks.ts'
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

export interface UnitPage {
  title: string
  subtitle: string
  figures: Figure[]
  rows: IndicatorRow[]
  legend: { mark: Mark; word: string }[]
  notes: Note[]
  footer: string
}

export interface IndicatorRow {
  mark: Mark
  name: string
  /** 2/4个, 38/40, 初验, 未报. */
  shown: string
  /** How far, and how far it should be, both 0…1 and more; absent = 不涉及. */
  bar?: { share: number; schedule: number; text: string }
  /** Who answers for it, and until when. */
  below: string
}

const rowHeight = 104
const [nameLeft, shownRight, barLeft, barRight] = [100, 620, 652, width - margin]
const barHeight = 24

/** @returns a PNG, 1080 pixels wide; other work gets its turn while it is drawn */
export async function drawUnitPage(page: UnitPage): Promise<Buffer> {
  const top = bannerHeight + figuresHeight
  const bottom = top + page.rows.length * rowHeight
  // How high the text below becomes is known when it is drawn: first on a sheet that nothing reaches.
  const { canvas, pen } = paper(drawBelow(paper(1).pen, page, bottom))
  await turn()
  drawBanner(pen, page.title, page.subtitle)
  drawFigures(pen, page.figures, bannerHeight)
  await inSlices(page.rows, (row, at) => drawRow(pen, row, top + at * rowHeight, at % 2 === 0))
  await turn()
  drawBelow(pen, page, bottom)
  await turn()
  return packed(canvas)
}

/** @returns the height of the whole */
function drawBelow(pen: Pen, { legend, notes, footer }: UnitPage, bottom: number): number {
  const y = drawLegend(pen, legend, bottom + 16)
  write(pen, '横条是完成率，竖线是序时该到的地方', margin, y + 40, { colour: colours.soft })
  return drawFooter(pen, footer, drawNotes(pen, notes, y + 54))
}

function drawRow(
  pen: Pen,
  { mark, name, shown, bar, below }: IndicatorRow,
  y: number,
  shaded: boolean,
): void {
  if (shaded) {
    pen.fillStyle = colours.row
    pen.fillRect(margin - 16, y, width - 2 * margin + 32, rowHeight)
  }
  drawMark(pen, mark, margin + 20, y + 36, 30)
  const number = { size: 30, most: 300 }
  const room = shownRight - nameLeft - Math.min(number.most, widthOf(pen, shown, number)) - 20
  write(pen, name, nameLeft, y + 47, { size: 30, most: room })
  write(pen, shown, shownRight, y + 47, { ...number, align: 'right' })
  write(pen, below, nameLeft, y + 88, { colour: colours.soft, most: shownRight - nameLeft })
  if (bar) drawBar(pen, bar, mark, y)
}

function drawBar(
  pen: Pen,
  { share, schedule, text }: NonNullable<IndicatorRow['bar']>,
  { lamp }: Mark,
  y: number,
): void {
  const [top, wide] = [y + 24, barRight - barLeft]
  const within = (part: number) => Math.max(0, Math.min(1, part)) * wide
  pen.fillStyle = colours.line
  pen.fillRect(barLeft, top, wide, barHeight)
  pen.fillStyle = colours[lamp]
  pen.fillRect(barLeft, top, within(share), barHeight)
  pen.fillStyle = colours.ink
  pen.fillRect(barLeft + within(schedule) - 2, top - 8, 4, barHeight + 16)
  write(pen, text, barRight, y + 88, { colour: colours.soft, align: 'right' })
}
