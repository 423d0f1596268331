// The lamps as shapes: the shape carries the meaning, the colour repeats it (`visual/README.md`).
import type { Lamp } from '../campaign/schedule.ts'
import { colours, type Pen } from './canvas.ts'

export interface Mark {
  lamp: Lamp
  /** Nothing was reported yet: hollow. */
  missing?: boolean
  /** A number waits for its check: with a dot. */
  pending?: boolean
}

/** @param size edge of the square that it fills, in pixels; x and y are its middle */
export function drawMark(
  pen: Pen,
  { lamp, missing, pending }: Mark,
  x: number,
  y: number,
  size: number,
): void {
  const half = size / 2
  pen.fillStyle = colours[lamp]
  pen.strokeStyle = colours[lamp]
  pen.lineWidth = size / 7
  if (lamp === 'grey') pen.fillRect(x - half * 0.7, y - size / 16, size * 0.7, size / 8)
  else if (missing) pen.strokeRect(x - half * 0.75, y - half * 0.75, size * 0.75, size * 0.75)
  else shapes[lamp](pen, x, y, half)
  if (pending) dot(pen, x + half * 0.85, y - half * 0.85, size / 5)
}

const shapes: Record<Exclude<Lamp, 'grey'>, (pen: Pen, x: number, y: number, half: number) => void> = {
  done(pen, x, y, half) {
    disc(pen, x, y, half)
    path(pen, [
      [x - half * 0.45, y + half * 0.02],
      [x - half * 0.1, y + half * 0.38],
      [x + half * 0.48, y - half * 0.32],
    ])
    pen.strokeStyle = colours.paper
    pen.lineWidth = half / 4
    pen.stroke()
  },
  green: (pen, x, y, half) => disc(pen, x, y, half),
  yellow(pen, x, y, half) {
    path(pen, [
      [x, y - half],
      [x + half * 1.08, y + half * 0.88],
      [x - half * 1.08, y + half * 0.88],
    ])
    pen.closePath()
    pen.fill()
  },
  red: (pen, x, y, half) => pen.fillRect(x - half * 0.9, y - half * 0.9, half * 1.8, half * 1.8),
}

function disc(pen: Pen, x: number, y: number, radius: number): void {
  pen.beginPath()
  pen.arc(x, y, radius, 0, 2 * Math.PI)
  pen.fill()
}

function dot(pen: Pen, x: number, y: number, radius: number): void {
  pen.fillStyle = colours.paper
  disc(pen, x, y, radius * 1.5)
  pen.fillStyle = colours.ink
  disc(pen, x, y, radius)
}

function path(pen: Pen, points: [x: number, y: number][]): void {
  pen.beginPath()
  for (const [at, [x, y]] of points.entries()) at === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)
}

/** ▲2 or ▼1 as shapes: up is green, down is red; — for the same place. */
export function drawArrow(pen: Pen, up: boolean, x: number, y: number, size: number): void {
  const half = (up ? size : -size) / 2
  pen.fillStyle = up ? colours.green : colours.red
  path(pen, [
    [x, y - half],
    [x + size * 0.55, y + half],
    [x - size * 0.55, y + half],
  ])
  pen.closePath()
  pen.fill()
}
