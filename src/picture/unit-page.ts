// One unit's page: its indicators with bars against the schedule line, who answers for them and until when (`domain.md` N7).
import { colours, margin, type Pen, paper, picture, width, widthOf, write } from './canvas.ts'
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
export function drawUnitPage(page: UnitPage): Promise<Buffer> {
  return picture([
    { height: bannerHeight, draw: (pen) => drawBanner(pen, page.title, page.subtitle) },
    { height: figuresHeight, draw: (pen) => drawFigures(pen, page.figures) },
    ...page.rows.map((row, at) => ({
      height: rowHeight,
      draw: (pen: Pen) => drawRow(pen, row, at % 2 === 0),
    })),
    // How high the text below becomes is known when it is drawn: first on a sheet that nothing reaches.
    { height: drawBelow(paper(1), page), draw: (pen) => drawBelow(pen, page) },
  ])
}

/** @returns its height */
function drawBelow(pen: Pen, { legend, notes, footer }: UnitPage): number {
  const y = drawLegend(pen, legend, 16)
  write(pen, '横条是完成率，竖线是序时该到的地方', margin, y + 40, { colour: colours.soft })
  return drawFooter(pen, footer, drawNotes(pen, notes, y + 54))
}

function drawRow(pen: Pen, { mark, name, shown, bar, below }: IndicatorRow, shaded: boolean): void {
  if (shaded) {
    pen.fillStyle = colours.row
    pen.fillRect(margin - 16, 0, width - 2 * margin + 32, rowHeight)
  }
  drawMark(pen, mark, margin + 20, 36, 30)
  const number = { size: 30, most: 300 }
  const room = shownRight - nameLeft - Math.min(number.most, widthOf(pen, shown, number)) - 20
  write(pen, name, nameLeft, 47, { size: 30, most: room })
  write(pen, shown, shownRight, 47, { ...number, align: 'right' })
  write(pen, below, nameLeft, 88, { colour: colours.soft, most: shownRight - nameLeft })
  if (bar) drawBar(pen, bar, mark)
}

function drawBar(
  pen: Pen,
  { share, schedule, text }: NonNullable<IndicatorRow['bar']>,
  { lamp }: Mark,
): void {
  const [top, wide] = [24, barRight - barLeft]
  const within = (part: number) => Math.max(0, Math.min(1, part)) * wide
  pen.fillStyle = colours.line
  pen.fillRect(barLeft, top, wide, barHeight)
  pen.fillStyle = colours[lamp]
  pen.fillRect(barLeft, top, within(share), barHeight)
  pen.fillStyle = colours.ink
  pen.fillRect(barLeft + within(schedule) - 2, top - 8, 4, barHeight + 16)
  write(pen, text, barRight, 88, { colour: colours.soft, align: 'right' })
}
