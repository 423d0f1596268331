// The clerk's page: what people said and nobody understood, for whoever teaches the bot other words.
import { addDays } from '../../clock.ts'
import { longest, missedDays, readMissed } from '../../database/missed.ts'
import { may, type Turn } from '../../turn.ts'
import { day } from '../../wording.ts'
import { type Html, html } from '../html.ts'
import { type Section, table } from './page.ts'
import type { Sitting } from './session.ts'

const most = 300
/** So many characters of a sentence are seen at once. */
const mostAtOnce = 60

/** It is of the whole campaign: nobody knows who said it. */
export const mayTeach = (turn: Turn): boolean => may(turn, 'rules', turn.roster.root)

export async function missedSection({ turn }: Sitting): Promise<Section> {
  const found = await readMissed(turn.db, turn.roster.campaign.id, addDays(turn.today, 1 - missedDays))
  const rows = found
    .slice(0, most)
    .map(
      ({ text, times, last }) =>
        html`<tr><td data-label="原话">${spoken(text)}</td><td data-label="次数" class="number">${times}</td><td data-label="最近" class="when">${day(last)}</td></tr>`,
    )
  const body = html`<p>最近${missedDays}天小图没听懂的话，不记是谁说的。是单位或指标的另一种叫法，可以对小图说“简称”加上。</p>
${rows.length === 0 ? html`<p class="none">没有。</p>` : table('没听懂的话', ['原话', '次数', '最近'], rows)}
${found.length > most && html`<p>只列了最多的${most}句，另有${found.length - most}句。</p>`}`
  return { at: 'missed', title: '没听懂的话', body }
}

/** What is long is folded. */
function spoken(text: string): Html {
  const characters = [...text]
  if (characters.length <= mostAtOnce) return html`${text}`
  const [head, rest] = [characters.slice(0, mostAtOnce).join(''), characters.slice(mostAtOnce).join('')]
  return html`<details class="folded"><summary>${head}<span class="more">…</span></summary>${rest}${characters.length === longest && '…'}</details>`
}
