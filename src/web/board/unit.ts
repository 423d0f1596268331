// The board of one community or village as pieces of HTML: its indicators as bars against the schedule line.
import { chartOf } from '../../chart.ts'
import type { Unit } from '../../database/roster.ts'
import type { IndicatorRow } from '../../picture/unit-page.ts'
import { trendOf } from '../../trend.ts'
import type { Viewing } from '../../turn.ts'
import { unitPageOf } from '../../unit-page.ts'
import { type Html, html } from '../html.ts'
import { trendChart } from './chart.ts'
import { figureHtml, listOf, type Piece } from './grid.ts'
import { markSvg } from './marks.ts'

/** @param unit a community or village */
export async function unitPieces(viewing: Viewing, unit: Unit): Promise<Piece[]> {
  const { figures, rows, legend, notes } = await unitPageOf(viewing, unit)
  const trend = await trendOf(viewing, unit, await chartOf(viewing, unit))
  return [
    {
      id: 'head',
      html: html`<tr role="row">${['指标', '完成', '进度与序时', '责任人、期限'].map((one) => html`<th role="columnheader" scope="col">${one}</th>`)}</tr>`,
    },
    ...rows.map((row, at): Piece => ({ id: `row-${at}`, row: '', html: rowHtml(row) })),
    { id: 'figures', html: html`${figures.map(figureHtml)}` },
    { id: 'trend', html: html`${trend.length > 1 && html`<h2>八周走势</h2>${trendChart(trend)}`}` },
    { id: 'climbers', html: html`` },
    { id: 'due', html: html`` },
    {
      id: 'notes',
      html: listOf(
        '',
        notes.map(({ label, text }) => `${label}：${text}`),
      ),
    },
    {
      id: 'legend',
      html: html`${legend.map(({ mark, word }) => html`<li>${markSvg(mark, true)} ${word}</li>`)}`,
    },
  ]
}

function rowHtml({ mark, name, shown, bar, below }: IndicatorRow): Html {
  return html`<th role="rowheader" scope="row" class="name">${markSvg(mark)} ${name}</th><td role="cell" class="shown">${shown}</td>
<td role="cell" class="progress">${bar && barHtml(mark.lamp, bar)}</td><td role="cell" class="below">${below}</td>`
}

function barHtml(lamp: string, { share, schedule, text }: NonNullable<IndicatorRow['bar']>): Html {
  const [done, plan] = [share, schedule].map((part) => (Math.min(Math.max(part, 0), 1) * 200).toFixed(1))
  return html`<svg class="bar ${lamp}" viewBox="0 0 200 16" preserveAspectRatio="none" aria-hidden="true"><rect class="all" width="200" height="16" rx="3"/><rect width="${done ?? '0'}" height="16" rx="3"/><path d="M${plan ?? '0'} 0v16"/></svg><span>${text}</span>`
}
