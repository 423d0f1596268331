// A sheet of paper to draw on: fonts of our own, colours, and text that stays within its place (`visual/README.md`).
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas'
import { pngOf } from './png.ts'

export type Pen = SKRSContext2D

/** Width of every picture in pixels: a phone's, three for one. */
export const width = 1080
export const margin = 48

export const colours = {
  ...{
    ink: '#1F2328',
    soft: '#6B7280',
    line: '#E5E7EB',
    row: '#FAF7F5',
    banner: '#B3261E',
    paper: '#FFFFFF',
  },
  ...{ done: '#0F766E', green: '#2E7D32', yellow: '#C77700', red: '#C62828', grey: '#B8BDC6' },
}

const family = 'Guatu Hei'
let isReady = false

/** Fonts come with the package; nothing of the machine is used. */
function loadFonts(): void {
  if (isReady) return
  const main = createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')
  const folder = join(dirname(main), '..', 'fonts')
  for (const file of ['NotoSansHans-Regular.otf', 'NotoSansHans-Bold.otf'])
    if (!GlobalFonts.registerFromPath(join(folder, file), family))
      throw new Error(`the font ${file} is missing from @embedpdf/fonts-sc`)
  isReady = true
}

/** A part of a picture, as wide as all of it; it is drawn from its own upper edge. */
export interface Strip {
  /** In whole pixels. */
  height: number
  draw: (pen: Pen) => void
}

/**
 * A PNG of strips below one another. Each has a sheet of its own and is packed before the next is drawn: other work gets
 * its turn in between, and no picture is in memory as a whole.
 */
export function picture(strips: Strip[]): Promise<Buffer> {
  const drawn = ({ height, draw }: Strip) => {
    const pen = paper(height)
    draw(pen)
    return pen.getImageData(0, 0, width, height).data
  }
  return pngOf(
    width,
    strips.map((strip) => ({ height: strip.height, read: () => drawn(strip) })),
  )
}

/** White paper, `width` wide. @param height in pixels */
export function paper(height: number): Pen {
  loadFonts()
  const pen = createCanvas(width, height).getContext('2d')
  pen.fillStyle = colours.paper
  pen.fillRect(0, 0, width, height)
  return pen
}

export interface TextStyle {
  /** In pixels; 28 is the smallest that is read at arm's length (`domain.md` N7). */
  size?: number
  colour?: string
  bold?: boolean
  align?: 'left' | 'right' | 'center'
  /** Longer text is cut, with …. */
  most?: number
}

/** @param y of the line on which the characters stand */
export function write(pen: Pen, text: string, x: number, y: number, style: TextStyle = {}): void {
  const { size = 28, colour = colours.ink, bold = false, align = 'left', most } = style
  pen.font = `${bold ? 'bold ' : ''}${size}px "${family}"`
  pen.fillStyle = colour
  pen.textAlign = align
  const shown = drawable(text)
  pen.fillText(most === undefined ? shown : fitted(pen, shown, most), x, y)
}

/** How wide a text is in pixels. */
export function widthOf(pen: Pen, text: string, { size = 28, bold = false }: TextStyle = {}): number {
  pen.font = `${bold ? 'bold ' : ''}${size}px "${family}"`
  return pen.measureText(drawable(text)).width
}

/** A text in lines, none wider than `most` pixels; what does not fit into so many lines is cut, with …. */
export function inLines(
  pen: Pen,
  text: string,
  most: number,
  lines: number,
  style: TextStyle = {},
): string[] {
  widthOf(pen, text, style)
  const rows: string[] = []
  let row = ''
  for (const one of drawable(text)) {
    if (row !== '' && pen.measureText(row + one).width > most) {
      rows.push(row)
      row = ''
    }
    row += one
  }
  rows.push(row)
  if (rows.length <= lines) return rows
  return [...rows.slice(0, lines - 1), fitted(pen, rows.slice(lines - 1).join(''), most)]
}

function fitted(pen: Pen, text: string, most: number): string {
  if (pen.measureText(text).width <= most) return text
  const characters = [...text]
  while (characters.length > 1 && pen.measureText(`${characters.join('')}…`).width > most) characters.pop()
  return `${characters.join('')}…`
}

/** Without what the fonts have no form for: emoji, line breaks and other controls. */
export const drawable = (text: string): string =>
  text
    .replaceAll(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f]/gu, '')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
