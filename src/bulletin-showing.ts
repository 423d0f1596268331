// Shows a bulletin to who may decide about it, always in private: a draft names the last (`domain.md` N13, N25).
import { isVisible, open, pickBulletin, published, unitOf } from './bulletin-picking.ts'
import {
  deedText,
  draftNotice,
  finalReply,
  howToDecide,
  howToEdit,
  linesOf,
  markOf,
  needsAnother,
} from './bulletin-view.ts'
import { lastDeed } from './database/bulletin-deeds.ts'
import { queuedUnder } from './database/bulletin-people.ts'
import type { Bulletin } from './database/bulletins.ts'
import type { BulletinAsked } from './language/bulletin.ts'
import { line, type Reply } from './message.ts'
import { Question } from './question.ts'
import { may, type Turn } from './turn.ts'

/** More was said than is understood. */
export const unclear = '没太明白您要怎么办，什么也没动。'

/** 看通报: what waits, or else what was published last. */
export async function show(turn: Turn, asked: BulletinAsked): Promise<Reply | Question> {
  const found = await pickBulletin(turn, { ...asked, want: 'show' }, async () => {
    const waiting = (await open(turn)).filter((one) => isVisible(turn, one))
    return waiting.length > 0
      ? waiting
      : (await published(turn)).filter((one) => isVisible(turn, one)).slice(-1)
  })
  return found instanceof Question ? found : showBulletin(turn, found, asked.vague ? unclear : '')
}

/** 通报列表: all that wait, and what was published in the last weeks; each may be looked at. */
export async function list(turn: Turn, asked: BulletinAsked): Promise<Reply | Question> {
  const every = async () => [...(await published(turn)), ...(await open(turn))]
  const found = await pickBulletin(turn, { ...asked, want: 'list' }, every)
  return found instanceof Question ? found : showBulletin(turn, found)
}

/** @param intro what is said before it: that it was just drafted, or has changed */
export async function showBulletin(turn: Turn, bulletin: Bulletin, intro = ''): Promise<Reply | Question> {
  const last = await lastDeed(turn.db, turn.roster.campaign.id, bulletin.number)
  const deed = last ? `${deedText(last)}。` : ''
  const isOpen = bulletin.state === 'draft' || bulletin.state === 'held'
  const state = [intro, deed].filter(Boolean).join('')
  if (turn.message.chat.kind === 'group') return sendPrivately(turn, bulletin, state)
  await noteSeen(turn, bulletin)
  if (!isOpen)
    return { ...finalReply(bulletin, bulletin.approverName ?? '（没有）'), ...notesOn(bulletin, state) }
  const [title, ...rest] = linesOf(finalReply(bulletin))
  const head = `通报草稿第${bulletin.number}号，${state}`
  const more = mayEdit(turn, bulletin) ? howToEdit(bulletin) : ''
  return new Question(
    [head, title, ...rest, `${waitsForAnother(turn, bulletin)}${more}`].filter(Boolean).join('\n'),
    choices(turn, bulletin),
    // 改成：…, 下周再说吧: of this one.
    { said: `通报第${bulletin.number}号` },
  )
}

const noteSeen = (turn: Turn, bulletin: Bulletin) =>
  turn.state.put(seenKey(turn, bulletin), markOf(bulletin), seenSeconds)

/** Whether this very content was shown to the person, as far as that is remembered. */
export async function hasSeen(turn: Turn, bulletin: Bulletin, mark: string): Promise<boolean> {
  return (await turn.state.get(seenKey(turn, bulletin))) === mark
}

const seenSeconds = 24 * 3600
const seenKey = ({ person }: Turn, { id }: Bulletin) => `bulletin-seen:${id}:${person?.id}`

/** The digits stand for what was shown: when that changes meanwhile, it is shown again and not done. */
function choices(turn: Turn, bulletin: Bulletin): Question['options'] {
  const which = `通报第${bulletin.number}号`
  const still = bulletin.state === 'held' ? '仍然' : ''
  const publish = { label: '发布', words: `${still}发布${which}#${markOf(bulletin)}` }
  return [
    ...(isOwnDoubleSigned(turn, bulletin) ? [] : [publish]),
    ...(bulletin.state === 'draft' ? [{ label: '暂缓', words: `暂缓${which}` }] : []),
    { label: '不发，作废', words: `作废${which}` },
  ]
}

/** One's own red and black list: another person signs. */
export const isOwnDoubleSigned = ({ person }: Turn, bulletin: Bulletin): boolean =>
  needsAnother(bulletin) && person !== undefined && bulletin.drafter === person.id

export const waitsForAnother = (turn: Turn, bulletin: Bulletin): string =>
  isOwnDoubleSigned(turn, bulletin) ? '红黑榜由起草人以外的人签发，已私聊请他们看。' : ''

/** The words of a red and black list are its drafter's; of the rest any clerk's whose it is. */
export const mayEdit = (turn: Turn, bulletin: Bulletin): boolean =>
  may(turn, 'draft_bulletin', unitOf(turn, bulletin)) &&
  (!needsAnother(bulletin) || bulletin.drafter === turn.person?.id)

async function sendPrivately(turn: Turn, bulletin: Bulletin, state: string): Promise<Reply> {
  const { person, now, message, roster, db } = turn
  if (!person) return line('我还不认识您。')
  const isOpen = bulletin.state === 'draft' || bulletin.state === 'held'
  const how = isOwnDoubleSigned(turn, bulletin)
    ? waitsForAnother(turn, bulletin)
    : howToDecide(bulletin, mayEdit(turn, bulletin))
  const reply = isOpen
    ? draftNotice(bulletin, state, how)
    : { ...finalReply(bulletin, bulletin.approverName ?? '（没有）'), ...notesOn(bulletin, state) }
  const key = `bulletin-shown:${bulletin.id}:${person.id}:${now.toISOString()}`
  const { failed } = await db.transaction().execute(async (tx) => {
    const to = { person: person.id, platform: message.platform }
    // Somebody waits for it now, whatever the hour: as with what people set themselves.
    await turn.push(tx, [{ campaign: roster.campaign.id, to, kind: 'reminder', reply, key, due: now }])
    return queuedUnder(tx, [key])
  })
  if (failed === 0) await noteSeen(turn, bulletin)
  const what = isOpen ? `通报草稿第${bulletin.number}号` : `第${bulletin.number}号通报`
  return line(
    failed > 0
      ? `${what}不能在群里看，我又没法私聊您。请您私聊我发“看通报第${bulletin.number}号”。`
      : `${what}私聊发您了。`,
  )
}

const notesOn = (bulletin: Bulletin, state: string): Pick<Reply, 'blocks'> => ({
  blocks: [
    ...finalReply(bulletin, bulletin.approverName ?? '（没有）').blocks,
    { kind: 'text', text: `（${state.replace(/。$/, '')}）` },
  ],
})
