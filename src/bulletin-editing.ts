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
import { line, type Reply } from './message.ts'
import { Question } from './question.ts'
import { demand, type Turn } from './turn.ts'

const longestSentence = 100

/** 通报第3号加一句：大家辛苦了; 改成 puts it in the place of what stood there. */
export async function edit(turn: Turn, asked: BulletinAsked): Promise<Reply | Question> {
  const found = await editable(turn, { ...asked, want: 'edit' })
  if (found instanceof Question) return found
  if (!asked.sentence) return askSentence(found, asked)
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
    said: `${which}${adds ? '加一句' : '改成'}：`,
    free: 'all',
  })
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
