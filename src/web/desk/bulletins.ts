// The clerk's page: bulletins that wait for a word are read, signed, put by, given a sentence.
import { hold, publish } from '../../bulletin-deciding.ts'
import { edit, erase } from '../../bulletin-editing.ts'
import { isVisible, open, published } from '../../bulletin-picking.ts'
import { isOwnDoubleSigned, mayEdit, waitsForAnother } from '../../bulletin-showing.ts'
import { deedText, finalReply, kindNames, linesOf, markOf, titleOf } from '../../bulletin-view.ts'
import { lastDeed } from '../../database/bulletin-deeds.ts'
import { type Bulletin, bulletinWith } from '../../database/bulletins.ts'
import { UserError } from '../../errors.ts'
import type { BulletinAsked } from '../../language/bulletin.ts'
import type { Reply } from '../../message.ts'
import { Question } from '../../question.ts'
import type { Turn } from '../../turn.ts'
import { moment } from '../../wording.ts'
import { type Html, html } from '../html.ts'
import { deed, type Section, table } from './page.ts'
import type { Sitting } from './session.ts'

const to = 'bulletins'

/** Those that this person may decide about. */
export const waitingFor = async (turn: Turn): Promise<Bulletin[]> =>
  (await open(turn)).filter((one) => isVisible(turn, one))

export async function bulletinSection(sitting: Sitting): Promise<Section> {
  const { turn } = sitting
  const waiting = await Promise.all((await waitingFor(turn)).map((one) => draftHtml(sitting, one)))
  const past = (await published(turn)).filter((one) => isVisible(turn, one)).reverse()
  const rows = past.map(
    (
      one,
    ) => html`<tr><td data-label="通报"><details><summary>${titleOf(one)}</summary>${textOf(one, one.approverName ?? '（没有）')}</details></td>
<td data-label="签发">${one.approverName}</td><td data-label="发布">${one.publishedAt && moment(one.publishedAt)}</td></tr>`,
  )
  const body = html`${waiting.length === 0 ? html`<p class="none">没有等着签发的通报。要起草，对小图说“出一份通报”。</p>` : waiting}
${rows.length > 0 && html`<h2>最近发布的</h2>${table('最近发布的通报', ['通报', '签发', '发布'], rows)}`}`
  return { at: 'bulletins', title: '通报', body }
}

async function draftHtml(sitting: Sitting, one: Bulletin): Promise<Html> {
  const { turn } = sitting
  const last = await lastDeed(turn.db, turn.roster.campaign.id, one.number)
  const isHeld = one.state === 'held'
  const isOthers = last !== undefined && last.actor !== turn.person.name && last.actor !== '系统'
  const fields = { mark: markOf(one), ...(isHeld && isOthers && { sure: '1' }) }
  const at = `/desk/bulletins/${one.number}`
  return html`<article class="draft"><h2>通报草稿第${one.number}号（${kindNames[one.kind]}）</h2>
<p class="note">${isHeld && '压着，没有发。'}${last && `${deedText(last)}。`}${waitsForAnother(turn, one)}</p>
${textOf(one)}
<div class="deeds">${!isOwnDoubleSigned(turn, one) && deed(sitting, `${at}/publish`, isHeld ? '仍然签发' : '签发', { fields, of: `第${one.number}号` })}${!isHeld && deed(sitting, `${at}/hold`, '暂缓', { tone: 'plain', of: `第${one.number}号` })}</div>
${
  mayEdit(turn, one) &&
  html`<form method="post" action="${at}/edit" class="sentence"><input type="hidden" name="form" value="${sitting.form()}"><input type="hidden" name="mark" value="${markOf(one)}">
<label for="sentence-${one.number}">附言（写在通报末尾，一百个字以内；清空就是不要）</label>
<textarea id="sentence-${one.number}" name="sentence" rows="2" maxlength="100">${one.sentence}</textarea><button class="plain">改附言</button></form>`
}</article>`
}

function textOf(bulletin: Bulletin, approver?: string): Html {
  const [title, ...rest] = linesOf(finalReply(bulletin, approver))
  return html`<div class="text"><p><strong>${title}</strong></p>${rest.map((one) => html`<p>${one}</p>`)}</div>`
}

/** @param fields what was shown, and whether it is meant although somebody else had put it by */
export async function publishBulletin({ turn }: Sitting, number: number, fields: URLSearchParams) {
  const sure = fields.get('sure') === '1' && { sure: true as const }
  const asked = { ...askedFor('publish', number), mark: fields.get('mark') ?? '', ...sure }
  return told(await publish(turn, asked))
}

export async function holdBulletin({ turn }: Sitting, number: number) {
  return told(await hold(turn, askedFor('hold', number)))
}

/** In the place of the sentence that stood there; an empty one takes it away. */
export async function editBulletin({ turn }: Sitting, number: number, fields: URLSearchParams) {
  const now = await bulletinWith(turn.db, turn.roster.campaign.id, number)
  if (now && markOf(now) !== fields.get('mark'))
    throw new UserError('这份通报刚刚有人改过，您写的没有存。请看过现在的再改。')
  const sentence = (fields.get('sentence') ?? '').replace(/[\s\p{C}]+/gu, ' ').trim()
  if (sentence === (now?.sentence ?? '')) return { to, lines: [`第${number}号通报的附言没有变。`] }
  if (sentence === '') await erase(turn, askedFor('erase', number))
  else await edit(turn, { ...askedFor('edit', number), sentence })
  return { to, lines: [`第${number}号通报的附言${sentence === '' ? '去掉' : '改好'}了，还没有发布。`] }
}

const askedFor = (want: BulletinAsked['want'], number: number): BulletinAsked => ({
  want,
  number,
  kind: 'weekly',
})

/** A question means that nothing was done: what is asked about stands on the page now. */
function told(outcome: Reply | Question) {
  if (outcome instanceof Question) {
    const [first = ''] = outcome.text.split('\n')
    return { to, isWrong: true, lines: [first, '请看过下面现在的内容，再点一次。'] }
  }
  return { to, lines: linesOf(outcome) }
}
