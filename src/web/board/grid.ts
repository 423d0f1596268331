// The board of a street or of the district as pieces of HTML: units × indicators, three numbers, what to know.
import { type BoardRow, type BoardView, boardViewOf } from '../../board-view.ts'
import type { Line } from '../../chart.ts'
import type { Indicator, Unit } from '../../database/roster.ts'
import type { Figure } from '../../picture/parts.ts'
import { nameOf } from '../../ranking-words.ts'
import { leftOut } from '../../score-sight.ts'
import { trendOf } from '../../trend.ts'
import type { Viewing } from '../../turn.ts'
import { columnName, figuresOf, hiddenNote, legendOf, markOf, partsOf } from '../../wall-chart.ts'
import { day, percentText } from '../../wording.ts'
import { type Html, html } from '../html.ts'
import { trendChart } from './chart.ts'
import { markSvg, markWord, movedHtml } from './marks.ts'

/** A part of the page that is replaced as a whole when it has changed. `id` is the element's. */
export interface Piece {
  id: string
  html: Html
  /** It is a row of the table, with these classes: rows stand in the order of the list. */
  row?: string
}

/** @param unit a street or the district */
export async function gridPieces(viewing: Viewing, unit: Unit): Promise<Piece[]> {
  const view = await boardViewOf(viewing, unit)
  const marks = view.rows.flatMap(({ lines }) => lines.map(markOf))
  const [figures, trend] = await Promise.all([
    figuresOf(viewing, unit, view.own, marks),
    trendOf(viewing, unit, view.own),
  ])
  const names = view.columns.map(columnName)
  const parts = partsOf(viewing, unit)
  const side = [
    piece('figures', html`${figures.map(figureHtml)}`),
    piece('trend', html`${trend.length > 1 && html`<h2>八周走势</h2>${trendChart(trend)}`}`),
    piece('climbers', listOf('进步最大', view.climbers ?? [])),
    piece('due', listOf('七天内到期', view.due, '没有')),
    piece(
      'notes',
      listOf(
        '',
        hiddenNote(view.hidden, leftOut(viewing.message.chat.kind)).map(({ text }) => `未列：${text}`),
      ),
    ),
    piece(
      'legend',
      html`${legendOf(marks).map(({ mark, word }) => html`<li>${markSvg(mark, true)} ${word}</li>`)}`,
    ),
  ]
  return [
    piece('head', headHtml(view, names, parts.map(({ kind }) => kind).join('、'))),
    ...view.rows.flatMap((row) => rowPieces(row, names, view)),
    ...side,
  ]
}

const piece = (id: string, content: Html): Piece => ({ id, html: content })

export function figureHtml({ label, value, unit, note, tone }: Figure): Html {
  return html`<div class="figure ${tone}"><span>${label}</span><strong>${value}<small>${unit}</small></strong><span>${note}</span></div>`
}

export function listOf(title: string, items: string[], none = ''): Html {
  if (items.length === 0 && !none) return html``
  const entries = items.length > 0 ? items : [none]
  return html`${title && html`<h2>${title}</h2>`}<ul>${entries.map((one) => html`<li>${one}</li>`)}</ul>`
}

function headHtml({ rows, columns, since }: BoardView, names: string[], parts: string): Html {
  const [hasRanks, hasScores] = [rows.some(({ rank }) => rank), rows.some(({ score }) => score)]
  return html`<tr role="row">${hasRanks && html`<th role="columnheader" scope="col" class="rank">名次</th>`}
${hasRanks && since && html`<th role="columnheader" scope="col" class="move">升降</th>`}
<th role="columnheader" scope="col" class="name">${parts}</th>
${hasScores && html`<th role="columnheader" scope="col" class="score">得分</th>`}
${columns.map((one, at) => html`<th role="columnheader" scope="col" class="m p${one.part}" title="${one.name}"><span>${names[at]}</span></th>`)}</tr>`
}

function rowPieces(row: BoardRow, names: string[], { rows, columns, since }: BoardView): Piece[] {
  const [hasRanks, hasScores] = [rows.some(({ rank }) => rank), rows.some(({ score }) => score)]
  const cells = row.lines.map((line, at) => cellHtml(line, columns[at], names[at] ?? ''))
  const own = html`${hasRanks && html`<td role="cell" class="rank">${row.rank ?? ''}</td>`}
${hasRanks && since && html`<td role="cell" class="move">${movedHtml(row.movement)}</td>`}
<th role="rowheader" scope="row" class="name"><a href="${row.unit.id}">${nameOf({ of: row.unit, vetoed: row.vetoed ?? false })}</a></th>
${hasScores && html`<td role="cell" class="score">${row.score ?? ''}</td>`}${cells}`
  const width =
    columns.length + 1 + Number(hasRanks) + Number(hasRanks && since !== undefined) + Number(hasScores)
  const group =
    row.group === undefined
      ? []
      : [
          {
            id: `group-${row.unit.peer}`,
            row: 'peers',
            html: html`<th role="rowheader" colspan="${width}" class="group">${row.group}</th>`,
          },
        ]
  return [...group, { id: `unit-${row.unit.id}`, row: lampsOf(row), html: own }]
}

/** By which a row is left out when only some lamps are to be seen: `has-red`. */
function lampsOf({ lines }: BoardRow): string {
  const marks = lines.map(markOf)
  const has = (['red', 'yellow'] as const).filter((lamp) => marks.some((mark) => mark.lamp === lamp))
  return [...has, ...(marks.some(({ missing, lamp }) => missing && lamp !== 'grey') ? ['missing'] : [])]
    .map((lamp) => `has-${lamp}`)
    .join(' ')
}

function cellHtml(line: Line | undefined, column: Indicator | undefined, name: string): Html {
  if (!line || !column)
    return html`<td role="cell" class="m p${column?.part ?? 1}" data-label="${name}">${markSvg({ lamp: 'grey' })}</td>`
  const { standing, shown, due } = line
  const mark = markOf(line)
  const share = standing.share === 'na' ? '' : percentText(standing.share).replace(/\.\d+/, '')
  const plan = standing.share === 'na' ? '' : `，序时${percentText(standing.schedule)}，${day(due)}截止`
  return html`<td role="cell" class="m p${column.part}" data-label="${name}" title="${markWord(mark)}：${shown}${plan}">${markSvg(mark)}<span class="share">${share}</span></td>`
}
