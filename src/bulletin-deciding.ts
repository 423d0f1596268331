// Releases, holds and drops bulletins (`domain.md` C8, N10, N13).
import { handOf, isDecided, whatHappened } from './bulletin-deeds.ts'
import { isVisible, open, pickBulletin, published, unitOf } from './bulletin-picking.ts'
import { publishTo, scopeChats } from './bulletin-publishing.ts'
import { hasSeen, isOwnDoubleSigned, showBulletin, unclear } from './bulletin-showing.ts'
import { deedText, kindNames, markOf, titleOf } from './bulletin-view.ts'
import { decide, lastDeed } from './database/bulletin-deeds.ts'
import { wasNotified } from './database/bulletin-people.ts'
import type { Bulletin } from './database/bulletins.ts'
import { writing } from './database/writing.ts'
import { UserError } from './errors.ts'
import type { BulletinAsked } from './language/bulletin.ts'
import { line, type Reply } from './message.ts'
import { Question } from './question.ts'
import { demand, type Turn } from './turn.ts'

/** 发布通报第3号: with the name of who says so under it; of two who say it at once, one. */
export async function publish(turn: Turn, asked: BulletinAsked): Promise<Reply | Question> {
  const found = await pickBulletin(turn, { ...asked, want: 'publish' }, () => open(turn))
  if (found instanceof Question) return found
  demand(turn, 'publish_bulletin', unitOf(turn, found), '签发通报')
  const by = handOf(turn)
  if (isDecided(found)) throw new UserError(await whatHappened(turn, found))
  if (isOwnDoubleSigned(turn, found))
    throw new UserError(`第${found.number}号是您起草的${kindNames[found.kind]}，要由另一个人签发。`)
  const campaign = turn.roster.campaign.id
  const last = await lastDeed(turn.db, campaign, found.number)
  const isOthers = last !== undefined && last.actor !== by.name && last.actor !== '系统'
  // Nobody signs what they have not seen, or against somebody else's word without knowing of it.
  const unknown = await unknownIn(turn, found, asked)
  if (unknown) return showBulletin(turn, found, unknown)
  if (found.state === 'held' && isOthers && !asked.sure) return askStill(found, deedText(last))
  const chats = await scopeChats(turn.db, turn.roster, found)
  if (chats.length === 0)
    throw new UserError(
      `${unitOf(turn, found).name}还没有绑定的群，通报没有地方发。请先在群里 @我 绑定单位。`,
    )
  const when = await writing(turn.db, campaign, async (tx) => {
    if (!(await decide(tx, campaign, found, 'publish', by))) return undefined
    return publishTo(tx, turn, found, by, chats)
  })
  if (when === undefined) throw new UserError(await whatHappened(turn, found))
  return line(`${titleOf(found)}发布了，签发：${by.name}，${when}`)
}

/** 暂缓通报第3号: it waits, and may still be published. */
export async function hold(turn: Turn, asked: BulletinAsked): Promise<Reply | Question> {
  const found = await pickBulletin(turn, { ...asked, want: 'hold' }, () => open(turn))
  if (found instanceof Question) return found
  const which = `通报第${found.number}号`
  const how = `要发说“发布${which}”，不要了说“作废${which}”。`
  if (found.state === 'held') return line(`${titleOf(found)}本来就压着，没有发出去。${how}`)
  await settle(turn, found, 'hold')
  return line(`${titleOf(found)}先压着，不发。${how}`)
}

/** 作废通报第3号 */
export async function drop(turn: Turn, asked: BulletinAsked): Promise<Reply | Question> {
  const found = await pickBulletin(turn, { ...asked, want: 'drop' }, () => open(turn))
  return found instanceof Question ? found : discard(turn, found, asked)
}

/**
 * 撤回通报第3号: what has gone out stays in the groups, only an errata can put it right; what waits is dropped. It never
 * means a report, though the same word takes one back.
 */
export async function withdraw(turn: Turn, asked: BulletinAsked): Promise<Reply | Question> {
  const found = await pickBulletin(turn, { ...asked, want: 'withdraw' }, () => withdrawable(turn, asked))
  if (found instanceof Question) return found
  if (found.state === 'published') {
    demand(turn, 'publish_bulletin', unitOf(turn, found), '撤回通报')
    const wrong = found.correctsNumber ?? found.number
    return line(`${titleOf(found)}已经发布，撤不回，可以出勘误：说“通报第${wrong}号勘误”。`)
  }
  if (asked.asks) return showBulletin(turn, found)
  return asked.vague ? showBulletin(turn, found, unclear) : discard(turn, found, asked)
}

/** What a person has written goes with it: then it is asked once more. */
async function discard(turn: Turn, found: Bulletin, { sure }: BulletinAsked): Promise<Reply | Question> {
  if (!isDecided(found) && found.sentence !== '' && !sure) {
    demand(turn, 'publish_bulletin', unitOf(turn, found), '作废通报')
    return askDrop(found)
  }
  await settle(turn, found, 'drop')
  return line(`${titleOf(found)}作废了，没有发出去。`)
}

/** What waits, and what went out last; of the kind that is said. */
async function withdrawable(turn: Turn, { kind, errata }: BulletinAsked): Promise<Bulletin[]> {
  const isMeant = (one: Bulletin) =>
    isVisible(turn, one) &&
    (!errata || one.kind === 'errata') &&
    (kind !== 'red_black' || one.kind === 'red_black')
  const last = (await published(turn)).filter(isMeant).slice(-1)
  return [...last, ...(await open(turn)).filter(isMeant)]
}

async function settle(turn: Turn, found: Bulletin, deed: 'hold' | 'drop'): Promise<void> {
  demand(turn, 'publish_bulletin', unitOf(turn, found), deed === 'hold' ? '暂缓通报' : '作废通报')
  const campaign = turn.roster.campaign.id
  const done = await writing(turn.db, campaign, (tx) => decide(tx, campaign, found, deed, handOf(turn)))
  if (!done) throw new UserError(await whatHappened(turn, found))
}

/**
 * What speaks against taking the person's word: it was never shown to them, or somebody else has changed it since. Who
 * wrote it, and who got it unasked as a message, knows it.
 */
async function unknownIn(turn: Turn, found: Bulletin, asked: BulletinAsked): Promise<string | undefined> {
  const current = markOf(found)
  const changed = '内容改过，还没有发布，请再看一遍。'
  if (asked.mark) return asked.mark === current ? undefined : changed
  if (await hasSeen(turn, found, current)) return undefined
  const edited = await lastDeed(turn.db, turn.roster.campaign.id, found.number, 'edit')
  if (edited && edited.actor !== turn.person?.name) return changed
  const { id } = turn.person ?? {}
  const isKnown = id !== undefined && (found.drafter === id || (await wasNotified(turn.db, found, id)))
  return isKnown ? undefined : '还没有发布，发布前请先看一遍。'
}

function askDrop({ number }: Bulletin): Question {
  return new Question(`第${number}号通报里写了附言，作废就找不回来了。要作废吗？`, [
    { label: '作废', words: `仍然作废通报第${number}号` },
    { label: '不作废，看一遍', words: `看通报第${number}号` },
  ])
}

function askStill({ number }: Bulletin, deed: string): Question {
  return new Question(`第${number}号通报${deed}，还要发布吗？`, [
    { label: '看一遍再定', words: `看通报第${number}号` },
    { label: '仍然发布', words: `仍然发布通报第${number}号` },
  ])
}
