// The lamps as inline SVG: the same shapes and colours as in the picture (`picture/marks.ts`), defined once a page.
import type { Movement } from '../../campaign/ranking.ts'
import type { Lamp } from '../../campaign/schedule.ts'
import type { Mark } from '../../picture/marks.ts'
import { lamps } from '../../wording.ts'
import { type Html, html } from '../html.ts'

/** Goes once into every page: `use` refers to its symbols. */
export const symbols: Html = html`<svg class="symbols" aria-hidden="true"><defs>
<symbol id="done" viewBox="0 0 24 24"><circle cx="12" cy="12" r="11" fill="#0f766e"/><path d="M6.6 12.2l3.9 4 7-8" fill="none" stroke="#fff" stroke-width="2.8"/></symbol>
<symbol id="green" viewBox="0 0 24 24"><circle cx="12" cy="12" r="11" fill="#2e7d32"/></symbol>
<symbol id="yellow" viewBox="0 0 24 24"><path d="M12 1.5l11.4 20.5H.6z" fill="#c77700"/></symbol>
<symbol id="red" viewBox="0 0 24 24"><path d="M2 2h20v20H2z" fill="#c62828"/></symbol>
<symbol id="grey" viewBox="0 0 24 24"><path d="M4 10.7h16v2.6H4z" fill="#b8bdc6"/></symbol>
<symbol id="hollow" viewBox="0 0 24 24"><path d="M4 4h16v16H4z" fill="none" stroke="currentColor" stroke-width="3.2"/></symbol>
<symbol id="dot" viewBox="0 0 24 24"><circle cx="20" cy="4" r="4" fill="#1f2328" stroke="#fff" stroke-width="1.6"/></symbol>
</defs></svg>`

/** 滞后或临期; 未报; 正常，有数待核. */
export function markWord({ lamp, missing, pending }: Mark): string {
  const word = missing && lamp !== 'grey' ? `未报，${lamps[lamp].long}` : lamps[lamp].long
  return pending ? `${word}，有数待核` : word
}

export function markSvg(mark: Mark, isDecoration = false): Html {
  const { lamp, missing, pending } = mark
  const shape = missing && lamp !== 'grey' ? 'hollow' : lamp
  const label = isDecoration ? html`aria-hidden="true"` : html`role="img" aria-label="${markWord(mark)}"`
  const dot = pending && html`<use href="#dot"/>`
  return html`<svg class="mark ${lamp}" ${label}><use href="#${shape}"/>${dot}</svg>`
}

/** ▲2, ▼1, —, 新; nothing where there is nothing to compare with. */
export function movedHtml(movement: Movement): Html {
  if (movement === undefined) return html``
  if (movement === 'new') return html`<span class="moved">新</span>`
  if (movement === 0) return html`<span class="moved" aria-label="名次没变">—</span>`
  const [way, sign, word] = movement > 0 ? ['up', '▲', '上升'] : ['down', '▼', '下降']
  const places = Math.abs(movement)
  return html`<span class="moved ${way}" aria-label="${word}${places}名"><b aria-hidden="true">${sign}</b>${places}</span>`
}

export const order: Lamp[] = ['done', 'green', 'yellow', 'red', 'grey']
