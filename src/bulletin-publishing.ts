// Where a bulletin goes, how it is queued there, and saying it again where it did not arrive (`domain.md` C8).
import { pickBulletin, published, unitOf } from './bulletin-picking.ts'
import { finalReply, titleOf } from './bulletin-view.ts'
import { dateOf, timeOf } from './clock.ts'
import { type AlertChat, chatsOf } from './database/alerts.ts'
import { type Hand, note } from './database/bulletin-deeds.ts'
import { type Copy, copiesOf, queuedUnder } from './database/bulletin-people.ts'
import type { Bulletin } from './database/bulletins.ts'
import type { Executor } from './database/connection.ts'
import type { Roster } from './database/roster.ts'
import { writing } from './database/writing.ts'
import { UserError } from './errors.ts'
import type { BulletinAsked } from './language/bulletin.ts'
import { findPeriod } from './language/periods.ts'
import { line, type Reply } from './message.ts'
import { Question } from './question.ts'
import { demand, type Turn } from './turn.ts'
import { day } from './wording.ts'

/** What goes out within this time goes out 马上. */
const atOnceMs = 60_000

/** A street's goes to the street's chats, the district's to its own and to those of the streets. */
export async function scopeChats(db: Executor, roster: Roster, { unit }: Bulletin): Promise<AlertChat[]> {
  const chats = await chatsOf(db, roster.campaign.id)
  const isDistrict = unit === roster.root.id
  return chats.filter(
    (chat) => chat.unit === unit || (isDistrict && roster.units.get(chat.unit)?.level === 'street'),
  )
}

/**
 * Queues a bulletin in the transaction that made it public, once for each chat.
 * @returns when it goes out, in words
 */
export async function publishTo(
  tx: Executor,
  turn: Turn,
  bulletin: Bulletin,
  by: Hand & { id: number },
  chats: AlertChat[],
): Promise<string> {
  const copies = chats.map((chat) => ({ chat, key: `bulletin:${bulletin.id}:${chat.id}` }))
  const when = await queueCopies(tx, turn, bulletin, by.name, copies)
  const { drafter } = bulletin
  if (drafter !== null && drafter !== by.id) {
    const reply = line(`${by.name}签发了您起草的${titleOf(bulletin)}，${when}`)
    const key = `bulletin-published:${bulletin.id}:${drafter}`
    const campaign = turn.roster.campaign.id
    await turn.push(tx, [{ campaign, to: { person: drafter }, kind: 'notice', reply, key, due: turn.now }])
  }
  return when
}

/** 上周的通报再发一遍: those whose ranking, or else whose release, is of that time. */
async function publishedThen(turn: Turn): Promise<Bulletin[]> {
  const all = await published(turn)
  const then = findPeriod(turn.meaning.text, turn.today, 'back')?.period
  if (!then) return all
  return all.filter(({ takenAt, publishedAt }) => {
    const at = takenAt ?? publishedAt
    return at !== null && dateOf(at) >= then.start && dateOf(at) <= then.end
  })
}

/**
 * 重发通报第3号: where it failed, or everywhere. What still waits in the outbox is left to it. A copy has the next number
 * as its key, so that each is queued once.
 */
export async function resend(turn: Turn, asked: BulletinAsked): Promise<Reply | Question> {
  const found = await pickBulletin(turn, { ...asked, want: 'resend' }, () => publishedThen(turn))
  if (found instanceof Question) return found
  demand(turn, 'publish_bulletin', unitOf(turn, found), '重发通报')
  if (found.state !== 'published') throw new UserError(`第${found.number}号通报还没有发布，没有可以重发的。`)
  const { roster, person, now, db } = turn
  const campaign = roster.campaign.id
  const chats = await scopeChats(db, roster, found)
  if (!asked.to) return askWhere(found, await copiesOf(db, found.id, chats))
  return writing(db, campaign, async (tx) => {
    const free = (await copiesOf(tx, found.id, chats)).filter(({ fate }) => fate !== 'open')
    const meant = asked.to === 'all' ? free : free.filter(({ fate }) => fate !== 'accepted')
    if (meant.length === 0) return line(`没有要重发的：${chats.length}个群都已收到，或者正在发。`)
    const copies = meant.map(({ chat, times }) => ({
      chat,
      key: `bulletin:${found.id}:${chat.id}${times > 0 ? `:${times + 1}` : ''}`,
    }))
    const when = await queueCopies(tx, turn, found, found.approverName ?? '', copies)
    await note(tx, campaign, found, 'resend', { id: person?.id ?? null, name: person?.name ?? '', at: now })
    return line(`${titleOf(found)}重发，${when}`)
  })
}

function askWhere(bulletin: Bulletin, copies: Copy[]): Reply | Question {
  const { number } = bulletin
  const missing = copies.filter(({ fate }) => fate === 'failed' || fate === 'never')
  const waiting = copies.filter(({ fate }) => fate === 'open').length
  const arrived = copies.filter(({ fate }) => fate === 'accepted').length
  if (waiting === copies.length)
    return line(`${titleOf(bulletin)}还在发（${waiting}个群排着队），不用重发。说“送达”看情况。`)
  const counts = [
    ...(arrived > 0 ? [`${arrived}个群已收到`] : []),
    ...(waiting > 0 ? [`${waiting}个群还在发`] : []),
    ...(missing.length > 0
      ? [`${missing.length}个群没收到（${missing.map(({ title }) => title).join('、')}）`]
      : []),
  ]
  const which = `通报第${number}号`
  return new Question(`${titleOf(bulletin)}：${counts.join('，')}。重发给哪些群？`, [
    ...(missing.length > 0 ? [{ label: '没收到的', words: `重发${which}给没收到的` }] : []),
    ...(arrived > 0 ? [{ label: '全部重发', words: `重发${which}给全部` }] : []),
    { label: '不重发', words: `取消重发${which}` },
  ])
}

/**
 * Group messages nobody in the group asked for: like a ranking they keep to workdays, daytime and the group's four a day
 * (`domain.md` C6 Budget), though a clerk released them at night.
 */
async function queueCopies(
  tx: Executor,
  turn: Turn,
  bulletin: Bulletin,
  approver: string,
  copies: { chat: AlertChat; key: string }[],
): Promise<string> {
  const reply = finalReply(bulletin, approver)
  const common = { campaign: turn.roster.campaign.id, kind: 'ranking' as const, reply, due: turn.now }
  await turn.push(
    tx,
    copies.map(({ chat, key }) => ({ ...common, key, to: { chat: chat.id } })),
  )
  const { from } = await queuedUnder(
    tx,
    copies.map(({ key }) => key),
  )
  // What may go out at once is queued for a moment of its own, a little after the message came in.
  const isLater = from !== null && from.getTime() - turn.now.getTime() >= atOnceMs
  const when = isLater ? `${day(dateOf(from))}${timeOf(from).replace(/^0/, '')}起` : '马上'
  return `${when}发到${copies.length}个群${isLater ? '（现在不打扰）' : ''}。`
}
