// Zones that both pictures share: the banner, three numbers, the legend, and lines of what is to be known (`visual/README.md`).
import { colours, inLines, margin, type Pen, width, widthOf, write } from './canvas.ts'
import { drawMark, type Mark } from './marks.ts'

export interface Figure {
  label: string
  /** The number, or — where there is none. */
  value: string
  unit: string
  /** What it is compared with. */
  note: string
  tone: 'good' | 'bad' | 'warn' | 'plain'
}

export const bannerHeight = 168
export const figuresHeight = 250

/** Which campaign; whom, and as of when. */
export function drawBanner(pen: Pen, title: string, subtitle: string): void {
  pen.fillStyle = colours.banner
  pen.fillRect(0, 0, width, bannerHeight)
  const most = width - 2 * margin
  write(pen, title, margin, 76, { size: 46, bold: true, colour: colours.paper, most })
  write(pen, subtitle, margin, 132, { size: 30, colour: '#F6E3E1', most })
}

const tones = { good: colours.green, bad: colours.red, warn: colours.yellow, plain: colours.ink }

export function drawFigures(pen: Pen, figures: Figure[]): void {
  const gap = 24
  const each = (width - 2 * margin - gap * (figures.length - 1)) / figures.length
  for (const [at, { label, value, unit, note, tone }] of figures.entries()) {
    const x = margin + at * (each + gap)
    pen.fillStyle = colours.row
    pen.beginPath()
    pen.roundRect(x, 32, each, 190, 16)
    pen.fill()
    write(pen, label, x + 24, 78, { colour: colours.soft })
    const style = { size: 76, bold: true, colour: tones[tone] }
    write(pen, value, x + 24, 156, style)
    const after = x + 24 + widthOf(pen, value, style) + 10
    write(pen, unit, after, 156, { size: 32, colour: tones[tone] })
    write(pen, note, x + 24, 204, { colour: colours.soft, most: each - 36 })
  }
}

/** @returns the y below it */
export function drawLegend(pen: Pen, entries: { mark: Mark; word: string }[], y: number): number {
  let [x, line] = [margin, y + 44]
  for (const { mark, word } of entries) {
    const wide = 46 + widthOf(pen, word) + 30
    if (x + wide > width - margin + 30) [x, line] = [margin, line + 46]
    drawMark(pen, mark, x + 14, line - 10, 26)
    write(pen, word, x + 40, line)
    x += wide
  }
  return line + 20
}

export interface Note {
  label: string
  text: string
}

/** Notes are two lines at most. */
const noteLines = 2
const noteLeft = margin + 146
const noteHeight = 44

/** What is next, and where it all comes from. @returns the y below them */
export function drawNotes(pen: Pen, notes: Note[], y: number): number {
  let line = y + 8
  for (const { label, text } of notes) {
    const rows = inLines(pen, text, width - margin - noteLeft, noteLines)
    write(pen, label, margin, line + 34, { colour: colours.soft })
    for (const row of rows) {
      write(pen, row, noteLeft, line + 34)
      line += noteHeight
    }
    line += 6
  }
  return line
}

/** 数据截至 …: the last line. */
export function drawFooter(pen: Pen, text: string, y: number): number {
  write(pen, text, margin, y + 40, { colour: colours.soft, most: width - 2 * margin })
  return y + 76
}
