// The sentence that a person writes under a bulletin, as long as it waits (`domain.md` C8).
import { handOf, isDecided, whatHappened } from './bulletin-deeds.ts'
import { hasPhone } from './bulletin-phones.ts'
import { open, pickBulletin, unitOf } from './bulletin-picking.ts'
import { mayEdit, showBulletin } from './bulletin-showing.ts'
import { titleOf } from './bulletin-view.ts'
import { setSentence } from './database/bulletin-deeds.ts'
import type { Bulletin } from './database/bulletins.ts'
import { writing } from './database/writing.ts'
import { UserError } from './errors.ts'
import type { BulletinAsked } from './language/bulletin.ts'
import { secondThought } from './language/second-thought.ts'
import { line, type Reply } from './message.ts'
import { Question } from './question.ts'
import { demand, type Turn } from './turn.ts'

const longestSentence = 100
const onlySentence = '只能改附言，这次什么也没改；数错了请先更正，下次定格以后重新起草。'
const putsOff = /^.{0,8}(?:再|回头)(?:说|定|看|写|加|改|想|议)(?:吧|了|看)?$/

/** 通报第3号加一句：大家辛苦了; 改成 puts it in the place of what stood there. */
export async function edit(turn: Turn, asked: BulletinAsked): Promise<Reply | Question> {
  const found = await editable(turn, { ...asked, want: 'edit' })
  if (found instanceof Question) return found
  if (!asked.sentence) return askSentence(found, asked)
  if (!turn.chosen && isDoubtful(turn, asked.sentence, asked)) return askWhether(found, asked)
  const sentence = asked.adds ? joined(found.sentence, asked.sentence) : asked.sentence
  checkSentence(sentence)
  return change(turn, found, sentence)
}

/** 通报第3号不要附言了 */
export async function erase(turn: Turn, asked: BulletinAsked): Promise<Reply | Question> {
  const found = await editable(turn, { ...asked, want: 'erase' })
  if (found instanceof Question) return found
  const how = `要加一句，说“通报第${found.number}号加一句：…”。`
  if (found.sentence === '') return line(`${titleOf(found)}没有附言，不用删。${how}`)
  return change(turn, found, '')
}

/** @throws UserError when it is decided, or its words are another person's */
async function editable(turn: Turn, asked: BulletinAsked): Promise<Bulletin | Question> {
  const found = await pickBulletin(turn, asked, () => open(turn))
  if (found instanceof Question) return found
  if (isDecided(found)) throw new UserError(await whatHappened(turn, found))
  demand(turn, 'draft_bulletin', unitOf(turn, found), '改通报')
  if (!mayEdit(turn, found)) throw new UserError('红黑榜的话由起草人改；不合适就暂缓，或者作废。')
  return found
}

/** Free: the sentence may speak of anything, and sound like another command. */
function askSentence({ number, sentence }: Bulletin, { adds }: BulletinAsked): Question {
  const which = `通报第${number}号`
  const without = sentence === '' ? '' : `不要现在这句了，说“${which}不要附言了”。`
  return new Question(`写一句什么话？一百个字以内。${without}`, [], {
    said: `${which}${adds ? '加一句' : '改成'}#`,
    free: 'all',
  })
}

/** 下周再说吧, 撤回改一下: no sentence for the groups, though it may be one. */
function isDoubtful({ read, commands }: Turn, sentence: string, { answered }: BulletinAsked): boolean {
  if (secondThought(sentence) || putsOff.test(sentence)) return true
  const { name } = commands[read(sentence).command ?? -1] ?? {}
  return answered === true && (name === '通报' || name === '撤回')
}

function askWhether({ number }: Bulletin, { sentence, adds }: BulletinAsked): Question {
  const which = `通报第${number}号`
  return new Question(`“${sentence}”要写进第${number}号通报吗？`, [
    { label: '写进去', words: `${which}${adds ? '加一句' : '改成'}：${sentence}` },
    { label: '不写', words: `看${which}` },
  ])
}

/** 把84.67改成85, 标题改成…: a bulletin says what the snapshot says. */
export async function body(turn: Turn, asked: BulletinAsked): Promise<Reply | Question> {
  const found = await pickBulletin(turn, asked, () => open(turn))
  if (found instanceof Question) return found
  const { number, state } = found
  if (state === 'published')
    throw new UserError(`${titleOf(found)}已经发布，改不了。数错了请先更正，再说“通报第${number}号勘误”。`)
  if (isDecided(found)) throw new UserError(await whatHappened(turn, found))
  return showBulletin(turn, found, onlySentence)
}

async function change(turn: Turn, found: Bulletin, sentence: string): Promise<Reply | Question> {
  const campaign = turn.roster.campaign.id
  const done = await writing(turn.db, campaign, (tx) =>
    setSentence(tx, campaign, found, sentence, handOf(turn)),
  )
  if (!done) throw new UserError(await whatHappened(turn, found))
  return showBulletin(turn, { ...found, sentence })
}

const joined = (before: string, more: string) =>
  `${before}${before === '' || /[\p{P}]$/u.test(before) ? '' : '。'}${more}`

/** @throws UserError when it is too long, or has a phone number in it */
function checkSentence(sentence: string): void {
  const { length } = [...sentence]
  if (length > longestSentence)
    throw new UserError(`这句话有${length}个字，最多${longestSentence}个字，没有改。请写短一点再说一次。`)
  if (hasPhone(sentence))
    throw new UserError('这句话里像有电话号码，通报要发到群里，没有改。请去掉号码再说一次。')
}
