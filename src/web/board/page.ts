// The whole page of a board: banner, table, what stands beside it. Its pieces are replaced while it is open.
import type { Unit } from '../../database/roster.ts'
import type { Viewing } from '../../turn.ts'
import { day, moment } from '../../wording.ts'
import { type Html, html } from '../html.ts'
import type { Piece } from './grid.ts'
import type { Shown } from './live.ts'
import { symbols } from './marks.ts'

const parts = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/** @param above the units that lead here and may be seen */
export function boardPage(viewing: Viewing, unit: Unit, above: Unit[], { version, pieces }: Shown): string {
  const { roster, now, today } = viewing
  const isGrid = roster.children(unit.id).length > 0
  const rows = pieces.filter(({ row }) => row !== undefined)
  const of = (id: string) => pieces.find((piece) => piece.id === id)?.html
  const kinds = [...new Set([...roster.indicators.values()].map(({ part }) => part))].toSorted(
    (a, b) => a - b,
  )
  const page = html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${unit.name} · ${roster.campaign.name}</title>
${['board', 'board-unit', 'board-phone'].map((name) => html`<link rel="stylesheet" href="/board/files/${name}.css">`)}<script type="module" src="/board/files/main.js"></script></head>
<body data-version="${version}" data-unit="${unit.id}">${symbols}
<header><div><nav aria-label="上级">${above.map((one) => html`<a href="${one.id}">${one.name}</a> › `)}</nav><h1>${unit.name}</h1>
<p>${roster.campaign.name} · ${day(today)}</p></div>
<form id="filters" hidden aria-label="筛选">${isGrid && filters(kinds)}</form>
<p id="state" role="status" aria-live="polite">数据截至 <time id="at">${moment(now)}</time></p></header>
<main><div class="scroll" tabindex="0" role="region" aria-label="${unit.name}的指标">
<table role="table" class="${isGrid ? 'grid' : 'unit'}" data-rows="${rows.length}"><caption>${unit.name}各${isGrid ? '单位、各' : ''}指标的灯</caption>
<thead id="head">${of('head')}</thead><tbody id="rows">${rows.map(rowHtml)}</tbody></table>
<p id="none" hidden>没有符合筛选的单位。</p></div>
<aside>${['figures', 'trend', 'climbers', 'due', 'notes'].map((id) => html`<section id="${id}">${of(id)}</section>`)}<ul id="legend">${of('legend')}</ul></aside></main>
<footer>规则第${roster.campaign.ruleVersion}版 · 灯按序时进度算：形状和颜色一个意思</footer>
</body></html>
`
  return page.html
}

const rowHtml = ({ id, html: content, row }: Piece): Html =>
  html`<tr role="row" id="${id}" class="${row}">${content}</tr>`

const filters = (
  kinds: number[],
): Html => html`<label>部分 <select name="part"><option value="">全部</option>${kinds.map(
  (part) => html`<option value="${part}">第${parts[part - 1] ?? part}部分</option>`,
)}</select></label>
<label>灯 <select name="lamp"><option value="">全部</option><option value="red">有红灯</option><option value="yellow">有黄灯</option><option value="missing">有未报</option></select></label>
<label>找 <input name="name" type="search" placeholder="单位名" autocomplete="off"></label>`
