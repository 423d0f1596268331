// A line of weeks as inline SVG: how far, above or below the dashed line of the schedule.
import type { TrendPoint } from '../../trend.ts'
import { day } from '../../wording.ts'
import { type Html, html } from '../html.ts'

const [width, height, left, right, top, bottom] = [360, 150, 8, 44, 16, 24]

/** Nothing where there are no two moments. */
export function trendChart(points: TrendPoint[]): Html {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || points.length < 2) return html``
  const all = points.flatMap(({ share, schedule }) => [share, schedule])
  // From tens to tens: small steps of a week stay visible, and nothing is exaggerated beyond them.
  const from = Math.floor(Math.min(...all) * 10) / 10
  const to = Math.max(Math.ceil(Math.max(...all) * 10) / 10, from + 0.1)
  const x = (at: number) => left + (at / (points.length - 1)) * (width - left - right)
  const y = (value: number) => top + (1 - (value - from) / (to - from)) * (height - top - bottom)
  const path = (of: (point: TrendPoint) => number) =>
    points.map((point, at) => `${at ? 'L' : 'M'}${x(at).toFixed(1)} ${y(of(point)).toFixed(1)}`).join('')
  const percent = (value: number) => `${(value * 100).toFixed(1)}%`
  const words = points.map((one) => `${day(one.date)} ${percent(one.share)}`).join('，')
  // The two numbers at the end must not lie on each other.
  const [shareAt, planAt] = apart(y(last.share), y(last.schedule))
  return html`<svg class="trend" viewBox="0 0 ${width} ${height}" role="img" aria-label="完成情况：${words}；现在序时 ${percent(last.schedule)}">
<path class="axis" d="M${left} ${height - bottom}H${width - right}"/>
<path class="plan" d="${path((one) => one.schedule)}"/><path class="share" d="${path((one) => one.share)}"/>
${points.map((one, at) => html`<circle cx="${x(at).toFixed(1)}" cy="${y(one.share).toFixed(1)}" r="3"/>`)}
<text x="${left}" y="${height - 6}">${day(first.date)}</text><text x="${width - right}" y="${height - 6}" class="end">${day(last.date)}</text>
<text x="${width - right + 5}" y="${(shareAt + 5).toFixed(1)}" class="now">${Math.round(last.share * 100)}%</text>
<text x="${width - right + 5}" y="${(planAt + 5).toFixed(1)}">序时</text></svg>`
}

function apart(a: number, b: number): [number, number] {
  const least = 16
  if (Math.abs(a - b) >= least) return [a, b]
  const middle = (a + b) / 2
  return a <= b ? [middle - least / 2, middle + least / 2] : [middle + least / 2, middle - least / 2]
}
