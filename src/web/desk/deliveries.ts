// The clerk's page: what was said to groups and people on a day, and what did not arrive, with the reason.
import { z } from 'zod'
import { addDays } from '../../clock.ts'
import { chatsOff, type Delivery, deliveriesOn } from '../../database/deliveries.ts'
import { kindOf, stateOf, whyOf } from '../../delivery-view.ts'
import { countedFates, fateOf, firstLine, momentOf, offLine, restOf } from '../../delivery-words.ts'
import { unnumbered } from '../../language/unnumbered.ts'
import { may } from '../../turn.ts'
import { day } from '../../wording.ts'
import { type Html, html } from '../html.ts'
import { type Section, table } from './page.ts'
import type { Sitting } from './session.ts'

const most = 200

/** @param asked a calendar date; today where it is none */
export async function deliverySection({ turn }: Sitting, asked: string | undefined): Promise<Section> {
  const { roster, db, today } = turn
  const date = asked && isDate(asked) && asked < today ? asked : today
  const units = [...roster.units.values()].filter((unit) => may(turn, 'delivery', unit)).map(({ id }) => id)
  const scope = { units, everybody: may(turn, 'delivery', roster.root) }
  const found = await deliveriesOn(db, roster.campaign.id, {
    ...{ scope, day: date, open: date === today, most, first: 'troubled' },
  })
  const { shown, counts } = found
  const off = (await chatsOff(db, roster.campaign.id, units)).flatMap((chat) => offLine(chat) ?? [])
  const rest = restOf(found)
  const body = html`<nav class="days" aria-label="日期"><a href="?day=${addDays(date, -1)}">前一天</a> <strong>${day(date)}${date === today && '（今天）'}</strong> ${date < today && html`<a href="?day=${addDays(date, 1)}">后一天</a>`}</nav>
${off.map((one) => html`<p class="note warn">${one}</p>`)}
<p${shown.length === 0 && html` class="none"`}>${countedFates(counts)}</p>
${shown.length > 0 && table('送达', ['编号', '时间', '种类', '给谁', '内容', '状态', '原因'], shown.map(rowHtml))}
${rest > 0 && html`<p>只列了${shown.length}条，另有${rest}条。</p>`}`
  return { at: 'deliveries', title: '送达', body }
}

const isDate = (text: string) => z.iso.date().safeParse(text).success

function rowHtml(one: Delivery): Html {
  const fate = fateOf(one)
  return html`<tr class="${fate}"><td data-label="编号" class="number">${one.number}</td><td data-label="时间" class="when">${momentOf(one.settled_at ?? one.not_before)}</td>
<td data-label="种类">${kindOf(one)}</td><td data-label="给谁" class="to">${one.to}</td><td data-label="内容">${unnumbered(firstLine(one))}</td>
<td data-label="状态" class="state">${stateOf(one)}</td><td data-label="原因" class="why">${whyOf(one)}</td></tr>`
}
