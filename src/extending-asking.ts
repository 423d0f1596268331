// The question by which a request for an extension is decided: what is asked, and a digit for each answer.
import type { Request } from './database/extensions.ts'
import { type Desk, requestText } from './extending-words.ts'
import { Question } from './question.ts'
import type { Turn } from './turn.ts'

export interface Waiting {
  request: Request
  desk: Desk
}

export interface How {
  /** What it looks as if the person meant: it is the first choice. */
  isYes?: boolean
  /** Why it is to be refused, as it goes into the words: `,原因:时间还够`. */
  reason?: string
}

/**
 * @param head what is said before it
 * @param isOver whether 「对」 can only mean the first choice
 */
export function askDecision(
  turn: Turn,
  { request, desk }: Waiting,
  { isYes = true, reason = '', head = '', isOver }: How & { head?: string; isOver: boolean },
): Question {
  const { id } = request
  const consent = {
    label: desk.at === 'street' ? '同意，转区专班' : '批准',
    words: `同意延期 编号${id}`,
  }
  const refusal = { label: '不同意', words: `不同意延期 编号${id}${reason}` }
  const options = isYes ? [consent, refusal] : [refusal, consent]
  return new Question(`${head}${requestText(turn, request)}`, options, { yes: isOver })
}
