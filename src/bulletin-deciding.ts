// Releases, holds and drops bulletins, and writes a sentence under them (`domain.md` C8, N10, N13).
import { open, pickBulletin, unitOf } from './bulletin-picking.ts'
import { publishTo, scopeChats } from './bulletin-publishing.ts'
import { hasSeen, isOwnDoubleSigned, mayEdit, showBulletin } from './bulletin-showing.ts'
import { deedText, kindNames, markOf, titleOf } from './bulletin-view.ts'
import { dateOf, timeOf } from './clock.ts'
import { decide, type Hand, lastDeed, setSentence } from './database/bulletin-deeds.ts'
import { type Bulletin, bulletinWith } from './database/bulletins.ts'
import { writing } from './database/writing.ts'
import { UserError } from './errors.ts'
import type { BulletinAsked } from './language/bulletin.ts'
import { line, type Reply } from './message.ts'
import { Question } from './question.ts'
import { demand, type Turn } from './turn.ts'
import { day } from './wording.ts'

const longestSentence = 100

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
  if (found instanceof Question) return found
  await settle(turn, found, 'drop')
  return line(`${titleOf(found)}作废了，没有发出去。`)
}

/** 通报第3号加一句：大家辛苦了; 改成 puts it in the place of what stood there. */
export async function edit(turn: Turn, asked: BulletinAsked): Promise<Reply | Question> {
  const found = await pickBulletin(turn, { ...asked, want: 'edit' }, () => open(turn))
  if (found instanceof Question) return found
  if (isDecided(found)) throw new UserError(await whatHappened(turn, found))
  demand(turn, 'draft_bulletin', unitOf(turn, found), '改通报')
  if (!mayEdit(turn, found)) throw new UserError('红黑榜的话由起草人改；不合适就暂缓，或者作废。')
  if (!asked.sentence)
    return new Question('写一句什么话？一百个字以内。', [], {
      said: `通报第${found.number}号${asked.adds ? '加一句' : '改成'}：`,
    })
  const sentence = asked.adds ? joined(found.sentence, asked.sentence) : asked.sentence
  checkSentence(sentence)
  const campaign = turn.roster.campaign.id
  const done = await writing(turn.db, campaign, (tx) =>
    setSentence(tx, campaign, found, sentence, handOf(turn)),
  )
  if (!done) throw new UserError(await whatHappened(turn, found))
  return showBulletin(turn, { ...found, sentence })
}

async function settle(turn: Turn, found: Bulletin, deed: 'hold' | 'drop'): Promise<void> {
  demand(turn, 'publish_bulletin', unitOf(turn, found), deed === 'hold' ? '暂缓通报' : '作废通报')
  const campaign = turn.roster.campaign.id
  const done = await writing(turn.db, campaign, (tx) => decide(tx, campaign, found, deed, handOf(turn)))
  if (!done) throw new UserError(await whatHappened(turn, found))
}

const joined = (before: string, more: string) =>
  `${before}${before === '' || /[\p{P}]$/u.test(before) ? '' : '。'}${more}`

/** @throws UserError when it is too long, or has a phone number in it */
function checkSentence(sentence: string): void {
  const { length } = [...sentence]
  if (length > longestSentence)
    throw new UserError(`这句话有${length}个字，最多${longestSentence}个字，没有改。请写短一点再说一次。`)
  if (/\d{7,}/.test(sentence.replace(/[\s()+-]/g, '')))
    throw new UserError('这句话里像有电话号码，通报要发到群里，没有改。请去掉号码再说一次。')
}

/**
 * What speaks against taking the person's word: somebody else has changed it since it was shown, or 发布 alone can hardly
 * mean a draft of somebody else that the person was never shown. The bot's own draft was sent to the clerk.
 */
async function unknownIn(turn: Turn, found: Bulletin, asked: BulletinAsked): Promise<string | undefined> {
  const current = markOf(found)
  const changed = '内容改过，还没有发布，请再看一遍。'
  if (asked.mark) return asked.mark === current ? undefined : changed
  if (await hasSeen(turn, found, current)) return undefined
  const edited = await lastDeed(turn.db, turn.roster.campaign.id, found.number, 'edit')
  if (edited && edited.actor !== turn.person?.name) return changed
  const isKnown = asked.number !== undefined || found.drafter === null || found.drafter === turn.person?.id
  return isKnown ? undefined : '您还没有看过，先请看一遍。'
}

function askStill({ number }: Bulletin, deed: string): Question {
  return new Question(`第${number}号通报${deed}，还要发布吗？`, [
    { label: '看一遍再定', words: `看通报第${number}号` },
    { label: '仍然发布', words: `仍然发布通报第${number}号` },
  ])
}

/** Who was first, and when. */
async function whatHappened({ db, roster }: Turn, { number }: Bulletin): Promise<string> {
  const campaign = roster.campaign.id
  const now = await bulletinWith(db, campaign, number)
  if (now?.state === 'published' && now.publishedAt)
    return `${titleOf(now)}${now.approverName}${day(dateOf(now.publishedAt))}${timeOf(now.publishedAt)}已经签发发布了。`
  const last = await lastDeed(db, campaign, number)
  const deed = last ? deedText(last) : '变了'
  return now?.state === 'dropped'
    ? `第${number}号通报${deed}，要发请重新起草。`
    : `第${number}号通报${deed}，刚才的没有办。说“看通报第${number}号”看现在的。`
}

const isDecided = ({ state }: Bulletin) => state === 'published' || state === 'dropped'

function handOf({ person, now }: Turn): Hand & { id: number } {
  if (!person) throw new UserError('我还不认识您。')
  return { id: person.id, name: person.name, at: now }
}
